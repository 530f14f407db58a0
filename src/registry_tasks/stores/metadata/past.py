"""Where things stood once, read from the events and from nothing else.

A time is turned into a place in the sequence: the last event of the model at or before it. From
there on only the sequence counts, so that whatever the clocks did, the answer is a state that
there was. An event whose clock was wrong by more than ten minutes does not hide what others say.
"""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.events import alias_label, place_label
from registry_tasks.stores.metadata.lookup import StoredVersion

CLOCKS: Final = timedelta(minutes=10)
"""How far clocks may be apart, or be set, for the sequence to count and not what they say."""

_E: Final = t.event.c
_MODEL: Final[sa.BindParameter[int]] = sa.bindparam("model")
_UNTIL: Final = _E.sequence <= sa.bindparam("until")
_TIME: Final = (
    sa.select(_E.at)
    .where(_E.model_id == _MODEL, _E.at <= sa.bindparam("at"))
    .order_by(_E.at.desc())
    .limit(1)
)
_NEWEST_FEW: Final = (
    sa.select(_E.sequence, _E.at)
    .where(_E.model_id.between(_MODEL, _MODEL))
    .order_by(_E.model_id.desc(), _E.sequence.desc())
    .limit(200)
    .subquery()
)
"""Not ``=``: then PostgreSQL may go back through the events of all models."""
_AMONG_NEWEST, _LAST = (
    sa.select(sa.func.max(told.sequence + 0)).where(
        told.at > sa.bindparam("since"), told.at <= sa.bindparam("at")
    )
    for told in (_NEWEST_FEW.c, _E)
)
_LAST = _LAST.where(_E.model_id == _MODEL)
"""``+ 0``: else PostgreSQL may go back through all events here too."""
_ENTERED, _VACATED = (
    sa.select(_E.sequence, _E.version_id)
    .where(_E.model_id == _MODEL, label == sa.bindparam("label"), _UNTIL)
    .order_by(_E.sequence.desc())
    .limit(1)
    for label in (_E.entered, _E.vacated)
)
_GONE: Final = t.event.alias("gone")
_NEWEST: Final = (
    sa.select(_E.version_id)
    .where(
        _E.model_id == _MODEL,
        _E.kind == str(EventKind.VERSION_REGISTERED),
        _UNTIL,
        ~sa.exists().where(
            _GONE.c.version_id == _E.version_id,
            _GONE.c.kind == str(EventKind.VERSION_DELETED),
            _GONE.c.sequence <= sa.bindparam("until"),
        ),
    )
    .order_by(_E.sequence.desc())
    .limit(1)
)
_TOLD: Final = (
    *(*MOVES, EventKind.ALIAS_MOVED),
    *(EventKind.VERSION_REGISTERED, EventKind.VERSION_DELETED),
)
_OF_VERSION: Final = (
    sa.select(_E.kind, _E.after)
    .where(_E.version_id == sa.bindparam("version"), _UNTIL)
    .where(_E.kind.in_([str(kind) for kind in _TOLD]))
    .order_by(_E.sequence)
)


class Moment(NamedTuple):
    """A model as it stood after an event; ``until`` is the event's sequence."""

    connection: sa.Connection
    model_id: int
    until: int

    def holder(self, stage: str, environment: str) -> int | None:
        """Return the row id of the version that held a stage with one place."""
        return self._meaning(place_label(stage, environment))

    def target(self, alias: str) -> int | None:
        """Return the row id of the version that an alias pointed to."""
        return self._meaning(alias_label(alias))

    def newest(self) -> int | None:
        """Return the row id of the version with the highest number that was not deleted."""
        asked = {"model": self.model_id, "until": self.until}
        return self.connection.execute(_NEWEST, asked).scalar_one_or_none()

    def version(self, stored: StoredVersion) -> StoredVersion | None:
        """Return a version as it was then, None if it was not registered yet."""
        stages: dict[str, str] = {}
        aliases: set[str] = set()
        deleted = False
        asked = {"version": stored.id, "until": self.until}
        for kind, after in self.connection.execute(_OF_VERSION, asked):
            if kind == EventKind.VERSION_REGISTERED:
                stages[DEFAULT_ENVIRONMENT] = Stage.EXPERIMENT.value
            elif kind == EventKind.VERSION_DELETED:
                deleted = True
            elif kind == EventKind.ALIAS_MOVED:
                aliases.add(after["alias"])
            else:
                stages[after["environment"]] = after["stage"]
        if DEFAULT_ENVIRONMENT not in stages:
            return None
        kept = tuple(sorted(name for name in aliases if self.target(name) == stored.id))
        then = {"stages": stages, "aliases": kept, "deleted": deleted}
        return stored._replace(version=stored.version.model_copy(update=then))

    def _meaning(self, label: str) -> int | None:
        asked = {"model": self.model_id, "label": label, "until": self.until}
        entered: Any = self.connection.execute(_ENTERED, asked).one_or_none()
        if entered is None:
            return None
        vacated: Any = self.connection.execute(_VACATED, asked).one_or_none()
        is_held = vacated is None or vacated.sequence < entered.sequence
        return entered.version_id if is_held else None


def last_event(connection: sa.Connection, model_id: int, at: datetime) -> int | None:
    """Return the sequence of a model's last event at or before a time, None if there is none.

    It is the last in the sequence of those from ``CLOCKS`` before the latest time that was told;
    where much happened since, those are found by their times.
    """
    told = connection.execute(_TIME, {"model": model_id, "at": at}).scalar_one_or_none()
    if told is None:
        return None
    asked = {"model": model_id, "since": told - CLOCKS, "at": told}
    found: int | None = connection.execute(_AMONG_NEWEST, asked).scalar_one()
    return found or connection.execute(_LAST, asked).scalar_one()
