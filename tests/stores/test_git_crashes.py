"""A SIGKILL at any instant leaves nothing that blocks the next caller."""

import fcntl
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry_tasks.stores.git.lock import LOCK_FILE, locked
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import add_worktree, remove_worktree

pytestmark = pytest.mark.slow

RunGit = Callable[..., str]
ROUNDS = 12
SEED = 20260102
WORK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import add_worktree, clone, remove_worktree
root, folder, start = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
repository = GitRepository.open(root)
print("ready", flush=True)
for number in range(start, start + 100):
    add_worktree(repository, folder, "main")
    (folder / "result").write_text(str(number))
    made = repository.commit_worktree(folder, "x", "ada")
    repository.create_ref(f"refs/registry/runs/{number}", made)
    repository.create_tag(f"m@v1.0.{number}", made, "x", "ada", datetime.now(UTC))
    remove_worktree(repository, folder)
"""


def test_random_kills_block_nobody(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    rolls = random.Random(SEED)
    print(f"N={ROUNDS} seed={SEED}")
    folder = tmp_path / "run"
    for number in range(ROUNDS):
        command = [sys.executable, "-c", WORK, str(repository.root), str(folder), str(number * 100)]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(rolls.uniform(0, 0.25))
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()

        remove_worktree(repository, folder)
        add_worktree(repository, folder, "main")
        (folder / "result").write_text("after")
        made = repository.commit_worktree(folder, "x", "ada")
        for again in range(number * 100, number * 100 + 5):
            if repository.find_ref(f"refs/registry/runs/{again}") is None:
                repository.create_ref(f"refs/registry/runs/{again}", made)
            if repository.find_ref(f"refs/tags/m@v1.0.{again}") is None:
                repository.create_tag(f"m@v1.0.{again}", made, "x", "ada", datetime.now(UTC))
        remove_worktree(repository, folder)

    assert run_git(repository.root, "status", "--porcelain") == ""
    assert run_git(repository.root, "worktree", "list").count("\n") == 0
    run_git(repository.root, "fsck", "--strict")


def test_the_lock_outlives_its_holder_while_its_git_still_writes(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo, real = tmp_path / "go", "/usr/bin:/bin"
    os.mkfifo(fifo)
    fake = tmp_path / "bin" / "git"  # stops in update-ref until somebody writes to the FIFO
    fake.parent.mkdir()
    fake.write_text(
        f"#!/bin/sh\ncase \"$*\" in *update-ref*) echo writing; read line < '{fifo}';; esac\n"
        f'PATH="{real}" exec git "$@"\n'
    )
    fake.chmod(0o755)
    code = (
        "import sys; from pathlib import Path\n"
        "from registry_tasks.stores.git import program\n"
        "from registry_tasks.stores.git.repository import GitRepository\n"
        "GitRepository(Path(sys.argv[1])).create_ref('refs/registry/x', 'HEAD')\n"
    )
    environment = {**os.environ, "PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}"}
    holder = subprocess.Popen([sys.executable, "-c", code, str(repository.root)], env=environment)
    writer = os.open(fifo, os.O_WRONLY)  # waits until the fake Git reads
    holder.kill()
    holder.wait()

    descriptor = os.open(repository.common_dir / LOCK_FILE, os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)

    os.write(writer, b"go\n")
    os.close(writer)
    with locked(repository.common_dir):  # waits for the orphan
        assert repository.find_ref("refs/registry/x") == repository.head()


def test_the_lock_is_free_when_its_holder_leaves_with_an_error(
    repository: GitRepository, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError
    with locked(tmp_path):
        pass
