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

_E: Final = t.event.c
_LEFT: Final = sa.and_(
    _E.model_id == sa.bindparam("model"),
    _E.kind.in_([str(kind) for kind in MOVES]),
    _E.before["environment"].as_string() == sa.bindparam("place"),
    _E.before["stage"].as_string() == sa.bindparam("left"),
    _E.after["stage"].as_string() != sa.bindparam("left"),
)
_WHO_LEFT: Final = (
    sa.select(_E.version_id)
    .outerjoin(t.tombstone, t.tombstone.c.version_id == _E.version_id)
    .where(_LEFT, t.tombstone.c.version_id.is_(None))
)
_LAST_TO_LEAVE: Final = (
    _WHO_LEFT.where(_E.version_id != sa.bindparam("but")).order_by(_E.sequence.desc()).limit(1)
)
_ALL_WHO_LEFT: Final = _WHO_LEFT.group_by(_E.version_id).order_by(sa.func.max(_E.sequence).desc())


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

    Read from the events, so a version that came back and left again counts once, and a deleted one
    not at all.
    """
    scope = {"model": model_id, "place": environment, "left": stage}
    return tuple(connection.execute(_ALL_WHO_LEFT, scope).scalars())


def last_to_leave(
    connection: sa.Connection, model_id: int, environment: str, stage: str, *, but: int | None
) -> int | None:
    """Return the row id of the last version to leave a stage, None if nobody did.

    Of all but ``but`` and those deleted since. The search goes back through the events and ends at
    the first, so it costs the same however long the history is.
    """
    scope = {"model": model_id, "place": environment, "left": stage, "but": but or 0}
    return connection.execute(_LAST_TO_LEAVE, scope).scalar_one_or_none()
