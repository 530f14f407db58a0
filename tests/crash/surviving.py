"""Let a verb go wrong at every point, put the world back each time, and look at what is left."""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from support.crew import Hand
from support.disk import Action, Fault
from support.dying import deaths
from support.world import World

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import StageFailed, Unavailable

from .case import Act, Case
from .cases import ALL, ONLY_FAR
from .looking import check_all_is_well, tidy
from .places import Place
from .tracing import Trace, Traced

_DONE, _UNAVAILABLE, _RAISED = 0, 3, 4
_NEVER = 1_000_000
"""A point that no verb comes to."""


class Tally(NamedTuple):
    """What a series of trials came to."""

    points: int  # how many there are in one run of the verb
    cycles: int  # how often it went wrong and was tried again
    refused: Counter[str]  # errors that the caller saw
    traced: Traced  # verbs at work at the points, of the run that went well


class Fate(NamedTuple):
    """How a verb goes wrong, and at every how manieth point, from which one on.

    With ``few`` it is so many points, or one more, spread evenly over all that there are.
    """

    action: Action | None  # None: at the points that Python sees, the programs go on
    every: int = 1
    first: int = 1
    error: int = 0
    sticky: bool = False
    few: int = 0

    def faults(self, hand: Hand) -> Iterator[Fault]:
        """Give the share of one of the crew."""
        assert self.action is not None
        at = self.first + hand.number * self.every
        while True:
            yield Fault(self.action, at, self.error, self.sticky)
            at += hand.size * self.every

    def spread(self, points: int) -> "Fate":
        """Go wrong at few of so many points."""
        every = max(1, points // self.few)
        return self._replace(every=every, first=1 + (self.first - 1) % every)


def endure(hand: Hand, name: str, place: Place, template: Path, fate: Fate) -> Tally:
    """Let one of the crew try its share of the points of a case."""
    case = (ALL | ONLY_FAR)[name]
    with place.world(case.kind, template, hand) as scene:
        act = case.prepare(scene.world)
        scene.keep()
        if fate.few:
            fate = fate.spread(_count(act, scene.world, hand, fate))
            scene.put_back()
        trace = Trace()
        if fate.action is None:
            points = _deaths(act, scene.world, hand, fate, trace)
        else:
            points = _faults(act, scene.world, hand, fate)
        count, cycles, refused = 0, 0, Counter[str]()
        for count, told in points:
            try:
                look(scene.world, case, act)
            except BaseException as error:
                error.add_note(f"{name} in {place.name}, {fate} at point {count}: {told}")
                raise
            refused[told] += 1
            cycles += 1
            scene.put_back()
        if fate.action is not None:
            count = hand.orders.count  # of the run that went well
        return Tally(count, cycles, refused, trace.end())


def look(world: World, case: Case, act: Act) -> None:
    """Be the next process: nothing is half done, and the same request goes through."""
    case.look(world)
    answer = act(world)
    tidy(world)
    if isinstance(answer, Entity) and case.requests:
        again = act(world)
        assert isinstance(again, Entity)
        assert again.model_dump_json() == answer.model_dump_json()
    case.check(world)
    check_all_is_well(world)


def _count(act: Act, world: World, hand: Hand, fate: Fate) -> int:
    """Let it go well, and say how many points that has."""
    if fate.action is not None:
        assert not list(_faults(act, world, hand, fate._replace(first=_NEVER)))
        return hand.orders.count
    trace = Trace()
    assert not list(deaths(lambda: trace.do(lambda: act(world)), _NEVER, limit=_NEVER + 1))
    trace.end()
    return trace.points


def _deaths(
    act: Act, world: World, hand: Hand, fate: Fate, trace: Trace
) -> Iterator[tuple[int, str]]:
    first = fate.first + hand.number * fate.every
    for number in deaths(lambda: trace.do(lambda: act(world)), first, hand.size * fate.every):
        yield number, "killed"


def _faults(act: Act, world: World, hand: Hand, fate: Fate) -> Iterator[tuple[int, str]]:
    said = hand.folder / "said"
    for fault in fate.faults(hand):
        status = in_group(
            lambda: act(world), said, lambda f=fault: hand.orders.give(world.folder, f)
        )
        hand.orders.end()
        if hand.orders.hit is None:
            assert status == _DONE, said.read_text()
            return
        if os.WIFSIGNALED(status):
            yield fault.at, "killed"
            continue
        code = os.waitstatus_to_exitcode(status)
        assert code in (_DONE, _UNAVAILABLE), f"{fault}, {hand.orders.hit}: {said.read_text()}"
        yield fault.at, "done" if code == _DONE else said.read_text()


def in_group(work: Callable[[], object], said: Path, first: Callable[[], None]) -> int:
    """Do ``work`` in a child that leads a process group; returns how it ended."""
    child = os.fork()
    if child == 0:
        _work(work, said, first)
    return os.waitpid(child, 0)[1]


def _work(work: Callable[[], object], said: Path, first: Callable[[], None]) -> None:
    """In the child: never returns."""
    try:
        os.setsid()
        sys.dont_write_bytecode = True
        first()
        work()
    except (Unavailable, StageFailed) as error:  # a step of the pipeline may have died alone
        said.write_text(type(error).__name__)
        assert str(error)
        os._exit(_UNAVAILABLE)
    except BaseException:  # noqa: BLE001 - a child hands on whatever it was
        said.write_text(traceback.format_exc())
        os._exit(_RAISED)
    os._exit(_DONE)
