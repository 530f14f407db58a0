"""deployments/prefect.yaml names flows that exist, with parameters that they take."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import read_definitions

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = YAML(typ="safe").load((PROJECT / "deployments" / "prefect.yaml").read_text())
DEPLOYMENTS: list[dict[str, Any]] = DOCUMENT["deployments"]
BY_A_PERSON = {"approval": {"request": "UUID", "decision": "reject", "reason": "why"}}
"""What a form on Prefect's page asks for, which no file can say beforehand."""


@pytest.mark.slow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_a_deployment_names_a_flow_and_parameters_that_it_takes(
    deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.flows import load_flow_from_entrypoint

    monkeypatch.chdir(PROJECT)
    flow: Any = load_flow_from_entrypoint(deployment["entrypoint"])

    filled = BY_A_PERSON.get(deployment["name"], {}) | deployment.get("parameters", {})
    assert flow.validate_parameters(filled) is not None


def test_every_flow_has_a_deployment() -> None:
    deployed = {d["entrypoint"].split(":")[0] for d in DEPLOYMENTS}
    flows = {f"flows/{path.name}" for path in (PROJECT / "flows").glob("*.py")}

    assert flows == deployed


def test_the_files_are_read_as_they_are_applied() -> None:
    found = read_definitions(PROJECT)

    assert [d.name for d in found.deployments] == [d["name"] for d in DEPLOYMENTS]
    queues = {queue.name for queue in found.pool.queues}
    assert {d.work_pool.work_queue_name for d in found.deployments} <= queues
    slugs = [(d.name, s.slug) for d in found.deployments for s in d.schedules]
    assert len(set(slugs)) == len(slugs)


def test_a_work_pool_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidProject, match="no such file"):
        read_definitions(tmp_path, Path("deployments/elsewhere.yaml"))


def test_without_files_there_is_a_pool_and_nothing_in_it(tmp_path: Path) -> None:
    found = read_definitions(tmp_path)

    assert (found.pool.name, found.deployments) == ("registry", ())


@pytest.mark.slow
def test_every_schedule_and_trigger_is_one_that_prefect_takes() -> None:
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.events.schemas.deployment_triggers import DeploymentTriggerTypes

    trigger = TypeAdapter[Any](DeploymentTriggerTypes)
    for definition in read_definitions(PROJECT).deployments:
        for schedule in definition.schedules:
            CronSchedule(cron=schedule.cron, timezone=schedule.timezone)
        for text in definition.triggers:
            assert trigger.validate_python(text).name == text["name"]


@pytest.mark.slow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_every_deployed_flow_outlasts_prefects_server(
    deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.flows import load_flow_from_entrypoint

    from registry_tasks.tasks.lasting import LastingFlow

    monkeypatch.chdir(PROJECT)
    assert isinstance(load_flow_from_entrypoint(deployment["entrypoint"]), LastingFlow)
