"""Remains: what a run that ended badly had come to, found in its workspace and its logs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidMetrics, RegistryError, StageFailed
from registry_tasks.entities.run import MAX_POINTS, Point, RunFailure
from registry_tasks.entities.texts import make_storable
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.experiments.logged_parameters import with_logged
from registry_tasks.registry.experiments.outputs import read_series, series_files
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc import run_logs
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.upstream import makers_of, read_named_parameters

Found = TypeVar("Found")


def find_remains(registry: Registry, run: str, model: str, why: str) -> RunFailure:
    """Return what a run's workspace and logs still tell; what cannot be read is said in ``why``.

    Nothing here may keep a run from being ended, so a file that is broken is told of and left out.
    """
    logs, folder = run_logs_of(registry, run), workspaces.folder_of(registry, run)
    told = [why]

    def trying(what: str, read: Callable[[], Found], nothing: Found) -> Found:
        try:
            return read()
        except (RegistryError, OSError) as error:
            told.append(f"(its {what} could not be read: {error})")
            return nothing

    parameters: dict[str, JsonValue] = {}
    points: tuple[Point, ...] = ()
    if folder.is_dir():
        parameters = trying("parameters", lambda: _parameters(folder, model), parameters)
        named = parameters
        parameters = trying("logged parameters", lambda: _logged(folder, model, logs, named), named)
        points = trying("series", lambda: _points(folder, model, logs, told), points)
    end = run_logs.read_end(logs)
    return RunFailure(
        why="\n".join(told),
        parameters=parameters,
        points=points,
        cost=None if end is None else end.cost,
        exit_code=trying("exit code", lambda: run_logs.read_exit_code(logs), None),
        log_tail=trying("log", lambda: run_logs.read_tail(logs), None),
    )


def why_of(error: BaseException) -> str:
    """Say what an error says, so that every database can keep it."""
    told = make_storable(f"{type(error).__name__}: {error}")
    return told if isinstance(error, StageFailed) else told[:4000]


def run_logs_of(registry: Registry, run: str) -> Path:
    """Return the folder of a run's logs."""
    return registry.settings.state / "runs" / run


def _parameters(folder: Path, model: str) -> dict[str, JsonValue]:
    return read_named_parameters(folder, read_declaration(folder, model).pipeline)


def _logged(
    folder: Path, model: str, logs: Path, named: dict[str, JsonValue]
) -> dict[str, JsonValue]:
    """Add what a DVC stage of this run logged: before that, an older run's file is there."""
    metrics = read_declaration(folder, model).metrics
    if not any(run_logs.came_to(logs, stage) for stage in makers_of(folder, metrics)):
        return named
    return with_logged(folder, metrics, named)


def _points(folder: Path, model: str, logs: Path, told: list[str]) -> tuple[Point, ...]:
    """Read what a DVC stage of this run wrote: before that, an older run's series are there."""
    curves = read_declaration(folder, model).curves
    if curves is None or not any(run_logs.came_to(logs, s) for s in makers_of(folder, curves)):
        return ()
    points: list[Point] = []
    for file in series_files(folder, curves):
        for point in _until_broken(folder, curves, file, told):
            points.append(point)
            if len(points) == MAX_POINTS:
                told.append(f"(of its series the first {MAX_POINTS:,} points are kept)")
                return tuple(points)
    return tuple(points)


def _until_broken(folder: Path, curves: str, file: Path, told: list[str]) -> Iterator[Point]:
    """Give the points of a series up to one that is no number, or was cut off as it was written."""
    try:
        yield from read_series(folder, curves, file)
    except InvalidMetrics as error:
        told.append(f"(a series is kept up to this: {error})")
