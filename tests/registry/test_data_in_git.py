"""Tables that Git keeps are data: for the recipe, in lineage, and where a change is explained."""

import pytest
from support.pipelines import DVC_YAML, TRAIN, Project
from support.recording import train
from support.world import World

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.lineage import NodeKind
from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.registry.catalogue.datasets import list_datasets, show_dataset
from registry_tasks.registry.catalogue.diff import diff
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.trace import trace
from registry_tasks.registry.experiments.counterfactual import plan_explanation, running_mix

pytestmark = pytest.mark.slow

READING = DVC_YAML.replace("params.py, data/old.csv]", "params.py, data/old.csv, lookup.csv]")


def recorded(project: Project) -> Registration:
    return register(project.registry(), RegisterRun(run=train(project).run.uuid))


def test_a_table_in_git_is_data_and_no_code(project: Project) -> None:
    project.commit({"dvc.yaml": READING, "lookup.csv": "a,b\n1,2\n"})
    first = recorded(project)
    project.commit({"lookup.csv": "a,b\n1,3\n4,5\n"})
    other = recorded(project)
    assert (other.reasons, other.version.semantic_version) == (("data: lookup.csv",), "v1.0.1")

    registry = project.registry()
    (change,) = diff(registry, first.version.ref, other.version.ref).changes
    assert (change.cause, change.name, change.stages) == (Cause.DATA, "lookup.csv", ("train",))
    assert "lookup.csv" in {found.name for found in list_datasets(registry)}
    shown = show_dataset(registry, "lookup.csv")
    assert (shown.state.rows, [column.name for column in shown.columns]) == (2, ["a", "b"])
    read = {node.id.partition("@")[0] for node in trace(registry, other.version.ref).nodes}
    assert "lookup.csv" in read

    project.commit({"train.py": TRAIN + "\n"})
    last = recorded(project)
    plan = plan_explanation(registry, first.version.ref, last.version.ref)
    assert plan.causes == (Cause.CODE, Cause.DATA)
    with running_mix(registry, plan, (Cause.CODE,)) as workspace:
        assert (workspace.folder / "lookup.csv").read_text() == "a,b\n1,2\n"
        assert (workspace.folder / "train.py").read_text() == TRAIN + "\n"


def test_the_stages_of_a_run_without_data_are_in_its_lineage(world: World) -> None:
    version = world.version(1, datasets=())
    found = trace(world.registry(), version.ref)
    assert [node.label for node in found.nodes if node.kind is NodeKind.STAGE] == [
        "DVC stage train"
    ]
    assert found.nodes[-1].kind is NodeKind.STAGE
    assert found.is_whole
