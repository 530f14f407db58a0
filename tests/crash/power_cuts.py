"""Verbs on a disk that loses power at some instant, seen through a log of its changes."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from support.crew import Hand
from support.disk import Action, Change, Fault, Kind, mark, read_log
from support.pipelines import Project
from support.power import Disk
from support.world import MODEL, World, copy_tree

from registry_tasks.entities.annotation import Describe, PointAlias
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.promotion import Archive, Promote, Restore
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote

from .case import Act, Case
from .cases import ALL
from .looking import check_all_is_well, check_nothing_half_done, tidy
from .pipeline_cases import train_and_record
from .places import Place
from .surviving import in_group, look

_Step = tuple[Callable[..., Any], Any]


class Cuts(NamedTuple):
    """What a day came to."""

    changes: int  # on disk, of the whole day
    cuts: int
    unsynced: int  # cuts after which something that was not synced was gone


def lose_power(hand: Hand, template: Path, cuts: int, seed: int) -> Cuts:
    """Let one of the crew live the day once, and lose power at its share of instants."""
    chance = random.Random(f"{seed} {hand.number}")
    folder = hand.folder / "world"
    copy_tree(template, folder)
    project = Project(folder)
    project.moved()
    (folder / "model.bin").write_bytes(b"a file")
    project.close()
    disk, whole = Disk(folder), Disk(folder)
    answers, changes = _live(hand, project)
    for change in changes:
        whole.change(change)
    assert whole.seen() == _found(folder), "the log has not seen all changes"
    share = cuts // hand.size + (hand.number < cuts % hand.size)
    chosen = set(chance.sample(range(len(changes)), min(share, len(changes))))
    acknowledged = lost = 0
    for number, change in enumerate(changes):
        if number in chosen:
            torn = random.Random(chance.random()) if chance.random() < 0.5 else None
            disk.lose_power(folder, torn)
            lost += _found(folder) != disk.seen()
            _go_on(project, answers[:acknowledged], f"{number} of {len(changes)}, torn: {torn}")
        if change.kind is Kind.MARK:
            acknowledged += 1
        else:
            disk.change(change)
    return Cuts(len(changes), len(chosen), lost)


def lose_power_in(hand: Hand, name: str, template: Path, cuts: int, seed: int) -> Cuts:
    """Let one of the crew do what a case does once; lose power on the way and after the answer."""
    case, chance = ALL[name], random.Random(f"{seed} {name} {hand.number}")
    with Place().world(case.kind, template, hand) as scene:
        world, act = scene.world, case.prepare(scene.world)
        scene.keep()
        disk = Disk(world.folder)
        changes = _log(hand, world, lambda: act(world))
        chosen = {len(changes), *chance.sample(range(len(changes)), min(cuts, len(changes)))}
        lost = 0
        for number in range(len(changes) + 1):
            if number in chosen:
                answered = number == len(changes)
                torn = None if answered or chance.random() < 0.5 else random.Random(chance.random())
                disk.lose_power(world.folder, torn)
                lost += _found(world.folder) != disk.seen()
                try:
                    _check(world, case, act, answered)
                except BaseException as error:
                    error.add_note(f"{name}: power lost at {number} of {len(changes)}, {torn}")
                    raise
                world.close()
            if number != len(changes):
                disk.change(changes[number])
        scene.put_back()
    return Cuts(len(changes), len(chosen), lost)


def _check(world: World, case: Case, act: Act, answered: bool) -> None:
    """Be the next process. What was answered is there though nobody asks for it again."""
    if answered:
        case.look(world)
        tidy(world)
        case.check(world)
    else:
        look(world, case, act)


def _live(hand: Hand, project: Project) -> tuple[list[str], list[Change]]:
    """Do all steps in a process of their own; returns what each answered, and the log."""
    told = hand.folder / "answers"

    def day() -> None:
        answers: list[str] = []
        for number in range(len(_STEPS)):
            answers.append(_take(project, number, answers))
            mark(hand.library, number)
        told.write_text(json.dumps(answers))

    changes = _log(hand, project, day)
    return json.loads(told.read_text()), changes


def _log(hand: Hand, world: World, work: Callable[[], object]) -> list[Change]:
    """Do something in a process of its own; returns all that it changed on the disk."""
    log, said = hand.folder / "log", hand.folder / "said"
    log.unlink(missing_ok=True)
    orders = Fault(Action.LOG, 0)
    status = in_group(work, said, lambda: hand.orders.give(world.folder, orders, log))
    hand.orders.end()
    assert status == 0, said.read_text()
    return list(read_log(log))


def _go_on(project: Project, answers: list[str], when: str) -> None:
    """Be the next process: what was acknowledged is there; the rest of the day goes through."""
    try:
        check_nothing_half_done(project)
        for number, answer in enumerate(answers):
            if number == 0:
                _check_kept(project, answer)
            else:
                assert _take(project, number, answers) == answer, f"step {number} is not as told"
        again = list(answers)
        for number in range(len(answers), len(_STEPS)):
            again.append(_take(project, number, again))
        tidy(project)
        check_all_is_well(project)
        project.git("fsck", "--no-dangling")
        project.close()
    except BaseException as error:
        error.add_note(f"power was lost at change {when}, {len(answers)} steps acknowledged")
        raise


def _check_kept(project: Project, run: str) -> None:
    """The run's own commit is there, with all it holds."""
    commit = project.git("rev-parse", f"{RUN_REFS}/{run}")
    assert f'"run": "{run}"' in project.git("show", f"{commit}:registry.json")
    project.git("rev-list", "--objects", commit)


def _take(project: World, number: int, answers: list[str]) -> str:
    """Make the step of this number; the same answer however often, but for a run."""
    if number == 0:
        assert isinstance(project, Project)
        return train_and_record(project)
    verb, request = _STEPS[number](project, answers[0])
    answer = verb(project.registry(), request.model_copy(update={"key": f"step {number}"}))
    assert isinstance(answer, Entity)
    return answer.model_dump_json()


def _found(folder: Path) -> dict[str, bytes]:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            if not name.endswith("-shm"):
                path = Path(place) / name
                found[str(path.relative_to(folder))] = path.read_bytes()
    return found


_STEPS: tuple[Callable[[World, str], _Step], ...] = (
    lambda w, run: (train_and_record, run),
    lambda w, run: (register, RegisterRun(run=run)),
    lambda w, run: (promote, Promote(ref="mower@1", to="staging")),
    lambda w, run: (promote, Promote(ref="mower@1", to="production")),
    lambda w, run: (
        register_file,
        RegisterFile(model=MODEL, path=str(w.folder / "model.bin"), metrics={"rmse": 1.0}),
    ),
    lambda w, run: (describe, Describe(ref="mower@1", text="cuts grass")),
    lambda w, run: (point_alias, PointAlias(ref="mower@1", alias="shadow")),
    lambda w, run: (archive, Archive(ref="mower@2")),
    lambda w, run: (restore, Restore(ref="mower@2")),
    lambda w, run: (hold, Hold(ref="mower@1", reason="audit")),
    lambda w, run: (delete, Delete(ref="mower@2", reason="a mistake")),
)
