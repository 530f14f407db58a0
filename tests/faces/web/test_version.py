"""A version's page: everything on record of it, and what a person may do with it."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from support.databases import on_sqlite
from support.http_server import serving
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.reproduction import Difference, Verdict
from registry_tasks.entities.run import Point
from registry_tasks.faces.web import version
from registry_tasks.faces.web.version import VIEWS
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.point_alias import point_alias

pytestmark = pytest.mark.slow

HERE = "/models/mower/versions/1"


@pytest.mark.parametrize("view", [name for name, _ in VIEWS])
def test_each_view_is_there(still: Visitor, view: str) -> None:
    page = still.look(f"{HERE}?view={view}")
    assert page.status == 200
    assert page.answer.text.count("<h1") == 1


def test_the_summary_tells_what_it_is_and_why(world: World, reader: Visitor) -> None:
    world.version(1)
    points = tuple(Point("loss", step, 1 / (step + 1)) for step in range(5))
    world.version(2, metrics={"auc": 0.71, "loss": 0.2}, points=points)
    page = reader.look("/models/mower/versions/2")
    record = show(world.registry(), "mower@2")
    for told in (record.version.sha256, record.version.uuid, "0.71", *record.bump_reasons):
        assert told in page.text
    assert "step 4: 0.2" in page.answer.text  # the end of the curve
    assert 'registry.download("mower@2")' in page.text
    assert "registry reproduce mower@2" in page.text
    assert "/compare?ref=mower%401&ref=mower%402" in page.links


def test_evidence_shows_gates_and_rebuilds(world: World, reader: Visitor) -> None:
    made = world.version(1)
    world.raise_to("mower@1", "staging", "production")
    world.reproduced(made, Verdict.IDENTICAL)
    page = reader.look(f"{HERE}?view=evidence")
    assert "metric auc passed 0.7 >= 0.5" in page.text
    assert "identical" in page.text


@on_sqlite
def test_data_and_packages_are_listed(world: World, reader: Visitor) -> None:
    use = DatasetUse(name="data.csv", md5="2" * 32, size_bytes=10, files=1, stage="train")
    world.version(1, datasets=(use,))
    page = reader.look(f"{HERE}?view=data")
    assert "data.csv" in page.text
    assert "numpy" in page.text
    packages = [*csv.reader(StringIO(reader.client.get(f"{HERE}?format=csv&table=packages").text))]
    assert packages == [["package", "version"], ["numpy", "2.0"]]


@on_sqlite
def test_files_can_be_had(world: World, reader: Visitor) -> None:
    world.version(1)
    page = reader.look(f"{HERE}?view=files")
    (link,) = [link for link in page.links if link.startswith("/api/")]
    answer = reader.client.get(link)
    assert answer.status_code == 200
    assert answer.content == b"model 1"


def test_code_that_is_not_here_says_where_it_is(still: Visitor) -> None:
    page = still.look(f"{HERE}?view=code")
    assert page.status == 200
    assert "mower@1" in page.text


def test_history_tells_what_happened(world: World, reader: Visitor) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging")
    page = reader.look(f"{HERE}?view=history")
    assert "version promoted experiment → staging" in page.text


def test_a_person_takes_it_through_its_life(world: World, reader: Visitor) -> None:
    world.version(1)
    page = reader.look(HERE)
    for place in ("staging/default", "production/default"):
        page = reader.press(page.form("/do/promote"), place=place, reason="ready")
        assert page.status == 200
    assert world.stages() == {1: "production"}
    world.version(2)
    page = reader.look("/models/mower/versions/2")
    page = reader.press(page.form("/do/archive"), reason="old")
    assert world.stages() == {1: "production", 2: "archived"}
    assert not any(form.action.endswith("/do/promote") for form in page.forms)
    page = reader.press(page.form("/do/restore"))
    assert world.stages() == {1: "production", 2: "experiment"}
    reader.press(page.form("/do/alias"), alias="nightly")
    assert world.resolve("mower@nightly").number == 2


@on_sqlite
def test_only_moves_that_there_are_are_offered(world: World, reader: Visitor) -> None:
    world.version(1)
    elsewhere = ["staging/eu", "staging/us"]
    assert _places(reader) == ["staging/default", *elsewhere]
    world.raise_to("mower@1", "staging")
    assert {"production/default", "experiment/default"} <= {*_places(reader)}
    assert "staging/default" not in _places(reader)
    world.raise_to("mower@1", "production")
    assert _places(reader) == ["experiment/default", *elsewhere]
    world.set_policy("stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}")
    assert _places(reader) == ["experiment/default"]


@on_sqlite
def test_what_is_in_use_is_not_offered_to_be_archived(world: World, reader: Visitor) -> None:
    def is_offered() -> bool:
        return any(form.action.endswith("/do/archive") for form in reader.look(HERE).forms)

    world.version(1)
    assert is_offered()
    world.raise_to("mower@1", "staging")
    assert not is_offered()  # it would be refused
    world.version(2)
    world.raise_to("mower@2", "staging")
    assert is_offered()
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="nightly"))
    assert not is_offered()


@on_sqlite
def test_a_long_history_says_where_all_of_it_is(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging")
    page = reader.look(f"{HERE}?view=history")
    assert "/history?subject=mower%401" not in page.links
    monkeypatch.setattr(version, "_HISTORY", 1)
    page = reader.look(f"{HERE}?view=history")
    assert "the newest 1" in page.text
    assert "/history?subject=mower%401" in page.links
    assert len(rows(reader, "history")) > 1


@on_sqlite
def test_code_and_rebuilds_are_had_as_csv(world: World, reader: Visitor) -> None:
    made = world.version(1, code={"train.py": "1" * 32})
    assert rows(reader, "rebuilds") == []
    differs = Difference(stage="train", what="model.bin", recorded="1", found="2")
    world.reproduced(made, Verdict.DIFFERENT, (differs,))
    world.reproduced(made, Verdict.IDENTICAL)
    found = [row[2:] for row in rows(reader, "rebuilds")]
    assert sorted(found) == [
        ["different", "train", "model.bin", "1", "2"],
        ["identical", "", "", "", ""],
    ]
    page = reader.look(f"{HERE}?view=code")
    assert bool([link for link in page.links if "table=code" in link]) == ("train.py" in page.text)


@on_sqlite
def test_a_refused_promotion_says_which_gate_on_the_page(world: World, reader: Visitor) -> None:
    world.version(1, metrics={"auc": 0.1})
    world.raise_to("mower@1", "staging")
    form = reader.look(HERE).form("/do/promote")
    page = reader.press(form, place="production/default", reason="please")
    assert page.status == 422
    assert "metric auc" in page.text
    assert page.form("/do/promote").fields["reason"] == "please"
    assert world.stages() == {1: "staging"}


@on_sqlite
def test_a_promotion_that_people_decide_about_leads_to_them(world: World, reader: Visitor) -> None:
    world.set_policy("stages: {production: [{gate: approved, people: 1}]}")
    world.version(1)
    world.raise_to("mower@1", "staging")
    form = reader.look(HERE).form("/do/promote")
    answer = reader.client.post(form.action, data={**form.fields, "place": "production/default"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/approvals/")
    assert "Waits for 1 more" in reader.look(HERE).text


@on_sqlite
def test_notes_and_tags_are_of_the_version(world: World, reader: Visitor) -> None:
    world.version(1)
    page = reader.look(HERE)
    page = reader.press(page.form("/do/note"), text="seen")
    page = reader.press(page.form("/do/tag"), tag="checked", value="yes")
    page = reader.press(page.form("/do/describe"), text="On three months", owner="ada")
    record = show(world.registry(), "mower@1")
    assert [note.text for note in record.notes] == ["seen"]
    assert record.tags == {"checked": "yes"}
    assert record.description == "On three months"


def test_a_model_may_be_called_like_a_version(sqlite_world: World, sqlite_reader: Visitor) -> None:
    sqlite_world.version(1, model="mower/versions/1")
    page = sqlite_reader.look("/models/mower/versions/1?as=model")
    assert page.status == 200
    assert "/models/mower/versions/1/versions/1" in page.links


def test_a_version_that_is_not_there_says_so(still: Visitor) -> None:
    page = still.look("/models/mower/versions/7")
    assert page.status == 404
    assert "registry versions mower" in page.text


def rows(reader: Visitor, table: str) -> list[list[str]]:
    return reader.rows(f"{HERE}?format=csv&table={table}")


def _places(reader: Visitor) -> list[str]:
    page = reader.look(HERE)
    return [v for tag, name, v in page.attributes if tag == "option" and name == "value"]


def test_without_a_checkout_no_promotion_is_offered(sqlite_world: World) -> None:
    sqlite_world.version(1)
    elsewhere = replace(sqlite_world.settings, project=None)
    with serving(elsewhere) as url, Visitor(url) as visitor:
        page = visitor.open("/models/mower/versions/1")
        assert "Nothing can be promoted from here." in page.text
        assert "it cannot read the policy" in page.text
        assert "Promote in a checkout over the same store, registry promote ," in page.text
        assert "registry promote" in visitor.open("/models/mower").text
        assert not [form for form in page.forms if form.action.endswith("/do/promote")]
