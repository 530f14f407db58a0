"""Which of the names that a filter asks about are not on record: a search for them finds nothing."""

from collections.abc import Iterable, Iterator
from typing import Final

from registry_tasks.entities.search import Comparison, Field, Operator, Subject
from registry_tasks.stores.metadata.query import Query

_KEYS: Final = {
    "metrics": "metric WHERE key = ?",
    "params": "parameter WHERE key = ?",
    "package": "environment_package WHERE name = ?",
    "dataset": "dataset WHERE name = ?",
}
_TAGS: Final = {
    Subject.VERSIONS: "tag WHERE key = ?",
    Subject.MODELS: "model_tag WHERE key = ?",
}
_VALUES: Final = {
    "stage": "stage_assignment WHERE stage = ?",
    "alias": "alias WHERE name = ?",
}


def unknown_names(
    query: Query, subject: Subject, fields: Iterable[Field], asked: Iterable[Comparison]
) -> Iterator[str]:
    """Give each as the filter writes it; one look into an index for each."""
    for field in dict.fromkeys(fields):
        rows = _TAGS.get(subject) if field.name == "tags" else _KEYS.get(field.name)
        if rows is not None and not _is_there(query, rows, field.key):
            yield str(field)
    for compared in asked:
        rows = _VALUES.get(compared.field.name)
        if rows is None or compared.operator not in (Operator.EQUAL, Operator.IN):
            continue
        for value in compared.values:
            if not _is_there(query, rows, value):
                yield f"{compared.field} '{value}'"


def _is_there(query: Query, rows: str, name: object) -> bool:
    return bool(query(f"SELECT 1 FROM {rows} LIMIT 1", (name,)))
