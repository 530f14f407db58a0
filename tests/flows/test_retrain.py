"""Retraining: two at once, one that is killed, and what a person sees in Prefect."""

import json
import os
import signal
import urllib.request
from collections.abc import Mapping
from typing import Any

import pytest
from support.pipelines import Project
from support.replay import replay
from support.training import train

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_runs

from .conftest import StartFlow

pytestmark = pytest.mark.slow


def untouched(project: Project) -> tuple[str, ...]:
    """What of the checkout belongs to the user."""
    status = project.git("status", "--porcelain")  # first, because it may refresh the index
    files = sorted(p for p in project.root.rglob("*") if p.is_file() and ".git" not in p.parts)
    index = (project.root / ".git" / "index").read_bytes().hex()
    kept = [f"{p} {p.stat().st_mtime_ns}" for p in files if ".dvc" not in p.parts]
    refs = project.git("for-each-ref", "refs/heads"), project.git("symbolic-ref", "HEAD")
    return (*kept, index, *refs, status)


def test_two_retrainings_at_once_both_end_well(project: Project, start_flow: StartFlow) -> None:
    before = untouched(project)

    both = [
        start_flow("retrain", model="mower", parameters={"mower.slope": slope})
        for slope in (1.5, 2.0)
    ]
    answers = [flow.result() for flow in both]

    assert sorted(a["registration"]["version"]["number"] for a in answers) == [1, 2]
    assert untouched(project) == before
    assert replay(project.history()) == project.stages()
    assert "production" in project.stages().values()
    assert examine(project.registry()) == ()
    assert list((project.state / "workspaces").iterdir()) == []
    project.git("tag", "by-hand")
    project.commit({"note.txt": "by hand\n"})


def test_the_run_after_a_killed_one_tidies_up(project: Project, start_flow: StartFlow) -> None:
    slow = (project.root / "train.py").read_text()
    fifo = project.folder / "go"
    os.mkfifo(fifo)
    project.commit({"train.py": slow + f"\nopen({str(fifo)!r}).read()\n"})
    killed = start_flow("retrain", model="mower")
    writer = os.open(fifo, os.O_WRONLY)  # waits until the DVC stage is in the middle
    os.killpg(killed.process.pid, signal.SIGKILL)
    killed.process.wait()
    os.close(writer)
    (workspace,) = (p for p in (project.state / "workspaces").iterdir() if p.is_dir())
    project.commit({"train.py": slow})

    answer = start_flow("retrain", model="mower").result()

    assert answer["registration"]["version"]["number"] == 1
    done, died = list_runs(project.registry(), "mower")
    assert (done.status, died.status) == (RunStatus.FINISHED, RunStatus.FAILED)
    assert died.uuid == workspace.name
    assert died.failure == "its process ended before the run did"
    assert not workspace.exists()
    assert examine(project.registry()) == ()
    assert project.git("status", "--porcelain") == ""
    assert len(project.git("worktree", "list").splitlines()) == 1


def test_each_dvc_stage_is_a_task_run_with_its_own_log(
    project: Project, start_flow: StartFlow, prefect: Mapping[str, str]
) -> None:
    start_flow("train", model="mower", parameters={"mower.slope": 3.0}).result()

    (run,) = list_runs(project.registry(), "mower")
    assert run.flow_run is not None
    found = ask(prefect, "task_runs/filter", task_runs=only("flow_run_id", run.flow_run))
    tasks = {task["name"]: task for task in found}
    stages = ("raw@old", "raw@new", "train", "evaluate")
    assert all(tasks[stage]["state_type"] == "COMPLETED" for stage in stages)
    logs = ask(prefect, "logs/filter", logs=only("task_run_id", tasks["train"]["id"]))
    assert any("trained with slope 3.0" in log["message"] for log in logs)
    logs = ask(prefect, "logs/filter", logs=only("task_run_id", tasks["evaluate"]["id"]))
    assert not any("trained with slope" in log["message"] for log in logs)


def test_a_failing_dvc_stage_fails_the_flow_with_its_log(
    project: Project, start_flow: StartFlow
) -> None:
    project.commit({"train.py": "import sys\nsys.exit('no trees in this garden')\n"})

    said = start_flow("retrain", model="mower").failure()

    assert "no trees in this garden" in said
    (run,) = list_runs(project.registry(), "mower")
    assert run.status == RunStatus.FAILED
    assert run.failure is not None and "no trees in this garden" in run.failure
    assert project.stages() == {}
    assert examine(project.registry()) == ()


def test_an_unchanged_recipe_is_confirmed_and_makes_no_version(
    project: Project, start_flow: StartFlow
) -> None:
    start_flow("retrain", model="mower").result()

    answer = start_flow("retrain", model="mower").result()

    assert answer["registration"]["created"] is False
    assert list(project.stages()) == [1]
    assert project.kinds().count(EventKind.VERSION_CONFIRMED) == 1


def test_a_version_whose_run_died_before_promoting_is_promoted_by_the_next(
    project: Project, start_flow: StartFlow
) -> None:
    register(project.registry(), RegisterRun(run=train(project)))

    answer = start_flow("retrain", model="mower").result()

    assert answer["registration"]["created"] is False
    assert answer["reached"] == ["staging", "production"]
    assert project.stages() == {1: "production"}


def ask(prefect: Mapping[str, str], path: str, **body: Any) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        f"{prefect['PREFECT_API_URL']}/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def only(field: str, value: str) -> dict[str, Any]:
    return {field: {"any_": [value]}}
