"""Rows that events alone tell of, against the events: what people said, holds, uses, sweeps."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.errors import LogDiffers
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.told_row import Facts, Place, ToldRow
from registry_tasks.registry.care.doctor.ailment import ANEW, BY_DOCTOR, Ailment, ail
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.told_rows import ToldRows, is_blank
from registry_tasks.stores.metadata import told_rows
from registry_tasks.stores.metadata.events import labels_of
from registry_tasks.stores.metadata.log import read_events
from registry_tasks.stores.metadata.store import Transaction

_NOUNS: Final = {
    "model": "profile",
    "version_profile": "profile",
    "dataset_profile": "profile",
    "model_schema": "schema",
    "model_tag": "tag",
    "version_grade": "provenance grade",
    "dropped_bytes": "mark of dropped bytes",
}
"""What a person calls a row where that is not the table's name."""
_SHOWN: Final = 60


class _Difference(NamedTuple):
    """A place where the row is not what the events tell; None for no row."""

    place: Place
    is_now: Facts | None
    said: Facts | None


def told(connection: sa.Connection) -> Iterator[Ailment]:
    """Hold rows against the events, and the labels that events are found by against what they tell."""
    said, broken = _replay(connection)
    yield from broken
    for each in _differences(connection, said):
        mend = rewrite if told_rows.can_become(connection, *each) and not broken else None
        remedy = BY_DOCTOR if mend else ANEW
        where, noun = _name(each.place)
        if each.is_now is None:
            kind, what = FindingKind.ROW_MISSING, f"{noun} is not there; by its history it is"
        elif each.said is None:
            kind, what = FindingKind.ROW_UNKNOWN, f"no event tells of {noun}"
            what += f": {_shown(each.is_now)}" if each.is_now else ""
        else:
            kind, what = FindingKind.ROW_DIFFERS, f"{noun} has {_changed(each.is_now, each.said)}"
        yield ail(kind, where, what, remedy, mend)


def rewrite(registry: Registry) -> None:
    """Write the rows anew from the events, where they differ.

    Raises LogDiffers where Git tells of other events: one may be missing here.
    """
    if registry.find_repository() is not None:
        state = log_state(registry)
        if state.difference is not None:
            raise LogDiffers(str(registry.repository.root), state.tip, state.difference)

    def act(tx: Transaction) -> None:
        said, broken = _replay(tx.connection)
        if not broken:
            wrong = _differences(tx.connection, said)
            mendable = [d for d in wrong if told_rows.can_become(tx.connection, *d)]
            told_rows.write(tx, (ToldRow(d.place, d.said) for d in mendable))

    transact(registry, act)


def _replay(connection: sa.Connection) -> tuple[ToldRows, list[Ailment]]:
    """Take all events in; return what they come to, and those that do not say what they should."""
    said = ToldRows()
    broken: list[Ailment] = []
    for event in read_events(connection):
        wrong = _take_in(said, event)
        if wrong is not None:
            broken.append(ail(FindingKind.HISTORY_BROKEN, f"event {event.sequence}", wrong, ANEW))
    return said, broken


def _take_in(said: ToldRows, event: sa.Row[Any]) -> str | None:
    """Take an event in; returns what is wrong with it."""
    for what in ("model", "version", "run"):
        row_id = event._mapping[f"{what}_id"]
        if row_id is not None and event._mapping[what] is None:
            return f"it is {event.kind} of {what} row {row_id}, which is not there"
    try:
        said.tell(event, event.reason)
        labels = labels_of(event.kind, event.before, event.after)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return f"it does not say what {event.kind} has to: {error!r}"
    if labels == {"entered": event.entered, "vacated": event.vacated}:
        return None
    found = f"entered {event.entered}, vacated {event.vacated}"
    wanted = f"entered {labels['entered']}, vacated {labels['vacated']}"
    return f"it is filed under {found}, and tells of {wanted}"


def _differences(connection: sa.Connection, said: ToldRows) -> list[_Difference]:
    found = told_rows.read(connection)
    places = [p for p in said.rows.keys() | found.keys() if found.get(p) != said.rows.get(p)]
    wrong = (_Difference(p, found.get(p), said.rows.get(p)) for p in sorted(places, key=repr))
    return [
        each
        for each in wrong
        if each.said is not None or not is_blank(ToldRow(each.place, each.is_now))
    ]


def _name(place: Place) -> tuple[str, str]:
    """Say of what a row is, and what it is, as people call it."""
    subject, *more = place.key
    noun = _NOUNS.get(place.table, place.table)
    if place.table == "note":
        _, version, text, at, by = place.key
        return version or subject, f"the note {_short(text)} by {by} of {at:%Y-%m-%d %H:%M}"
    if place.table in ("deployment", "sweep"):
        return f"{noun} {subject}", "its record"
    if place.table == "trial":
        return f"sweep {subject}", f"trial {more[0]}"
    if place.table == "dataset_profile":
        subject = f"dataset {subject}"
    named = " ".join(map(str, more))
    return subject, f"its {noun} {named}".rstrip()


def _changed(is_now: Facts, said: Facts) -> str:
    names = [name for name in said if is_now.get(name) != said[name]]
    return "; ".join(
        f"{name} {_short(is_now.get(name))}, by its history {_short(said[name])}" for name in names
    )


def _shown(facts: Facts) -> str:
    return ", ".join(f"{name} {_short(value)}" for name, value in facts.items() if value)


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
