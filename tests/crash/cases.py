"""One case for every writing verb: what is there before, the call, and what must be there after.

A call can be made again: it carries the same idempotency key, or says what it expects.
"""

import dataclasses
import os
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from support.pipelines import Project
from support.world import MODEL, World

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.errors import StageFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import Cost, Execution, RunStatus, Train
from registry_tasks.registry.archive import archive, archive_by_policy, restore
from registry_tasks.registry.delete import delete
from registry_tasks.registry.describe import describe
from registry_tasks.registry.evaluate import evaluate
from registry_tasks.registry.hold import hold, release
from registry_tasks.registry.mirror import sync
from registry_tasks.registry.point_alias import point_alias, remove_alias
from registry_tasks.registry.promote import promote
from registry_tasks.registry.record import record
from registry_tasks.registry.register import register, write_version
from registry_tasks.registry.register_file import register_file
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.reproduce import judge_failure, rebuilding
from registry_tasks.registry.roll_back import roll_back
from registry_tasks.registry.show import list_runs
from registry_tasks.registry.train import running
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import runs

from . import whole_store_cases as whole
from .places import EmptyWorld

Act = Callable[[World], object]
EXECUTION = Execution(stages=("evaluate",), cost=Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1))
KEY = "asked once"


class Case(NamedTuple):
    """A verb, and how to see that it had its one effect."""

    prepare: Callable[[Any], Act]
    check: Callable[[Any], None]
    modules: tuple[str, ...]  # of registry/, that it covers
    requests: tuple[type[Request], ...] = ()
    kind: type[World] = World


def _call(verb: Callable[[Registry, Any], object], request: Any, world: World) -> object:
    return verb(world.registry(), request)


def ask(verb: Callable[..., object], request: Any) -> Act:
    return partial(_call, verb, request)


# -------------------------------------------------------------------- registering


def _a_run_to_register(world: World) -> Act:
    world.version(1)
    run = world.finished_run(content=b"2", parameters={"trees": 2})
    return ask(register, RegisterRun(run=run, key=KEY))


def _two_versions(world: World) -> None:
    assert list(world.stages()) == [1, 2]
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 2
    assert world.git("tag", "--list", "mower@*").split() == ["mower@v1.0.0", "mower@v1.1.0"]


def _a_file_to_register(world: World) -> Act:
    path = world.folder / "model.bin"
    path.write_bytes(os.urandom(200_000))
    return ask(register_file, RegisterFile(model=MODEL, path=str(path), key=KEY))


def _no_store_yet(world: World) -> Act:
    world.close()
    for file in world.state.iterdir():
        file.unlink()
    return _a_file_to_register(world)


def _one_version(world: World) -> None:
    assert world.stages() == {1: "experiment"}
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 1


# -------------------------------------------------------------------- moving


def _one_is_better(world: World) -> Act:
    one, two = world.version(1), world.version(2)
    world.raise_to(one.ref, "staging", "production")
    world.raise_to(two.ref, "staging")
    return ask(promote, Promote(ref=two.ref, to="production", reason="better", key=KEY))


def _two_is_in_production(world: World) -> None:
    assert world.stages() == {1: "experiment", 2: "production"}
    assert world.resolve("mower@champion").number == 2
    assert world.kinds().count(EventKind.VERSION_PROMOTED) == 4
    assert len(world.git("tag", "--list", "mower#production#*").split()) == 2


class SharingWorld(World):
    """A world that shares with a bare repository beside it."""

    @property
    def settings(self) -> Settings:
        return dataclasses.replace(super().settings, git_remote="origin")


def _one_is_better_and_shared(world: World) -> Act:
    if not (world.folder / "bare.git").exists():
        world.git("clone", "--quiet", "--bare", ".", "../bare.git")
        world.git("remote", "add", "origin", str(world.folder / "bare.git"))
    return _one_is_better(world)


def _it_is_shared(world: World) -> None:
    _two_is_in_production(world)
    sync(world.registry())
    listed = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/registry", "refs/tags")
    theirs = world.git("--git-dir", str(world.folder / "bare.git"), *listed)
    ours = world.git(*listed).splitlines()
    assert theirs.splitlines() == [line for line in ours if "/theirs" not in line]


def _two_was_worse(world: World) -> Act:
    for number in (1, 2):
        world.raise_to(world.version(number).ref, "staging", "production")
    return ask(roll_back, RollBack(model=MODEL, key=KEY))


def _one_is_back(world: World) -> None:
    assert world.stages() == {1: "production", 2: "experiment"}
    assert world.kinds().count(EventKind.VERSION_ROLLED_BACK) == 1


def _one_is_old(world: World) -> Act:
    return ask(archive, Archive(ref=world.version(1).ref, reason="old", key=KEY))


def _one_is_archived(world: World) -> None:
    assert world.stages() == {1: "archived"}
    assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 1


def _two_are_old(world: World) -> Act:
    world.set_policy(
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}\n"
        "retention: {keep_superseded: 0, keep_stale: 0}"
    )
    for number in (1, 2, 3):
        world.version(number)
    world.raise_to("mower@3", "staging")
    return ask(archive_by_policy, ArchiveByPolicy(model=MODEL, key=KEY))


def _two_are_archived(world: World) -> None:
    assert world.stages() == {1: "archived", 2: "archived", 3: "staging"}
    assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 2


def _one_was_archived(world: World) -> Act:
    world.version(1)
    archive(world.registry(), Archive(ref="mower@1"))
    return ask(restore, Restore(ref="mower@1", key=KEY))


def _one_is_restored(world: World) -> None:
    assert world.stages() == {1: "experiment"}
    assert world.kinds().count(EventKind.VERSION_RESTORED) == 1


# -------------------------------------------------------------------- annotating


def _one_to_describe(world: World) -> Act:
    return ask(describe, Describe(ref=world.version(1).ref, text="cuts grass", key=KEY))


def _one_is_described(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_DESCRIBED) == 1


def _one_to_point_to(world: World) -> Act:
    return ask(point_alias, PointAlias(ref=world.version(1).ref, alias="shadow", key=KEY))


def _the_alias_points(world: World) -> None:
    assert world.resolve("mower@shadow").number == 1
    assert world.kinds().count(EventKind.ALIAS_MOVED) == 1


def _an_alias_to_remove(world: World) -> Act:
    _one_to_point_to(world)(world)
    return ask(remove_alias, RemoveAlias(model=MODEL, alias="shadow", key="another"))


def _the_alias_is_gone(world: World) -> None:
    assert world.kinds().count(EventKind.ALIAS_REMOVED) == 1


def _a_tag_to_write(world: World) -> Act:
    """A process registered a version and died before it told Git."""
    request = RegisterRun(run=world.finished_run())
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        row = runs.get_row(tx.connection, request.run)
        write_version(tx, row, runs.read_manifest(tx.connection, row.id), request)
        tx.commit()
    return _sync


def _sync(world: World) -> object:
    sync(world.registry())
    return None


def _the_tag_is_written(world: World) -> None:
    assert world.git("tag", "--list") == "mower@v1.0.0"


# -------------------------------------------------------------------- deleting


def _one_to_delete(world: World) -> Act:
    world.version(1)
    return ask(delete, Delete(ref=world.version(2).ref, reason="a mistake", key=KEY))


def _two_is_deleted(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_DELETED) == 1


def _one_to_hold(world: World) -> Act:
    return ask(hold, Hold(ref=world.version(1).ref, reason="audit", key=KEY))


def _one_is_held(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_HELD) == 1


def _one_to_release(world: World) -> Act:
    hold(world.registry(), Hold(ref=world.version(1).ref, reason="audit"))
    return ask(release, Release(ref="mower@1", reason="over", key=KEY))


def _one_is_released(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_RELEASED) == 1


# -------------------------------------------------------------------- with real pipelines


def train_and_record(project: World) -> str:
    """A whole run but for DVC itself: the pipeline is up to date in the run's own worktree."""
    with running(project.registry(), Train(model=MODEL)) as workspace:
        record(project.registry(), workspace, EXECUTION)
    return workspace.run


def _nothing_trained(project: Project) -> Act:
    project.moved()
    return train_and_record


def _runs_have_ended(project: Project) -> None:
    for run in list_runs(project.registry(), MODEL, limit=1000):
        assert run.status in (RunStatus.FAILED, RunStatus.FINISHED)
        if run.status is RunStatus.FAILED:
            assert run.failure == "its process ended before the run did"
    assert [p.name for p in (project.state / "workspaces").iterdir()] == []


def _a_real_run(project: Project) -> Act:
    project.moved()
    return ask(register, RegisterRun(run=train_and_record(project), key=KEY))


def _its_version(project: Project) -> None:
    (version,) = project.stages()
    assert version == 1
    assert project.git("tag", "--list", "mower@*") == "mower@v1.0.0"


def _a_version_in_production(project: Project) -> None:
    project.moved()
    register(project.registry(), RegisterRun(run=train_and_record(project)))
    for stage in ("staging", "production"):
        promote(project.registry(), Promote(ref="mower@1", to=stage))


def _a_challenger(project: Project) -> Act:
    _a_version_in_production(project)
    project.set_parameters(slope="2.0")
    assert project.dvc("repro").returncode == 0
    project.commit({})
    return ask(evaluate, train_and_record(project))


def _it_is_compared(project: Project) -> None:
    assert project.kinds().count(EventKind.RUN_COMPARED) >= 1


def _one_to_reproduce(project: Project) -> Act:
    _a_version_in_production(project)
    return _fail_to_reproduce


def _fail_to_reproduce(project: World) -> object:
    with rebuilding(project.registry(), "mower@1") as rebuild:
        return judge_failure(project.registry(), rebuild, StageFailed("train", "no"))


def _a_verdict_is_kept(project: Project) -> None:
    assert project.kinds().count(EventKind.VERSION_REPRODUCED) >= 1
    assert [p.name for p in (project.state / "workspaces").iterdir()] == []


CASES = {
    "register": Case(_a_run_to_register, _two_versions, ("register",), (RegisterRun,)),
    "register_file": Case(_a_file_to_register, _one_version, ("register_file",), (RegisterFile,)),
    "promote": Case(_one_is_better, _two_is_in_production, ("promote",), (Promote,)),
    "roll_back": Case(_two_was_worse, _one_is_back, ("roll_back",), (RollBack,)),
    "archive": Case(_one_is_old, _one_is_archived, ("archive",), (Archive,)),
    "archive_by_policy": Case(_two_are_old, _two_are_archived, ("archive",), (ArchiveByPolicy,)),
    "restore": Case(_one_was_archived, _one_is_restored, ("archive",), (Restore,)),
    "describe": Case(_one_to_describe, _one_is_described, ("describe",), (Describe,)),
    "point_alias": Case(_one_to_point_to, _the_alias_points, ("point_alias",), (PointAlias,)),
    "sync": Case(_a_tag_to_write, _the_tag_is_written, ("mirror",)),
    "delete": Case(_one_to_delete, _two_is_deleted, ("delete",), (Delete,)),
    "hold": Case(_one_to_hold, _one_is_held, ("hold",), (Hold,)),
    "release": Case(_one_to_release, _one_is_released, ("hold",), (Release,)),
    "remove_alias": Case(_an_alias_to_remove, _the_alias_is_gone, ("point_alias",), (RemoveAlias,)),
}
"""Every writing verb over a world of records."""

NEW_STORE = {
    "new_store": Case(
        _no_store_yet, _one_version, ("register_file",), (RegisterFile,), kind=EmptyWorld
    )
}
"""The first verb of all, which makes the store; SQLite only."""

SHARED = {
    "share": Case(
        _one_is_better_and_shared, _it_is_shared, ("promote", "share"), (Promote,), SharingWorld
    )
}
"""A verb whose log, tags and run commits also go to a Git remote; SQLite only."""

PIPELINES = {
    "run": Case(_nothing_trained, _runs_have_ended, ("train", "record"), kind=Project),
    "register_a_run": Case(_a_real_run, _its_version, ("register",), (RegisterRun,), Project),
    "evaluate": Case(_a_challenger, _it_is_compared, ("evaluate",), (), Project),
    "reproduce": Case(_one_to_reproduce, _a_verdict_is_kept, ("reproduce",), (), Project),
}
"""Verbs that work in worktrees and clones of a project with a DVC pipeline."""

STORES = {
    "back_up": Case(whole.to_back_up, whole.is_backed_up, ("back_up",)),
    "recover": Case(whole.to_recover, whole.has_both_again, ("recover",), kind=EmptyWorld),
    "rebuild": Case(whole.to_rebuild, whole.has_both_again, ("rebuild",), kind=EmptyWorld),
    "move_store": Case(whole.to_move, whole.is_moved, ("move_store",)),
    "repair": Case(whole.to_repair, whole.is_repaired, ("repair",)),
}
"""Verbs over a whole store, on SQLite only."""

ALL = CASES | NEW_STORE | SHARED | STORES | PIPELINES
