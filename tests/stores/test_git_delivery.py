"""A batch of log lines and tags: one go, the same bytes for the same facts, whatever was killed."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry_tasks.entities.errors import LogBroken, ProgramFailed
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.chain import read_chain
from registry_tasks.stores.git.delivery import Line
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.refs import Tag, create_tag
from registry_tasks.stores.git.repository import GitRepository

RunGit = Callable[..., str]

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LOG = "refs/registry/log"
ROUNDS, SEED = 12, 20260102
WORK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.refs import Tag
folder, commit, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
at = datetime(2026, 1, 2, tzinfo=UTC)
print("ready", flush=True)
for number in range(start, start + 1000):
    with locked(folder) as lock:
        exists = "refs/registry/log" in delivery.look(folder, ("refs/registry/log",), ()).heads
        lines = [delivery.Line(f"{number} {i}\\n", at) for i in range(3)]
        tags = [Tag(f"m#s{i}#{number}", commit, "x", "ada", at) for i in range(2)]
        delivery.write(folder, lock, "refs/registry/log", exists, lines, tags)
"""


def write(repository: GitRepository, lines: list[str], tags: list[Tag]) -> None:
    folder = repository.common_dir
    with locked(folder) as lock:
        exists = LOG in delivery.look(folder, (LOG,), ()).heads
        told = [Line(text, AT) for text in lines]
        delivery.write(folder, lock, LOG, exists, told, tags)


def messages(repository: GitRepository) -> list[str]:
    return [head.message for head in read_chain(repository.common_dir, LOG)]


def test_a_batch_is_appended_to_what_is_there(repository: GitRepository, run_git: RunGit) -> None:
    write(repository, ["one\n\n{}\n", "two\n"], [])
    write(repository, ["three\n"], [Tag("m@v1.0.0", repository.head(), "Hello", "ada", AT)])
    assert messages(repository) == ["one\n\n{}\n", "two\n", "three\n"]
    seen = delivery.look(
        repository.common_dir, (LOG,), [Tag("m@v1.0.0", "1" * 40, "", "", AT)], [repository.head()]
    )
    assert seen.heads[LOG].message == "three\n"
    assert seen.tags == {"m@v1.0.0": repository.head()}
    assert seen.commits == {repository.head()}
    run_git(repository.root, "fsck", "--strict")
    assert run_git(repository.root, "status", "--porcelain") == ""


def test_a_tag_is_byte_for_byte_what_it_was_one_by_one(
    repository: GitRepository, run_git: RunGit
) -> None:
    tag = Tag("m#staging!#7", repository.head(), "  M leaves \u00fc\n\nmore ", "Ada <x>", AT)
    create_tag(repository.common_dir, tag)
    alone = run_git(repository.root, "rev-parse", "refs/tags/m#staging!#7")
    run_git(repository.root, "tag", "-d", "m#staging!#7")
    write(repository, [], [tag])
    assert run_git(repository.root, "rev-parse", "refs/tags/m#staging!#7") == alone


def test_nothing_to_write_starts_no_git(repository: GitRepository) -> None:
    write(repository, [], [])
    assert messages(repository) == []


def test_a_batch_that_git_refuses_leaves_no_report(repository: GitRepository) -> None:
    with pytest.raises(ProgramFailed):
        write(repository, ["one\n"], [Tag("m@v1.0.0", "1" * 40, "x", "ada", AT)])
    assert not list(repository.common_dir.glob("fast_import_crash_*"))
    write(repository, ["one\n"], [])
    assert messages(repository) == ["one\n"]


def test_lock_files_that_a_killed_git_left_block_nothing(repository: GitRepository) -> None:
    for stale in (f"{LOG}.lock", "refs/tags/m@v1.0.0.lock"):
        path = repository.common_dir / stale
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    write(repository, ["one\n"], [Tag("m@v1.0.0", repository.head(), "x", "ada", AT)])
    assert messages(repository) == ["one\n"]


def test_bytes_that_changed_on_the_disk_are_noticed(
    repository: GitRepository, run_git: RunGit
) -> None:
    write(repository, ["one\n", "two\n"], [])
    tip = run_git(repository.root, "rev-parse", LOG)
    other = run_git(repository.root, "rev-parse", f"{LOG}~1")
    objects = repository.common_dir / "objects"
    target = objects / tip[:2] / tip[2:]
    target.unlink()
    target.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    with pytest.raises(LogBroken, match="not what its name says"):
        messages(repository)


@pytest.mark.slow
def test_random_kills_leave_a_whole_chain(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    rolls = random.Random(SEED)
    folder, head = repository.common_dir, repository.head()
    for number in range(ROUNDS):
        command = [sys.executable, "-c", WORK, str(folder), head, str(number * 1000)]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(rolls.uniform(0, 0.4))
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()

        write(repository, [f"after {number}\n"], [])
        told = messages(repository)
        assert told[-1] == f"after {number}\n"
        tags = {name.rpartition("#")[2] for name in repository.refs("refs/tags/")}
        told_of = {text.split()[0] for text in told if not text.startswith("after")}
        assert tags <= told_of, "a tag of what the log does not tell"
    assert len(told) > ROUNDS
    run_git(repository.root, "fsck", "--strict")
