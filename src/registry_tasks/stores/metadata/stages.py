"""Stage assignments: which version is where, in which environment."""

from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_A: Final = t.stage_assignment.c
_MOVE: Final = sa.update(t.stage_assignment).where(
    _A.version_id == sa.bindparam("who"), _A.environment == sa.bindparam("where")
)


class Place(NamedTuple):
    """A stage in an environment; ``single`` stages hold one version per model."""

    stage: str
    environment: str = DEFAULT_ENVIRONMENT
    single: bool = False


def assign(tx: Transaction, version_id: int, model_id: int, place: Place) -> None:
    """Put a version into a place; the database refuses a second one where only one may be."""
    entered = {"stage": place.stage, "single": place.single}
    slot = {"who": version_id, "where": place.environment}
    if tx.connection.execute(_MOVE, {**slot, **entered}).rowcount == 0:
        owner = {"version_id": version_id, "environment": place.environment, "model_id": model_id}
        tx.connection.execute(sa.insert(t.stage_assignment), {**owner, **entered})


def former_holders(
    connection: sa.Connection, model_id: int, environment: str, stage: str
) -> tuple[int, ...]:
    """Return row ids of versions that held a stage and left it, the last to leave first.

    Read from the events, so a version that came back and left again counts once.
    """
    e = t.event.c
    rows = connection.execute(
        sa.select(e.version_id, e.before, e.after)
        .where(e.model_id == model_id, e.kind.in_([str(kind) for kind in MOVES]))
        .order_by(e.sequence.desc())
    )
    place = {"stage": stage, "environment": environment}
    seen: dict[int, None] = {}
    for version_id, before, after in rows:
        if before == place and after != place:
            seen.setdefault(version_id)
    return tuple(seen)
