"""Events put together into deeds: what one transaction did, and which call asked for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from registry_tasks.entities.event import MOVES, Event, EventKind
from support.history import Call


@dataclass(frozen=True)
class Deed:
    """The events of one transaction: same actor, same instant, next to each other."""

    owner: str | None  # the call that asked for it, by what it wrote into the store
    events: tuple[Event, ...]

    @property
    def sequence(self) -> int:
        return self.events[0].sequence

    @property
    def moves(self) -> list[tuple[int, str, str]]:
        """Version, stage before, stage after."""
        moved = [event for event in self.events if event.kind in MOVES]
        return [(_number(e), _at(e.before, "stage"), _at(e.after, "stage")) for e in moved]

    @property
    def aliases(self) -> dict[str, int | None]:
        """Where aliases point after it."""
        pointed = {
            _at(e.after, "alias"): _number(e)
            for e in self.events
            if e.kind == EventKind.ALIAS_MOVED
        }
        removed = {
            _at(e.before, "alias"): None for e in self.events if e.kind == EventKind.ALIAS_REMOVED
        }
        return {**pointed, **removed}

    @property
    def registered(self) -> int | None:
        """The number it gave."""
        given = [_number(e) for e in self.events if e.kind == EventKind.VERSION_REGISTERED]
        return given[0] if given else None

    @property
    def kinds(self) -> list[EventKind]:
        return [event.kind for event in self.events]


def deeds_of(events: Iterable[Event], calls: Iterable[Call]) -> list[Deed]:
    """Put events together, oldest first. A call has left its own name in what it wrote."""
    calls = list(calls)
    owners = {call.id: call.id for call in calls}
    owners |= {call.asked["run"]: call.id for call in calls if call.verb == "register"}
    return [
        Deed(_owner(tuple(told), owners), tuple(told))
        for told in (list(group) for _, group in groupby(events, lambda e: (e.actor, e.at)))
    ]


def _owner(events: tuple[Event, ...], owners: dict[str, str]) -> str | None:
    for event in events:
        after = event.after if isinstance(event.after, dict) else {}
        for mark in (event.reason, str(after.get("description")), str(event.run)):
            if mark in owners:
                return owners[mark]
    return None


def _number(event: Event) -> int:
    assert event.version is not None, event
    return event.version


def _at(told: object, name: str) -> str:
    assert isinstance(told, dict), told
    return str(told[name])
