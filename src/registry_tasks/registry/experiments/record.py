"""Record: end a run well. Bytes into the remote, then the run's commit, then one transaction."""

import json

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.keeping import Keeping
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.run import RECORD_FILE, RUN_REFS, Execution, RunResult, RunStatus
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments.environments import capture_environment
from registry_tasks.registry.experiments.exact_environments import environment_in
from registry_tasks.registry.experiments.hardware import capture_hardware
from registry_tasks.registry.experiments.logged_parameters import with_logged
from registry_tasks.registry.experiments.outputs import (
    find_plots,
    read_importance,
    read_metrics,
    read_points,
    read_signature,
)
from registry_tasks.registry.experiments.recipes import datasets_of, recipe_of
from registry_tasks.registry.experiments.shapes import shapes_of
from registry_tasks.registry.permit import check_permitted, if_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import secure
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.artifacts.manifest import build_manifest, store_manifest
from registry_tasks.stores.artifacts.workspace_bytes import check_workspace
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.imports import restore_imports
from registry_tasks.stores.dvc.lockfile import read_pipeline
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.run_logs import read_tail
from registry_tasks.stores.git.pushed import find_remote_ref
from registry_tasks.stores.metadata import events, lineage, runs
from registry_tasks.stores.metadata.store import Transaction


def record(registry: Registry, workspace: Workspace, execution: Execution) -> RunResult:
    """Keep everything a run came to.

    Raises: NotPermitted, InvalidProject, InvalidMetrics, InvalidArtifact, ObjectMissing, ObjectCorrupt,
    RemoteMissing, StoreReadOnly, DiskFull.
    """
    folder, repository = workspace.folder, registry.repository
    check_permitted(registry, Permission.RECORD, workspace.model)
    declaration = read_declaration(folder, workspace.model)
    restore_imports(folder)
    pipeline = read_pipeline(folder, declaration.pipeline)
    everything = read_pipeline(folder, *execution.stages)
    paths = {d.path for stage in everything.stages for d in stage.dependencies}
    tracked = repository.tracked(folder, paths)
    cache = shared_cache(repository.root)
    manifest = build_manifest(everything, pipeline, declaration, folder, cache, tracked)
    check_workspace(manifest, folder, cache)
    environment = capture_environment(folder)
    if workspace.python is not None:
        environment = environment_in(workspace.python, environment)
    recipe = recipe_of(pipeline, folder, tracked, environment)
    datasets = datasets_of(pipeline, tracked, declaration.path)
    made = RunResult(
        commit=None,
        recipe=recipe,
        environment=environment,
        parameters=with_logged(folder, declaration.metrics, recipe.parameters),
        metrics=read_metrics(folder, declaration.metrics),
        points=read_points(folder, declaration.curves) if declaration.curves else (),
        datasets=datasets,
        manifest=manifest,
        cost=execution.cost,
        model_path=declaration.path,
        model_format=declaration.format,
        signature=read_signature(folder, declaration.signature) if declaration.signature else None,
        importance=read_importance(folder, declaration.importance)
        if declaration.importance
        else {},
        plots=find_plots(folder, manifest),
        exit_code=0,
        log_tail=read_tail(workspace.logs),
        hardware=capture_hardware(),
        shapes=shapes_of(registry, folder, cache, datasets),
        kept_by=_kept_by(registry, workspace.run),
    )
    store_manifest(manifest, cache, folder, registry.objects)
    secure(registry, manifest.stored)
    made = made.model_copy(update={"commit": _commit(registry, workspace, made)})

    def act(tx: Transaction) -> None:
        row = runs.get_row(tx.connection, workspace.run)
        if row.status == RunStatus.FINISHED:  # a retry after the answer was lost
            return
        runs.finish(tx, row.id, made)
        lineage.add_edges(tx, edges_of(workspace.run, made.datasets, manifest.artifacts))
        events.append(
            tx,
            EventKind.RUN_FINISHED,
            model=row.model_id,
            run=row.id,
            after={"commit": made.commit, "recipe": made.recipe.digest()},
        )

    transact(registry, if_permitted(registry, Permission.RECORD, workspace.model, act))
    return made


def _kept_by(registry: Registry, run: str) -> Keeping | None:
    """Say which Git remote has the commit that the run began with, as far as this clone knows."""
    with registry.metadata.reading() as connection:
        base = runs.get_row(connection, run).base_commit
    ref = None if base is None else find_remote_ref(registry.repository.root, base)
    return None if ref is None else Keeping(commit=ref)


def _commit(registry: Registry, workspace: Workspace, made: RunResult) -> str:
    """Write the run's own commit and the ref that keeps it; no branch of the user moves.

    A retry finds the commit that is there already.
    """
    ref = f"{RUN_REFS}/{workspace.run}"
    if kept := registry.repository.find_ref(ref):
        registry.repository.create_ref(ref, kept)  # its maker may have died before it was durable
        return kept
    fields = {"recipe", "environment", "manifest", "model_path", "model_format"}
    document = {"run": workspace.run, "model": workspace.model}
    document |= made.model_dump(mode="json", include=fields)
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    (workspace.folder / RECORD_FILE).write_text(text)
    message = f"Run {workspace.run} of {workspace.model}"
    commit = registry.repository.commit_worktree(workspace.folder, message, registry.actor)
    _check_kept(registry, workspace, made.manifest)
    registry.repository.create_ref(ref, commit)
    return commit


def _check_kept(registry: Registry, workspace: Workspace, manifest: Manifest) -> None:
    """Refuse an output that DVC leaves to Git and Git ignores: nothing would keep it."""
    left = {a.path for a in manifest.artifacts if a.home is Home.GIT and not a.is_listing}
    if lost := sorted(left - registry.repository.tracked(workspace.folder, left)):
        reason = "it is `cache: false` and Git ignores it, so nothing would keep it"
        raise InvalidProject("dvc.yaml", f"output {lost[0]}: {reason}")
