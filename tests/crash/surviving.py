"""Let a verb go wrong at every point, put the world back each time, and look at what is left."""

import os
import random
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
SELDOM = sys.maxsize
"""What a fate goes wrong at no more than ``least`` points with."""
_NEVER = 1_000_000
"""A point that no verb comes to."""


class Tally(NamedTuple):
    """What a series of trials came to."""

    points: int  # how many there were in the run that went well
    cycles: int  # how often it went wrong and was tried again
    refused: Counter[str]  # errors that the caller saw
    traced: Traced  # verbs at work at the points of the run that went well, which Python sees


class Fate(NamedTuple):
    """How a verb goes wrong, and at which of its points."""

    action: Action | None  # None: at the points that Python sees, the programs go on
    error: int = 0
    sticky: bool = False
    every: int = 1  # at every how manieth point, from one of the first on
    least: int = 1  # at so many at least, if there are so many
    seed: int = 0

    def chosen(self, name: str, points: int) -> range:
        """Choose among the points of a case, the first of which is 1."""
        step = max(1, min(self.every, points // self.least))
        first = random.Random(f"{name} {self.seed}").randint(1, step)
        return range(first, points + 1, step)


def endure(hand: Hand, name: str, place: Place, template: Path, fate: Fate) -> Tally:
    """Let one of the crew try its share of the points of a case."""
    case = (ALL | ONLY_FAR)[name]
    with place.world(case.kind, template, hand) as scene:
        act = case.prepare(scene.world)
        scene.keep()
        points, traced = _go_well(act, scene.world, hand, fate)
        scene.put_back()
        share = fate.chosen(name, points)[hand.number :: hand.size]
        refused = Counter[str]()
        for point, told in _go_wrong(act, scene.world, hand, fate, share):
            try:
                look(scene.world, case, act)
            except BaseException as error:
                error.add_note(f"{name} in {place.name}, {fate} at point {point}: {told}")
                raise
            refused[told] += 1
            scene.put_back()
        return Tally(points, refused.total(), refused, traced)


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


def _go_well(act: Act, world: World, hand: Hand, fate: Fate) -> tuple[int, Traced]:
    """Let nothing go wrong; returns how many points that has, and what Python sees at work there."""
    if fate.action is not None:
        assert not list(_faults(act, world, hand, fate, range(_NEVER, _NEVER + 1)))
        return hand.orders.count, Traced()
    trace = Trace()
    assert not list(deaths(lambda: trace.do(lambda: act(world)), _NEVER, last=_NEVER))
    traced = trace.end()
    return trace.points, traced


def _go_wrong(
    act: Act, world: World, hand: Hand, fate: Fate, share: range
) -> Iterator[tuple[int, str]]:
    """Let it go wrong at each of the points; give each, and what the caller was told."""
    if fate.action is not None:
        yield from _faults(act, world, hand, fate, share)
        return
    for point in deaths(lambda: act(world), share.start, share.step, share.stop - 1):
        yield point, "killed"


def _faults(
    act: Act, world: World, hand: Hand, fate: Fate, share: range
) -> Iterator[tuple[int, str]]:
    assert fate.action is not None
    said = hand.folder / "said"
    for point in share:
        fault = Fault(fate.action, point, fate.error, fate.sticky)
        status = in_group(
            lambda: act(world), said, lambda f=fault: hand.orders.give(world.folder, f)
        )
        hand.orders.end()
        if hand.orders.hit is None:  # now and then a run has a point less than the one before
            assert status == _DONE, said.read_text()
            return
        if os.WIFSIGNALED(status):
            yield point, "killed"
            continue
        code = os.waitstatus_to_exitcode(status)
        assert code in (_DONE, _UNAVAILABLE), f"{fault}, {hand.orders.hit}: {said.read_text()}"
        yield point, "done" if code == _DONE else said.read_text()


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
