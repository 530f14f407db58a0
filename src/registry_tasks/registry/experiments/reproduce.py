"""Reproduce: rebuild a version in a fresh clone, compare every output, keep the verdict."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from registry_tasks.entities.errors import StageFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.pipeline import Pipeline
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments.outputs import read_metrics
from registry_tasks.registry.experiments.rebuildable import get_rebuildable
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.registry.experiments.workspaces import fresh_clone
from registry_tasks.registry.grading import settle_grade
from registry_tasks.registry.permit import if_permitted
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.artifacts.manifest import build_manifest
from registry_tasks.stores.artifacts.workspace_bytes import check_workspace
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.lockfile import read_pipeline
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.workspace import point_workspace
from registry_tasks.stores.metadata import events, evidence, runs
from registry_tasks.stores.metadata.lookup import get_by_id
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


@dataclass(frozen=True)
class Rebuild:
    """A version being rebuilt, with what is on record of it."""

    version: ModelVersion
    version_id: int
    recorded: Manifest
    metrics: dict[str, float]
    workspace: Workspace
    started: float  # monotonic clock, seconds


@contextmanager
def rebuilding(registry: Registry, ref: str) -> Iterator[Rebuild]:
    """Clone the version's commit with an empty DVC cache; only outside data is put in place.

    Raises: NotPermitted, VersionNotFound, NotReproducible, CommitNotFound, ObjectMissing, ObjectCorrupt.
    """
    tidy_up(registry)
    stored = get_rebuildable(registry, ref)
    with registry.metadata.reading() as connection:
        row = runs.get_row(connection, stored.version.run)
        recorded = runs.read_manifest(connection, row.id)
        metrics = runs.read_metrics(connection, row.id)
    version = stored.version
    assert version.commit is not None  # else it was refused
    name = f"reproduce-{uuid4()}"
    with fresh_clone(registry, name, version.commit) as folder:
        declaration = read_declaration(folder, version.model)
        point_workspace(folder, folder / ".dvc" / "cache", registry.settings.remote)
        for artifact in recorded.files:
            if artifact.stage is None and artifact.home is not Home.GIT:
                place = folder / artifact.path
                sources.fetch(artifact, registry.objects, registry.settings, place)
        workspace = Workspace(
            run=name,
            model=version.model,
            folder=folder,
            logs=registry.settings.state / "runs" / name,
            target=declaration.pipeline,
        )
        yield Rebuild(version, stored.id, recorded, metrics, workspace, time.monotonic())


def judge(registry: Registry, rebuild: Rebuild) -> Reproduction:
    """Compare what was rebuilt with the record, byte by byte, then by metrics; keep the verdict."""
    folder = rebuild.workspace.folder
    declaration = read_declaration(folder, rebuild.version.model)
    pipeline = read_pipeline(folder, declaration.pipeline)
    paths = {d.path for stage in pipeline.stages for d in stage.dependencies}
    tracked = registry.repository.tracked(folder, paths)
    cache = shared_cache(folder)
    rebuilt = build_manifest(pipeline, pipeline, declaration, folder, cache, tracked)
    check_workspace(rebuilt, folder, cache)
    differences = _differences(rebuild.recorded, rebuilt)
    first = _first_stage(pipeline, differences)
    verdict = Verdict.IDENTICAL
    if differences:
        tolerance = policy_of(registry, rebuild.version.model).policy.reproduction_tolerance
        metrics = read_metrics(folder, declaration.metrics)
        drifted = _drifted(rebuild.metrics, metrics, tolerance)
        verdict = Verdict.DIFFERENT if drifted else Verdict.EQUIVALENT
        differences += drifted
    return _keep(registry, rebuild, verdict, first, differences)


def judge_failure(registry: Registry, rebuild: Rebuild, error: StageFailed) -> Reproduction:
    """Keep that a version could not be rebuilt because a DVC stage failed."""
    what = f"DVC stage {error.stage}"
    failed = Difference(stage=error.stage, what=what, recorded="ran", found=error.log_tail)
    return _keep(registry, rebuild, Verdict.DIFFERENT, error.stage, (failed,))


def _differences(recorded: Manifest, rebuilt: Manifest) -> tuple[Difference, ...]:
    found = {a.path: a.sha256 for a in rebuilt.files}
    return tuple(
        Difference(stage=a.stage, what=a.path, recorded=a.sha256, found=found.get(a.path))
        for a in recorded.files
        if found.get(a.path) != a.sha256
    )


def _first_stage(pipeline: Pipeline, differences: tuple[Difference, ...]) -> str | None:
    differing = {d.stage for d in differences}
    return next((s.name for s in pipeline.stages if s.name in differing), None)


def _drifted(
    recorded: dict[str, float], found: dict[str, float], tolerance: float
) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            stage=None,
            what=f"metric {key}",
            recorded=repr(value),
            found=repr(found[key]) if key in found else None,
        )
        for key, value in recorded.items()
        if key not in found or not math.isclose(value, found[key], rel_tol=tolerance, abs_tol=1e-15)
    )


def _keep(
    registry: Registry,
    rebuild: Rebuild,
    verdict: Verdict,
    first: str | None,
    differences: tuple[Difference, ...],
) -> Reproduction:
    def act(tx: Transaction) -> Reproduction:
        made = Reproduction(
            version=rebuild.version.ref,
            verdict=verdict,
            first_different_stage=first,
            differences=differences,
            outputs=len(rebuild.recorded.files),
            duration_s=time.monotonic() - rebuild.started,
            at=datetime.now(UTC),
            by=registry.actor,
        )
        evidence.add_reproduction(tx, rebuild.version_id, made)
        events.append(
            tx,
            EventKind.VERSION_REPRODUCED,
            model=get_by_id(through(tx.connection), rebuild.version_id).model_id,
            version=rebuild.version_id,
            after=made.model_dump(mode="json", exclude={"at", "by", "version"}),
        )
        settle_grade(tx, rebuild.version_id)
        return made

    model = rebuild.version.model
    return transact(registry, if_permitted(registry, Permission.RECORD, model, act))
