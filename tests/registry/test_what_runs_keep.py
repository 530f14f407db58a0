"""What a run of a pipeline leaves on record, whether it went well, failed or was killed."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue
from support.patience import until
from support.pipelines import DVC_YAML, TRAIN, Project
from support.recording import train

from registry_tasks.entities.errors import InvalidMetrics, StageFailed, StoreIoFailed
from registry_tasks.entities.run import LOG_TAIL_BYTES, Run, RunStatus
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.catalogue.compare import read_curves
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments import train as beginning
from registry_tasks.registry.experiments.show_run import show_run
from registry_tasks.registry.experiments.train import tidy_up

pytestmark = pytest.mark.slow

PARAMETERS: Mapping[str, JsonValue] = {"mower.slope": 2.0}
KEEPING = DVC_YAML.replace(
    "      - curves: {cache: false}\n",
    "      - curves: {cache: false}\n      - importance.csv: {cache: false}\n",
).replace("      curves: curves\n", "      curves: curves\n      importance: importance.csv\n")
KEEPING_TRAIN = TRAIN + 'open("importance.csv", "w").write("feature,gain\\nx,0.75\\nwind,2\\n")\n'
ONE_POINT = """
import os
os.makedirs("curves/deep", exist_ok=True)
open("curves/deep/loss.tsv", "w").write("timestamp\\tstep\\tloss\\n1\\t0\\t0.5\\n1\\t1\\tnan\\n")
"""
OUT_OF_MEMORY = ONE_POINT + 'print("the end" * 9000)\nprint("no memory left")\nos._exit(37)\n'
WAITING = ONE_POINT + 'print("waiting", flush=True)\nimport time\ntime.sleep(600)\n'


def only_run(project: Project) -> Run:
    (run,) = list_runs(project.registry(), "mower")
    return run


def points_of(project: Project, run: str) -> dict[str, tuple[tuple[int, ...], tuple[float, ...]]]:
    curves = read_curves(project.registry(), [f"run:{run}"]).curves
    return {curve.series: (curve.steps, curve.values) for curve in curves}


def test_a_run_keeps_importance_plots_log_and_all_the_rest(project: Project) -> None:
    project.commit({"dvc.yaml": KEEPING, "train.py": KEEPING_TRAIN})
    made = train(project, parameters=PARAMETERS)

    assert (made.run.status, made.run.exit_code) == (RunStatus.FINISHED, 0)
    assert list(made.importance.items()) == [("wind", 2.0), ("x", 0.75)]
    assert made.plots == ("curves/loss.tsv", "importance.csv")
    assert made.parameters == {"data.seed": 1, "mower.slope": 2.0}
    assert [series.final for series in made.series] == [0.5]
    assert {"model/model.json", "metrics.json"} <= {a.path for a in made.manifest.files}
    assert {use.name for use in made.datasets} == {"data/old.csv", "data/new.csv"}
    assert made.run.cost is not None
    assert made.run.cost.cpu_s > 0
    assert "trained with slope 2.0" in (made.log_tail or "")
    assert "==> 03-train <==" in (made.log_tail or "")
    assert (made.model_path, made.model_format) == ("model/model.json", "json")
    assert made.signature is not None
    assert made.environment is not None


def test_importance_that_is_none_fails_the_run_and_says_why(project: Project) -> None:
    script = TRAIN + 'open("importance.csv", "w").write("feature,gain\\nx,1\\nx,2\\n")\n'
    project.commit({"dvc.yaml": KEEPING, "train.py": script})
    with pytest.raises(InvalidMetrics, match="twice"):
        train(project, parameters=PARAMETERS)
    run = show_run(project.registry(), only_run(project).uuid)
    assert "twice" in (run.run.failure or "")
    assert run.run.exit_code == 0, "the pipeline itself went well"
    assert run.series, "its points are kept"


def test_a_failed_run_keeps_what_there_was(project: Project) -> None:
    project.commit({"train.py": OUT_OF_MEMORY})
    with pytest.raises(StageFailed, match="no memory left"):
        train(project, parameters=PARAMETERS)

    run = show_run(project.registry(), only_run(project).uuid)
    assert (run.run.status, run.run.exit_code) == (RunStatus.FAILED, 37)
    assert run.parameters == {"data.seed": 1, "mower.slope": 2.0}
    assert points_of(project, run.run.uuid) == {"deep/loss": ((0,), (0.5,))}
    assert "curves/deep/loss.tsv: step 1 is nan" in (run.run.failure or "")
    assert run.run.cost is not None
    assert run.run.cost.duration_s > 0
    tail = run.log_tail or ""
    assert "no memory left" in tail
    assert len(tail.encode()) <= LOG_TAIL_BYTES
    assert (run.metrics, run.manifest.artifacts) == ({}, ())


def test_a_run_that_fails_before_it_trains_has_no_points_of_an_older_run(project: Project) -> None:
    assert (project.root / "curves" / "loss.tsv").is_file()
    project.commit({"raw.py": "raise SystemExit(3)\n"})
    with pytest.raises(StageFailed):
        train(project, parameters=PARAMETERS)
    run = show_run(project.registry(), only_run(project).uuid)
    assert (run.run.exit_code, run.series) == (3, ())
    assert run.parameters == {"data.seed": 1, "mower.slope": 2.0}


def test_a_killed_run_keeps_what_its_workspace_holds(project: Project) -> None:
    project.commit({"train.py": WAITING})
    project.close()
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            train(project, parameters=PARAMETERS)
        finally:
            os._exit(1)
    try:
        wait_for_log(project.state / "runs", "03-train.log")
    finally:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kill_stages(project)

    tidy_up(project.registry())

    run = show_run(project.registry(), only_run(project).uuid)
    assert run.run.status is RunStatus.FAILED
    assert (run.run.failure or "").startswith("its process ended before the run did")
    assert run.parameters == {"data.seed": 1, "mower.slope": 2.0}
    assert points_of(project, run.run.uuid) == {"deep/loss": ((0,), (0.5,))}
    assert "waiting" in (run.log_tail or "")
    assert (run.run.cost, run.run.exit_code) == (None, None)


def test_a_run_whose_beginning_was_written_though_its_disk_said_no_is_ended_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers_badly(*asked: Any) -> None:
        transact(*asked)
        raise StoreIoFailed("the store", "disk I/O error")

    with monkeypatch.context() as patched, pytest.raises(StoreIoFailed):
        patched.setattr(beginning, "transact", answers_badly)
        train(project)
    assert only_run(project).status is RunStatus.RUNNING

    tidy_up(project.registry())

    assert only_run(project).failure == "its process ended before the run did"
    assert list((project.state / "workspaces").iterdir()) == []


def wait_for_log(folder: Path, name: str) -> None:
    """Wait until a stage has printed something."""
    until(lambda: any("waiting" in log.read_text() for log in folder.glob(f"*/{name}")))


def kill_stages(project: Project) -> None:
    """End what DVC left running in the workspace: it has a session of its own."""
    workspaces = str(project.state / "workspaces")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = os.readlink(process / "cwd")
        except OSError:  # it ended, or is not ours
            continue
        if place.startswith(workspaces):
            os.kill(int(process.name), signal.SIGKILL)
