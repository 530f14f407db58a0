"""The overview: what there is, what happened lately, what waits, what cannot be made again."""

from support.dashboard import Reader
from support.world import World

from registry_tasks.entities.reproduction import Difference, Verdict


def test_an_empty_registry_says_how_to_begin(reader: Reader) -> None:
    page = reader.open("/")
    assert page.status == 200
    assert "No model is registered yet" in page.text
    assert "registry train" in page.text


def test_it_shows_models_and_what_is_in_production(world: World, reader: Reader) -> None:
    world.version(1)
    world.version(2)
    world.version(1, model="kite")
    world.raise_to("mower@1", "staging", "production")
    page = reader.open("/")
    assert "2 models" in page.text
    assert "1 in production" in page.text
    assert {"/models/mower", "/models/kite", "/models/mower/versions/1"} <= set(page.links)
    assert "promoted mower@1 staging → production" in page.text
    assert "project" in page.text  # the name of the checkout


def test_a_refusal_names_the_gate(world: World, reader: Reader) -> None:
    world.version(1, metrics={"auc": 0.1})
    world.raise_to("mower@1", "staging")
    form = reader.open("/models/mower/versions/1").form("/do/promote")
    assert reader.send(form, place="production/default").status == 422
    assert "refused mower@1 not promoted to production: metric auc" in reader.open("/").text


def test_what_a_rebuild_could_not_make_again_is_named(world: World, reader: Reader) -> None:
    made = world.version(1)
    assert "no last rebuild came out different" in reader.open("/").text
    differs = Difference(stage="train", what="model.bin", recorded="1", found="2")
    world.reproduced(made, Verdict.DIFFERENT, (differs,))
    assert "its last rebuild came out different, first in train" in reader.open("/").text
    world.reproduced(made, Verdict.IDENTICAL)
    assert "its last rebuild came out different" not in reader.open("/").text


def test_models_are_had_as_csv(world: World, reader: Reader) -> None:
    world.version(1)
    lines = reader.client.get("/?format=csv").text.splitlines()
    assert lines[0].split(",")[:4] == ["model", "project", "production", "staging"]
    assert lines[1].startswith("mower,project,")
