"""Log: a run outside DVC, on record from its begin, that says things one by one until it ends."""

from collections import Counter
from typing import Any, Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import (
    AlreadyLogged,
    Immutable,
    InvalidPoint,
    RunEnded,
    RunExists,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.logged_run import FailRun, FinishRun, Logged, LogRun, LogValues
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.run import (
    MAX_POINTS,
    Origin,
    Run,
    RunFailure,
    RunResult,
    RunStart,
    RunStatus,
)
from registry_tasks.entities.signature import Signature
from registry_tasks.registry.carry_out import carry_out, jot_down
from registry_tasks.registry.experiments.environments import capture_environment
from registry_tasks.registry.experiments.hardware import capture_hardware
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.dvc.documents import flatten
from registry_tasks.stores.metadata import datasets, events, lineage, points, run_contents, runs
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = "SELECT id, status FROM run WHERE uuid = ?"


def begin_run(registry: Registry, request: LogRun) -> Run:
    """Write that a run has begun, and with which parameters.

    Whoever begins it holds its name (``held_run``), by which others know that it lives.
    Raises: RunExists.
    """
    parameters = flatten(request.parameters)
    start = RunStart(
        uuid=request.run,
        model=request.model,
        experiment=request.experiment,
        origin=request.origin or find_origin(registry),
        flow_run=None,
    )

    def act(tx: Transaction) -> Run:
        model_id = put_model(tx, request.model)
        if through(tx.connection)(_FIND, (request.run,)):
            raise RunExists(request.run)
        run_id = runs.start(tx, model_id, start)
        run_contents.add_parameters(tx.connection, run_id, parameters)
        told: JsonValue = {
            "origin": start.origin.model_dump(mode="json"),
            "parameters": parameters,
        }
        events.append(tx, EventKind.RUN_STARTED, model=model_id, run=run_id, after=told)
        return runs.get_run(tx.connection, request.run)

    return carry_out(registry, request, act, Run)


def log_values(registry: Registry, request: LogValues) -> Logged:
    """Add parameters, metrics, points, importance and data read to a run, in one transaction.

    It is durable when this returns. Raises: RunNotFound, RunEnded, AlreadyLogged, InvalidPoint if
    the run would have more points than it may or one comes twice.
    """
    series: dict[str, list[tuple[int, float]]] = request.points
    many = sum(map(len, series.values()))
    parameters = flatten(request.parameters)

    def act(tx: Transaction) -> Logged:
        connection = tx.connection
        run_id = running(tx, request.run)
        if many > 1:
            _check_room(connection, run_id, many, next(iter(series)))
        for key, of in series.items():
            points.add(connection, run_id, key, of)
        run_contents.add_parameters(connection, run_id, parameters)
        run_contents.add_metrics(connection, run_id, request.metrics)
        run_contents.add_importance(connection, run_id, request.importance)
        if request.datasets:
            _add_data(tx, run_id, request)
        return Logged.model_construct(
            run=request.run,
            parameters=len(parameters),
            metrics=len(request.metrics),
            points=many,
            features=len(request.importance),
            datasets=len(request.datasets),
        )

    try:
        return jot_down(registry, request, act, Logged)
    except (Immutable, sa.exc.IntegrityError):
        with registry.metadata.reading() as connection:
            run_id = runs.get_row(connection, request.run).id
            if what := _what_is_there(connection, run_id, request):
                raise AlreadyLogged(request.run, what) from None
        raise


def finish_run(registry: Registry, request: FinishRun) -> Run:
    """End a run well: its series' last values become metrics where it logged none of that name.

    Raises: RunNotFound, RunEnded if it failed.
    """
    settings = registry.settings
    environment = request.environment or capture_environment(settings.project or settings.state)
    hardware = request.hardware or capture_hardware()

    def act(tx: Transaction) -> Run:
        row = runs.get_row(tx.connection, request.run)
        if row.status != RunStatus.FINISHED:
            running(tx, request.run)
            result = _result(tx, row, environment, request)
            runs.end(tx, row.id, result.model_copy(update={"hardware": hardware}))
            told: JsonValue = {"commit": None, "recipe": result.recipe.digest()}
            kind = EventKind.RUN_FINISHED
            events.append(tx, kind, model=row.model_id, run=row.id, after=told)
        return runs.get_run(tx.connection, request.run)

    return carry_out(registry, request, act, Run)


def fail_run(registry: Registry, request: FailRun) -> Run:
    """End a run badly; what it logged stays. Raises: RunNotFound, RunEnded if it finished."""

    def act(tx: Transaction) -> Run:
        row = runs.get_row(tx.connection, request.run)
        if row.status != RunStatus.FAILED:
            running(tx, request.run)
            failure = RunFailure(why=request.why, cost=request.cost, log_tail=request.log_tail)
            runs.fail(tx, row.id, failure)
            told: JsonValue = {"failure": request.why}
            events.append(tx, EventKind.RUN_FAILED, model=row.model_id, run=row.id, after=told)
        return runs.get_run(tx.connection, request.run)

    return carry_out(registry, request, act, Run)


def running(tx: Transaction, run: str) -> int:
    """Return the row id of a run that goes on. Raises RunNotFound, RunEnded."""
    for run_id, status in through(tx.connection)(_FIND, (run,)):
        if status != RunStatus.RUNNING:
            raise RunEnded(run, status)
        return int(run_id)
    found: int = runs.get_row(tx.connection, run).id
    return found


def find_origin(registry: Registry) -> Origin:
    """Say where the code of a run comes from that begins here. Raises ShallowClone."""
    repository = registry.find_repository()
    name = repository_name(registry)
    if repository is None:
        folder = registry.settings.state.parent.name
        return Origin(project=folder, repository=name, base_commit=None)
    return Origin(
        project=repository.root.name,
        repository=name,
        base_commit=repository.commit("HEAD") if name else None,  # there may be no commit yet
        uncommitted=repository.uncommitted(),
    )


def _result(
    tx: Transaction, row: sa.Row[Any], environment: Environment, request: FinishRun
) -> RunResult:
    """Say what a run came to whose contents are written."""
    points.keep_last_as_metrics(tx.connection, row.id)
    parameters = run_contents.read_parameters(tx.connection, row.id)
    uses = run_contents.read_uses(tx.connection, row.id)
    recipe = Recipe(
        code={},
        commands={},
        resolved="",
        parameters=parameters,
        data={use.name: use.md5 for use in uses},
        environment=environment.digest(),
    )
    return RunResult(
        commit=None,
        recipe=recipe,
        environment=environment,
        parameters=parameters,
        metrics={},
        points=(),
        datasets=uses,
        manifest=run_contents.read_manifest(tx.connection, row.id),
        cost=request.cost,
        model_path=row.model_path,
        model_format=row.model_format,
        signature=None if row.signature is None else Signature(**row.signature),
        plots=tuple(row.plots or ()),
    )


def _add_data(tx: Transaction, run_id: int, request: LogValues) -> None:
    """Write which data the run read; one name stands for one state. Raises AlreadyLogged."""
    names = {use.name for use in run_contents.read_uses(tx.connection, run_id)}
    for told in request.datasets:
        if told.name in names:
            raise AlreadyLogged(request.run, f"the data {told.name!r}")
        names.add(told.name)
    uses = tuple(told.use() for told in request.datasets)
    datasets.put_uses(tx, run_id, uses)
    shapes = (told.shape() for told in request.datasets)
    datasets.put_shapes(tx, run_id, tuple(shape for shape in shapes if shape is not None))
    lineage.add_edges(tx, edges_of(request.run, uses, ()))


def _check_room(connection: sa.Connection, run_id: int, many: int, key: str) -> None:
    there = points.count(connection, run_id, MAX_POINTS)
    if there + many > MAX_POINTS:
        reason = f"with {many:,} more points its run would have over the {MAX_POINTS:,} it may have"
        raise InvalidPoint(key, None, reason)


def _what_is_there(connection: sa.Connection, run_id: int, request: LogValues) -> str | None:
    """Name the first thing that was logged before. Raises InvalidPoint for one told twice."""
    for key, of in request.points.items():
        steps = Counter(step for step, _ in of)
        if found := points.which_are_there(connection, run_id, key, steps):
            return f"the point {key!r} at step {found[0]}"
        if twice := [step for step, times in steps.items() if times > 1]:
            raise InvalidPoint(key, twice[0], "it is there twice in one call")
    told = (
        ("parameter", flatten(request.parameters), run_contents.read_parameters),
        ("metric", request.metrics, run_contents.read_metrics),
        ("importance of", request.importance, run_contents.read_importance),
    )
    for what, asked, read in told:
        if asked and (keys := sorted(read(connection, run_id).keys() & asked.keys())):
            return f"the {what} {keys[0]!r}"
    return None
