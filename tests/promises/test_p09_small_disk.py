"""P9 on a real file system that is too small, made larger step by step."""

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crash.cases import ALL
from crash.fixtures import Templates, templates
from crash.looking import check_all_is_well, tidy
from crash.pipeline_cases import train_and_record
from crash.surviving import in_group, look
from support.pipelines import Project
from support.trials import Trial
from support.world import copy_tree

from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.register import register

__all__ = ["templates"]  # a fixture
pytestmark = [
    pytest.mark.slow,
    pytest.mark.gate,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system needs root"),
]
_PAGE, _PLENTY = 4096, 1 << 30
_STEPS = {
    "register": 3,
    "register_file": 3,
    "promote": 3,
    "archive": 3,
    "describe": 3,
    "add_note": 3,
    "start_deployment": 3,
    "back_up": 24,
    "export": 24,
    "rebuild": 48,
    "run": 48,
}
"""By how many pages the disk grows from one trial to the next."""


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """A file system in memory."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_PLENTY}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def resize(folder: Path, size_bytes: int) -> None:
    option = f"remount,size={size_bytes}"
    subprocess.run(["mount", "-o", option, folder], check=True)


def used(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


@pytest.mark.parametrize("name", _STEPS)
def test_a_verb_on_a_disk_of_every_size(
    name: str, templates: Templates, tmp_path: Path, trial: Trial
) -> None:
    case, said = ALL[name], tmp_path / "said"
    outcomes = Counter[str]()
    with disk(tmp_path / "disk") as place:
        copy_tree(templates(name), place / "world")
        world = case.kind(place / "world")
        act = case.prepare(world)
        world.close()
        copy_tree(place / "world", tmp_path / "before")
        free = 0
        while outcomes["done"] < 3:
            resize(place, used(place) + free * _PAGE)
            status = os.waitstatus_to_exitcode(in_group(lambda: act(world), said, lambda: None))
            assert status in (0, 3), said.read_text()
            outcomes["done" if status == 0 else said.read_text()] += 1
            resize(place, _PLENTY)
            look(world, case, act)
            world.close()
            copy_tree(tmp_path / "before", place / "world")
            free += _STEPS[name]
    trial.report(
        "P9",
        n=f"{name} with 0 to {free - _STEPS[name]} pages of 4 KiB left on a tmpfs",
        figure=f"0 half registered, all retries pass ({dict(outcomes)})",
    )


def test_the_real_dvc_on_a_small_disk(
    pipeline_template: Path, tmp_path: Path, trial: Trial
) -> None:
    failed = 0
    with disk(tmp_path / "disk") as place:
        copy_tree(pipeline_template, place / "project")
        project = Project(place / "project")
        project.moved()
        project.set_parameters(slope="2.0", seed="7")
        free = 0
        while True:
            resize(place, used(place) + free * _PAGE)
            if project.dvc("repro").returncode == 0:
                break
            failed += 1
            free += 8
        resize(place, _PLENTY)
        assert project.dvc("repro").returncode == 0
        project.commit({})
        made = register(project.registry(), RegisterRun(run=train_and_record(project)))
        assert made.version.number == 1
        tidy(project)
        check_all_is_well(project)
        project.close()
    assert failed > 0
    trial.report("P9", n=f"dvc repro on {failed} disks too small", figure="registers afterwards")
