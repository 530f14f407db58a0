"""Datasets: what data there is, what people say of it, and what depends on it."""

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.registry.catalogue.datasets import list_datasets, show_dataset

Looking = tuple[World, Visitor]
pytestmark = pytest.mark.slow
NAME = "data/raw & more=1.csv"
PAGE = "/dataset?name=data%2Fraw+%26+more%3D1.csv"


def use(md5: str) -> DatasetUse:
    return DatasetUse(name=NAME, md5=md5 * 32, size_bytes=7, files=1, stage="train")


def test_a_dataset_names_its_states_and_who_read_them(served: Looking) -> None:
    world, visitor = served
    old = world.version(1, datasets=(use("a"),))
    new = world.version(2, datasets=(use("b"),))
    assert PAGE in visitor.open("/datasets").links
    page = visitor.open(PAGE)
    assert f"/runs/{new.run}" in page.links
    assert f"/runs/{old.run}" not in page.links
    earlier = visitor.open(f"{PAGE}&state={'a' * 32}")
    assert f"/runs/{old.run}" in earlier.links
    assert "/models/mower/versions/1" in earlier.links
    (row,) = visitor.rows(f"{PAGE}&state={'a' * 32}&format=csv")
    assert (row[0], row[5]) == (old.run, "mower@1")
    states = visitor.rows(f"{PAGE}&format=csv&table=states")
    assert [row[0] for row in states] == ["b" * 32, "a" * 32]


def test_saying_what_a_dataset_is_changes_what_was_changed(served: Looking) -> None:
    world, visitor = served
    world.version(1, datasets=(use("a"),))
    page = visitor.open(PAGE)
    sent = visitor.send(
        page, "/dataset/describe", owner="ada", sensitivity="restricted", description="*all*"
    )
    assert "restricted" in visitor.follow(sent).text
    found = show_dataset(world.registry(), NAME)
    assert (found.profile.owner, found.profile.description) == ("ada", "*all*")
    again = visitor.open(PAGE)
    assert again.form("/dataset/describe").fields["owner"] == "ada"
    visitor.send(again, "/dataset/describe", owner="", description="*all*")
    assert show_dataset(world.registry(), NAME).profile.owner == ""
    assert show_dataset(world.registry(), NAME).history[0].after == {"owner": ""}


def test_what_cannot_be_said_of_a_dataset_is_told_and_kept_in_the_form(served: Looking) -> None:
    world, visitor = served
    world.version(1, datasets=(use("a"),))
    page = visitor.open(PAGE)
    source = "https://me:secret@example.org/x"
    refused = visitor.send(page, "/dataset/describe", source=source, status=400)
    assert "password" in refused.text
    assert refused.form("/dataset/describe").fields["source"] == source
    assert show_dataset(world.registry(), NAME).profile.source == ""


def test_all_datasets_are_in_the_list_and_in_its_file(looking: Looking) -> None:
    world, visitor = looking
    names = [dataset.name for dataset in list_datasets(world.registry(), limit=1000)]
    assert [row[0] for row in visitor.rows("/datasets?format=csv")] == names
    assert len([link for link in visitor.open("/datasets").links if "/dataset?" in link]) == len(
        names[:50]
    )


def test_no_data_says_how_there_comes_to_be_some(served: Looking) -> None:
    world, visitor = served
    world.registry().metadata.migrate()
    assert "nothing has to be declared" in visitor.open("/datasets").text
    assert "nowhere" in visitor.open("/dataset?name=nowhere", 404).text
