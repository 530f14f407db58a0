"""Two people describe one thing at once: nobody takes away what the other one said."""

from collections.abc import Callable
from typing import Any

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.registry.catalogue.datasets import show_dataset
from registry_tasks.registry.catalogue.show import show, show_model

pytestmark = pytest.mark.slow
Read = Callable[[World], Any]
DATA = DatasetUse(name="a.csv", md5="a" * 32, size_bytes=10, files=1, stage="train")
PAGES: dict[str, tuple[str, str, Read]] = {
    "a model": ("/models/mower", "text", lambda w: show_model(w.registry(), "mower").profile),
    "a version": (
        "/models/mower/versions/1",
        "text",
        lambda w: show(w.registry(), "mower@1").profile,
    ),
    "data": (
        "/dataset?name=a.csv",
        "description",
        lambda w: show_dataset(w.registry(), "a.csv").profile,
    ),
}


@pytest.fixture(params=PAGES)
def described(request: pytest.FixtureRequest, sqlite_world: World) -> tuple[str, str, Read]:
    sqlite_world.version(1, datasets=(DATA,))
    return PAGES[request.param]


def test_what_one_left_alone_is_what_the_other_one_said(
    sqlite_world: World, sqlite_reader: Visitor, described: tuple[str, str, Read]
) -> None:
    address, text, read = described
    mine, theirs = sqlite_reader.look(address), sqlite_reader.look(address)
    sqlite_reader.press(theirs.form("/describe"), owner="Bea")
    told = "First line\r\n\r\n* and *more*"
    sqlite_reader.press(mine.form("/describe"), **{text: told})
    found = read(sqlite_world)
    assert (found.owner, found.description) == ("Bea", told.replace("\r\n", "\n"))
    again = sqlite_reader.look(address)
    sqlite_reader.press(again.form("/describe"))
    assert read(sqlite_world) == found
    sqlite_reader.press(again.form("/describe"), owner="")
    assert read(sqlite_world).owner == ""


def test_who_comes_second_to_one_field_is_told_and_may_insist(
    sqlite_world: World, sqlite_reader: Visitor, described: tuple[str, str, Read]
) -> None:
    address, text, read = described
    mine, theirs = sqlite_reader.look(address), sqlite_reader.look(address)
    sqlite_reader.press(theirs.form("/describe"), **{text: "Theirs", "owner": "Bea"})
    refused = sqlite_reader.press(mine.form("/describe"), owner="Ada")
    assert refused.status == 409
    assert "Bea" in refused.text
    assert read(sqlite_world).owner == "Bea"
    fields = refused.form("/describe").fields
    assert (fields["owner"], fields[text]) == ("Ada", "Theirs")
    sqlite_reader.press(refused.form("/describe"))
    found = read(sqlite_world)
    assert (found.owner, found.description) == ("Ada", "Theirs")


def test_the_same_form_sent_twice_is_one_change(
    sqlite_world: World, sqlite_reader: Visitor, described: tuple[str, str, Read]
) -> None:
    address, _, read = described
    form = sqlite_reader.look(address).form("/describe")
    for _ in range(2):
        assert sqlite_reader.press(form, owner="Bea").status == 200
    assert read(sqlite_world).owner == "Bea"
    told = sqlite_reader.rows("/history?kind=" + _kind(address) + "&format=csv")
    assert len(told) == 1


def _kind(address: str) -> str:
    if address.startswith("/dataset"):
        return "dataset.described"
    return "version.described" if "/versions/" in address else "model.described"
