"""What a run's data looks like: told once for each content hash, from the run's workspace."""

from collections.abc import Iterable
from pathlib import Path

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.data.shapes import read_file, read_folder, read_shape
from registry_tasks.stores.data.table import DataFile, Table
from registry_tasks.stores.dvc.cache import DvcCache
from registry_tasks.stores.dvc.imports import find_address
from registry_tasks.stores.metadata.datasets import find_shapes


def shapes_of(
    registry: Registry, workspace: Path, cache: DvcCache, uses: Iterable[DatasetUse]
) -> tuple[DatasetShape, ...]:
    """Return the shapes of those states that no run has looked into yet."""
    states = {(use.name, use.md5): use for use in uses}
    with registry.metadata.reading() as connection:
        known = find_shapes(connection, {md5 for _, md5 in states})
    seen = {(shape.name, shape.md5) for shape in known}
    alike = {(_kind(shape.name), shape.md5): shape for shape in known}
    made = []
    for state, use in states.items():
        if state in seen:
            continue
        kind = _kind(use.name), use.md5
        if kind not in alike:
            alike[kind] = _look(workspace, cache, use)
        own = {"name": use.name, "source": find_address(workspace, use.name)}
        made.append(alike[kind].model_copy(update=own))
    return tuple(made)


def _look(workspace: Path, cache: DvcCache, use: DatasetUse) -> DatasetShape:
    found = _table(workspace / use.name, cache, use)
    columns = (DatasetColumn(name=name, type=type_) for name, type_ in found.columns.items())
    return DatasetShape(
        name=use.name,
        md5=use.md5,
        format=found.format,
        rows=found.rows,
        columns=tuple(columns),
        note=found.note,
    )


def _table(path: Path, cache: DvcCache, use: DatasetUse) -> Table:
    """Look where the run had it; DVC leaves in its cache what no stage had to read again."""
    kept = cache.path(use.md5)
    if path.exists() or not kept.is_file():
        return read_shape(path)
    if not use.md5.endswith(".dir"):
        return read_file(DataFile(path.name, kept))
    return read_folder({name: cache.path(md5) for name, md5 in cache.listing(use.md5)})


def _kind(name: str) -> str:
    """The same bytes under another suffix are another table."""
    return "".join(Path(name).suffixes[-2:]).lower()
