"""Marks: what somebody last saw happen to a thing, so that a change can ask whether it is still so.

A mark names a thing and the newest event about it: ``version-12-345``. It belongs to a version, a
model, a run, or to everything.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ChangedSince, MalformedReference
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.request import Asked, Request
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.entities.subject import names_version
from registry_tasks.stores.metadata.lookup import find_version
from registry_tasks.stores.metadata.query import Query, through

EVERYTHING: Final = "all"
_NEWEST: Final = (
    "SELECT sequence FROM event WHERE {0} BETWEEN ? AND ? ORDER BY {0} DESC, sequence DESC LIMIT 1"
)
"""Not ``=``: then PostgreSQL may go back through the events of all things."""
_LAST: Final = "SELECT max(sequence) FROM event"
_FORM: Final = re.compile(r"(?:(version|model|run)-([0-9]{1,18})|all)-([0-9]{1,18})")


@dataclass(frozen=True)
class Seen:
    """What a request expects: one of these marks holds still."""

    request: Request
    marks: tuple[str, ...]


def mark_of(query: Query, asked: Asked) -> str:
    """Return the mark of what somebody asks about, everything's if it is no single thing."""
    things = things_of(query, asked)
    return _mark(query, *(things[0] if things else (EVERYTHING, 0)))


def check_seen(seen: Seen | None, connection: sa.Connection, request: Request) -> None:
    """Raise ChangedSince if something has happened since to what a request is about.

    A mark of something else than that never holds.
    """
    if seen is None or seen.request is not request:
        return
    query = through(connection)
    holding = {_mark(query, *thing) for thing in (*things_of(query, request), (EVERYTHING, 0))}
    if not holding & set(seen.marks):
        raise ChangedSince(", ".join(seen.marks), ", ".join(sorted(holding)))


def is_mark(text: str) -> bool:
    """Whether a text is written as a mark."""
    return _FORM.fullmatch(text) is not None


def things_of(query: Query, asked: Asked) -> tuple[tuple[str, int], ...]:
    """Return what a request or a question is about by kind and row id, the narrowest first."""
    told: Any = asked
    for name in ("ref", "subject", "run", "model"):
        text = getattr(told, name, None)
        if isinstance(text, str):
            return _things(query, name, text)
    return ()


def _things(query: Query, name: str, text: str) -> tuple[tuple[str, int], ...]:
    if name == "run":
        found = "SELECT id, model_id FROM run WHERE uuid = ?"
        rows = query(found, (text.removeprefix(RUN_PREFIX),))
        return (("run", rows[0][0]), ("model", rows[0][1])) if rows else ()
    if name == "ref" or (name == "subject" and names_version(text)):
        with suppress(MalformedReference):  # the verb says so
            version = find_version(query, Reference.parse(text))
            if version is not None:
                return ("version", version.id), ("model", version.model_id)
        return ()
    rows = query("SELECT id FROM model WHERE name = ?", (text,))
    return (("model", rows[0][0]),) if rows else ()


def _mark(query: Query, kind: str, row_id: int) -> str:
    if kind == EVERYTHING:
        return f"{EVERYTHING}-{query(_LAST, ())[0][0] or 0}"
    rows = query(_NEWEST.format(f"{kind}_id"), (row_id, row_id))
    return f"{kind}-{row_id}-{rows[0][0] if rows else 0}"
