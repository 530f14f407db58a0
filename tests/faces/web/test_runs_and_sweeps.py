"""The lists and pages of runs and sweeps."""

from urllib.parse import quote

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.run import Point
from registry_tasks.faces.web import curves, runs
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.show_run import show_run
from registry_tasks.registry.experiments.sweep import list_sweeps, show_sweep

Looking = tuple[World, Visitor]
pytestmark = pytest.mark.slow


def test_a_list_of_runs_is_what_the_filter_finds(looking: Looking) -> None:
    world, visitor = looking
    everything = visitor.rows("/runs?format=csv")
    known = {run.uuid for model in ("mower", "kite") for run in list_runs(world.registry(), model)}
    assert {row[0] for row in everything} >= known
    failed = visitor.rows(f"/runs?format=csv&q={quote('status = ' + repr('failed'))}")
    assert failed and {row[3] for row in failed} == {"failed"}
    page = visitor.open(f"/runs?q={quote('model = ' + repr('kite') + ' and metrics.auc > 0.72')}")
    assert "metrics.auc" in page.text
    assert sum(link.startswith("/runs/") for link in page.links) == 2


def test_a_filter_that_cannot_be_read_is_told_beside_it(looking: Looking) -> None:
    _, visitor = looking
    page = visitor.open("/runs?q=metrics.", 400)
    assert "metrics." in page.forms[1].fields["q"]
    assert "Nothing was searched" in page.text


def test_what_nobody_found_says_what_to_do(looking: Looking) -> None:
    _, visitor = looking
    assert "No run is so" in visitor.open(f"/runs?q={quote('experiment = ' + repr('no'))}").text


def test_pages_of_runs_hold_each_run_once(served: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_PAGE", 5)
    monkeypatch.setattr(runs, "_MANY", 7)
    world, visitor = served
    for number in range(12):
        world.finished_run(content=f"{number}".encode())
    seen: list[str] = []
    address: str | None = "/runs"
    while address is not None:
        page = visitor.open(address)
        seen += [link for link in page.links if link.startswith("/runs/")]
        address = next((link for link in page.links if "cursor=" in link), None)
    assert len(seen) == len(set(seen)) == 12
    assert {f"/runs/{row[0]}" for row in visitor.rows("/runs?format=csv")} == set(seen)


def test_a_run_shows_what_is_known_of_it(served: Looking) -> None:
    world, visitor = served
    points = tuple(Point("loss", step, 1 / (step + 1)) for step in range(30))
    uuid = world.finished_run(metrics={"auc": 0.75}, parameters={"trees": 3}, points=points)
    page = visitor.open(f"/runs/{uuid}")
    for said in ("finished", "0.75", "trees", "model.bin", "train.py"[:5], "linux", "loss"):
        assert said in page.text
    assert "polyline" in page.answer.text
    assert f"/lineage?subject={uuid}" in page.links
    assert visitor.rows(f"/runs/{uuid}?format=csv&table=metrics") == [["auc", "0.75"]]
    (file,) = visitor.rows(f"/runs/{uuid}?format=csv&table=artifacts")
    known = show_run(world.registry(), uuid).manifest.artifacts[0]
    assert file[:4] == [known.path, "train", str(known.size_bytes), known.sha256]


def test_a_running_run_and_one_that_failed_say_so(looking: Looking) -> None:
    world, visitor = looking
    found = list_runs(world.registry(), "mower", limit=1000)
    for run in found:
        page = visitor.open(f"/runs/{run.uuid}")
        assert str(run.status) in page.text
        assert ("It failed" in page.text) is (run.failure is not None)
        assert ("still running" in page.text) is (run.status == "running")
    assert {str(run.status) for run in found} == {"running", "finished", "failed"}


def test_there_is_no_page_of_a_run_that_is_not_there(looking: Looking) -> None:
    _, visitor = looking
    assert "nothing" in visitor.open("/runs/nothing", 404).text


def test_series_with_too_many_points_are_named_and_not_drawn(
    served: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curves, "MAX_POINTS", 40)
    world, visitor = served
    points = [Point("short", step, step) for step in range(30)]
    points += [Point("long", step, step) for step in range(300)]
    uuid = world.finished_run(points=tuple(points))
    page = visitor.open(f"/runs/{uuid}")
    assert "too many points: long" in page.text
    assert page.answer.text.count("<polyline") == 1


def test_sweeps_and_their_trials(looking: Looking) -> None:
    world, visitor = looking
    (sweep, *_) = list_sweeps(world.registry())
    page = visitor.open("/sweeps")
    assert f"/sweeps/{sweep.uuid}" in page.links
    rows = visitor.rows("/sweeps?format=csv")
    assert [row[0] for row in rows] == [s.uuid for s in list_sweeps(world.registry())]
    record = show_sweep(world.registry(), sweep.uuid)
    told = visitor.open(f"/sweeps/{sweep.uuid}")
    assert {f"/runs/{trial.run}" for trial in record.trials} <= set(told.links)
    trials = visitor.rows(f"/sweeps/{sweep.uuid}?format=csv")
    assert [int(row[0]) for row in trials] == [trial.number for trial in record.trials]


def test_no_sweeps_say_how_to_run_one(served: Looking) -> None:
    world, visitor = served
    world.version(1)
    assert "registry sweep" in visitor.open("/sweeps?model=mower").text
    assert "nobody" in visitor.open("/sweeps?model=nobody", 404).text
