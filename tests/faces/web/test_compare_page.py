"""Versions and runs side by side on a page."""

from urllib.parse import urlencode

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.run import Point
from registry_tasks.faces.web import curves
from registry_tasks.registry.catalogue.compare import compare

Looking = tuple[World, Visitor]
pytestmark = pytest.mark.slow


def address(*refs: str, **more: str) -> str:
    return f"/compare?{urlencode([('ref', ref) for ref in refs] + list(more.items()))}"


def test_only_differences_are_shown_unless_everything_is_asked_for(served: Looking) -> None:
    world, visitor = served
    first = world.version(1, metrics={"auc": 0.7, "rows": 10})
    world.version(2, metrics={"auc": 0.8, "rows": 10}, packages={"numpy": "2.1"})
    page = visitor.open(address("mower@1", "mower@2"))
    assert "0.8 (best)" in page.text
    assert "rows" not in page.text
    assert "numpy" in page.text
    assert "1 the same" in page.text
    whole = visitor.open(address("mower@1", "mower@2", show="all"))
    assert "rows" in whole.text
    rows = visitor.rows(address("mower@1", "mower@2", format="csv"))
    found = compare(world.registry(), ["mower@1", "mower@2"])
    assert [(r[0], r[1], r[2] == "yes") for r in rows] == [
        (row.group, row.name, row.differs) for row in found.rows
    ]
    assert f"/runs/{first.run}" not in page.links
    assert f"/runs/{first.run}" in visitor.open(address(f"run:{first.run}", "mower@2")).links


def test_what_changed_between_two_is_told_with_lines(served: Looking) -> None:
    world, visitor = served
    world.version(1, code={"train.py": "1" * 32})
    world.commit({"train.py": "pass\npass\n"})
    world.version(2, code={"train.py": "2" * 32}, data={"data.csv": "5" * 32})
    page = visitor.open(address("mower@1", "mower@2"))
    assert "From mower@1 to mower@2" in page.text
    assert "+1 −0" in page.text
    assert "data.csv" in page.text
    changes = visitor.rows(address("mower@1", "mower@2", format="csv", table="changes"))
    assert {(row[0], row[2]) for row in changes} >= {("code", "train.py"), ("data", "data.csv")}


def test_curves_lie_over_one_another(served: Looking) -> None:
    world, visitor = served
    for number in (1, 2, 3):
        points = tuple(Point("loss", step, number / (step + 1)) for step in range(9))
        world.version(number, points=points)
    page = visitor.open(address("mower@1", "mower@2", "mower@3"))
    drawn = page.answer.text
    lines = {f'data-series="mower@{number}"' for number in (1, 2, 3)}
    assert all(line in drawn for line in lines)
    assert "Parameters and metrics that differ" not in page.text  # only one of them differs
    world.version(4, metrics={"auc": 0.9}, parameters={"trees": 9, "depth": 2})
    more = visitor.open(address("mower@1", "mower@4"))
    assert "Parameters and metrics that differ" in more.text


def test_curves_with_too_many_points_are_named(
    served: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curves, "MAX_POINTS", 1)
    world, visitor = served
    world.version(1, points=tuple(Point("loss", step, step) for step in range(9)))
    page = visitor.open(address("mower@1"))
    assert "too many points: loss" in page.text


def test_each_can_be_left_out_and_one_more_be_added(looking: Looking) -> None:
    _, visitor = looking
    page = visitor.open(address("kite@1", "kite@2", "kite@3"))
    assert address("kite@1", "kite@3") in page.links
    add = page.form("/compare")
    assert "ref" in add.names
    assert "differs from nothing" in visitor.open(address("kite@1")).text


def test_too_many_none_and_unknown_ones_are_told(looking: Looking) -> None:
    _, visitor = looking
    assert "Nothing is chosen" in visitor.open("/compare").text
    many = visitor.open(address(*(f"kite@{n}" for n in range(1, 22))), 400)
    assert "choose 20 at most" in many.text
    assert "kite@99" in visitor.open(address("kite@1", "kite@99"), 404).text
    assert visitor.open(address("kite@"), 400)
