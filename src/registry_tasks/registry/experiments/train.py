"""Train: begin a run in a workspace of its own, and end it, recorded or failed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

from pydantic import JsonValue

from registry_tasks.entities.errors import (
    DirtyCheckout,
    RegistryError,
    StoreMissing,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.run import Origin, RunStart, RunStatus, Train
from registry_tasks.entities.sweep import TrialStart
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.experiments.remains import find_remains, run_logs_of, why_of
from registry_tasks.registry.ledger.mirror import repository_name
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import prepare_remote
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.imports import pull_data
from registry_tasks.stores.dvc.parameters import override_parameters
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.workspace import dvc_environment, point_checkout, point_workspace
from registry_tasks.stores.metadata import events, runs, sweeps
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)
_PROCESS_DIED = "its process ended before the run did"


@contextmanager
def running(
    registry: Registry,
    request: Train,
    flow_run: str | None = None,
    compose: Callable[[Path], None] | None = None,
    trial: TrialStart | None = None,
) -> Iterator[Workspace]:
    """Begin a run; leaving with an error ends it as failed and registers nothing.

    The user's checkout, index and branches are only read. Uncommitted changes go into a commit
    of the run's own, or the run is refused where policy says ``require_clean``. ``compose`` may
    change files of the workspace before anything is run in it; ``trial`` is the one of a sweep that
    the run is.
    Raises: ModelNotFound, DirtyCheckout, CommitNotFound, UnknownParameter.
    """
    repository = registry.repository
    read_declaration(repository.root, request.model)  # an unknown model is refused first
    ignore_state(registry)
    sweep(registry)
    base = repository.commit(request.commit or "HEAD")
    uncommitted = () if request.commit else repository.uncommitted()
    if uncommitted and policy_of(registry, request.model).policy.require_clean:
        raise DirtyCheckout(uncommitted)
    origin = Origin(
        project=repository.root.name,
        repository=repository_name(registry),
        base_commit=base,
        uncommitted=uncommitted,
    )
    run = str(uuid4())
    if uncommitted:
        base = repository.snapshot(f"Uncommitted changes of run {run}", registry.actor)
    prepare_remote(registry)
    point_checkout(repository.root, registry.settings.remote)
    with ExitStack() as afterwards, workspaces.worktree(registry, run, base) as folder:
        point_workspace(folder, shared_cache(repository.root), registry.settings.remote)
        if compose is not None:
            compose(folder)
        pull_data(folder, dvc_environment(registry.settings.state))
        override_parameters(folder, request.parameters)
        _begin(registry, request, run, origin, flow_run, trial)
        try:
            yield Workspace(
                run=run,
                model=request.model,
                folder=folder,
                logs=run_logs_of(registry, run),
                target=None,
            )
        except BaseException as error:
            try:
                fail(registry, run, why_of(error))
            except RegistryError as reason:  # such as a full disk: the next sweep ends the run
                _log.warning("run %s cannot be ended now: %s", run, reason)
                afterwards.callback(workspaces.leave, registry, run)
            raise


def fail(registry: Registry, run: str, why: str) -> None:
    """End a run as failed with what there is of it, unless it has ended already."""
    with registry.metadata.reading() as connection:
        known = runs.get_run(connection, run)
    if known.status is not RunStatus.RUNNING:
        return
    failure = find_remains(registry, run, known.model, why)

    def act(tx: Transaction) -> None:
        row = runs.get_row(tx.connection, run)
        if runs.fail(tx, row.id, failure):
            kind = EventKind.RUN_FAILED
            events.append(tx, kind, model=row.model_id, run=row.id, after={"failure": failure.why})

    transact(registry, act)


def sweep(registry: Registry) -> tuple[str, ...]:
    """Tidy up after processes that died: end their runs, remove what they left half done.

    Returns the names of their workspaces.
    """

    def end(name: str) -> None:
        try:
            with registry.metadata.reading() as connection:
                known = name in runs.list_running(connection)
        except StoreMissing:  # it died before the first change was made
            known = False
        if known:
            fail(registry, name, _PROCESS_DIED)

    if registry.objects.is_there():
        registry.objects.sweep()
    return workspaces.remove_dead(registry, end)


def ignore_state(registry: Registry) -> None:
    """Let Git ignore the state folder also in a project that does not say so itself."""
    ignore = registry.settings.state / ".gitignore"
    if not ignore.exists():
        ignore.parent.mkdir(parents=True, exist_ok=True)
        ignore.write_text("*\n")


def _begin(
    registry: Registry,
    request: Train,
    run: str,
    origin: Origin,
    flow_run: str | None,
    trial: TrialStart | None,
) -> None:
    start = RunStart(
        uuid=run,
        model=request.model,
        experiment=request.experiment,
        origin=origin,
        flow_run=flow_run,
    )

    def act(tx: Transaction) -> None:
        model_id = put_model(tx, request.model)
        run_id = runs.start(tx, model_id, start)
        after: dict[str, JsonValue] = {
            "origin": origin.model_dump(mode="json"),
            "parameters": request.parameters,
        }
        if trial is not None:
            after["trial"] = {"sweep": trial.sweep.uuid, "number": trial.number}
            if sweeps.put_trial(tx, model_id, run_id, trial):
                told = trial.sweep.told()
                events.append(tx, EventKind.SWEEP_STARTED, model=model_id, after=told)
        events.append(tx, EventKind.RUN_STARTED, model=model_id, run=run_id, after=after)

    transact(registry, act)
