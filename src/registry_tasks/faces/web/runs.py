"""Runs: what was tried, what came of it, what it took."""

from collections.abc import Iterator
from typing import Final

from fastapi import Request, Response

from registry_tasks.entities.errors import InvalidCursor, InvalidFilter, ModelNotFound
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.run_record import RunRecord
from registry_tasks.entities.search import FoundRun, RunPage, Search
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.curves import draw_curves
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each_found, values_of
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_runs
from registry_tasks.registry.experiments.show_run import list_experiments, show_run
from registry_tasks.registry.registry import Registry

_PAGE: Final = 50
_FILES: Final = 200
_MODELS: Final = 5  # of an experiment
_EXPERIMENTS: Final = 50
_MANY: Final = 1000  # of a CSV file, read at once
_EXPERIMENT: Final = (
    *("experiment", "models", "runs", "running", "finished", "failed", "registered"),
    "last_started_at",
)
_COLUMNS: Final = (
    *("run", "model", "experiment", "status", "started_at", "started_by", "duration_s"),
    *("commit", "version", "exit_code", "failure"),
)


@needs(Permission.READ)
def runs_page(
    request: Request, reader: Reading, caller: Calling, q: str = "", cursor: str | None = None
) -> Response:
    """List runs that a filter finds, newest first."""
    problem, found = None, RunPage(items=(), next=None)
    try:
        if file := csv_of(request, _table(reader, q)):
            return file
        found = search_runs(reader, Search(filter=q, limit=_PAGE, cursor=cursor))
    except (InvalidFilter, InvalidCursor, ModelNotFound) as error:
        problem = error
    return render(
        request,
        caller,
        "runs.html",
        asked=q,
        problem_of_filter=problem,
        runs=found.items,
        named=values_of(found.items),
        following=found.next and with_query("/runs", q=q, cursor=found.next),
        first=cursor and with_query("/runs", q=q),
    )


@needs(Permission.READ)
def experiments_page(
    request: Request, registry: Opened, caller: Calling, model: str = "", before: str = ""
) -> Response:
    """List experiments, the one that ran last first; runs are counted of those shown alone."""
    table = Table("experiments", _EXPERIMENT, lambda: _experiments(registry, model))
    if file := csv_of(request, table):
        return file
    found = list_experiments(registry, model or None, before=before or None, limit=_EXPERIMENTS + 1)
    shown = found[:_EXPERIMENTS]
    more = len(found) > _EXPERIMENTS and shown[-1].name
    return render(
        request,
        caller,
        "experiments.html",
        experiments=shown,
        following=more and with_query("/experiments", model=model, before=more),
        first=before and with_query("/experiments", model=model),
        shown_models=_MODELS,
        model=model,
    )


def _experiments(registry: Registry, model: str) -> Iterator[tuple[object, ...]]:
    for e in list_experiments(registry, model or None):
        yield (
            *(e.name, ", ".join(e.models), e.runs, e.running, e.finished, e.failed),
            *(e.registered, e.last_started_at),
        )


@needs(Permission.READ)
def run_page(request: Request, registry: Opened, caller: Calling, uuid: str) -> Response:
    """Show one run."""
    found = show_run(registry, uuid)
    if file := csv_of(request, *_tables(found)):
        return file
    name = f"{RUN_PREFIX}{found.run.uuid}"
    most = max(map(abs, found.importance.values()), default=0.0)
    return render(
        request,
        caller,
        "run.html",
        found=found,
        run=found.run,
        name=name,
        curves=draw_curves(registry, [name], [found.run.uuid]),
        most=most or 1.0,
        files=[file for file in found.manifest.artifacts if not file.is_listing],
        shown_files=_FILES,
    )


def _tables(found: RunRecord) -> Iterator[Table]:
    yield Table("parameters", ("parameter", "value"), found.parameters.items)
    yield Table("metrics", ("metric", "value"), found.metrics.items)
    yield Table("importance", ("feature", "importance"), found.importance.items)
    files = [
        (a.path, a.stage, a.size_bytes, a.sha256, a.md5, str(a.home))
        for a in found.manifest.artifacts
    ]
    yield Table(
        "artifacts", ("path", "stage", "size_bytes", "sha256", "md5", "home"), lambda: files
    )
    uses = [(d.name, d.md5, d.stage, d.size_bytes, d.files) for d in found.datasets]
    yield Table("data", ("dataset", "md5", "stage", "size_bytes", "files"), lambda: uses)
    packages = found.environment.packages.items() if found.environment else ()
    yield Table("packages", ("package", "version"), lambda: packages)


def _table(reader: Reader, asked: str) -> Table:
    def named() -> tuple[str, ...]:
        return values_of(search_runs(reader, Search(filter=asked, limit=1)).items)

    def search(cursor: str | None) -> RunPage:
        return search_runs(reader, Search(filter=asked, limit=_MANY, cursor=cursor))

    def rows() -> Iterator[tuple[object, ...]]:
        yield from ((*_row(run), *run.values.values()) for run in each_found(search))

    return Table("runs", lambda: (*_COLUMNS, *named()), rows)


def _row(run: FoundRun) -> tuple[object, ...]:
    return (
        *(run.uuid, run.model, run.experiment, str(run.status), run.started_at, run.started_by),
        run.cost and run.cost.duration_s,
        *(run.commit, run.version, run.exit_code, run.failure),
    )


ROUTES: Final = (
    page("/runs", runs_page),
    page("/experiments", experiments_page),
    page("/runs/{uuid}", run_page),
)
