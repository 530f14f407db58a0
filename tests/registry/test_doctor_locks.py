"""Lock files of a killed Git: told by who lives and by the file system's time, by no clock of ours."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.inconsistent import OLD_S, age
from support.world import World

from registry_tasks.entities.finding import FindingKind, Outcome
from registry_tasks.registry.care.examine import QUICK, examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.stores.git.lock import locked

pytestmark = pytest.mark.slow


@pytest.fixture
def lock_file(sqlite_world: World) -> Path:
    sqlite_world.version(1)
    return sqlite_world.root / ".git" / "refs" / "tags" / "mower@v1.0.0.lock"


def seen(world: World) -> list[str]:
    found = examine(world.registry(), QUICK)
    return [finding.where for finding in found if finding.kind is FindingKind.LOCK_STALE]


def test_one_that_a_git_may_be_holding_is_left_alone(sqlite_world: World, lock_file: Path) -> None:
    lock_file.touch()
    assert seen(sqlite_world) == []
    assert repair(sqlite_world.registry()) == ()
    assert lock_file.exists()


@pytest.mark.parametrize("then_s", [OLD_S, 660, -660, -OLD_S])
def test_one_of_another_time_is_removed(
    sqlite_world: World, lock_file: Path, then_s: float
) -> None:
    lock_file.touch()
    age(lock_file, then_s)
    assert seen(sqlite_world) == [str(lock_file)]
    assert {f.outcome for f in repair(sqlite_world.registry())} == {Outcome.MENDED}
    assert not lock_file.exists()


def test_an_old_one_is_not_stale_while_a_git_of_ours_lives(
    sqlite_world: World, lock_file: Path
) -> None:
    lock_file.touch()
    age(lock_file)
    with locked(sqlite_world.root / ".git"):
        assert seen(sqlite_world) == []
    assert seen(sqlite_world) == [str(lock_file)]


@pytest.mark.parametrize("wrong_s", [-OLD_S, OLD_S])
def test_the_clock_of_the_process_has_no_say(
    sqlite_world: World, lock_file: Path, monkeypatch: pytest.MonkeyPatch, wrong_s: float
) -> None:
    lock_file.touch()
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + wrong_s)
    assert datetime.fromtimestamp(time.time(), UTC) != datetime.now(UTC)
    assert seen(sqlite_world) == []
    os.utime(lock_file, (right() - OLD_S, right() - OLD_S))
    assert seen(sqlite_world) == [str(lock_file)]
