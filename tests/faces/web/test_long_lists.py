"""Long lists come by pages or say what they leave out; what a page does not show it does not read."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from support.stories import FOUND
from support.sweeping import begin_trial, sweep_start
from support.visiting import Visitor
from support.world import MODEL, World

from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.logged_run import LogRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.faces.web import runs, sweeps, version
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.note import SHOWN, add_note
from registry_tasks.registry.catalogue.show import show, sum_up
from registry_tasks.registry.experiments.log_run import begin_run
from registry_tasks.registry.experiments.show_run import show_run, sum_up_run
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.stores.metadata import runs as stored
from registry_tasks.stores.metadata.experiments import count_runs, list_named
from registry_tasks.stores.metadata.history import Told, list_events

pytestmark = pytest.mark.slow
HERE = f"/models/{MODEL}/versions/1"


def test_files_come_by_pages_and_none_twice(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "_FILES", 3)
    monkeypatch.setattr(runs, "_FILES", 3)
    made = world.version(1, also=tuple(b"%d" % n for n in range(6)))
    address, seen = f"{HERE}?view=files", list[str]()
    while address:
        page = reader.open(address)
        seen += [at.partition("name=")[2] for at in page.links if "/file?" in at]
        assert "7 files" in page.text
        address = next((at for at in page.links if "after=" in at and "format" not in at), "")
    everything = [row[0] for row in reader.rows(f"{HERE}?view=files&format=csv&table=files")]
    assert [name.replace("%2F", "/") for name in seen] == sorted(everything)
    assert len(everything) == 7
    assert "the first 3 of 7" in reader.open(f"/runs/{made.run}").text


def test_evidence_shows_the_newest_and_leads_to_all(
    sqlite_world: World, sqlite_reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "_EVIDENCE", 2)
    gate = "[{gate: metric, metric: auc, at_least: 0.5}]"
    sqlite_world.set_policy(f"stages: {{guarded: [{{gate: approved}}], production: {gate}}}")
    made = sqlite_world.version(1)
    registry = sqlite_world.registry()
    for _ in range(3):
        sqlite_world.reproduced(made, Verdict.IDENTICAL)
        sqlite_world.raise_to(made.ref, "staging")
        with pytest.raises(AwaitingApproval):
            sqlite_world.raise_to(made.ref, "guarded")
        sqlite_world.raise_to(made.ref, "experiment")
        assert carry_on(registry)
    tried = len(show(registry, made.ref).attempts)
    few = sqlite_reader.open(f"{HERE}?view=evidence")
    assert few.answer.text.count('aria-label="Promotion to') == 2
    assert few.text.count("compared in") == 2
    assert few.text.count("asked by ada") == 2
    assert f"All {tried} promotions, 0 comparisons and 3 rebuilds" in few.text
    whole = sqlite_reader.open(next(at for at in few.links if at.endswith("all=1")))
    assert whole.answer.text.count('aria-label="Promotion to') == tried
    assert whole.text.count("compared in") == 3
    assert not [at for at in whole.links if at.endswith("all=1")]
    everything = sqlite_reader.open(next(at for at in few.links if "show=all" in at))
    assert sum(at.startswith("/approvals/") for at in everything.links) == 3


def test_drills_that_are_not_shown_are_in_the_file(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    made = sqlite_world.version(1)
    for _ in range(22):
        keep_drill(sqlite_world.registry(), made.ref, FOUND)
    page = sqlite_reader.open(f"{HERE}?view=evidence")
    assert page.text.count(FOUND.failure) == version._EVIDENCE == 20
    assert "The 20 newest; the CSV file has all." in page.text
    rows = sqlite_reader.rows(f"{HERE}?view=evidence&format=csv&table=drills")
    assert [row[6] for row in rows] == [FOUND.failure] * 22


def test_trials_come_by_pages_and_none_twice(
    sqlite_world: World, sqlite_reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "_TRIALS", 3)
    registry = sqlite_world.registry()
    start = sweep_start(str(UUID(int=1)), MODEL)
    for number in range(4):
        fail(registry, begin_trial(sqlite_world, start, number), "it broke")
    address, seen = f"/sweeps/{start.uuid}", list[str]()
    while address:
        page = sqlite_reader.open(address)
        seen += re.findall(r"Choose trial (\d+)", page.answer.text)
        address = next((at for at in page.links if "after=" in at), "")
    assert sorted(seen) == [str(number) for number in range(4)]
    assert [row[0] for row in sqlite_reader.rows(f"/sweeps/{start.uuid}?format=csv")] == seen
    first = sqlite_reader.open(f"/sweeps/{start.uuid}?after=none")
    assert f"Choose trial {seen[0]}" in first.answer.text


def test_pages_that_show_no_file_read_none(
    sqlite_world: World, sqlite_reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sqlite_world.version(1)
    record, run = (
        show(sqlite_world.registry(), made.ref),
        show_run(sqlite_world.registry(), made.run),
    )
    assert sum_up(sqlite_world.registry(), made.ref).model_dump() == record.model_dump(
        exclude={"manifest"}
    )
    assert sum_up_run(sqlite_world.registry(), made.run).model_dump() == run.model_dump(
        exclude={"manifest"}
    )

    def read(*_: object) -> None:
        raise AssertionError("nobody asked for files")

    monkeypatch.setattr(stored, "read_manifest", read)
    for view in ("", "evidence", "data", "code", "history"):
        sqlite_reader.open(f"{HERE}?view={view}")
    sqlite_reader.open(f"/models/{MODEL}")


def test_older_notes_come_by_pages_and_none_twice(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    sqlite_world.version(1)
    wanted = [f"note {number}." for number in reversed(range(SHOWN + 3))]
    for number in range(SHOWN + 3):
        for subject in (MODEL, f"{MODEL}@1"):
            add_note(sqlite_world.registry(), AddNote(subject=subject, text=f"note {number}."))
    for address in (f"/models/{MODEL}", HERE):
        text, at = "", address
        while at:
            page = sqlite_reader.open(at)
            text += page.text
            at = next((to for to in page.links if "notes=" in to and "format" not in to), "")
        found = re.findall(r"note \d+\.", text)
        own = found if address == HERE else found[::2]
        assert own == wanted, address
    assert "go on from" in sqlite_reader.open(f"{HERE}?notes=x", status=400).text


def test_an_experiment_names_few_of_very_many_models(
    sqlite_world: World, sqlite_reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_MODELS", 2)
    for name in ("a", "b", "c"):
        sqlite_world.version(1, model=name)
    page = sqlite_reader.open("/experiments")
    assert "a , b and 1 more" in page.text.replace("a, b", "a , b")


def test_experiments_come_by_pages_and_none_twice(
    world: World, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_EXPERIMENTS", 2)
    names = [f"trial-{number}" for number in range(5)]
    for name in names:
        begin_run(world.registry(), LogRun(model="kite", experiment=name))
    address, seen = "/experiments", list[str]()
    while address:
        page = reader.open(address)
        seen += [at.rpartition("%27")[0].rpartition("%27")[2] for at in page.links if "q=exp" in at]
        address = next((at for at in page.links if "before=" in at and "format" not in at), "")
    assert seen == names[::-1]
    rows = reader.rows("/experiments?format=csv&table=experiments")
    assert [row[:4] for row in rows] == [[name, "kite", "1", "1"] for name in names[::-1]]


def test_runs_of_the_experiments_shown_are_counted_in_an_index(sqlite_world: World) -> None:
    registry = sqlite_world.registry()
    for name in ("one", "two", "three"):
        begin_run(registry, LogRun(model="kite", experiment=name))
    with registry.metadata.reading() as connection:
        asked: list[tuple[str, Any]] = []
        run = connection.exec_driver_sql
        event.listen(
            connection,
            "before_cursor_execute",
            lambda c, cursor, statement, values, *_: asked.append((statement, values)),
        )
        named = list_named(connection, None)[:2]
        counted = count_runs(connection, named, None)
        plans = [
            " ".join(row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", values))
            for statement, values in asked[-3:]
        ]
    assert [(e.name, e.runs, e.running) for e in counted] == [("three", 1, 1), ("two", 1, 1)]
    newest, standing, registered = plans
    assert "COVERING INDEX ix_run_experiment_id_started_at (experiment_id=?)" in newest
    assert "COVERING INDEX ix_run_experiment_id_model_id_status (experiment_id=?)" in standing
    assert "SCAN run" not in registered


def test_what_somebody_did_is_found_by_both_columns_of_the_index(sqlite_world: World) -> None:
    sqlite_world.version(1)
    metadata = sqlite_world.registry().metadata
    with metadata.reading() as connection:
        asked: list[tuple[str, Any]] = []
        run = connection.exec_driver_sql
        event.listen(
            connection,
            "before_cursor_execute",
            lambda c, cursor, statement, values, *_: asked.append((statement, values)),
        )
        list_events(connection, Told(actor="ada"))
        statement, values = asked[-1]
        plan = " ".join(row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", values))
    assert "actor=? AND kind=?" in plan
    assert "actor>?" not in plan
