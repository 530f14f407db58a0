"""Data that `dvc add` tracks, and no stage makes: trained on, registered, pulled, reproduced."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pipelines import DVC_YAML, FILES, Project
from support.training import train

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show

from .conftest import StartFlow

pytestmark = pytest.mark.slow
MONTHS = ("old", "new")


@pytest.fixture
def project(tmp_path: Path, project: Project) -> Iterator[Project]:
    """The usual project, but its raw data is tracked instead of made; it takes that one's place."""
    stages = "stages:\n" + DVC_YAML[DVC_YAML.index("  train:") :]
    for month in MONTHS:
        shutil.copy(project.root / "data" / f"{month}.csv", tmp_path / f"{month}.csv")
    made = Project(tmp_path / "tracked")
    made.make_pipeline(
        {**FILES, "dvc.yaml": stages, "data/.gitignore": "/old.csv\n/new.csv\n"},
        {f"data/{month}.csv": tmp_path / f"{month}.csv" for month in MONTHS},
    )
    yield made
    made.close()


def test_a_version_of_tracked_data_has_a_whole_life(
    project: Project, start_flow: StartFlow, tmp_path: Path
) -> None:
    register(project.registry(), RegisterRun(run=train(project)))
    version = project.resolve("mower@1")
    kept = show(project.registry(), "mower@1").manifest.find("data/old.csv")
    assert kept is not None and kept.stage is None

    clone = tmp_path / "clone"
    project.git("clone", "--quiet", str(project.root), str(clone))
    subprocess.run(["git", "checkout", "--quiet", "mower@v1.0.0"], cwd=clone, check=True)
    for command in (
        ["remote", "add", "--local", "--default", "registry", str(project.remote)],
        ["pull"],
        ["repro"],
    ):
        done = project.dvc(*command, folder=clone)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (clone / version.model_path).read_bytes() == (
        project.root / version.model_path
    ).read_bytes()

    assert start_flow("reproduce", ref="mower@1").result()["verdict"] == "identical"
    assert [finding for finding in examine(project.registry()) if not finding.note] == []


def test_tracked_data_that_is_nowhere_is_said_before_anything_runs(project: Project) -> None:
    shutil.rmtree(project.root / ".dvc" / "cache")
    with pytest.raises(ProgramFailed, match="dvc pull data/new.csv.dvc"):
        train(project)
