"""The overview: what there is, what happened lately, what waits, what cannot be made again."""

import csv
import re

import pytest
from support.databases import on_sqlite
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.reproduction import Difference, Verdict
from registry_tasks.faces.web import overview
from registry_tasks.stores.metadata import events

pytestmark = pytest.mark.slow


@on_sqlite
def test_an_empty_registry_says_how_to_begin(reader: Visitor) -> None:
    page = reader.look("/")
    assert page.status == 200
    assert "No model is registered yet" in page.text
    assert "registry train" in page.text


def test_it_shows_models_and_what_is_in_production(world: World, reader: Visitor) -> None:
    world.version(1)
    world.version(2)
    world.version(1, model="kite")
    world.raise_to("mower@1", "staging", "production")
    page = reader.look("/")
    assert "2 models" in page.text
    assert "1 in production" in page.text
    assert {"/models/mower", "/models/kite", "/models/mower/versions/1"} <= set(page.links)
    assert "promoted mower@1 staging → production" in page.text
    assert "project" in page.text  # the name of the checkout


@on_sqlite
def test_a_number_that_is_not_all_of_them_says_so(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_LATELY", 1)
    world.set_policy("stages: {staging: [{gate: approved, people: 1}]}")
    for number, said in ((1, "1 waiting"), (2, "1+ waiting")):
        world.version(number)
        with pytest.raises(AwaitingApproval):
            world.raise_to(f"mower@{number}", "staging")
        assert said in reader.look("/").text


@on_sqlite
def test_a_model_shows_what_it_has_in_production_however_many_others_have(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_RELEASED", overview._RELEASED.model_copy(update={"limit": 1}))
    monkeypatch.setattr(overview, "MAX_PAGE", 1)
    gates = "{stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}}"
    policy = "".join(f"    {model}: {gates}\n" for model in ("edger", "kite", "mower"))
    world.commit({"params.yaml": f"registry:\n  models:\n{policy}"})
    for model in ("edger", "kite", "mower"):
        world.version(1, model=model)
        world.raise_to(f"{model}@1", "staging", "production")
    page = reader.look("/")
    assert "1+ in production" in page.text
    for model in ("edger", "kite", "mower"):
        assert f"{model} project C @1 v1.0.0" in page.text, page.text


def test_what_went_to_production_is_named_however_much_moved_since(
    world: World, reader: Visitor
) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    registry = world.registry()
    moved = {"stage": "staging", "environment": "default"}
    with registry.metadata.writing("ada") as tx:
        for _ in range(101):
            events.append(tx, EventKind.VERSION_PROMOTED, before=moved, after=moved)
        tx.commit()
    page = reader.look("/").text
    assert "promoted mower@1 staging → production" in page
    assert "Nothing went to production yet" not in page


@on_sqlite
def test_a_refusal_names_the_gate(world: World, reader: Visitor) -> None:
    world.version(1, metrics={"auc": 0.1})
    world.raise_to("mower@1", "staging")
    form = reader.look("/models/mower/versions/1").form("/do/promote")
    assert reader.press(form, place="production/default").status == 422
    assert "refused mower@1 not promoted to production: metric auc" in reader.look("/").text


@on_sqlite
def test_what_a_rebuild_could_not_make_again_is_named(world: World, reader: Visitor) -> None:
    made = world.version(1)
    assert "no last rebuild came out different" in reader.look("/").text
    differs = Difference(stage="train", what="model.bin", recorded="1", found="2")
    world.reproduced(made, Verdict.DIFFERENT, (differs,))
    assert "its last rebuild came out different, first in train" in reader.look("/").text
    world.reproduced(made, Verdict.IDENTICAL)
    assert "its last rebuild came out different" not in reader.look("/").text


def test_models_and_their_projects_come_by_pages_and_none_twice(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_MODELS", 2)
    names = ["edger", "kite", "mower", "plough", "scythe"]
    for name in names:
        world.version(1, model=name)
    address, seen = "/", list[str]()
    while address:
        page = reader.open(address)
        seen += [at.rpartition("/")[2] for at in page.links if re.fullmatch("/models/[a-z]+", at)]
        assert "project" in page.text
        address = next((at for at in page.links if at.startswith("/?after=")), "")
    assert seen == names
    assert "/" in page.links and "First page" in page.text
    assert "No model comes after that one" in reader.open("/?after=zebra").text
    assert [row[0] for row in reader.rows("/?after=kite&format=csv")] == names


def test_what_cannot_be_made_again_is_shown_whole(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_RISKS", 2)
    monkeypatch.setattr(overview, "_MOST_RISKS", 3)
    differs = Difference(stage="train", what="model.bin", recorded="1", found="2")
    for number in (1, 2, 3):
        world.reproduced(world.version(number), Verdict.DIFFERENT, (differs,))
    why = "its last rebuild came out different"
    few = reader.open("/")
    assert few.text.count(why) == 2
    assert "/?risks=all#risks" in few.links
    whole = reader.open("/?risks=all")
    assert whole.text.count(why) == 3
    assert not [at for at in whole.links if at.endswith("#risks")]
    world.reproduced(world.version(4), Verdict.DIFFERENT, (differs,))
    assert "The first 3; the CSV file has all." in reader.open("/?risks=all").text
    rows = reader.rows("/?format=csv&table=risks")
    assert {row[0] for row in rows} == {f"mower@{number}" for number in (1, 2, 3, 4)}
    assert all(row[1].startswith(why) for row in rows)


@on_sqlite
def test_models_are_had_as_csv(world: World, reader: Visitor) -> None:
    world.version(1)
    lines = reader.client.get("/?format=csv").text.splitlines()
    assert lines[0].split(",")[:4] == ["model", "project", "production", "staging"]
    assert lines[1].startswith("mower,project,")


@on_sqlite
def test_the_file_has_a_column_for_each_place_of_any_model(world: World, reader: Visitor) -> None:
    gate = "[{gate: metric, metric: auc, at_least: 0.5}]"
    world.set_policy(f"stages: {{canary: {gate}, production: {gate}}}\nenvironments: [eu]")
    for number in (1, 2):
        world.version(number)
    world.version(1, model="kite")
    world.raise_to("mower@1", "staging", "canary")
    world.raise_to_in("eu", "mower@2", "staging", "production")
    answer = reader.open("/?format=csv&table=models").answer
    head, *rows = csv.reader(answer.text.splitlines())
    assert head == [
        *("model", "project", "production", "staging", "canary", "production-eu"),
        *("latest", "versions", "owner"),
    ]
    held = {row[0]: row[2:6] for row in rows}
    assert held == {"kite": ["", "", "", ""], "mower": ["", "", "1", "2"]}
