"""Examples for Kubernetes and Dask: held against what their programs publish; none was run there."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, validate
from ruamel.yaml import YAML

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import read_definitions
from registry_tasks.faces.deploying.templates import read_template

PROJECT = Path(__file__).resolve().parents[2]
KUBERNETES = Path("deployments") / "kubernetes" / "work-pool.yaml"


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text())


def package(name: str) -> Path:
    found = find_spec(name)
    assert found is not None and found.origin is not None
    return Path(found.origin).parent


@pytest.fixture
def template() -> dict[str, Any]:
    pool = read_definitions(PROJECT, KUBERNETES).pool
    assert pool.base_job_template is not None
    return read_template(PROJECT, pool.base_job_template)


@pytest.fixture
def published() -> dict[str, Any]:
    """What the Kubernetes worker of this Prefect has where nobody says anything."""
    views = package("prefect") / "server" / "api" / "collections_data" / "views"
    told = json.loads((views / "aggregate-worker-metadata.json").read_text())
    found: dict[str, Any] = told["prefect-kubernetes"]["kubernetes"]
    return dict(found["default_base_job_configuration"])


def paths(value: Any, place: str = "") -> dict[str, Any]:
    """Return every leaf of a document by its path."""
    if isinstance(value, dict):
        inner = [paths(v, f"{place}/{k}") for k, v in value.items()]
    elif isinstance(value, list):
        inner = [paths(v, f"{place}/{n}") for n, v in enumerate(value)]
    else:
        return {place: value}
    return {key: leaf for found in inner for key, leaf in found.items()}


def test_the_job_is_the_one_that_the_worker_publishes_and_more(
    template: dict[str, Any], published: dict[str, Any]
) -> None:
    ours, theirs = paths(template["job_configuration"]), paths(published["job_configuration"])
    assert {place: ours.get(place) for place in theirs} == theirs
    variables = template["variables"]["properties"]
    for name, declared in published["variables"]["properties"].items():
        assert variables[name]["title"] == declared["title"]
        assert variables[name].get("type") == declared.get("type")


def test_the_variables_are_a_schema_that_its_defaults_keep(template: dict[str, Any]) -> None:
    variables = template["variables"]
    Draft202012Validator.check_schema(variables)
    for declared in variables["properties"].values():
        if declared.get("default") is not None and "$ref" not in json.dumps(declared):
            validate(declared["default"], declared)


def test_the_manifest_is_a_job_whose_volumes_are_all_there(template: dict[str, Any]) -> None:
    manifest = template["job_configuration"]["job_manifest"]
    assert (manifest["apiVersion"], manifest["kind"]) == ("batch/v1", "Job")
    pod = manifest["spec"]["template"]["spec"]
    volumes = {volume["name"] for volume in pod["volumes"]}
    for container in (*pod["initContainers"], *pod["containers"]):
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
    assert pod["restartPolicy"] == "Never", "who begins a dead run's work again is `tidy`"
    assert "REGISTRY_TOKEN" not in json.dumps(template["job_configuration"])


def test_a_template_with_a_mistake_is_told(tmp_path: Path, template: dict[str, Any]) -> None:
    (tmp_path / "deployments").mkdir()
    written = tmp_path / "deployments" / "job.json"
    template["job_configuration"]["command"] = "{{ comand }}"
    for text, mistake in (
        (json.dumps(template), "{{ comand }}"),
        ("{}", "variables.properties"),
        ("{", "not JSON"),
    ):
        written.write_text(text)
        with pytest.raises(InvalidProject, match=mistake):
            read_template(tmp_path, "job.json")
    with pytest.raises(InvalidProject, match="there is none"):
        read_template(tmp_path, "other.json")


def test_the_dask_settings_are_settings_of_dask() -> None:
    ours = read_yaml(PROJECT / "deployments" / "dask" / "distributed.yaml")
    schema = read_yaml(package("distributed") / "distributed-schema.yaml")
    known = paths(read_yaml(package("distributed") / "distributed.yaml"))

    validate(ours, schema)
    assert set(paths(ours)) <= set(known)
