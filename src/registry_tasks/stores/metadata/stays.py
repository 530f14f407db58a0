"""How long a version stood in a stage, read from the events: what it says now could not tell."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.gate import Stay
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.events import place_label

_E: Final = t.event.c
_LAST: Final = 2**31 - 1
_MOVED: Final = (
    sa.select(_E.sequence, _E.at, _E.entered, _E.vacated)
    .where(
        _E.version_id == sa.bindparam("version"),
        _E.kind.in_([str(kind) for kind in MOVES]),
        _E.sequence < sa.bindparam("before"),
    )
    .order_by(_E.sequence.desc())
)
_SPOILED: Final = (
    sa.select(_E.kind, _E.at, _E.after)
    .where(
        _E.version_id == sa.bindparam("version"),
        _E.kind.in_([str(EventKind.VERSION_REPRODUCED), str(EventKind.VERSION_DRILL_FAILED)]),
        _E.sequence > sa.bindparam("since"),
        _E.sequence < sa.bindparam("before"),
    )
    .order_by(_E.sequence.desc())
)


def last_stay(
    connection: sa.Connection, version_id: int, stage: str, environment: str, before: int = _LAST
) -> Stay | None:
    """Return a version's last stay in a stage, None if it never stood there.

    ``before`` is the sequence of an event: only what happened before it counts.
    """
    label, ended = place_label(stage, environment), None
    asked = {"version": version_id, "before": before}
    for sequence, at, entered, vacated in connection.execute(_MOVED, asked):
        if entered == label:
            return Stay(since=at, until=ended, spoiled=_spoiled(connection, asked, sequence))
        if vacated == label:
            ended = at
    return None


def _spoiled(connection: sa.Connection, asked: dict[str, Any], since: int) -> str | None:
    for kind, at, after in connection.execute(_SPOILED, asked | {"since": since}):
        when = f"{at:%Y-%m-%d %H:%M} UTC"
        if kind == EventKind.VERSION_REPRODUCED and after["verdict"] == Verdict.DIFFERENT:
            return f"a rebuild at {when} came out different"
        if kind == EventKind.VERSION_DRILL_FAILED:
            return f"a drill at {when} failed: {after['failure']}"
    return None
