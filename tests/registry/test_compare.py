"""Versions and runs side by side: every way to name them, every kind of property, few statements."""

from typing import Any

import pytest
from support.world import MODEL, World

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.errors import (
    InvalidSetting,
    MalformedReference,
    ModelNotFound,
    RunNotFound,
    VersionNotFound,
)
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.removal import Delete
from registry_tasks.entities.run import Point
from registry_tasks.entities.side_by_side import GROUPS, MAX_COMPARED, SideBySide
from registry_tasks.faces.cli.diff import _sentence
from registry_tasks.faces.cli.wide_table import _texts
from registry_tasks.registry.catalogue import compare as module
from registry_tasks.registry.catalogue.compare import compare, read_curves
from registry_tasks.registry.catalogue.diff import diff
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.query import Query, through


def told(found: SideBySide) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {(row.group, row.name): row.values for row in found.rows}


def differing(found: SideBySide) -> set[tuple[str, str]]:
    return {(row.group, row.name) for row in found.differing().rows}


def test_everything_a_run_has_becomes_a_row(world: World) -> None:
    world.version(1, metrics={"auc": 0.7}, parameters={"trees": 3, "deep": {"x": [1]}})
    world.version(
        2,
        metrics={"auc": 0.8, "loss": 0.1},
        parameters={"trees": 4, "deep": {"x": [1]}},
        code={"train.py": "9" * 32},
        commands={"train": "python train.py --fast"},
        data={"data.csv": "8" * 32},
        packages={"numpy": "2.1"},
        points=tuple(Point(key="loss", step=s, value=v) for s, v in enumerate((0.9, 0.2, 0.3))),
        signature=None,
    )
    found = compare(world.registry(), ["mower@1", "mower@2"])
    rows = told(found)
    assert found.versions == ("mower@1", "mower@2")
    assert rows["metrics", "auc"] == (0.7, 0.8)
    assert all(isinstance(seconds, float) for seconds in rows["run", "cpu_s"])
    assert rows["metrics", "loss"] == (None, 0.1)
    assert rows["curves", "loss: final"] == (None, 0.3)
    assert rows["curves", "loss: best"] == (None, 0.2)
    assert rows["parameters", "trees"] == (3, 4)
    assert rows["code", "train.py"] == ("1" * 32, "9" * 32)
    assert rows["commands", "train"] == ("python train.py", "python train.py --fast")
    assert rows["data", "data.csv"] == ("2" * 32, "8" * 32)
    assert rows["packages", "numpy"] == ("2.0", "2.1")
    assert rows["signature", "input x"] == ("float64", None)
    assert rows["version", "semantic version"] == ("v1.0.0", "v2.0.0")
    assert rows["version", "stage (default)"] == ("experiment", "experiment")
    groups = [row.group for row in found.rows]
    assert groups == sorted(groups, key=GROUPS.index)
    same = {("parameters", "deep"), ("environment", "python"), ("version", "grade")}
    assert not same & differing(found)
    assert same <= set(rows)


def test_a_series_whose_name_says_nothing_shows_both_its_ends(world: World) -> None:
    points = tuple(Point(key="gizmo", step=s, value=v) for s, v in enumerate((2.0, 5.0, 3.0)))
    world.version(1, points=points)
    rows = told(compare(world.registry(), ["mower@1"]))
    assert {name: values for (group, name), values in rows.items() if group == "curves"} == {
        "gizmo: final": (3.0,),
        "gizmo: highest": (5.0,),
        "gizmo: lowest": (2.0,),
    }


def test_the_points_of_curves_are_there_on_request(world: World) -> None:
    both = [Point(key=k, step=s, value=s + 0.5) for k in ("auc", "loss") for s in (1, 5)]
    world.version(1, points=tuple(both))
    world.version(2)
    world.version(3, points=tuple(both[:2]))
    found = read_curves(world.registry(), ["mower@3", "mower@1", "mower@2"])
    assert [(c.version, c.series, c.steps, c.values) for c in found.curves] == [
        ("mower@3", "auc", (1, 5), (1.5, 5.5)),
        ("mower@1", "auc", (1, 5), (1.5, 5.5)),
        ("mower@1", "loss", (1, 5), (1.5, 5.5)),
    ]
    found = read_curves(world.registry(), ["mower@1", "mower@3"], ["loss"])
    assert [(c.version, c.series) for c in found.curves] == [("mower@1", "loss")]


@pytest.mark.slow
def test_every_way_to_name_a_version_means_what_resolve_means(world: World) -> None:
    versions = [world.version(number) for number in (1, 2, 3, 4)]
    registry = world.registry()
    world.raise_to("mower@1", "staging", "production")
    world.raise_to("mower@2", "staging")
    promote(registry, Promote(ref="mower@3", to="staging", environment="eu"))
    point_alias(registry, PointAlias(ref="mower@2", alias="night-shift"))
    delete(registry, Delete(ref="mower@4", reason="bad"))
    names = [
        *("mower@2", "models:/mower/3", "mower@v1.0.0", "mower@production", "mower@staging"),
        *("mower@staging-eu", "mower@champion", "mower@night-shift", "mower@latest", "mower@4"),
        *(versions[0].uuid, f"sha256:{versions[2].sha256}", f"sha256:{versions[3].sha256}"),
    ]
    found = compare(registry, names)
    with registry.metadata.reading() as connection:
        query = through(connection)
        expected = [get_recorded(query, Reference.parse(name)).version for name in names]
    assert list(found.versions) == [version.ref for version in expected]
    assert list(found.runs) == [version.run for version in expected]


def test_runs_are_compared_too_registered_or_not(world: World) -> None:
    version = world.version(1)
    loose = world.finished_run(parameters={"trees": 9})
    failed = world.begin_run()
    fail(world.registry(), failed, "out of memory")
    names = ["mower@1", f"run:{version.run}", f"run:{loose}", loose, f"run:{failed}"]
    found = compare(world.registry(), names)
    assert found.versions == (
        *("mower@1", f"run:{version.run}", f"run:{loose}", f"run:{loose}", f"run:{failed}"),
    )
    rows = told(found)
    assert rows["version", "version"] == ("mower@1", "mower@1", None, None, None)
    assert rows["parameters", "trees"] == (1, 1, 9, 9, None)
    assert rows["run", "status"] == (*["finished"] * 4, "failed")
    assert rows["run", "experiment"] == ("default",) * 5


def test_what_is_named_twice_stands_there_twice(world: World) -> None:
    world.version(1)
    world.version(2)
    found = compare(world.registry(), ["mower@2", "mower@1", "mower@latest"])
    assert found.versions == ("mower@2", "mower@1", "mower@2")
    assert told(found)["parameters", "trees"] == (2, 1, 2)


def test_true_is_not_one(world: World) -> None:
    world.version(1, parameters={"deep": True})
    world.version(2, parameters={"deep": 1})
    assert ("parameters", "deep") in differing(compare(world.registry(), ["mower@1", "mower@2"]))


def test_a_null_is_told_from_what_is_not_there(world: World) -> None:
    world.version(1, parameters={"p": None, "q": 1, "r": None})
    world.version(2, parameters={"q": 1, "r": None})
    (row,) = (
        row
        for row in compare(world.registry(), ["mower@1", "mower@2"]).differing().rows
        if row.group == "parameters"
    )
    assert (row.name, row.values, row.nulls) == ("p", (None, None), (0,))
    (change,) = diff(world.registry(), "mower@1", "mower@2").changes
    assert (change.name, change.before, change.after, change.nulls) == ("p", None, None, (0,))
    assert list(_texts(row)) == ["null", "-"]
    assert _sentence(change) == "p: null -> not there"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("mower@9", VersionNotFound),
        ("mower@99999999999999999", VersionNotFound),
        ("mower@v9.9.9", VersionNotFound),
        ("mower@nobody", VersionNotFound),
        ("other@latest", ModelNotFound),
        ("other@1", ModelNotFound),
        ("00000000-0000-4000-8000-000000000000", VersionNotFound),
        (f"sha256:{'0' * 64}", VersionNotFound),
        ("run:00000000-0000-4000-8000-000000000000", RunNotFound),
        ("run:mower@1", MalformedReference),
        ("run:", MalformedReference),
        ("mower@1' OR 1=1 --", MalformedReference),
    ],
)
def test_what_is_not_there_is_said(world: World, name: str, error: type[Exception]) -> None:
    world.version(1)
    with pytest.raises(error):
        compare(world.registry(), ["mower@1", name])


def test_more_than_a_thousand_are_refused(world: World) -> None:
    world.version(1)
    found = compare(world.registry(), ["mower@1"] * MAX_COMPARED)
    assert len(found.versions) == MAX_COMPARED
    with pytest.raises(InvalidSetting, match="at most 1000"):
        compare(world.registry(), ["mower@1"] * (MAX_COMPARED + 1))


@pytest.mark.slow
def test_many_take_as_many_statements_as_two_and_all_of_them_an_index(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 13):
        points = (Point(key="loss", step=0, value=float(number)),)
        world.version(number, packages={"numpy": f"2.{number}"}, points=points)
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def watched(connection: Any) -> Query:
        query = through(connection)

        def ask(statement: str, values: tuple[Any, ...]) -> Any:
            asked.append((statement, values))
            return query(statement, values)

        return ask

    monkeypatch.setattr(module, "through", watched)
    registry = world.registry()
    compare(registry, ["mower@1", "mower@2"])
    few = len(asked)
    asked.clear()
    compare(registry, [f"{MODEL}@{number}" for number in range(1, 13)])
    assert len(asked) == few <= 14
    with registry.metadata.reading() as connection:
        for statement, values in asked:
            check_plan(connection, statement, values)


def check_plan(connection: Any, statement: str, values: tuple[Any, ...]) -> None:
    """No table may be read from end to end; what a subquery gave may."""
    query = through(connection)
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in query(f"EXPLAIN QUERY PLAN {statement}", values)]
        scanned = [line for line in plan if line.startswith("SCAN") and "CONSTANT" not in line]
        assert set(scanned) <= {"SCAN s", "SCAN w"}, (statement, plan)
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a test's tables are small
        plan = [row[0] for row in query(f"EXPLAIN {statement}", values)]
        assert not [line for line in plan if "Seq Scan" in line], (statement, plan)
