"""Retraining by itself, on a real Prefect server with a real worker: late, overlapping, by event."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from support.by_itself import DEPLOYMENTS, ByItself, endings
from support.garden import MODELS, Garden, parameters
from support.patience import until

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.experiments.turns import retraining

pytestmark = pytest.mark.slow
RUNBOOK = Path(__file__).parents[2] / "deployments" / "README.md"


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByItself[Garden]]:
    """A server with its deployments and no worker yet; none is left."""
    folder = tmp_path_factory.mktemp("by-itself")
    garden = Garden(folder / "garden")
    garden.make()
    made = ByItself(garden, folder / "prefect")
    try:
        made.begin()
        yield made
    finally:
        made.end()
        garden.close()


def test_retraining_by_itself(site: ByItself[Garden]) -> None:
    what_a_dead_worker_left_ends_by_hand(site)
    only_the_newest_late_run_trains(site)
    a_run_waits_for_the_one_under_way_and_outlives_a_restart_of_the_server(site)
    a_month_starts_retrainings_and_policy_ends_the_one_that_overlaps(site)
    a_run_whose_worker_was_killed_ends_as_crashed_and_is_done_again(site)
    drift_alone_starts_a_retraining(site)


def what_a_dead_worker_left_ends_by_hand(site: ByItself[Garden]) -> None:
    """By the line of the runbook, without a worker."""
    dead = site.prefect.run("retrain/mower")
    taken = {"type": "PENDING", "name": "Pending"}
    site.prefect.ask(f"flow_runs/{dead}/set_state", state=taken, force=True)
    (line,) = [line for line in RUNBOOK.read_text().splitlines() if line.startswith("python -c")]

    where = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    told = {**site.environment(), "PATH": where}
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=site.garden.root,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    ended = site.prefect.run_of(dead)
    assert endings([ended]) == ["Crashed"]
    again = site.next_run("retrain/mower", {str(dead)})
    assert str(again) in ended["state"]["message"]
    site.prefect.delete(f"flow_runs/{again}")


def only_the_newest_late_run_trains(site: ByItself[Garden]) -> None:
    late = [site.prefect.run("retrain/mower", minutes_ago=60 * n) for n in (4, 3, 2, 1)]
    site.start_worker()

    ended = [site.prefect.ended(uuid) for uuid in late]

    assert endings(ended) == ["Superseded"] * 3 + ["Completed"], site.worker_log()
    assert ended[-1]["name"] == "retrain mower"
    assert ended[-1]["state"]["message"].startswith("registered mower@1 (v1.0.0)")
    assert "does the same" in ended[0]["state"]["message"]
    assert len(site.garden.runs("mower")) == 1
    check_sound(site)


def a_run_waits_for_the_one_under_way_and_outlives_a_restart_of_the_server(
    site: ByItself[Garden],
) -> None:
    known = runs_of(site)
    with retraining(site.garden.registry(), "trimmer") as is_ours:
        assert is_ours
        checked = site.prefect.run("check-data/check-data")
        asked = site.next_run("retrain/trimmer", known)
        until(lambda: "waiting" in logs(site, asked))
        site.server.kill()
        site.server.start()
        assert site.garden.runs("trimmer") == ()

    ended = site.prefect.ended(asked)

    told = site.prefect.ended(checked)["state"]["message"]
    assert told == "mower: nothing new | trimmer: no version is registered yet"
    assert ended["state"]["message"].startswith("registered trimmer@1 (v1.0.0)")
    check_sound(site)


def a_month_starts_retrainings_and_policy_ends_the_one_that_overlaps(
    site: ByItself[Garden],
) -> None:
    known = runs_of(site)
    site.garden.commit({"params.yaml": parameters("end")})
    site.garden.arrive_next()
    with retraining(site.garden.registry(), "trimmer"):
        checked = site.prefect.run("check-data/check-data")
        overlapping = site.prefect.ended(site.next_run("retrain/trimmer", known))
    trained = site.prefect.ended(site.next_run("retrain/mower", known))

    told = site.prefect.ended(checked)["state"]["message"]
    assert 'mower: data.months: ["2013-01", "2013-02"] -> ["2013-02", "2013-03"]' in told
    assert told.count("drifted: x, y") == len(MODELS)
    assert endings([overlapping, trained]) == ["Overlapping", "Completed"]
    assert "overlapping: end" in overlapping["state"]["message"]
    assert trained["state"]["message"].startswith("registered mower@2 (v1.0.1) because data: ")
    check_sound(site)


def a_run_whose_worker_was_killed_ends_as_crashed_and_is_done_again(site: ByItself[Garden]) -> None:
    known = runs_of(site)
    asked = site.prefect.run("retrain/mower")
    until(lambda: RunStatus.RUNNING in [run.status for run in site.garden.runs("mower")])
    site.kill_workers()
    assert site.prefect.run_of(asked)["state_name"] == "Running", "Prefect cannot know"

    site.start_worker()
    again = site.prefect.ended(site.next_run("retrain/mower", {*known, str(asked)}))

    dead = site.prefect.run_of(asked)
    assert endings([dead, again]) == ["Crashed", "Completed"]
    assert again["id"] in dead["state"]["message"]
    assert again["state"]["message"].startswith("confirmed mower@2")
    assert EventKind.VERSION_CONFIRMED in [event.kind for event in site.garden.history("mower")]
    check_sound(site)


def drift_alone_starts_a_retraining(site: ByItself[Garden]) -> None:
    only_drift = DEPLOYMENTS.replace("registry.data.arrived", "registry.data.drifted")
    site.garden.commit({"deployments/prefect.yaml": only_drift})
    assert "triggers" in site.registry("deploy")
    known = runs_of(site)
    site.garden.arrive_next()
    checked = site.prefect.run("check-data/check-data", models=["mower"])

    trained = site.prefect.ended(site.next_run("retrain/mower", known))

    assert "drifted: x, y" in site.prefect.ended(checked)["state"]["message"]
    assert trained["created_by"]["type"] == "AUTOMATION"
    assert endings([trained]) == ["Completed"]
    assert trained["state"]["message"].startswith("registered mower@3 (v1.0.2) because data: ")
    check_sound(site)


def check_sound(site: ByItself[Garden]) -> None:
    """No run is stuck, and the doctor finds nothing."""
    for model in MODELS:
        assert RunStatus.RUNNING not in {run.status for run in site.garden.runs(model)}
    assert examine(site.garden.registry()) == ()
    assert list((site.garden.state / "workspaces").iterdir()) == []


def runs_of(site: ByItself[Garden]) -> set[str]:
    """Return the ids of all retrainings that Prefect knows."""
    return {run["id"] for run in site.prefect.runs(["retrain"])}


def logs(site: ByItself[Garden], run: UUID) -> str:
    """Return what a flow run told Prefect so far."""
    found = site.prefect.ask("logs/filter", logs={"flow_run_id": {"any_": [str(run)]}})
    return "\n".join(line["message"] for line in found)
