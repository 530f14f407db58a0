"""`registry deploy` on a real Prefect server: all is made once, then only what changed is changed."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.by_itself import Prefect
from support.pipelines import Project

from registry_tasks.faces.deploying.definitions import read_definitions

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
Deploy = Callable[..., dict[str, str]]


@pytest.fixture
def checkout(project: Project) -> Project:
    """A project with this repository's own flows and deployments."""
    for name in ("flows", "deployments"):
        shutil.rmtree(project.root / name, ignore_errors=True)
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, project.root / name, ignore=hidden)
    return project


@pytest.fixture(autouse=True)
def nothing_is_deployed(prefect: Mapping[str, str]) -> None:
    """The server is one for all tests of a worker."""
    api = Prefect(prefect["PREFECT_API_URL"])
    for found in api.ask("deployments/filter"):
        api.delete(f"deployments/{found['id']}")


@pytest.fixture
def deploy(checkout: Project, prefect: Mapping[str, str]) -> Deploy:
    """Run the command; returns what each thing came to, with the fields that changed."""

    def run(*options: str, code: int = 0) -> dict[str, str]:
        command = "from registry_tasks.faces.cli.app import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", command, "deploy", *options, "--json"],
            cwd=checkout.root,
            env=checkout.environment(prefect),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        if code:
            return {"error": json.loads(done.stderr)["message"]}
        changes = json.loads(done.stdout)["changes"]
        return {c["what"]: " ".join([c["outcome"], *c["fields"]]) for c in changes}

    return run


def test_what_the_files_say_is_made_once_and_kept_as_they_say(
    checkout: Project, deploy: Deploy, prefect: Mapping[str, str]
) -> None:
    api = Prefect(prefect["PREFECT_API_URL"])
    said = read_definitions(checkout.root)

    first = deploy()

    assert set(first.values()) <= {"made", "changed description"}  # the default queue is there
    assert sum(name.startswith("deployment ") for name in first) == len(said.deployments)
    found = api.look("deployments/name/retrain/flight-delay")
    (schedule,) = found["schedules"]
    api.patch(f"deployments/{found['id']}/schedules/{schedule['id']}", active=False)
    for automation in automations(api, found):
        api.patch(f"automations/{automation['id']}", enabled=False)
    file = checkout.root / "deployments" / "prefect.yaml"
    text = file.read_text().replace('cron: "0 4 2 * *"', 'cron: "0 6 2 * *"')
    file.write_text(text.replace("expect: [registry.data.drifted]", "expect: [drift]", 1))

    again = deploy()

    changed = {name: outcome for name, outcome in again.items() if outcome != "unchanged"}
    assert changed == {"deployment retrain/flight-delay": "changed schedules triggers"}
    found = api.look("deployments/name/retrain/flight-delay")
    (schedule,) = found["schedules"]
    assert schedule["schedule"]["cron"] == "0 6 2 * *"
    assert not schedule["active"], "somebody switched it off"
    changed_drift, arrived = automations(api, found)
    assert changed_drift["trigger"]["expect"] == ["drift"]
    assert arrived["trigger"]["expect"] == ["registry.data.arrived"]
    assert not changed_drift["enabled"]
    assert not arrived["enabled"]
    backup = api.look("deployments/name/backup/backup")
    assert [s["active"] for s in backup["schedules"]] == [False]

    file.write_text(text.split("  # --- looking after")[0])
    third = deploy()
    left = {name for name, outcome in third.items() if outcome.startswith("left ")}
    assert "deployment backup/backup" in left
    assert third["deployment retrain/flight-duration"] == "unchanged"


def test_a_worker_never_takes_flows_of_the_checkout_that_deployed_before(
    checkout: Project, deploy: Deploy, prefect: Mapping[str, str]
) -> None:
    deploy()
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))

    moved = deploy()

    assert moved["deployment retrain/flight-delay"] == "changed job_variables path"
    for found in Prefect(prefect["PREFECT_API_URL"]).ask("deployments/filter"):
        here = str(checkout.root)
        assert (found["path"], found["job_variables"]["working_dir"]) == (here, here)
    assert set(deploy().values()) == {"unchanged"}


def test_the_example_for_kubernetes_is_one_that_prefect_takes(
    checkout: Project, deploy: Deploy, prefect: Mapping[str, str]
) -> None:
    api = Prefect(prefect["PREFECT_API_URL"])
    for name in ("prefect.yaml", "kubernetes/work-pool.yaml"):
        file = checkout.root / "deployments" / name
        file.write_text(file.read_text().replace("name: registry", "name: cluster"))

    made = deploy("--work-pool", "deployments/kubernetes/work-pool.yaml")

    assert made["work pool cluster"] == "made"
    pool = api.look("work_pools/cluster")
    assert pool["type"] == "kubernetes"
    assert pool["base_job_template"]["variables"]["properties"]["cache_claim"]["default"]
    found = api.look("deployments/name/retrain/flight-delay")
    assert found["work_pool_name"] == "cluster"
    assert "working_dir" not in found["job_variables"]


def test_a_mistake_and_a_server_that_is_away_are_told(checkout: Project, deploy: Deploy) -> None:
    file = checkout.root / "deployments" / "prefect.yaml"
    away = deploy("--prefect-url", "http://127.0.0.1:9/api", code=6)
    file.write_text(file.read_text().replace("type: event", "type: evnt", 1))
    mistake = deploy(code=2)

    assert "Prefect at http://127.0.0.1:9/api" in away["error"]
    assert "deployment flight-delay: trigger 1" in mistake["error"]


def automations(api: Prefect, deployment: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a deployment's triggers by name."""
    found: list[dict[str, Any]] = api.look(
        f"automations/related-to/prefect.deployment.{deployment['id']}"
    )
    return sorted(found, key=lambda a: str(a["name"]))
