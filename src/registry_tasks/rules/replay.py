"""Replay: where every version and alias must stand, worked out from the events alone."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from pydantic import JsonValue

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage, slot
from registry_tasks.rules.stages import is_single

_ALIASES: Final = (EventKind.ALIAS_MOVED, EventKind.ALIAS_REMOVED)


class Told(NamedTuple):
    """What of an event says where things stand; ``model`` and ``version`` are row ids."""

    sequence: int
    kind: str
    model: int
    version: int
    before: JsonValue
    after: JsonValue


class Break(NamedTuple):
    """A place where the history contradicts itself: an event is missing, doubled or wrong."""

    model: int
    version: int
    what: str


class Standing(NamedTuple):
    """What the events come to."""

    stages: dict[tuple[int, str], str]  # (version, environment) -> stage
    aliases: dict[tuple[int, str], int]  # (model, alias) -> version
    registered: Counter[int]  # version -> how often
    breaks: tuple[Break, ...]


def replay(events: Iterable[Told]) -> Standing:
    """Go through all events, oldest first."""
    at = Standing({}, {}, Counter(), ())
    breaks: list[Break] = []
    holders: dict[tuple[int, str, str], int] = {}
    for event in events:
        if event.kind == EventKind.VERSION_REGISTERED:
            at.registered[event.version] += 1
            at.stages.setdefault((event.version, DEFAULT_ENVIRONMENT), Stage.EXPERIMENT)
        elif event.kind in MOVES:
            breaks += _move(event, at, holders)
        elif event.kind in _ALIASES:
            breaks += _point(event, at)
    return at._replace(breaks=tuple(breaks))


def _move(event: Told, at: Standing, holders: dict[tuple[int, str, str], int]) -> list[Break]:
    before, after = _document(event.before), _document(event.after)
    environment = str(after.get("environment"))
    source, target = str(before.get("stage")), str(after.get("stage"))
    was = at.stages.get((event.version, environment), Stage.EXPERIMENT)
    at.stages[event.version, environment] = target
    broken = []
    if was != source:
        what = f"event {event.sequence} says it left {source}, but it was in {was}"
        broken.append(Break(event.model, event.version, what))
    if is_single(was) and holders.get((event.model, environment, was)) == event.version:
        del holders[event.model, environment, was]
    if is_single(target):
        other = holders.setdefault((event.model, environment, target), event.version)
        if other != event.version:
            what = f"event {event.sequence} lets a second version into {slot(target, environment)}"
            broken.append(Break(event.model, event.version, what))
    return broken


def _point(event: Told, at: Standing) -> list[Break]:
    before = _document(event.before)
    key = event.model, str(before.get("alias"))
    if event.kind == EventKind.ALIAS_MOVED:
        at.aliases[key] = event.version
        return []
    if at.aliases.pop(key, None) == event.version:
        return []
    what = f"event {event.sequence} takes alias {key[1]} away, which it did not have"
    return [Break(event.model, event.version, what)]


def _document(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}
