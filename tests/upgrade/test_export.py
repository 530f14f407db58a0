"""Everything in a store goes into open formats and comes back, into either database."""

import itertools
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.databases import Postgres
from support.fullest import digest
from support.releases import SCHEMAS
from support.world import World

from registry_tasks.entities.errors import (
    FolderTaken,
    NotStorable,
    StoreMissing,
    StoreNotEmpty,
)
from registry_tasks.entities.export import ExportFormat, ExportStore, ImportStore
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care import export as exporting
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.export import export
from registry_tasks.registry.care.import_store import import_store
from registry_tasks.registry.catalogue.show import list_models, list_versions, show
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import runs
from registry_tasks.stores.metadata.copying import Content

NEWEST = pytest.mark.parametrize("old", SCHEMAS[-1:], indirect=True)
"""For what does not depend on which release made the store."""
FORMATS = pytest.mark.parametrize(
    ("old", "form"),
    [
        *zip(SCHEMAS[:-1], itertools.cycle(reversed(ExportFormat))),
        *((SCHEMAS[-1], form) for form in ExportFormat),
    ],
    indirect=["old"],
)
"""Each release's store in one of the formats, the newest in each."""


@pytest.fixture
def elsewhere(full: World, tmp_path: Path, request: pytest.FixtureRequest) -> World:
    """The same registry over an empty store of the other kind."""
    if full.store_url.startswith("sqlite"):
        server: Postgres = request.getfixturevalue("postgres")
        return World(full.folder, server.empty())
    return World(full.folder, f"sqlite:///{tmp_path / 'imported' / 'registry.db'}")


def exported(world: World, folder: Path, form: ExportFormat = ExportFormat.JSONL) -> Path:
    export(world.registry(), ExportStore(folder=str(folder), format=form))
    return folder


def exportable(url: str) -> dict[str, Content]:
    """All that an export holds: tokens and subscriptions stay where they are."""
    return {
        name: content
        for name, content in digest(url).items()
        if name not in ("token", "subscription", "delivery")
    }


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")[:-1]


def seen(registry: Registry) -> list[object]:
    return [
        show(registry, v.uuid)
        for m in list_models(registry)
        for v in list_versions(registry, m.name)
    ]


@pytest.mark.slow
def test_every_table_has_a_row_to_lose(full: World) -> None:
    empty = [name for name, content in digest(full.store_url).items() if not content.rows]
    assert empty == [], "put a row into each in support/fullest.py"


@pytest.mark.slow
@FORMATS
def test_nothing_is_lost_there_and_back(
    full: World, elsewhere: World, tmp_path: Path, form: ExportFormat, postgres: Postgres
) -> None:
    before = exportable(full.store_url)
    shown, history = seen(full.registry()), full.history("mower")
    first = exported(full, tmp_path / "first", form)

    answer = import_store(elsewhere.registry(), ImportStore(folder=str(first)))

    assert answer.rows == {name: content.rows for name, content in before.items()}
    assert exportable(elsewhere.store_url) == before
    assert answer.left_out == {"token": 2, "subscription": 1, "delivery": 1}
    registry = elsewhere.registry()
    assert (seen(registry), elsewhere.history("mower")) == (shown, history)
    assert [f for f in examine(registry) if f.where == registry.metadata.url] == []
    second = exported(elsewhere, tmp_path / "second", form)
    to_file = full.store_url.startswith("sqlite")
    if form is ExportFormat.JSONL and to_file:  # SQLite makes 1 of a document that is 1.0
        for file in set(os.listdir(first)) - {"manifest.json"}:
            assert (first / file).read_bytes() == (second / file).read_bytes(), file

    back = f"sqlite:///{tmp_path / 'back.db'}" if to_file else postgres.empty()
    home = World(full.folder, back)
    import_store(home.registry(), ImportStore(folder=str(second)))
    assert exportable(back) == before
    new = home.version(6, model="trimmer", metrics={"rmse": 0.1})  # every counter goes on
    assert new.number == 5
    home.raise_to(new.ref, "staging", "production")
    home.close()
    elsewhere.close()


@pytest.mark.slow
@NEWEST
def test_what_is_not_in_an_export_is_said(
    full: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, left_out = tmp_path / "out", {"token": 2, "subscription": 1, "delivery": 1}
    made = export(full.registry(), ExportStore(folder=str(folder)))
    assert made.left_out == left_out
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["left_out"] == left_out
    for name, value in full.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("REGISTRY_STORE", f"sqlite:///{tmp_path / 'there.db'}")
    assert run(["import-store", str(folder)]) == 0
    told = "2 of token, 1 of subscription, 1 of delivery"
    assert f"not in the export, so give and subscribe anew: rows {told}" in capsys.readouterr().out


@pytest.mark.slow
def test_an_export_that_does_not_say_what_it_leaves_out_is_read(
    sqlite_world: World, tmp_path: Path
) -> None:
    """As every export was before."""
    sqlite_world.version(1)
    folder = exported(sqlite_world, tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["left_out"]
    (folder / "manifest.json").chmod(0o644)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    there = World(sqlite_world.folder, f"sqlite:///{tmp_path / 'there.db'}")
    assert import_store(there.registry(), ImportStore(folder=str(folder))).left_out == {}
    there.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value", "table", "said"),
    [
        ("rate", math.nan, "run", "invalid input syntax for type json"),
        ("text", "a\0b", "parameter", "NUL (0x00)"),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 9_000))), 1, "parameter", "index row"),
    ],
)
def test_a_value_that_was_kept_before_it_was_checked_is_named(
    sqlite_world: World,
    tmp_path: Path,
    postgres: Postgres,
    key: str,
    value: object,
    table: str,
    said: str,
) -> None:
    world = sqlite_world
    run = world.finished_run(parameters={"a": 1, key: value, "z": 2})
    folder = exported(world, tmp_path / "out")
    there = World(world.folder, postgres.empty())
    with pytest.raises(NotStorable) as refused:
        import_store(there.registry(), ImportStore(folder=str(folder)))
    assert (refused.value.table, said in refused.value.reason) == (table, True)
    assert (run if table == "run" else f"key '{key[:50]}") in refused.value.row
    with pytest.raises(StoreMissing):
        list_models(there.registry())
    there.close()
    again = World(world.folder, f"sqlite:///{tmp_path / 'again.db'}")
    import_store(again.registry(), ImportStore(folder=str(folder)))
    with again.registry().metadata.reading() as connection:
        kept = runs.read_parameters(connection, runs.get_row(connection, run).id)
    assert repr(kept[key]) == repr(value)
    again.close()


@pytest.mark.slow
@NEWEST
def test_a_store_that_is_there_is_never_imported_over(full: World, tmp_path: Path) -> None:
    before = digest(full.store_url)
    folder = exported(full, tmp_path / "export")
    with pytest.raises(StoreNotEmpty):
        import_store(full.registry(), ImportStore(folder=str(folder)))
    assert digest(full.store_url) == before


@pytest.mark.slow
@NEWEST
@pytest.mark.parametrize("taken", [Path.mkdir, Path.touch])
def test_a_folder_that_is_there_is_never_written_over(
    full: World, tmp_path: Path, taken: Callable[[Path], None]
) -> None:
    taken(tmp_path / "export")
    with pytest.raises(FolderTaken, match="Name a new folder"):
        exported(full, tmp_path / "export")
    assert [path.name for path in tmp_path.glob("*export*")] == ["export"]


@pytest.mark.slow
@NEWEST
def test_an_export_shows_one_instant(
    full: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes meanwhile is not held up, and not half seen."""
    before = exportable(full.store_url)
    write = exporting._write
    writer = World(full.folder, full.store_url)

    def slow(*arguments: Any) -> Any:
        written = write(*arguments)
        if arguments[0].name == "model":
            writer.version(7, model="trimmer")
        return written

    monkeypatch.setattr(exporting, "_write", slow)
    folder = exported(full, tmp_path / "export")
    writer.close()
    there = World(full.folder, f"sqlite:///{tmp_path / 'registry.db'}")
    import_store(there.registry(), ImportStore(folder=str(folder)))
    assert exportable(there.store_url) == before != exportable(full.store_url)
    there.close()


@pytest.mark.slow
@NEWEST
def test_every_line_is_json_that_names_what_it_refers_to(full: World, tmp_path: Path) -> None:
    folder = exported(full, tmp_path / "export")
    rows = {
        path.stem: [json.loads(line, parse_constant=pytest.fail) for line in _lines(path)]
        for path in folder.glob("*.jsonl")
    }
    assert {row["version"] for row in rows["stage_assignment"]} >= {"mower@1", "trimmer@4"}
    assert rows["dataset_use"][0]["dataset_version"].startswith(rows["dataset"][0]["name"] + "@")
    by_id = {row["id"]: row["uuid"] for row in rows["run"]}
    assert all(row["run"] == by_id[row["run_id"]] for row in rows["metric"])
    assert all(row["created_at"].endswith("Z") for row in rows["version"])
    assert rows["model_schema"][0]["schema"] == {"type": "object"}
