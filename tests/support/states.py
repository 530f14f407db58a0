"""Every state that two versions can get into, found by trying each step of the plain model from each.

The plain model says what can be reached and how; a walk there is made by the machine, which asks the
real registry as well.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final, NamedTuple

from registry_tasks import Client
from registry_tasks.entities.version_record import VersionRecord
from support.lifecycle_steps import Calendar
from support.machine import Machine
from support.plain_approvals import Asked
from support.plain_catalogue import Says
from support.plain_model import MODEL, Content, Model, Version

Key = tuple[Any, ...]
MADE: Final = (Content(1, 1, 0, 1), Content(2, 1, 0, 2))
AUC: Final = 0.7


class Step(NamedTuple):
    """One thing to ask, of the plain model alone and of both."""

    name: str
    plain: Callable[[Model], object]
    both: Callable[[Machine], None]


@dataclass
class Graph:
    """What can be reached: states by all that matters in them, and what the registry shows of each."""

    start: Key
    shown: dict[Key, Key] = field(default_factory=dict)
    ways: dict[Key, dict[Key, int]] = field(default_factory=dict)  # where to, by which step

    def path(self, start: Key, wanted: Callable[[Key], bool]) -> list[Key] | None:
        """The shortest way to a state; without ``start`` itself."""
        came: dict[Key, Key | None] = {start: None}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if wanted(here):
                return [*_back(came, here)][::-1][1:]
            for there in self.ways[here]:
                if there not in came:
                    came[there] = here
                    queue.append(there)
        return None


def _back(came: dict[Key, Key | None], key: Key | None) -> Iterator[Key]:
    while key is not None:
        yield key
        key = came[key]


def _begin() -> Model:
    """Two versions that stand nowhere yet."""
    model = Model()
    model.has_pipeline = True
    for made in MADE:
        model.register(made, AUC)
    return model


def reachable(steps: Sequence[Step]) -> Graph:
    """Try each step from each state, the nearest first."""
    first = _begin()
    graph = Graph(whole(first))
    graph.shown[graph.start] = shown(first)
    queue = deque([first])
    while queue:
        model = queue.popleft()
        _forget(model)
        kept = pickle.dumps(model)
        ways = graph.ways.setdefault(whole(model), {})
        for number, step in enumerate(steps):
            there = pickle.loads(kept)
            try:
                step.plain(there)
            except Says:
                pass  # asking for approval says so as well, and changes something
            key = whole(there)
            ways.setdefault(key, number)
            if key not in graph.shown:
                graph.shown[key] = shown(there)
                queue.append(there)
    return graph


def _forget(model: Model) -> None:
    """What no later answer depends on; some history there must be, as what is used counts by it."""
    del model.history[1:]
    model.runs = [(each.made.content, each.number) for each in model.versions]
    model.requests = [asked for asked in model.requests if asked.outcome is None]


def whole(model: Model) -> Key:
    """All that what happens next depends on, if only such steps are taken."""
    return (
        tuple(_plain(model, version) for version in model.versions),
        tuple(sorted((place, *numbers) for place, numbers in model.left.items())),
        tuple(
            (a.number, a.environment, a.shown, a.is_late)
            for a in model.requests
            if a.outcome is None
        ),
    )


def open_requests(model: Model) -> list[Asked]:
    return [asked for asked in model.requests if asked.outcome is None]


def shown(model: Model) -> Key:
    """What a registry shows of a state, as the plain model has it."""
    requests = ((f"{MODEL}@{a.number}", a.place, a.is_late) for a in open_requests(model))
    return *(_plain(model, version) for version in model.versions), *requests


def _plain(model: Model, version: Version) -> Key:
    marks = (version.held, version.deleted, version.dropped, version.verdict, version.is_used)
    return _stands(version.stages), model.aliases_of(version), *marks


def seen(client: Client, calendar: Calendar) -> Key:
    """What the real registry shows."""
    used = {each.version for each in client.deployments(MODEL)}
    open_ones = reversed(client.approvals(MODEL))
    now = calendar.now(UTC)
    requests = ((asked.version, asked.place, asked.expires_at < now) for asked in open_ones)
    both = (client.show(f"{MODEL}@{number}") for number, _ in enumerate(MADE, 1))
    return *(_real(record, used) for record in both), *requests


def _real(record: VersionRecord, used: set[str]) -> Key:
    version = record.version
    verdict = record.reproductions[0].verdict.value if record.reproductions else None
    reasons = (record.hold, record.tombstone, record.dropped)
    marks = (reason and reason.reason for reason in reasons)
    return _stands(version.stages), version.aliases, *marks, verdict, version.ref in used


def _stands(stages: dict[str, str]) -> Key:
    return tuple(sorted(at for at in stages.items() if at[1] != "experiment"))
