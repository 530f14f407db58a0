"""Train: begin a run in a workspace of its own, and end it, recorded or failed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from pydantic import JsonValue

from registry_tasks.entities.errors import (
    DirtyCheckout,
    RegistryError,
    StoreMissing,
    Unavailable,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.run import DataWanted, Origin, RunStart, RunStatus, Train
from registry_tasks.entities.sweep import TrialStart
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.experiments.newest_data import with_newest_data
from registry_tasks.registry.experiments.remains import find_remains, run_logs_of, why_of
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.permit import check_permitted, if_permitted
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import prepare_remote
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.imports import pull_data
from registry_tasks.stores.dvc.parameters import override_parameters
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.workspace import dvc_environment, point_checkout, point_workspace
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import hide_folder, make_folder
from registry_tasks.stores.metadata import events, runs, sweeps
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.outward.secrets import SecretFolder

_log = logging.getLogger(__name__)
_PROCESS_DIED = "its process ended before the run did"


class Mix(NamedTuple):
    """Code of one commit with data and parameters of others."""

    digest: str  # of all that it is made from; by it the run is found again
    compose: Callable[[Path], None]


@contextmanager
def running(
    registry: Registry,
    request: Train,
    flow_run: str | None = None,
    mix: Mix | None = None,
    trial: TrialStart | None = None,
) -> Iterator[Workspace]:
    """Begin a run; leaving with an error ends it as failed and registers nothing.

    The user's checkout, index and branches are only read. Uncommitted changes go into a commit
    of the run's own, or the run is refused where policy says ``require_clean``. A ``mix`` changes
    files of the workspace before anything is run in it; ``trial`` is the one of a sweep that the
    run is.
    Raises: NotPermitted, ModelNotFound, DirtyCheckout, CommitNotFound, UnknownParameter;
    StageFailed, InvalidProject and ProgramFailed if the newest data cannot be told or fetched.
    """
    repository = registry.repository
    check_permitted(registry, Permission.RECORD, request.model)
    read_declaration(repository.root, request.model)  # an unknown model is refused first
    ignore_state(registry)
    tidy_up(registry)
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
    with writing(repository.root):
        point_checkout(repository.root, registry.settings.remote)
    with (
        workspaces.hold(registry, run) as held,
        workspaces.worktree(registry, held, base) as folder,
    ):
        point_workspace(folder, shared_cache(repository.root), registry.settings.remote)
        if mix is not None:
            mix.compose(folder)
        if request.data is DataWanted.NEWEST:
            request = with_newest_data(registry, request, folder)
        pull_data(folder, dvc_environment(registry.settings.state))
        override_parameters(folder, request.parameters)
        start = RunStart(
            uuid=run,
            model=request.model,
            experiment=request.experiment,
            origin=origin,
            flow_run=flow_run,
        )
        try:
            _begin(registry, request, start, trial, mix)
        except Unavailable:  # it may be written all the same: whoever tidies up next ends it
            held.leave()
            raise
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
            except RegistryError as reason:  # such as a full disk: whoever tidies up next ends it
                _log.warning("run %s cannot be ended now: %s", run, reason)
                held.leave()
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


def tidy_up(registry: Registry) -> tuple[str, ...]:
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
    SecretFolder(registry.settings.secret_folder).sweep()
    return workspaces.remove_dead(registry, end)


def ignore_state(registry: Registry) -> None:
    """Let Git ignore the state folder also in a project that does not say so itself."""
    with writing(registry.settings.state):
        make_folder(registry.settings.state)
        hide_folder(registry.settings.state)


def _begin(
    registry: Registry,
    request: Train,
    start: RunStart,
    trial: TrialStart | None,
    mix: Mix | None,
) -> None:
    def act(tx: Transaction) -> None:
        model_id = put_model(tx, request.model)
        run_id = runs.start(tx, model_id, start)
        after: dict[str, JsonValue] = {
            "origin": start.origin.model_dump(mode="json"),
            "parameters": request.parameters,
        }
        if mix is not None:
            after["mix"] = mix.digest
        if trial is not None:
            after["trial"] = {"sweep": trial.sweep.uuid, "number": trial.number}
            if sweeps.put_trial(tx, model_id, run_id, trial):
                told = trial.sweep.told()
                events.append(tx, EventKind.SWEEP_STARTED, model=model_id, after=told)
        events.append(tx, EventKind.RUN_STARTED, model=model_id, run=run_id, after=after)

    transact(registry, if_permitted(registry, Permission.RECORD, request.model, act))
