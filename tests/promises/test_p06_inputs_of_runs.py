"""P6: what DVC puts into a run's workspace is what the lock says, or nothing is recorded."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.pipelines import Project
from support.trials import Trial

import registry_tasks.entities.errors as e
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Reproduction, Verdict
from registry_tasks.entities.run import Execution, Train
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.reproduce import judge, rebuilding
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.reproduction import PipelineProcess, Rerun
from registry_tasks.stores.dvc.workspace import dvc_environment

pytestmark = pytest.mark.slow


def train(project: Project, meanwhile: Callable[[Workspace], None]) -> str:
    """Train on the data in the cache; ``meanwhile`` comes between DVC's end and the record."""
    registry = project.registry()
    with running(registry, Train(model="mower", parameters={"mower.slope": 3.0})) as workspace:
        folder, logs = workspace.folder, workspace.logs
        with PipelineProcess(folder, None, logs, dvc_environment(project.state)) as process:
            stages = []
            for stage in process.stages():
                list(process.lines(stage))
                stages.append(stage)
        meanwhile(workspace)
        record(registry, workspace, Execution(stages=tuple(stages), cost=process.cost))
    return workspace.run


def in_cache(project: Project, path: str) -> Path:
    lines = (project.root / "dvc.lock").read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() == f"- path: {path}")
    md5 = lines[at + 2].strip().removeprefix("md5: ")
    return project.root / ".dvc" / "cache" / "files" / "md5" / md5[:2] / md5[2:]


def damage(path: Path) -> None:
    """Change one digit, and leave no trace but the bytes: rot changes no time."""
    told, content = path.stat(), bytearray(path.read_bytes())
    place = next(i for i in range(len(content) // 2, 0, -1) if chr(content[i]).isdigit())
    content[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(told.st_mode)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


def nothing(workspace: Workspace) -> None:
    """The run goes on undisturbed."""


def test_a_clean_run_is_recorded(project: Project, trial: Trial) -> None:
    assert train(project, nothing)
    trial.report("P6", "inputs of runs, 1 clean run, real DVC", "0 false alarms")


def test_a_run_on_damaged_data_is_not_recorded_though_the_cache_was_mended_meanwhile(
    project: Project, trial: Trial
) -> None:
    cached = in_cache(project, "data/old.csv")
    shutil.copy2(cached, project.folder / "good")
    damage(cached)
    read: list[bytes] = []

    def mend(workspace: Workspace) -> None:
        read.append((workspace.folder / "data" / "old.csv").read_bytes())
        cached.unlink()
        shutil.copy2(project.folder / "good", cached)

    with pytest.raises(e.ObjectCorrupt, match=r"data/old.csv in .*workspaces"):
        train(project, mend)

    assert read != [cached.read_bytes()], "DVC handed out the damaged bytes, and the step read them"
    assert project.git("for-each-ref", "refs/registry/runs") == ""
    n = "inputs of runs, 1 run on a damaged cache that is mended meanwhile, real DVC"
    trial.report("P6", n, "damaged data that was read is found, 0 runs recorded")


def test_a_run_on_damaged_data_is_not_recorded(project: Project, trial: Trial) -> None:
    damage(in_cache(project, "data/old.csv"))
    with pytest.raises(e.ObjectCorrupt, match=r"data/old.csv"):
        train(project, nothing)
    trial.report("P6", "inputs of runs, 1 run on a damaged cache, real DVC", "0 runs recorded")


def test_a_copy_that_went_wrong_on_its_way_into_the_workspace_is_found(
    project: Project, trial: Trial
) -> None:
    def rot(workspace: Workspace) -> None:
        damage(workspace.folder / "data" / "new.csv")

    with pytest.raises(e.ObjectCorrupt, match=r"data/new.csv in .*workspaces"):
        train(project, rot)
    trial.report("P6", "inputs of runs, 1 copy damaged on its way, real DVC", "0 runs recorded")


def test_no_verdict_is_kept_of_a_rebuild_whose_workspace_was_damaged(
    project: Project, trial: Trial
) -> None:
    run = train(project, nothing)
    version = register(project.registry(), RegisterRun(run=run)).version

    with pytest.raises(e.ObjectCorrupt, match=r"data/old.csv in .*workspaces"):
        rebuilt(project, version.ref, lambda w: damage(w.folder / "data" / "old.csv"))

    assert EventKind.VERSION_REPRODUCED not in project.kinds()
    assert rebuilt(project, version.ref, nothing).verdict is Verdict.IDENTICAL
    n = "inputs of runs, 1 rebuild in a damaged workspace and 1 in a clean one, real DVC"
    trial.report("P6", n, "0 verdicts on damaged data, 1 on clean data")


def rebuilt(project: Project, ref: str, meanwhile: Callable[[Workspace], None]) -> Reproduction:
    """Rebuild a version with real DVC; ``meanwhile`` comes between DVC's end and the verdict."""
    registry = project.registry()
    with rebuilding(registry, ref) as rebuild:
        work = rebuild.workspace
        environment = dvc_environment(project.state)
        with PipelineProcess(
            work.folder, work.target, work.logs, environment, Rerun.EVERYTHING
        ) as process:
            for stage in process.stages():
                list(process.lines(stage))
        meanwhile(work)
        return judge(registry, rebuild)


@pytest.mark.parametrize("kind", ["hardlink", "symlink"])
def test_links_to_the_cache_are_no_false_alarm(project: Project, kind: str, trial: Trial) -> None:
    with (project.root / ".dvc" / "config").open("a") as config:
        config.write(f"[cache]\n    type = {kind}\n")
    project.commit({})
    assert train(project, nothing)
    trial.report("P6", f"inputs of runs, 1 run with a {kind} to the cache", "0 false alarms")
