"""The values of fields that a search names and a row does not show by itself."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import JsonValue

from registry_tasks.entities.search import Field, Subject
from registry_tasks.stores.metadata.query import Query, marks
from registry_tasks.stores.metadata.search.vocabulary import TABLES, VOCABULARY, Source

_OF_RUNS: Final = frozenset({"metrics", "params", "package", "python", "dataset"})
_SHOWN: Final[Mapping[Subject, frozenset[str]]] = {
    Subject.VERSIONS: _OF_RUNS | {"tags", "experiment", "owner", "team", "description"},
    Subject.RUNS: _OF_RUNS,
    Subject.MODELS: frozenset({"tags", "team"}),
}


def read_values(
    query: Query,
    subject: Subject,
    fields: Iterable[Field],
    ids: Sequence[int],
    known: Mapping[Field, Sequence[Any]],
) -> list[dict[str, JsonValue]]:
    """Return for each subject the values of the fields; one statement for each kind of field.

    ``known`` are values, in the order of ``ids``, that need not be read.
    """
    shown = {f: str(f) for f in fields if f.name in _SHOWN[subject]}
    found: dict[int, dict[str, Any]] = {row_id: dict.fromkeys(shown.values()) for row_id in ids}
    for field, values in known.items():
        for row_id, value in zip(ids, values, strict=True):
            found[row_id][shown[field]] = value
    unknown = [field for field in shown if field not in known] if ids else []
    for name in dict.fromkeys(field.name for field in unknown):
        named = {field.key: shown[field] for field in unknown if field.name == name}
        source, keys = VOCABULARY[subject][name], tuple(key for key in named if key is not None)
        for row_id, key, value in _read(query, subject, source, keys, ids):
            _put(found[row_id], name, named[key], value)
    return list(found.values())


def _read(
    query: Query, subject: Subject, source: Source, keys: tuple[str, ...], ids: Sequence[int]
) -> Sequence[Any]:
    value = "CAST(c.value AS TEXT)" if source.text else source.value
    where = [f"s.id IN ({marks(ids)})"]
    if keys:
        where.append(f"{source.key} IN ({marks(keys)})")
    rows = f"{TABLES[subject]} s"
    if source.rows:
        rows = f"{rows} CROSS JOIN {source.rows}"
        where.append(source.link)
    text = f"SELECT s.id, {source.key if keys else 'NULL'}, {value} FROM {rows}"
    ordered = f"{text} WHERE {' AND '.join(where)} ORDER BY 1, 3"
    return query(ordered, (*ids, *keys))


def _put(found: dict[str, Any], field: str, shown: str, value: Any) -> None:
    if field == "params":
        value = json.loads(value)
    elif field == "dataset":
        value = f"md5:{value}"
        if (before := found[shown]) not in (None, value):  # it was read in several states
            value = [*(before if isinstance(before, list) else [before]), value]
    found[shown] = value
