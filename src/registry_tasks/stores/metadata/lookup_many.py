"""Find many versions and runs at once: as many statements for a thousand as for two."""

from collections.abc import Sequence
from typing import Any, Final

from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.stores.metadata.query import Query, marks

_LATEST: Final = """
SELECT m.name, (SELECT v.run_id FROM version v LEFT JOIN tombstone d ON d.version_id = v.id
    WHERE v.model_id = m.id AND d.version_id IS NULL ORDER BY v.number DESC LIMIT 1)
FROM model m WHERE m.name IN ({})
"""
_SLOTS: Final = """
SELECT m.name, s.environment, s.stage, v.run_id FROM model m
JOIN stage_assignment s ON s.model_id = m.id AND s.single JOIN version v ON v.id = s.version_id
WHERE m.name IN ({})
"""
_ALIASES: Final = """
SELECT m.name, a.name, v.run_id FROM model m
JOIN alias a ON a.model_id = m.id JOIN version v ON v.id = a.version_id
WHERE m.name IN ({}) AND a.name IN ({})
"""
_DIGESTS: Final = """
SELECT v.sha256, v.run_id FROM version v LEFT JOIN tombstone d ON d.version_id = v.id
WHERE v.sha256 IN ({}) ORDER BY d.version_id IS NULL, v.id DESC
"""


_Asked = dict[int, Reference]
"""By its place among all that were asked for."""


def find_runs(query: Query, references: Sequence[Reference]) -> list[int | None]:
    """Return the row id of the run that each reference leads to, None where it leads nowhere.

    A version leads to the run it was made by; a UUID is a version's or a run's.
    """
    kinds: dict[ReferenceKind, _Asked] = {}
    for place, reference in enumerate(references):
        kinds.setdefault(reference.kind, {})[place] = reference
    found: dict[int, int] = {}
    for kind, asked in kinds.items():
        found |= _FINDERS[kind](query, asked)
    return [found.get(place) for place in range(len(references))]


def _numbers(query: Query, asked: _Asked) -> dict[int, int]:
    return _by_columns(query, asked, ("number",), [(int(r.value),) for r in asked.values()])


def _semantic(query: Query, asked: _Asked) -> dict[int, int]:
    values = [tuple(SemanticVersion.parse(r.value)) for r in asked.values()]
    return _by_columns(query, asked, ("major", "minor", "patch"), values)


def _by_columns(
    query: Query, asked: _Asked, columns: tuple[str, ...], values: list[tuple[int, ...]]
) -> dict[int, int]:
    """Find versions by their model and ``columns``, which an index holds in this order."""
    names = _models(asked)
    models = _pairs(query, f"SELECT name, id FROM model WHERE name IN ({marks(names)})", names)
    wanted = {
        place: (models[r.model], *key)
        for (place, r), key in zip(asked.items(), values, strict=True)
        if r.model in models and max(key) < 2**31  # more than any column holds
    }
    if not wanted:
        return {}
    keys = set(wanted.values())
    names_of = ("model_id", *columns)
    row = f"({marks(names_of)})"
    statement = (
        f"WITH wanted ({', '.join(names_of)}) AS (VALUES {', '.join([row] * len(keys))}) "
        f"SELECT v.run_id, {', '.join(f'v.{name}' for name in names_of)} "
        f"FROM wanted w JOIN version v ON {' AND '.join(f'v.{n} = w.{n}' for n in names_of)}"
    )
    flat = tuple(value for key in keys for value in key)
    runs = {tuple(key): run_id for run_id, *key in query(statement, flat)}
    return {place: runs[key] for place, key in wanted.items() if key in runs}


def _latest(query: Query, asked: _Asked) -> dict[int, int]:
    names = _models(asked)
    runs = _pairs(query, _LATEST.format(marks(names)), names)
    return {place: runs[r.model] for place, r in asked.items() if runs.get(r.model) is not None}


def _uuids(query: Query, asked: _Asked) -> dict[int, int]:
    values = _values(asked)
    statement = (
        f"SELECT uuid, id FROM run WHERE uuid IN ({marks(values)}) "
        f"UNION ALL SELECT uuid, run_id FROM version WHERE uuid IN ({marks(values)})"
    )
    runs = _pairs(query, statement, values * 2)
    return {place: runs[r.value] for place, r in asked.items() if r.value in runs}


def _digests(query: Query, asked: _Asked) -> dict[int, int]:
    values = _values(asked)
    runs = _pairs(query, _DIGESTS.format(marks(values)), values)  # of two, the last one
    return {place: runs[r.value] for place, r in asked.items() if r.value in runs}


def _labels(query: Query, asked: _Asked) -> dict[int, int]:
    """Find what ``lookup`` would: a stage, then a stage in an environment, then an alias."""
    names, labels = _models(asked), _values(asked)
    slots = {tuple(key): run for *key, run in query(_SLOTS.format(marks(names)), names)}
    statement = _ALIASES.format(marks(names), marks(labels))
    aliases = {tuple(key): run for *key, run in query(statement, names + labels)}
    found = {}
    for place, r in asked.items():
        parts = r.value.split("-")
        slotted = [(DEFAULT_ENVIRONMENT, r.value)]
        slotted += [("-".join(parts[i:]), "-".join(parts[:i])) for i in range(1, len(parts))]
        held = (slots.get((r.model, *slot)) for slot in slotted)
        run = next((run for run in held if run is not None), aliases.get((r.model, r.value)))
        if run is not None:
            found[place] = run
    return found


def _models(asked: _Asked) -> tuple[str | None, ...]:
    return tuple({r.model for r in asked.values()})


def _values(asked: _Asked) -> tuple[str, ...]:
    return tuple({r.value for r in asked.values()})


def _pairs(query: Query, statement: str, values: tuple[Any, ...]) -> dict[str | None, int]:
    return {name: found for name, found in query(statement, values)}


_FINDERS: Final = {
    ReferenceKind.NUMBER: _numbers,
    ReferenceKind.SEMANTIC: _semantic,
    ReferenceKind.LATEST: _latest,
    ReferenceKind.UUID: _uuids,
    ReferenceKind.DIGEST: _digests,
    ReferenceKind.LABEL: _labels,
}
