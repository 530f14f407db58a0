"""Stage assignments: which version is where, in which environment."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many, put_one
from registry_tasks.stores.metadata.store import Transaction

_A: Final = t.stage_assignment.c
_E: Final = t.event.c
_MOVED: Final = (
    sa.select(_E.sequence, _E.version_id, _E.before, _E.after)
    .outerjoin(t.tombstone, t.tombstone.c.version_id == _E.version_id)
    .where(
        _E.model_id == sa.bindparam("model"),
        _E.kind.in_([str(kind) for kind in MOVES]),
        t.tombstone.c.version_id.is_(None),
        _E.sequence < sa.bindparam("earlier"),
    )
    .order_by(_E.sequence.desc())
    .limit(200)  # so that each database goes back through the index, and sorts nothing
)
_NEWEST: Final = 2**31 - 1  # what a sequence number may be


class Place(NamedTuple):
    """A stage in an environment; ``single`` stages hold one version per model."""

    stage: str
    environment: str = DEFAULT_ENVIRONMENT
    single: bool = False


def assign(tx: Transaction, version_id: int, model_id: int, place: Place) -> None:
    """Put a version into a place; the database refuses a second one where only one may be."""
    key = {"version_id": version_id, "environment": place.environment, "model_id": model_id}
    row = {"stage": place.stage, "single": place.single}
    put_one(tx.connection, t.stage_assignment, key, row)


def assign_new(tx: Transaction, version_id: int, model_id: int, place: Place) -> None:
    """Put a version into its first place in an environment."""
    row = {"version_id": version_id, "model_id": model_id, **place._asdict()}
    insert_many(tx.connection, t.stage_assignment, [row])


def take_out(tx: Transaction, version_id: int, environment: str) -> None:
    """Take a version out of whatever place it has in an environment."""
    tx.connection.execute(
        sa.delete(t.stage_assignment).where(
            _A.version_id == version_id, _A.environment == environment
        )
    )


def former_holders(
    connection: sa.Connection, model_id: int, environment: str, stage: str
) -> Iterator[int]:
    """Give row ids of versions that held a stage and left it, the last to leave first.

    Read back through the events only as far as is asked for. A version that came back and left
    again counts once, a deleted one not at all.
    """
    place = {"stage": stage, "environment": environment}
    seen: set[int] = set()
    scope = {"model": model_id, "earlier": _NEWEST}
    while page := connection.execute(_MOVED, scope).all():
        for sequence, version_id, before, after in page:
            scope["earlier"] = sequence
            if before == place and after != place and version_id not in seen:
                seen.add(version_id)
                yield version_id
