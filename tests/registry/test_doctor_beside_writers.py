"""The doctor looks while others write: what is in the making is no finding."""

import threading
from pathlib import Path

import pytest
from support.inconsistent import furnish, in_remote
from support.world import World

import registry_tasks.entities.errors as e
from registry_tasks.entities.finding import FindingKind, Outcome
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.metadata import runs


@pytest.mark.slow
def test_registering_and_promoting_meanwhile_is_no_finding(world: World) -> None:
    world.version(1)
    stop, failures = threading.Event(), []

    def write() -> None:
        try:
            for number in range(2, 8):
                world.version(number)
                world.raise_to(f"mower@{number}", "staging", "production")
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            failures.append(error)
        finally:
            stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    looks, alarms = 0, []
    while not stop.is_set():
        found = examine(world.registry())
        # What a writer has committed and not yet told Git waits for a moment, and rightly so.
        waits = {FindingKind.TAG_WAITING, FindingKind.LOG_BEHIND}
        alarms += [finding for finding in found if finding.kind not in waits]
        looks += 1
    writer.join()
    assert (failures, alarms) == ([], [])
    assert looks > 1
    assert examine(world.registry()) == ()


def test_a_run_at_work_is_left_alone(world: World) -> None:
    registry = world.registry()
    name = world.begin_run()
    sync(registry)
    (world.state / "runs" / name).mkdir(parents=True)
    with workspaces.hold(registry, name):
        (world.state / "workspaces" / name).mkdir()
        assert examine(registry) == ()
        assert repair(registry) == ()
        with registry.metadata.reading() as connection:
            assert runs.list_running(connection) == (name,)
    assert FindingKind.WORKSPACE_DEAD in {finding.kind for finding in examine(registry)}


@pytest.mark.slow
def test_what_fails_to_be_mended_says_why(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = furnish(sqlite_world)
    in_remote(world, 1).unlink()

    def full(self: ObjectDirectory, source: Path, md5: str) -> None:
        raise e.DiskFull(str(self.root))

    with monkeypatch.context() as patch:
        patch.setattr(ObjectDirectory, "put", full)
        (told,) = repair(world.registry())
    assert (told.outcome, "no space left" in told.reason) == (Outcome.NOT_MENDED, True)
    assert [f.outcome for f in repair(world.registry())] == [Outcome.MENDED]


def test_a_clone_that_lacks_the_commits_is_told_and_no_alarm(sqlite_world: World) -> None:
    world = sqlite_world
    world.commit({})
    world.version(1)
    sync(world.registry())
    root = world.root
    world.git("clone", "--quiet", "--no-local", "--no-tags", str(root), str(world.folder / "clone"))
    world.root = world.folder / "clone"

    found = {finding.kind: finding for finding in examine(world.registry())}

    assert found[FindingKind.REF_ELSEWHERE].note
    assert all(finding.note for finding in found.values()), found
