"""Sweeps of the small project: real Prefect, real DVC, threads and a real Dask cluster."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.patience import until
from support.pipelines import ROOT, Project

from registry_tasks import Client
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.sweep import SweepRecord
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.sweep import list_sweeps, show_sweep

from .conftest import FlowProcess, StartFlow

pytestmark = pytest.mark.slow
KEY = "mower.slope"


def grid(*slopes: float) -> dict[str, Any]:
    return {KEY: {"kind": "choice", "values": slopes}}


def asked(space: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"model": "mower", "space": space, **more}


def result(flow: FlowProcess) -> SweepRecord:
    return SweepRecord.model_validate(flow.result())


def blocking(project: Project, *slopes: float) -> Path:
    """Let training with these slopes wait until a file is there, its pids in other files."""
    gate = project.folder / "gate"
    wait = f"""
import time
if p["mower"]["slope"] in {slopes!r}:
    with open({str(gate)!r} + str(p["mower"]["slope"]), "w") as out:
        out.write(str(os.getpid()))
    while not os.path.exists({str(gate)!r}):
        time.sleep(0.05)
"""
    text = (project.root / "train.py").read_text()
    project.commit({"train.py": text.replace("p = params.read()\n", "p = params.read()\n" + wait)})
    return gate


def test_a_grid_is_run_at_once_and_the_best_is_registered(
    project: Project, start_flow: StartFlow
) -> None:
    """Both trials of a pair wait for the other, so they are under way at the same time."""
    gate = blocking(project, 1.5, 2.0)
    flow = start_flow(
        "sweep",
        model="mower",
        asked=asked(grid(1.5, 2.0, 1.0, 2.0)),
        register_best=True,
    )
    for slope in (1.5, 2.0):
        until(Path(f"{gate}{slope}").exists)
    gate.touch()
    made = result(flow)
    assert [trial.parameters[KEY] for trial in made.trials] == [2.0, 2.0, 1.5, 1.0]
    assert [trial.number for trial in made.trials] == [1, 3, 0, 2]  # equal ones by number
    values = [trial.value for trial in made.trials]
    assert values == sorted(values)
    assert (made.sweep.finished, made.sweep.failed, made.sweep.running) == (4, 0, 0)
    assert (made.sweep.plan.metric, made.sweep.plan.higher_is_better) == ("rmse", False)
    assert made.sweep.best == made.trials[0]

    registry = project.registry()
    assert made.registration is not None
    assert made.registration.version.run == made.trials[0].run
    assert show_sweep(registry, made.sweep.uuid) == made.model_copy(update={"registration": None})
    runs = {run.uuid: run for run in list_runs(registry, "mower")}
    assert set(runs) == {trial.run for trial in made.trials}
    assert {run.experiment for run in runs.values()} == {made.sweep.experiment}
    assert {run.origin.base_commit for run in runs.values()} == {project.git("rev-parse", "HEAD")}
    kinds = project.kinds()
    assert kinds.count(EventKind.SWEEP_STARTED) == 1
    assert kinds.count(EventKind.SWEEP_ENDED) == 1
    assert project.git("status", "--porcelain") == ""
    with Client(project.settings) as client:
        assert client.sweeps("mower") == (made.sweep,)


def test_optuna_draws_the_same_again_and_learns(project: Project, start_flow: StartFlow) -> None:
    space = {KEY: {"kind": "uniform", "low": 0.0, "high": 4.0}}
    more = {"sampler": "optuna", "trials": 5, "seed": 7}
    one, two = (
        result(start_flow("sweep", model="mower", asked=asked(space, **more))) for _ in range(2)
    )
    points = [{t.number: t.parameters for t in made.trials} for made in (one, two)]
    assert points[0] == points[1]
    assert len({t.parameters[KEY] for t in one.trials}) == 5
    assert all(0 <= t.parameters[KEY] <= 4 for t in one.trials)
    assert one.sweep.best is not None


def test_a_trial_whose_process_is_killed_costs_itself(
    project: Project, start_flow: StartFlow
) -> None:
    gate = blocking(project, 1.5)
    flow = start_flow("sweep", model="mower", asked=asked(grid(1.0, 1.5, 2.0)))
    victim = until(lambda: Path(f"{gate}1.5").exists() and Path(f"{gate}1.5").read_text())
    os.kill(int(victim), signal.SIGKILL)
    made = result(flow)
    assert {t.parameters[KEY]: t.status for t in made.trials} == {
        1.0: "finished",
        1.5: "failed",
        2.0: "finished",
    }
    (lost,) = (t for t in made.trials if t.status == "failed")
    assert lost.value is None
    assert "'train' failed" in (lost.failure or "")
    assert made.sweep.best is not None
    assert made.sweep.best.parameters[KEY] == 2.0

    gate.touch()
    again = result(start_flow("sweep", model="mower", resume=made.sweep.uuid))
    assert (again.sweep.finished, again.sweep.failed) == (3, 0)
    kept = {t.number: t.run for t in made.trials if t.status == "finished"}
    assert kept.items() <= {t.number: t.run for t in again.trials}.items()


def test_a_sweep_that_was_killed_goes_on_with_what_it_lacks(
    project: Project, start_flow: StartFlow
) -> None:
    gate = blocking(project, 2.0)
    flow = start_flow("sweep", model="mower", asked=asked(grid(1.0, 1.5, 2.0), parallel=1))
    until(Path(f"{gate}2.0").exists)
    os.killpg(flow.process.pid, signal.SIGKILL)
    flow.process.wait()
    gate.touch()  # lets what DVC left behind end
    (left,) = list_sweeps(project.registry())
    assert (left.finished, left.ended_at) == (2, None)
    before = {t.number: t for t in show_sweep(project.registry(), left.uuid).trials}
    again = result(start_flow("sweep", model="mower", resume=left.uuid))
    assert (again.sweep.finished, again.sweep.failed, again.sweep.running) == (3, 0, 0)
    for trial in again.trials:
        assert trial.number == 2 or trial == before[trial.number]
    assert again.sweep.best is not None
    assert again.sweep.best.parameters[KEY] == 2.0


def test_a_metric_that_runs_do_not_have_ends_the_sweep_at_once(
    project: Project, start_flow: StartFlow
) -> None:
    wrong = asked(grid(1.0, 1.5, 2.0), metric="auc", parallel=1)
    said = start_flow("sweep", model="mower", asked=wrong).failure()
    assert "has no metric or series 'auc'; there is rmse, rows" in said
    (left,) = list_sweeps(project.registry())
    assert left.finished == 1


CLUSTER = """
import sys
from dask.distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        local_directory=sys.argv[2],
    ) as cluster:
        with open(sys.argv[1] + ".new", "w") as out:
            pids = [str(nanny.pid) for nanny in cluster.workers.values()]
            out.write(" ".join([cluster.scheduler_address, *pids]))
        import os
        os.replace(sys.argv[1] + ".new", sys.argv[1])
        sys.stdin.read()
"""


@contextmanager
def dask_cluster(project: Project, prefect: Mapping[str, str]) -> Iterator[tuple[str, list[int]]]:
    """Two worker processes, each with one thread; gives the scheduler's address and their pids.

    With the settings that deployments/ gives as an example.
    """
    script, told = project.folder / "cluster.py", project.folder / "cluster.txt"
    script.write_text(CLUSTER)
    with (project.folder / "cluster.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(script), str(told), str(project.folder / "dask")],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**project.environment(prefect), "DASK_CONFIG": str(ROOT / "deployments" / "dask")},
            start_new_session=True,
        )
    try:
        until(lambda: told.exists() or process.poll() is not None)
        address, *pids = told.read_text().split()
        yield address, [int(pid) for pid in pids]
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_dask_worker_lost_in_the_middle_costs_one_trial(
    project: Project,
    start_flow: StartFlow,
    prefect: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its trial is run again by another worker; its first run stays on record as failed."""
    gate = blocking(project, 1.5)
    with dask_cluster(project, prefect) as (address, workers):
        monkeypatch.setenv("REGISTRY_DASK", address)
        flow = start_flow("sweep", model="mower", asked=asked(grid(1.0, 1.5, 2.0, 2.5)))
        step = int(until(lambda: Path(f"{gate}1.5").exists() and Path(f"{gate}1.5").read_text()))
        (victim,) = (pid for pid in workers if pid in ancestors(step))
        os.kill(victim, signal.SIGKILL)
        until(lambda: any(r.status == "failed" for r in list_runs(project.registry(), "mower")))
        gate.touch()
        made = result(flow)
    assert (made.sweep.finished, made.sweep.failed, made.sweep.running) == (4, 0, 0)
    assert made.sweep.best is not None
    assert made.sweep.best.parameters[KEY] == 2.0
    runs = {run.uuid: run for run in list_runs(project.registry(), "mower")}
    assert len(runs) == 5
    (lost,) = set(runs) - {trial.run for trial in made.trials}
    assert runs[lost].failure == "its process ended before the run did"


def ancestors(pid: int) -> list[int]:
    found = []
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        found.append(pid)
    return found


def test_ctrl_c_ends_what_is_under_way_and_the_sweep_can_go_on(
    project: Project, start_flow: StartFlow
) -> None:
    gate = blocking(project, 1.5)
    flow = start_flow("sweep", model="mower", asked=asked(grid(1.0, 1.5, 2.0), parallel=1))
    until(Path(f"{gate}1.5").exists)
    flow.process.send_signal(signal.SIGINT)
    gate.touch()
    flow.failure()
    (left,) = list_sweeps(project.registry())
    assert left.running == 0
    again = result(start_flow("sweep", model="mower", resume=left.uuid))
    assert (again.sweep.finished, again.sweep.failed) == (3, 0)
