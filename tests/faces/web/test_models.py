"""The list of models, and a model's page with what a person may change there."""

import csv
from io import StringIO

import pytest
from support.databases import on_sqlite
from support.visiting import Seen, Visitor
from support.world import World

from registry_tasks.entities.annotation import ChangeTags, PointAlias
from registry_tasks.faces.web import model
from registry_tasks.faces.web.models import as_filter
from registry_tasks.registry.catalogue.facets import count_facets
from registry_tasks.registry.catalogue.show import show_model
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.lifecycle.point_alias import point_alias

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        ("mow", "name ~ 'mow'"),
        (" team/mower ", "name ~ 'team/mower'"),
        ("owner = 'ada'", "owner = 'ada'"),
        ("", ""),
    ],
)
def test_a_word_is_a_part_of_a_name(asked: str, means: str) -> None:
    assert as_filter(asked) == means


def test_models_are_found_by_name_and_by_filter(world: World, reader: Visitor) -> None:
    world.version(1)
    world.version(1, model="team/kite")
    assert "team/kite" not in reader.look("/models?q=mow").text
    page = reader.look("/models?q=name+%3D+'team/kite'")
    assert "/models/team/kite" in page.links
    assert reader.look("/models/team/kite").status == 200
    assert "No model is found by that" in reader.look("/models?q=nothing").text


def test_a_filter_with_a_mistake_says_where(still: Visitor) -> None:
    page = still.look("/models?q=stage+%3D")
    assert page.status == 400
    assert "column 8" in page.text


def test_a_reference_leads_to_its_version(still: Visitor) -> None:
    page = still.look("/models?q=mower@1")
    assert page.answer.url.path == "/models/mower/versions/1"


@on_sqlite
def test_the_page_says_what_an_environment_asks(world: World, reader: Visitor) -> None:
    world.set_policy(
        "environments: [eu]\n"
        "stages: {production: [{gate: described}]}\n"
        "stages_in: {eu: {production: [{gate: approved, people: 2}]}}"
    )
    world.version(1)
    text = reader.look("/models/mower").text
    assert "production-eu" in text.partition("params.yaml at")[2]
    assert "approved by 2 people" in text


def test_facets_count_models_and_narrow_the_list(world: World, reader: Visitor) -> None:
    world.version(1)
    world.version(1, model="kite")
    world.raise_to("mower@1", "staging")
    change_tags(world.registry(), ChangeTags(subject="kite", put={"team": 'it\'s "us"'}))
    facets = count_facets(world.registry())
    assert [(f.value, f.models) for f in facets["stage"]] == [("staging", 1)]
    assert [(f.value, f.models) for f in facets["owner"]] == [("ada", 2)]
    (tag,) = facets["tag"]
    assert (tag.name, tag.value, tag.models) == ("team", 'it\'s "us"', 1)
    page = reader.look("/models")
    narrowed = [link for link in page.links if link.startswith("/models?q=tags")]
    found = reader.look(narrowed[0])
    assert "/models/kite" in found.links
    assert "/models/mower" not in found.links
    assert "/models" in found.links  # the same facet again takes it away


@on_sqlite
def test_a_model_shows_its_stages_its_policy_and_its_trend(world: World, reader: Visitor) -> None:
    for count, auc in enumerate((0.6, 0.7, 0.8), start=1):
        world.version(count, metrics={"auc": auc, "loss": 1 - auc})
    world.raise_to("mower@2", "staging", "production")
    page = reader.look("/models/mower")
    assert page.status == 200
    assert "production @2" in page.text
    assert "auc at least 0.5" in page.text
    assert "auc of mower" in page.answer.text
    assert "loss of mower" in reader.look("/models/mower?metric=loss").answer.text


def test_versions_come_by_pages_and_none_twice(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_PAGE", 5)
    monkeypatch.setattr(model, "_MANY", 3)
    for count in range(1, 9):
        world.version(count)
    first = reader.look("/models/mower")
    following = next(link for link in first.links if "cursor=" in link)
    second = reader.look(following)
    shown = [_numbers(page) for page in (first, second)]
    assert shown[0] == [*range(8, 3, -1)]
    assert shown[1] == [3, 2, 1]
    rows = [*csv.reader(StringIO(reader.client.get("/models/mower?format=csv").text))]
    assert [int(row[0]) for row in rows[1:]] == [*range(8, 0, -1)]


def test_the_file_of_versions_has_the_values_that_the_table_shows(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_MANY", 2)
    for count, auc in enumerate((0.6, 0.9, 0.7), start=1):
        world.version(count, metrics={"auc": auc, "loss": 1 - auc})
    world.version(4, metrics={})
    usual = [row[-1] for row in reader.rows("/models/mower?format=csv")]
    assert usual == ["", "0.7", "0.9", "0.6"]
    asked = "/models/mower?order=metrics.loss&q=params.trees+>+1+or+number+=+9&format=csv"
    rows = [(row[0], *row[8:]) for row in reader.rows(asked)]
    assert [row[0] for row in rows] == ["2", "3", "4"]
    assert [{*row[1:]} for row in rows[:2]] == [
        {repr(1 - 0.9), "2", "0.9"},
        {repr(1 - 0.7), "3", "0.7"},
    ]


def test_versions_are_filtered_and_ordered(world: World, reader: Visitor) -> None:
    for count, auc in enumerate((0.6, 0.9, 0.7), start=1):
        world.version(count, metrics={"auc": auc})
    page = reader.look("/models/mower?q=metrics.auc+>+0.65&order=metrics.auc+desc")
    assert _numbers(page) == [2, 3]
    bad = reader.look("/models/mower?q=metrics.auc+>+'high'")
    assert bad.status == 400
    assert "metrics.auc is a number" in bad.text


def test_a_model_that_is_not_there_says_so(still: Visitor) -> None:
    page = still.look("/models/mover")
    assert page.status == 404
    assert "<code>registry models</code> lists them" in page.answer.text


@on_sqlite
def test_a_person_notes_tags_and_describes(world: World, reader: Visitor) -> None:
    world.version(1)
    page = reader.look("/models/mower")
    assert "It is done" not in page.text
    page = reader.press(page.form("/do/note"), text="Runs *every* night")
    assert "Done." in page.text
    assert "<em>every</em>" in page.answer.text
    page = reader.press(page.form("/do/tag"), tag="team", value="ops")
    assert "team=ops" in page.text
    page = reader.press(page.form("/do/describe"), text="Mows", purpose="lawns", owner="bea")
    record = show_model(world.registry(), "mower")
    assert record.profile.purpose == "lawns"
    assert record.profile.owner == "bea"
    assert record.tags == {"team": "ops"}
    page = reader.press(page.form("/do/tag"), remove="team")
    assert "team=ops" not in page.text


@on_sqlite
def test_a_refusal_is_told_on_the_page_with_what_was_written(world: World, reader: Visitor) -> None:
    world.version(1)
    form = reader.look("/models/mower").form("/do/alias")
    page = reader.press(form, alias="production", version="1", reason="why not")
    assert page.status == 422
    assert "Nothing was done." in page.text
    assert page.form("/do/alias").fields["alias"] == "production"
    again = reader.press(page.form("/do/alias"), alias="nightly", version="one")
    assert again.status in (400, 404)


@on_sqlite
def test_an_alias_is_pointed_and_taken_away(world: World, reader: Visitor) -> None:
    world.version(1)
    page = reader.look("/models/mower")
    page = reader.press(page.form("/do/alias"), alias="nightly", version="1")
    assert world.resolve("mower@nightly").number == 1
    stale = page.form("/do/alias/remove")
    world.version(2)
    point_alias(world.registry(), PointAlias(ref="mower@2", alias="nightly"))
    assert reader.press(stale).status == 409  # it is another version's now
    page = reader.press(reader.look("/models/mower").form("/do/alias/remove"))
    assert "@nightly" not in page.text


@on_sqlite
def test_an_alias_that_follows_a_stage_is_not_offered_to_be_taken_away(
    world: World, reader: Visitor
) -> None:
    world.set_policy("{stages: {production: []}, aliases: {champion: staging}}")
    world.version(1)
    world.raise_to("mower@1", "staging")
    page = reader.look("/models/mower")
    assert "@champion @1 follows staging" in page.text
    assert not [form for form in page.forms if form.action.endswith("/do/alias/remove")]


@on_sqlite
def test_production_is_given_back_once_to_whom_it_was_seen_to_have(
    world: World, reader: Visitor
) -> None:
    for count in (1, 2):
        world.version(count)
        world.raise_to(f"mower@{count}", "staging", "production")
        forms = reader.look("/models/mower").forms
        assert len([f for f in forms if f.action.endswith("/do/roll-back")]) == count - 1
    form = reader.look("/models/mower").form("/do/roll-back")
    page = reader.press(form, reason="too many alarms")
    assert page.status == 200
    assert world.resolve("mower@production").number == 1
    once_more = {**form.fields, "form_once": "another"}
    form.fields = once_more
    assert reader.press(form, reason="again").status == 409
    assert world.resolve("mower@production").number == 1


def _numbers(page: Seen) -> list[int]:
    """Versions of the table, in its order."""
    values = (v for tag, name, v in page.attributes if (tag, name) == ("input", "value"))
    return [int(v.partition("@")[2]) for v in values if v.startswith("mower@")]
