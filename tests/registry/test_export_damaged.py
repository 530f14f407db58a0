"""An export that was cut, edited or is none: the place is named, and nothing is written."""

import json
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from support.world import World

from registry_tasks.entities.errors import (
    ExportDamaged,
    ExportNewer,
    ExportOlder,
    NotAnExport,
    StoreMissing,
)
from registry_tasks.entities.export import ExportFormat, ExportStore, ImportStore
from registry_tasks.registry.care.export import export
from registry_tasks.registry.care.import_store import import_store
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.stores.metadata.schema import REVISIONS

pytestmark = pytest.mark.slow
_TODAYS = f'_version":"{REVISIONS[-1]}"'.encode()


def exported(world: World, folder: Path, form: ExportFormat) -> Path:
    export(world.registry(), ExportStore(folder=str(folder), format=form))
    return folder


def assert_nothing_is_there(world: World) -> None:
    with pytest.raises(StoreMissing):
        list_models(world.registry())


def _edit(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / name
        path.chmod(0o644)
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new, 1))

    return edit


def _cut(name: str, size: int) -> Callable[[Path], None]:
    return lambda folder: os.truncate(folder / name, (folder / name).stat().st_size - size)


def _again(name: str) -> Callable[[Path], None]:
    def again(folder: Path) -> None:
        line = (folder / name).read_bytes().splitlines(keepends=True)[-1]
        with (folder / name).open("ab") as file:
            file.write(line)

    return again


def _linked(folder: Path) -> None:
    (folder / "run.jsonl").rename(folder.parent / "run.jsonl")
    (folder / "run.jsonl").symlink_to(folder.parent / "run.jsonl")


_DAMAGE: dict[str, tuple[Callable[[Path], None], type[Exception], str]] = {
    "a number": (
        _edit("metric.jsonl", b'"value": ', b'"value": 1'), ExportDamaged,
        r"metric.jsonl, lines 1 to \d+: it is not what was exported",
    ),
    "half a line": (_cut("event.jsonl", 5), ExportDamaged, r"event.jsonl, line \d+: it ends in"),
    "no JSON": (
        _edit("model.jsonl", b'{"id": 2', b'{"id: 2'), ExportDamaged, "model.jsonl, line 2: no JSON"
    ),
    "a line less": (
        lambda folder: (folder / "metric.jsonl").write_bytes(b""), ExportDamaged,
        r"metric.jsonl: it ends here, but had \d+ lines",
    ),
    "a line twice": (_again("alias.jsonl"), ExportDamaged, r"alias.jsonl, line \d+: it ends here"),
    "another type": (
        _edit("version.jsonl", b'"number": 1', b'"number": "1"'), ExportDamaged,
        "version.jsonl, line 1: column 'number' holds no whole number",
    ),
    "a column less": (
        _edit("alias.jsonl", b'"name"', b'"nom"'), ExportDamaged,
        "alias.jsonl, line 1: column 'name' is missing or not known",
    ),
    "a file less": (
        lambda folder: (folder / "hold.jsonl").unlink(), ExportDamaged, "hold.jsonl: the file is"
    ),
    "a link": (_linked, ExportDamaged, "run.jsonl: it is a symbolic link"),
    "half a manifest": (_cut("manifest.json", 100), ExportDamaged, "manifest.json: no JSON"),
    "a manifest that forgets a table": (
        _edit("manifest.json", b'"table":"hold"', b'"table":"old"'), ExportDamaged, "each table"
    ),
    "a manifest that leads away": (
        _edit("manifest.json", b'"hold.jsonl"', b'"../h.jsonl"'), ExportDamaged, "each table"
    ),
    "a manifest with a wrong count": (
        _edit("manifest.json", b'"rows":', b'"rows":1'), ExportDamaged, "its rows are not those"
    ),
    "a newer layout": (
        _edit("manifest.json", b'"layout":1', b'"layout":2'), ExportNewer, "upgrade registry-tasks"
    ),
    "a newer schema": (
        _edit("manifest.json", _TODAYS, b'_version":"9999"'), ExportNewer, "9999"
    ),
    "an older schema": (
        _edit("manifest.json", _TODAYS, b'_version":"0001"'), ExportOlder, "migrate"
    ),
    "another folder": (
        lambda folder: (folder / "manifest.json").unlink(), NotAnExport, "no manifest.json in it"
    ),
    "somebody else's manifest": (
        _edit("manifest.json", b"registry-tasks export", b"web application"), NotAnExport, "is not"
    ),
}  # fmt: skip


_FORGED = (
    (b'"value": ', b'"value": 1', "its rows are not those that the manifest tells of"),
    (b'"run_id": 1', b'"run_id": 999', "its rows are not those|FOREIGN KEY"),
    (b'"key": "', b'"key": "\\ud800', "line 1: column 'key' holds text that is no Unicode"),
    (b'"run_id": 1', b'"run_id": 1e400', "line 1: column 'run_id' holds no whole number"),
)


@pytest.fixture
def lively(sqlite_world: World) -> World:
    """Versions of two models, one of them in production."""
    for number in (1, 2):
        sqlite_world.version(number)
    sqlite_world.version(1, model="trimmer")
    sqlite_world.raise_to("mower@1", "staging", "production")
    return sqlite_world


@pytest.fixture
def there(lively: World, tmp_path: Path) -> Iterator[World]:
    """The same registry over a store that is not there yet."""
    made = World(lively.folder, f"sqlite:///{tmp_path / 'there' / 'registry.db'}")
    yield made
    made.close()


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_export_is_named_and_nothing_is_written(
    lively: World, there: World, tmp_path: Path, damage: str
) -> None:
    spoil, kind, told = _DAMAGE[damage]
    folder = exported(lively, tmp_path / "export", ExportFormat.JSONL)
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").chmod(0o644)
    (folder / "manifest.json").write_text(json.dumps(json.loads(text), separators=(",", ":")))
    spoil(folder)
    with pytest.raises(kind, match=told):
        import_store(there.registry(), ImportStore(folder=str(folder)))
    assert_nothing_is_there(there)


@pytest.mark.parametrize("size", [1, 8, 100])
def test_half_a_parquet_file_is_named(
    lively: World, there: World, tmp_path: Path, size: int
) -> None:
    folder = exported(lively, tmp_path / "export", ExportFormat.PARQUET)
    _cut("run.parquet", size)(folder)
    with pytest.raises(ExportDamaged, match=r"run.parquet"):
        import_store(there.registry(), ImportStore(folder=str(folder)))
    assert_nothing_is_there(there)


def test_a_forger_who_knows_the_digests_gets_no_further(
    lively: World, there: World, tmp_path: Path
) -> None:
    """What the database refuses, and what it would take: both are told, and nothing is kept."""
    for number, (old, new, told) in enumerate(_FORGED):
        folder = exported(lively, tmp_path / f"export-{number}", ExportFormat.JSONL)
        _edit("metric.jsonl", old, new)(folder)
        file = folder / "metric.jsonl"
        manifest = json.loads((folder / "manifest.json").read_text())
        (entry,) = (one for one in manifest["files"] if one["table"] == "metric")
        entry["sha256"] = sha256(file.read_bytes()).hexdigest()
        entry["size_bytes"] = file.stat().st_size
        (folder / "manifest.json").chmod(0o644)
        (folder / "manifest.json").write_text(json.dumps(manifest))
        with pytest.raises(ExportDamaged, match=told):
            import_store(there.registry(), ImportStore(folder=str(folder)))
        assert_nothing_is_there(there)
