"""Each working copy runs the steps of its own commit, whatever is installed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import RunCommand

OWN = "print('the code of this checkout')\n"


@pytest.mark.slow
def test_two_checkouts_that_differ_run_each_their_own_steps(
    make_clone: Callable[[Path], Path], run: RunCommand, tmp_path: Path
) -> None:
    first = make_clone(tmp_path / "first")
    shared = "src/registry_tasks/steps/months.py"  # what raw.py and others import
    second = tmp_path / "second"
    assert run("git", "worktree", "add", "-q", "--detach", second, cwd=first).returncode == 0
    (second / shared).write_text((second / shared).read_text() + OWN)
    command = re.search(r"cmd: (python \S+/raw\.py) ", (first / "dvc.yaml").read_text())
    assert command is not None

    said = {
        checkout: run(*command[1].split(), "2013-01", "data/raw/2013-01", cwd=checkout)
        for checkout in (first, second)
    }

    assert [done.returncode for done in said.values()] == [0, 0]
    assert "the code of this checkout" not in said[first].stdout
    assert "the code of this checkout" in said[second].stdout
