"""Cases of the verbs that say things: of models, versions and data, and where versions run."""

from support.sweeping import begin_trial, sweep_start
from support.world import MODEL, World

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    DescribeModel,
    PutSchema,
    RemoveSchema,
)
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.sweep import EndSweep
from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
from registry_tasks.registry.catalogue.datasets import describe_dataset, show_dataset
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.catalogue.describe import describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema, remove_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.show import show_model
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.sweep import end_sweep
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment

from .case import KEY, Act, Case, ask


def _a_model_to_describe(world: World) -> Act:
    world.version(1)
    return ask(describe_model, DescribeModel(model=MODEL, team="ops", document={"a": 1}, key=KEY))


def _the_model_is_described(world: World) -> None:
    assert show_model(world.registry(), MODEL).profile.document == {"a": 1}
    assert world.kinds().count(EventKind.MODEL_DESCRIBED) == 1


def _data_to_describe(world: World) -> Act:
    use = DatasetUse(name="grass.csv", md5="4" * 32, size_bytes=1, files=1, stage="train")
    world.version(1, datasets=(use,))
    return ask(describe_dataset, DescribeDataset(name="grass.csv", owner="ops", key=KEY))


def _the_data_is_described(world: World) -> None:
    found = show_dataset(world.registry(), "grass.csv")
    assert found.profile.owner == "ops"
    assert len(found.history) == 1


def _one_to_note(world: World) -> Act:
    return ask(add_note, AddNote(subject=world.version(1).ref, text="cuts grass", key=KEY))


def _one_is_noted(world: World) -> None:
    assert [note.text for note in show_model(world.registry(), MODEL).notes] == ["cuts grass"]
    assert world.kinds().count(EventKind.VERSION_NOTED) == 1


def _one_to_tag(world: World) -> Act:
    return ask(change_tags, ChangeTags(subject=world.version(1).ref, put={"a": "b"}, key=KEY))


def _one_is_tagged(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_TAGGED) == 1


def _a_schema_to_put(world: World) -> Act:
    world.version(1)
    asked = PutSchema(model=MODEL, json_schema={"required": ["a"]}, key=KEY)
    return ask(put_schema, asked)


def _the_schema_is_put(world: World) -> None:
    assert show_model(world.registry(), MODEL).json_schema == {"required": ["a"]}
    assert world.kinds().count(EventKind.SCHEMA_PUT) == 1


def _a_schema_to_remove(world: World) -> Act:
    _a_schema_to_put(world)(world)
    return ask(remove_schema, RemoveSchema(model=MODEL, key="another"))


def _the_schema_is_gone(world: World) -> None:
    assert show_model(world.registry(), MODEL).json_schema is None
    assert world.kinds().count(EventKind.SCHEMA_REMOVED) == 1


# -------------------------------------------------------------------- deploying


def _one_is_used(world: World) -> None:
    asked = StartDeployment(ref=world.version(1).ref, environment="eu", place="API")
    start_deployment(world.registry(), asked)


def _one_to_replace(world: World) -> Act:
    _one_is_used(world)
    ref = world.version(2).ref
    asked = StartDeployment(ref=ref, environment="eu", place="API", replace=True, key=KEY)
    return ask(start_deployment, asked)


def _two_is_used(world: World) -> None:
    found = list_deployments(world.registry(), MODEL, over=True)
    assert [(each.version, each.until is None) for each in found] == [
        ("mower@2", True),
        ("mower@1", False),
    ]
    assert world.kinds().count(EventKind.DEPLOYMENT_STARTED) == 2
    assert world.kinds().count(EventKind.DEPLOYMENT_ENDED) == 1


def _one_use_to_end(world: World) -> Act:
    _one_is_used(world)
    asked = EndDeployment(ref="mower@1", environment="eu", place="API", key=KEY)
    return ask(end_deployment, asked)


def _none_is_used(world: World) -> None:
    assert list_deployments(world.registry(), MODEL) == ()
    assert world.kinds().count(EventKind.DEPLOYMENT_ENDED) == 1


# -------------------------------------------------------------------- grading


def _two_to_grade(world: World) -> Act:
    for number in (1, 2):
        world.version(number)
    world.git("update-ref", "refs/remotes/origin/main", "HEAD")  # as after a push
    return _confirm


def _confirm(world: World) -> object:
    confirm_pushed(world.registry())
    return None


def _two_are_graded(world: World) -> None:
    assert [world.resolve(f"mower@{number}").grade for number in (1, 2)] == ["B", "B"]
    assert world.kinds().count(EventKind.VERSION_REGRADED) == 2


# -------------------------------------------------------------------- sweeping


def _one_sweep_to_end(world: World) -> Act:
    start = sweep_start("5" * 32)
    fail(world.registry(), begin_trial(world, start, 0), "no")
    return ask(end_sweep, EndSweep(sweep=start.uuid, key=KEY))


def _it_has_ended(world: World) -> None:
    assert world.kinds().count(EventKind.SWEEP_ENDED) == 1


CATALOGUE = {
    "describe_model": Case(
        _a_model_to_describe, _the_model_is_described, (describe_model,), (DescribeModel,)
    ),
    "describe_dataset": Case(
        _data_to_describe, _the_data_is_described, (describe_dataset,), (DescribeDataset,)
    ),
    "end_sweep": Case(_one_sweep_to_end, _it_has_ended, (end_sweep,), (EndSweep,)),
    "add_note": Case(_one_to_note, _one_is_noted, (add_note,), (AddNote,)),
    "change_tags": Case(_one_to_tag, _one_is_tagged, (change_tags,), (ChangeTags,)),
    "put_schema": Case(_a_schema_to_put, _the_schema_is_put, (put_schema,), (PutSchema,)),
    "remove_schema": Case(
        _a_schema_to_remove, _the_schema_is_gone, (remove_schema,), (RemoveSchema,)
    ),
    "start_deployment": Case(
        _one_to_replace, _two_is_used, (start_deployment,), (StartDeployment,)
    ),
    "confirm_pushed": Case(_two_to_grade, _two_are_graded, (confirm_pushed,)),
    "end_deployment": Case(_one_use_to_end, _none_is_used, (end_deployment,), (EndDeployment,)),
}
