"""Many processes that use one registry as fast as it lets them, and a killer among them."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.request import Request
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from support.history import Call, Recorder, read_history
from support.world import MODEL, World

ALIASES: Final = ("blue", "green")  # moved by hand; champion follows production
KNOWN: Final = 8  # so many versions are there from the start and are fought over
_PATIENCE_S: Final = 120
_PAUSE_S: Final = 0.01  # of one who only reads, who would else be served 20,000 times a second
_WRITES: Final[dict[str, tuple[type[Request], Callable[[Registry, Any], Any]]]] = {
    "register": (RegisterRun, register),
    "register file": (RegisterFile, register_file),
    "promote": (Promote, promote),
    "roll back": (RollBack, roll_back),
    "archive": (Archive, archive),
    "restore": (Restore, restore),
    "describe": (Describe, describe),
    "point alias": (PointAlias, point_alias),
    "remove alias": (RemoveAlias, remove_alias),
}
READS: Final = ("resolve", "list")

Mix = dict[str, int]
WRITERS: Final[Mix] = {
    "register": 6,
    "register file": 3,
    "promote": 34,
    "roll back": 4,
    "archive": 5,
    "restore": 5,
    "describe": 4,
    "point alias": 9,
    "remove alias": 4,
    "resolve": 20,
    "list": 6,
}
READERS: Final[Mix] = {"resolve": 4, "list": 1}


def database(world: World) -> str:
    """Name what a world's store is in."""
    return "SQLite" if world.store_url.startswith("sqlite") else "PostgreSQL"


def prepare(world: World) -> None:
    """Make the versions that everybody fights over; one of them may not rise to production."""
    for number in range(1, KNOWN + 1):
        world.version(number, metrics={"auc": 0.3 if number == KNOWN else 0.7})
    world.close()


class Killed(NamedTuple):
    """How many processes were killed, alone or with the programs that they had started."""

    alone: int = 0
    with_children: int = 0


@dataclass
class Storm:
    """Processes that work until a moment, each from a seed of its own."""

    world: World
    folder: Path  # of the histories
    mixes: list[Mix]  # one for each process
    seconds: float
    seed: int
    kill_every_s: float | None = None
    _workers: dict[int, BaseProcess] = field(default_factory=dict)

    def run(self) -> Killed:
        """Let it rage to its end. Fails if a process ends otherwise than by our hand."""
        self.folder.mkdir()
        self.world.close()
        until = time.monotonic() + self.seconds
        killed: Counter[bool] = Counter()
        chance = random.Random(self.seed)
        try:
            for number in range(len(self.mixes)):
                self._start(number, until)
            while self.kill_every_s and time.monotonic() + self.kill_every_s < until:
                time.sleep(self.kill_every_s)
                killed[self._kill(chance, until)] += 1
            for worker in self._workers.values():
                worker.join(max(0.0, until - time.monotonic()) + _PATIENCE_S)
                assert worker.exitcode == 0, f"{worker.name} ended with {worker.exitcode}"
        finally:
            for worker in self._workers.values():
                if worker.is_alive():
                    worker.kill()
                worker.join()
        return Killed(alone=killed[False], with_children=killed[True])

    def calls(self) -> list[Call]:
        """Return what everybody saw."""
        return read_history(self.folder)

    def _start(self, number: int, until: float) -> None:
        context = multiprocessing.get_context("fork")
        worker = context.Process(target=self._work, args=(number, until), name=f"process {number}")
        self._workers[number] = worker
        worker.start()

    def _kill(self, chance: random.Random, until: float) -> bool:
        """Kill one and put another in its place; tells whether its programs died with it."""
        number, group = chance.randrange(len(self.mixes)), chance.random() < 0.5
        victim = self._workers[number]
        assert victim.pid is not None and victim.exitcode is None, f"{victim.name} had ended"
        if group and os.getpgid(victim.pid) == victim.pid:  # it has got that far
            os.killpg(victim.pid, signal.SIGKILL)
        else:
            os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        assert victim.exitcode == -signal.SIGKILL
        self._start(number, until)
        return group

    def _work(self, number: int, until: float) -> None:
        os.setsid()
        recorder = Recorder(self.folder, number)
        chance = random.Random(f"{self.seed} {number} {recorder.count}")
        caller = Caller(self.world, recorder, chance, self.mixes[number])
        caller.go_on_after_death()
        while time.monotonic() < until:
            caller.call()
            if self.mixes[number] is READERS:
                time.sleep(_PAUSE_S)
        caller.close()


class Caller:
    """One process as a user of the registry: it keeps connections, and looks before it moves."""

    def __init__(self, world: World, recorder: Recorder, chance: random.Random, mix: Mix) -> None:
        self._world = World(world.folder, world.store_url)
        settings = self._world.settings
        self._registry, self._resolver = Registry(settings), Resolver(settings)
        self._recorder, self._chance = recorder, chance
        self._verbs, self._weights = list(mix), list(mix.values())
        self._seen: dict[str, int] = {}  # slot or alias -> who held it when we looked last
        self._newest = KNOWN

    def go_on_after_death(self) -> None:
        """Make the call that our predecessor died in once more, if it has a key."""
        call = self._recorder.unfinished
        if call is not None and call.asked.get("key"):
            self._recorder.again(call.id)
            self._end(call.id, call.verb, call.asked)

    def call(self) -> None:
        """Make one call, drawn by lot."""
        (verb,) = self._chance.choices(self._verbs, self._weights)
        id_ = self._recorder.next_id()
        asked = self._read(verb) if verb in READS else self._write(verb, id_)
        self._recorder.begin(id_, verb, asked)
        self._end(id_, verb, asked)

    def close(self) -> None:
        self._registry.close()
        self._resolver.close()
        self._recorder.close()

    def _end(self, id_: str, verb: str, asked: dict[str, Any]) -> None:
        answer = self._recorder.end(id_, lambda: self._do(verb, asked))
        if verb == "list" and answer is not None:
            self._seen = {**answer["slots"], **answer["aliases"]}
            self._newest = answer["versions"]

    def _do(self, verb: str, asked: dict[str, Any]) -> dict[str, Any]:
        found: Any
        if verb == "resolve":
            found = self._resolver.resolve(asked["ref"])
        elif verb == "list":
            (found,) = list_models(self._registry)
        else:
            kind, act = _WRITES[verb]
            found = act(self._registry, kind.model_validate(asked))
        document: dict[str, Any] = found.model_dump(mode="json")
        return document

    # ---------------------------------------------------------------- what is asked for

    def _read(self, verb: str) -> dict[str, Any]:
        labels = ["production", "staging", "champion", *ALIASES, str(self._some())]
        return {"ref": f"{MODEL}@{self._chance.choice(labels)}"} if verb == "resolve" else {}

    def _write(self, verb: str, id_: str) -> dict[str, Any]:
        """Make a request whose traces in the store name this call."""
        asked: dict[str, Any] = {"key": id_ if self._chance.random() < 0.5 else None}
        if verb == "register":
            asked |= {"run": self._run(id_), "description": id_}
        elif verb == "register file":
            asked |= {"model": MODEL, "path": str(self._file(id_)), "description": id_}
        elif verb == "describe":
            asked |= {"ref": f"{MODEL}@{self._some()}", "text": id_}
        elif verb == "roll back":
            asked |= {"model": MODEL, "reason": id_} | self._expected("production")
        elif verb == "remove alias":
            asked |= {"model": MODEL, "alias": self._chance.choice(ALIASES), "reason": id_}
        else:
            asked |= {"ref": f"{MODEL}@{self._some()}", "reason": id_}
        if verb == "promote":
            stages = ("staging", "staging", "production", "production", "experiment")
            asked["to"] = self._chance.choice(stages)
            if asked["to"] == "production" and "staging" in self._seen:  # who else could rise
                asked["ref"] = f"{MODEL}@{self._seen['staging']}"
            if asked["to"] != "experiment":
                asked |= self._expected(asked["to"])
        if verb == "point alias":
            asked["alias"] = self._chance.choice(ALIASES)
            asked |= self._expected(asked["alias"])
        return asked

    def _some(self) -> int:
        """Name a version: mostly one of the few that all fight over, else a newer one."""
        newest = self._newest if self._chance.random() < 0.2 else KNOWN
        return self._chance.randint(1, newest)

    def _expected(self, place: str) -> dict[str, int]:
        """Look who holds a place, and half of the time insist that it is still so."""
        if self._chance.random() < 0.5:
            return {}
        (found,) = list_models(self._registry)
        self._seen = {**found.slots, **found.aliases}
        return {"expect_current": self._seen.get(place, 0)}

    def _run(self, id_: str) -> str:
        """Record a run: with bytes of its own, or those of others, or a recipe of others."""
        own = {"content": f"{id_} {uuid4()}".encode(), "parameters": {"trees": id_}}
        shared = self._chance.randrange(5)
        theirs = {"content": f"shared {shared}".encode(), "parameters": {"trees": 1000 + shared}}
        kind = self._chance.randrange(3)
        try:
            if kind == 0:
                return self._world.finished_run(**own)
            if kind == 1:
                return self._world.finished_run(**theirs)
            return self._world.finished_run(**own | {"parameters": theirs["parameters"]})
        finally:
            self._world.close()

    def _file(self, id_: str) -> Path:
        path = self._world.folder / f"file-{id_}"
        path.write_text(f"{id_} {uuid4()}")
        return path


@dataclass(frozen=True)
class Fairness:
    """How evenly calls were served, and how long they took."""

    calls: int
    least_share: float  # of the process with the fewest calls, in the mean of all
    longest_s: float
    by_verb: dict[str, tuple[float, float]]  # p50 and p99 in seconds

    @property
    def p99_s(self) -> float:
        """The worst 99th percentile of any verb."""
        return max(p99 for _, p99 in self.by_verb.values())


def fairness(calls: Iterable[Call], verbs: Iterable[str], processes: Iterable[int]) -> Fairness:
    """Work it out over the calls of some verbs, by some processes, that came to an end."""
    counts = Counter(dict.fromkeys(processes, 0))
    chosen = set(verbs)
    kept = [c for c in calls if c.verb in chosen and c.process in counts and not c.unknown]
    counts.update(call.process for call in kept)
    waits: dict[str, list[float]] = {}
    for call in kept:
        waits.setdefault(call.verb, []).append(call.waited_s)
    return Fairness(
        calls=len(kept),
        least_share=min(counts.values()) * len(counts) / len(kept),
        longest_s=max(call.waited_s for call in kept),
        by_verb={verb: (_at(0.5, found), _at(0.99, found)) for verb, found in waits.items()},
    )


def _at(share: float, waits: list[float]) -> float:
    return sorted(waits)[min(len(waits) - 1, int(share * len(waits)))]
