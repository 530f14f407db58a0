"""What a page shows of the subjects on it: a few statements for all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from registry_tasks.entities.search import Subject
from registry_tasks.stores.metadata.lookup import read_fields, read_standing
from registry_tasks.stores.metadata.model_rows import read_model_fields
from registry_tasks.stores.metadata.query import Query, marks
from registry_tasks.stores.metadata.run_rows import read_run_fields

Fields: TypeAlias = dict[str, Any]


def read_rows(query: Query, subject: Subject, ids: Sequence[int]) -> list[Fields]:
    """Return the fields of the subjects, in the order of ``ids``."""
    found = _READERS[subject](query, ids) if ids else {}
    return [found[row_id] for row_id in ids]


def _versions(query: Query, ids: Sequence[int]) -> Mapping[int, Fields]:
    rows = read_fields(query, f"WHERE v.id IN ({marks(ids)})", tuple(ids))
    return {row_id: fields for row_id, _, fields in rows}


def _runs(query: Query, ids: Sequence[int]) -> Mapping[int, Fields]:
    runs = read_run_fields(query, f"WHERE r.id IN ({marks(ids)})", tuple(ids))
    standing = read_standing(query, [r.version_id for r in runs if r.version_id is not None])
    found = {}
    for row_id, version_id, fields in runs:
        stages, aliases = ({}, ()) if version_id is None else standing[version_id]
        found[row_id] = {**fields, "stages": stages, "aliases": aliases}
    return found


_READERS: Final[Mapping[Subject, Callable[[Query, Sequence[int]], Mapping[int, Fields]]]] = {
    Subject.VERSIONS: _versions,
    Subject.RUNS: _runs,
    Subject.MODELS: read_model_fields,
}
