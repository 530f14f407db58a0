"""Long lists come by pages or say what they leave out; what a page does not show it does not read."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from support.visiting import Visitor
from support.world import MODEL, World

from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.logged_run import LogRun
from registry_tasks.faces.web import runs, version
from registry_tasks.registry.catalogue.note import SHOWN, add_note
from registry_tasks.registry.catalogue.show import show, sum_up
from registry_tasks.registry.experiments.log_run import begin_run
from registry_tasks.registry.experiments.show_run import show_run, sum_up_run
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
