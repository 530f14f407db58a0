"""Compare: put versions and runs side by side, property by property."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidSetting, RunNotFound
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.entities.side_by_side import (
    GROUPS,
    MAX_COMPARED,
    RUN_PREFIX,
    Curve,
    Curves,
    Row,
    SideBySide,
    read_name,
)
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.directions import higher_is_better
from registry_tasks.stores.metadata import compared
from registry_tasks.stores.metadata.compared import RunRow, VersionRow
from registry_tasks.stores.metadata.lookup import get_recorded, read_standing
from registry_tasks.stores.metadata.lookup_many import find_runs
from registry_tasks.stores.metadata.query import Query, through

_Facts = Iterable[tuple[str, Iterable[tuple[int, str, JsonValue]]]]
"""Group, and of each fact: row id of a run, name, value."""

_Kind = TypeVar("_Kind")
_NULL: Final = object()
"""What a parameter says that is null, to tell it from one that is not there."""


class Compared(NamedTuple):
    """What was named: each run once, and which of them each name means."""

    names: tuple[str, ...]
    places: tuple[int, ...]  # of each name among the runs
    run_ids: tuple[int, ...]
    runs: dict[int, RunRow]
    versions: dict[int, VersionRow]  # by run


def compare(registry: Registry, refs: Iterable[str]) -> SideBySide:
    """Return every property of versions and runs (``run:<uuid>``), in the order named.

    The number of statements is the same for two and for a thousand.
    Raises: InvalidSetting, MalformedReference, ModelNotFound, VersionNotFound, RunNotFound.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        return put_side_by_side(query, find_compared(query, refs))


def put_side_by_side(query: Query, found: Compared) -> SideBySide:
    """Read every property of what was found."""
    rows = tuple(_rows(found, _facts(query, found)))
    runs = tuple(found.runs[found.run_ids[place]].uuid for place in found.places)
    return SideBySide.model_construct(versions=found.names, runs=runs, rows=rows)


def read_curves(registry: Registry, refs: Iterable[str], series: Sequence[str] = ()) -> Curves:
    """Return every point of the named metric series of versions and runs, of all if none is named.

    Raises as ``compare``.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        found = find_compared(query, refs)
        points = compared.read_points(query, found.run_ids, tuple(series))
    gathered: dict[int, dict[str, tuple[list[int], list[float]]]] = {}
    for run_id, key, step, value in points:
        steps, values = gathered.setdefault(run_id, {}).setdefault(key, ([], []))
        steps.append(step)
        values.append(value)
    curves = tuple(
        Curve(version=name, series=key, steps=tuple(steps), values=tuple(values))
        for name, place in zip(found.names, found.places, strict=True)
        for key, (steps, values) in gathered.get(found.run_ids[place], {}).items()
    )
    return Curves(versions=found.names, curves=curves)


def find_compared(query: Query, refs: Iterable[str]) -> Compared:
    """Find what is to be compared. Raises as ``compare``."""
    asked = [read_name(ref) for ref in refs]
    if len(asked) > MAX_COMPARED:
        reason = f"at most {MAX_COMPARED} can be compared at once; name fewer"
        raise InvalidSetting("REF", f"{len(asked)} references", reason)
    found = find_runs(query, [reference for reference, _ in asked])
    for (reference, as_run), run_id in zip(asked, found, strict=True):
        if run_id is None:
            if as_run:
                raise RunNotFound(reference.value)
            get_recorded(query, reference)  # says why there is none
    leads = [run_id for run_id in found if run_id is not None]
    run_ids = tuple(dict.fromkeys(leads))
    runs = compared.read_runs(query, run_ids)
    versions = compared.read_run_versions(query, run_ids)
    position = {run_id: place for place, run_id in enumerate(run_ids)}
    names = (
        _name(runs[run_id], None if as_run else versions.get(run_id))
        for (_, as_run), run_id in zip(asked, leads, strict=True)
    )
    places = tuple(position[run_id] for run_id in leads)
    return Compared(tuple(names), places, run_ids, runs, versions)


def _name(run: RunRow, version: VersionRow | None) -> str:
    return f"{RUN_PREFIX}{run.uuid}" if version is None else f"{run.model}@{version.number}"


def _rows(found: Compared, facts: _Facts) -> Iterator[Row]:
    """Make rows of facts, group by group; in time that grows with the facts and the table."""
    position = {run_id: place for place, run_id in enumerate(found.run_ids)}
    groups: dict[str, dict[str, list[Any]]] = {group: {} for group in GROUPS}
    with_nulls: set[str] = set()
    for group, told in facts:
        rows = groups[group]
        for run_id, name, value in told:
            if name not in rows:
                rows[name] = [None] * len(position)
            rows[name][position[run_id]] = value
            if value is None and group == "parameters":
                rows[name][position[run_id]] = _NULL
                with_nulls.add(name)
    is_repeated = found.places != tuple(range(len(position)))
    for group, rows in groups.items():
        for name in rows if group in ("version", "run") else sorted(rows):
            values = rows[name]
            if is_repeated:
                values = [values[place] for place in found.places]
            first = values[0]
            is_truth = isinstance(first, bool)
            differs = any(v != first or isinstance(v, bool) is not is_truth for v in values)
            nulls: tuple[int, ...] = ()
            if group == "parameters" and name in with_nulls:
                nulls = tuple(place for place, value in enumerate(values) if value is _NULL)
                values = [None if value is _NULL else value for value in values]
            # The values were checked as they were written.
            yield Row.model_construct(
                group=group, name=name, values=tuple(values), differs=differs, nulls=nulls
            )


def _facts(query: Query, found: Compared) -> _Facts:
    yield from _version_facts(query, found)
    yield "run", _told(found.runs, _of_run)
    yield "metrics", compared.read_metrics(query, found.run_ids)
    yield "curves", _curve_facts(query, found)
    yield "parameters", compared.read_parameters(query, found.run_ids)
    yield from _recipe_facts(found)
    yield from _environment_facts(query, found)


def _told(
    rows: Mapping[int, _Kind], tell: Callable[[_Kind], Mapping[str, JsonValue]]
) -> Iterator[tuple[int, str, JsonValue]]:
    for run_id, row in rows.items():
        for name, value in tell(row).items():
            yield run_id, name, value


def _version_facts(query: Query, found: Compared) -> _Facts:
    versions = {version.id: run_id for run_id, version in found.versions.items()}
    ids = tuple(versions)
    standing = read_standing(query, ids)
    if any(name.startswith(RUN_PREFIX) for name in found.names):
        named = ((i, f"{found.runs[i].model}@{v.number}") for i, v in found.versions.items())
        yield "version", ((run_id, "version", name) for run_id, name in named)
    yield "version", _told(found.versions, _number)
    stages = sorted((place, i, of) for i in ids for place, of in standing[i][0].items())
    yield "version", ((versions[i], f"stage ({place})", of) for place, i, of in stages)
    named_by = ((i, ", ".join(standing[v.id][1])) for i, v in found.versions.items())
    yield "version", ((i, "aliases", names or None) for i, names in named_by)
    yield "version", _told(found.versions, _of_version)
    tags = compared.read_tags(query, ids)
    yield "tags", ((versions[version_id], key, value) for version_id, key, value in tags)


def _number(version: VersionRow) -> dict[str, JsonValue]:
    return {"semantic version": str(SemanticVersion(version.major, version.minor, version.patch))}


def _of_version(version: VersionRow) -> dict[str, JsonValue]:
    return {
        "grade": version.grade,
        "format": version.model_format,
        "size_bytes": version.size_bytes,
        "sha256": version.sha256,
        "description": version.description or None,
    }


def _of_run(run: RunRow) -> dict[str, JsonValue]:
    return {
        "base commit": run.base_commit,
        "experiment": run.experiment,
        "status": run.status,
        "duration_s": run.duration_s,
        "cpu_s": run.cpu_s,
        "peak_memory_bytes": run.peak_memory_bytes,
    }


def _curve_facts(query: Query, found: Compared) -> Iterator[tuple[int, str, JsonValue]]:
    """Tell each series' final value and its best one; both ends where no name says what is best."""
    for run_id, key, lowest, highest, final in compared.read_summaries(query, found.run_ids):
        yield run_id, f"{key}: final", final
        match higher_is_better(key):
            case None:
                yield run_id, f"{key}: highest", highest
                yield run_id, f"{key}: lowest", lowest
            case is_higher:
                yield run_id, f"{key}: best", highest if is_higher else lowest


def _recipe_facts(found: Compared) -> _Facts:
    ids = found.runs.keys()
    signatures = compared.parse_all([run.signature for run in found.runs.values()])
    for run_id, signature in zip(ids, signatures, strict=True):
        yield "signature", ((run_id, name, of) for name, of in _columns(signature or {}))
    recipes = compared.parse_all([run.recipe for run in found.runs.values()])
    for run_id, recipe in zip(ids, recipes, strict=True):
        for group in ("data", "code", "commands"):
            items = (recipe or {}).get(group, {}).items()
            yield group, [(run_id, name, value) for name, value in items]


def _columns(signature: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in ("input", "output"):
        for column in signature.get(f"{kind}s", ()):
            shape = "".join(f"[{size}]" for size in column["shape"])
            yield f"{kind} {column['name']}", column["type"] + shape


def _environment_facts(query: Query, found: Compared) -> _Facts:
    """Read an environment once, however many runs it had."""
    users: dict[int, list[int]] = {}
    for run_id, run in found.runs.items():
        if run.environment_id is not None:
            users.setdefault(run.environment_id, []).append(run_id)
    ids = tuple(users)
    environments = compared.read_environments(query, ids)
    yield "environment", ((i, "python", python) for e, python, _ in environments for i in users[e])
    yield "environment", ((i, "platform", name) for e, _, name in environments for i in users[e])
    packages = compared.read_packages(query, ids)
    yield "packages", ((i, name, number) for e, name, number in packages for i in users[e])
