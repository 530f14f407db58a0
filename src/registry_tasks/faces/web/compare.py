"""Compare: versions and runs side by side, what differs, and their curves over one another."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from fastapi import Query, Request, Response

from registry_tasks.entities.errors import Invalid, InvalidSetting, RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.side_by_side import GROUPS, RUN_PREFIX, Row, SideBySide
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.charts import ParallelRow, parallel_chart
from registry_tasks.faces.web.curves import draw_curves
from registry_tasks.faces.web.links import compare_url, run_url, version_url
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of
from registry_tasks.registry.catalogue.compare import compare
from registry_tasks.registry.catalogue.diff import diff
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.directions import higher_is_better

MAX_SHOWN: Final = 20
_CHANGE: Final = ("cause", "kind", "name", "before", "after", "added", "removed", "dvc_stages")
_PARAMETERS: Final = 7
_METRICS: Final = 4
"""Axes of the parallel coordinates; more could not be read."""
_FIRST: Final = ("metrics", "curves", "parameters", "data", "code", "commands", "packages")
_ORDER: Final = (*_FIRST, *(group for group in GROUPS if group not in _FIRST))


class Shown(NamedTuple):
    """A property as it stands in the table; ``best`` are the places of the best values."""

    row: Row
    best: frozenset[int]


@needs(Permission.READ)
def compare_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    ref: list[str] = Query(default=[]),  # noqa: B008 - FastAPI's own way to take several
    show: str = "differences",
) -> Response:
    """Put up to 20 versions or runs side by side."""
    refs = list(dict.fromkeys(text.strip() for text in ref if text.strip()))
    shown: dict[str, Any] = {"refs": refs, "show": show, "found": None}
    problem: RegistryError | None = None
    if refs:
        try:
            found = _compare(registry, refs)
        except RegistryError as error:
            problem = error
        else:
            if file := csv_of(request, *_tables(registry, found)):
                return file
            shown |= _shown(registry, found, is_whole=show == "all")
    return render(request, caller, "compare.html", problem_of_filter=problem, **shown)


def url_of(name: str) -> str:
    """Return the page of a version or of ``run:<uuid>``."""
    if name.startswith(RUN_PREFIX):
        return run_url(name.removeprefix(RUN_PREFIX))
    return version_url(name)


def _compare(registry: Registry, refs: list[str]) -> SideBySide:
    if len(refs) > MAX_SHOWN:
        reason = f"{len(refs)} are too many to be read side by side; choose {MAX_SHOWN} at most"
        raise InvalidSetting("ref", f"{len(refs)} references", f"{reason}, or `registry compare`")
    return compare(registry, refs)


def _shown(registry: Registry, found: SideBySide, *, is_whole: bool) -> dict[str, Any]:
    names = found.versions
    alone = {name: [other for other in names if other != name] for name in names}
    drawn = draw_curves(registry, names, found.runs, url_of)
    return {
        "found": found,
        "groups": list(_groups(found, is_whole=is_whole)),
        "differing": sum(row.differs for row in found.rows),
        "urls": {name: url_of(name) for name in names},
        "without": {name: compare_url(*others) for name, others in alone.items()},
        "all_url": f"{compare_url(*names)}&show=all#properties",
        "differences_url": f"{compare_url(*names)}#properties",
        "curves": drawn,
        "parallel": _parallel(found),
        **_diff(registry, names),
    }


def _groups(found: SideBySide, *, is_whole: bool) -> Iterator[tuple[str, list[Shown], int]]:
    """Give each group with the rows that are shown and the number of those that are the same."""
    gathered: dict[str, list[Row]] = {}
    for row in found.rows:
        gathered.setdefault(row.group, []).append(row)
    for group in _ORDER:
        rows = gathered.get(group, [])
        shown = [Shown(row, _best(row)) for row in rows if row.differs or is_whole]
        if rows:
            yield group, shown, sum(not row.differs for row in rows)


def _best(row: Row) -> frozenset[int]:
    """Find the best values, where the name says which way is better and there is a worse one."""
    is_higher = higher_is_better(row.name) if row.group in ("metrics", "curves") else None
    known = {n: v for n, v in enumerate(row.values) if isinstance(v, int | float)}
    if is_higher is None or not row.differs or len(known) < 2:
        return frozenset()
    best = max(known.values()) if is_higher else min(known.values())
    return frozenset(place for place, value in known.items() if value == best)


def _parallel(found: SideBySide) -> Any:
    """Draw parameters and metrics that differ, the parameters with the most values first."""
    if len(found.versions) < 2:
        return None
    parameters = [row for row in found.rows if row.group == "parameters" and row.differs]
    parameters.sort(key=lambda row: -len({repr(value) for value in row.values}))
    metrics = [row for row in found.rows if row.group == "metrics" and row.differs]
    axes = [*parameters[:_PARAMETERS], *metrics[:_METRICS]]
    if len(axes) < 2:
        return None
    rows = [
        ParallelRow(name, [plain(axis.values[place]) for axis in axes], url_of(name))
        for place, name in enumerate(found.versions)
    ]
    return parallel_chart([a.name for a in axes], rows, title="Parameters and metrics that differ")


def plain(value: object) -> object:
    """Write a list as people would."""
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _changes(registry: Registry, names: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for c in _diff(registry, names)["changes"]:
        yield c.cause, c.kind, c.name, c.before, c.after, c.added, c.removed, list(c.stages)


def _diff(registry: Registry, names: tuple[str, ...]) -> dict[str, Any]:
    """Say what changed from one to the other of two."""
    nothing = {"changes": (), "metric_changes": (), "why_no_diff": None}
    if len(names) != 2:
        return nothing
    try:
        told = diff(registry, *names)
    except Invalid as error:  # the policy at hand cannot be read; the table can
        return nothing | {"why_no_diff": str(error)}
    return {"changes": told.changes, "metric_changes": told.metrics, "why_no_diff": None}


def _tables(registry: Registry, found: SideBySide) -> Iterator[Table]:
    columns = ("group", "property", "differs", *found.versions)
    yield Table("comparison", columns, partial(_rows, found))
    yield Table("changes", _CHANGE, partial(_changes, registry, found.versions))


def _rows(found: SideBySide) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        yield (row.group, row.name, "yes" if row.differs else "no", *row.values)


ROUTES: Final = (page("/compare", compare_page),)
