"""deployments/prefect.yaml names flows that exist, with parameters that they take."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = YAML(typ="safe").load((PROJECT / "deployments" / "prefect.yaml").read_text())
DEPLOYMENTS: list[dict[str, Any]] = DOCUMENT["deployments"]


@pytest.mark.slow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_a_deployment_names_a_flow_and_parameters_that_it_takes(
    deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.flows import load_flow_from_entrypoint

    monkeypatch.chdir(PROJECT)
    flow = load_flow_from_entrypoint(deployment["entrypoint"])

    assert flow.validate_parameters(deployment["parameters"])


def test_every_flow_has_a_deployment() -> None:
    deployed = {d["entrypoint"].split(":")[0] for d in DEPLOYMENTS}
    flows = {f"flows/{path.name}" for path in (PROJECT / "flows").glob("*.py")}

    assert flows - deployed == {"flows/train.py"}  # retrain begins with it


@pytest.mark.slow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_every_deployed_flow_outlasts_prefects_server(
    deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.flows import load_flow_from_entrypoint

    from registry_tasks.tasks.lasting import LastingFlow

    monkeypatch.chdir(PROJECT)
    assert isinstance(load_flow_from_entrypoint(deployment["entrypoint"]), LastingFlow)
