"""Verbs by chance, killed at any instant, with the same keys asked again afterwards."""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from support.crew import Hand
from support.world import MODEL, World

from registry_tasks.entities.annotation import Describe, PointAlias
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import Conflict, NotFound, Refused
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back

from .looking import check_all_is_well, check_nothing_half_done, tidy
from .places import Place, Scene

_ROUND = 40  # kills after which the world is made anew, so that looking at all of it stays quick
_SAID_NO = (Conflict, NotFound, Refused)


class Struggle(NamedTuple):
    """What a series of kills came to."""

    kills: int
    acknowledged: int  # answers that came before a kill, each asked again after it
    unanswered: int  # requests that a kill took the answer of


class _Asked(NamedTuple):
    number: int
    answer: str | None  # None: the kill came first


def struggle(hand: Hand, place: Place, template: Path, kills: int, seed: int) -> Struggle:
    """Let one of the crew be killed its share of times."""
    chance = random.Random(f"{seed} {hand.number}")
    total = Struggle(0, 0, 0)
    share = kills // hand.size + (hand.number < kills % hand.size)
    while total.kills < share:
        with place.world(World, template, hand) as scene:
            number = 0
            for _ in range(min(_ROUND, share - total.kills)):
                asked = _until_killed(hand, scene, chance, number)
                number = _go_on(scene, chance.random(), asked, number)
                answered = sum(one.answer is not None for one in asked)
                total = Struggle(
                    total.kills + 1,
                    total.acknowledged + answered,
                    total.unanswered + len(asked) - answered,
                )
            tidy(scene.world)
            check_all_is_well(scene.world)
    return total


def _until_killed(hand: Hand, scene: Scene, chance: random.Random, number: int) -> list[_Asked]:
    """Let a process group ask one thing after another, and kill it at some instant."""
    told = hand.folder / "told"
    told.write_bytes(b"")
    scene.world.close()
    child = os.fork()
    if child == 0:
        _ask_on(scene.world, told, number)
    _wait_for_lines(told, 2 * chance.randint(0, 4) + 1)
    time.sleep(chance.uniform(0, 0.06))
    os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status), "it ended by itself, see stderr"
    asked: dict[int, _Asked] = {}
    for line in told.read_text().splitlines():
        found = _Asked(**json.loads(line))
        asked[found.number] = found
    return list(asked.values())


def _wait_for_lines(told: Path, count: int, deadline_s: float = 60) -> None:
    """Wait until so much was asked and answered, however slow the machine is."""
    end = time.monotonic() + deadline_s
    while told.read_bytes().count(b"\n") < count:
        assert time.monotonic() < end, "it asks nothing, see stderr"
        time.sleep(0.002)


def _ask_on(world: World, told: Path, number: int) -> None:
    """In the child: never returns."""
    os.setpgid(0, 0)
    try:
        with told.open("a", buffering=1) as out:
            while True:
                out.write(json.dumps({"number": number, "answer": None}) + "\n")
                answer = _ask(world, number)
                out.write(json.dumps({"number": number, "answer": answer}) + "\n")
                number += 1
    except BaseException:  # noqa: BLE001 - a child hands on whatever it was
        sys.excepthook(*sys.exc_info())
    os._exit(1)


def _go_on(scene: Scene, chance: float, asked: list[_Asked], number: int) -> int:
    """Be the next process: look, ask the same again, look again; returns the next number."""
    world = scene.world
    check_nothing_half_done(world)
    for one in asked:
        again = _ask(world, one.number)
        if one.answer is not None and one.answer not in _REFUSALS:
            assert again == one.answer, f"request {one.number} was acknowledged otherwise"
    check_nothing_half_done(world)
    return asked[-1].number + 1 if asked else number


_REFUSALS = frozenset({"refused"})


def _ask(world: World, number: int) -> str:
    """Make the request of this number, the same however often; what came of it."""
    verb, request = _request(world, number)
    try:
        answer = verb(world.registry(), request)
    except _SAID_NO:
        return "refused"
    assert isinstance(answer, Entity)
    return answer.model_dump_json()


def _request(world: World, number: int) -> tuple[Callable[..., Any], Any]:
    chance = random.Random(number)
    key = f"request {number}"
    path = world.folder / "models" / f"{number}.bin"
    if number % 4 == 0:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"model %d" % number)
        return register_file, RegisterFile(
            model=MODEL, path=str(path), metrics={"auc": 0.9}, key=key
        )
    ref = f"{MODEL}@{chance.randint(1, number // 4 + 1)}"
    stage = chance.choice(("staging", "production", "experiment"))
    text = f"reason {number}"
    return chance.choice(
        (
            (promote, Promote(ref=ref, to=stage, key=key)),
            (promote, Promote(ref=ref, to=stage, key=key)),
            (roll_back, RollBack(model=MODEL, key=key)),
            (archive, Archive(ref=ref, key=key)),
            (restore, Restore(ref=ref, key=key)),
            (describe, Describe(ref=ref, text=text, key=key)),
            (point_alias, PointAlias(ref=ref, alias="shadow", key=key)),
            (hold, Hold(ref=ref, reason=text, key=key)),
            (release, Release(ref=ref, reason=text, key=key)),
            (delete, Delete(ref=ref, reason=text, key=key)),
        )
    )
