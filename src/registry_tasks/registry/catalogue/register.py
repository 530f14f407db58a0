"""Register: make a version of a finished run, or confirm the one that is there already."""

from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.environment import is_locked
from registry_tasks.entities.errors import ContentDeleted, RunNotRegistrable, RunWithoutModel
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.profile import Profile
from registry_tasks.entities.provenance import Provenance
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.registry import Registry
from registry_tasks.rules import provenance, semantic_versions
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.metadata import (
    events,
    evidence,
    grades,
    lineage,
    profiles,
    runs,
    stages,
    tags,
    tombstones,
    versions,
)
from registry_tasks.stores.metadata.lookup import get_by_id, slot_holder
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.stages import Place
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.versions import NewVersion


def register(registry: Registry, request: RegisterRun) -> Registration:
    """Make a version of a run. Keyed by content, so doing it twice makes one version.

    Every object is listed and hashed back from the remote first; only then one transaction gives
    the number and writes version, lineage and event. The Git tag follows from the outbox.
    Raises: RunNotFound, RunNotRegistrable, ContentDeleted, ObjectMissing, ObjectCorrupt.
    """
    if told := recall(registry, request, Registration):
        return told
    with registry.metadata.reading() as connection:
        run = _finished(connection, request.run)
        manifest = runs.read_manifest(connection, run.id)
    for artifact in (*manifest.stored, *manifest.referenced):
        sources.verify(artifact, registry.objects, registry.settings)

    def act(tx: Transaction) -> Registration:
        return write_version(tx, run, manifest, request)

    return carry_out(registry, request, act, Registration)


def write_version(
    tx: Transaction, run: sa.Row[Any], manifest: Manifest, request: RegisterRun
) -> Registration:
    """Write the version of a run whose bytes are safe, within the caller's transaction."""
    existing = versions.find_same_content(tx.connection, run)
    if existing is not None:
        return _confirm(tx, existing, run)
    new = _work_out(tx, run, manifest)
    version_id = versions.insert(tx, run, new)
    stages.assign_new(tx, version_id, run.model_id, Place(Stage.EXPERIMENT))
    tags.put_version_tags(tx, version_id, request.tags)
    if request.description:
        profile = Profile(description=request.description)
        profiles.put_version_profile(tx, version_id, profile)
    version = get_by_id(through(tx.connection), version_id).version
    made_by = Node(kind=NodeKind.RUN, id=run.uuid)
    made = Node(kind=NodeKind.VERSION, id=version.ref)
    lineage.add_edges(tx, (Edge(source=made_by, target=made),))
    events.append(
        tx,
        EventKind.VERSION_REGISTERED,
        model=run.model_id,
        version=version_id,
        run=run.id,
        after=_summary(version, request),
    )
    mirror.queue_registration(tx, run.repository, version)
    return Registration(version=version, created=True, bump=new.bump, reasons=new.reasons)


def _finished(connection: sa.Connection, uuid: str) -> sa.Row[Any]:
    run = runs.get_row(connection, uuid)
    if run.status != RunStatus.FINISHED:
        raise RunNotRegistrable(uuid, run.status)
    if run.model_path is None:
        raise RunWithoutModel(uuid)
    return run


def _confirm(tx: Transaction, version_id: int, run: sa.Row[Any]) -> Registration:
    if tombstone := tombstones.find(tx.connection, version_id):
        ref = get_by_id(through(tx.connection), version_id).version.ref
        raise ContentDeleted(ref, tombstone.by, tombstone.reason)
    row = versions.read_row(tx.connection, version_id)
    attempted = evidence.list_attempted(tx.connection, version_id)
    if row.run_id == run.id:  # a retry after the answer was lost gets the same answer
        version = get_by_id(through(tx.connection), version_id).version
        bump, reasons = Bump(row.bump), tuple(row.bump_reasons)
        return Registration(
            version=version, created=True, attempted=attempted, bump=bump, reasons=reasons
        )
    if not versions.is_confirmed_by(tx.connection, version_id, run.id):
        versions.confirm(tx, version_id, run.id)
        events.append(
            tx,
            EventKind.VERSION_CONFIRMED,
            model=run.model_id,
            version=version_id,
            run=run.id,
            after={"confirmed_at": tx.at.isoformat()},
        )
    return Registration(
        version=get_by_id(through(tx.connection), version_id).version,
        created=False,
        attempted=attempted,
        bump=Bump(row.bump),
        reasons=("the same recipe gave the same outputs",),
    )


def _work_out(tx: Transaction, run: sa.Row[Any], manifest: Manifest) -> NewVersion:
    connection = tx.connection
    last = versions.last_number(connection, run.model_id)
    bump, semantic = Bump.FIRST, semantic_versions.FIRST
    reasons: tuple[str, ...] = ("the first version",)
    based_on = _base(connection, run.model_id)
    if based_on is not None:
        old_recipe, old_signature = versions.read_recipe(connection, based_on)
        signature = None if run.signature is None else Signature(**run.signature)
        bump, reasons = semantic_versions.judge_change(
            old_recipe, old_signature, Recipe(**run.recipe), signature
        )
        base = versions.read_semantic(connection, based_on)
        taken = versions.highest(connection, run.model_id, base)
        semantic = semantic_versions.next_version(base, bump, taken)
    grade, grade_reasons = provenance.grade(
        Provenance(
            has_commit=run.commit is not None,
            has_base=run.base_commit is not None,
            uncommitted=len(run.uncommitted),
            pushed_to=(run.kept_by or {}).get("commit"),
            loose_inputs=grades.find_loose(connection, run.id),
            is_locked=is_locked(run.environment_files or ()),
            is_reproduced=False,
        )
    )
    model_file = manifest.find(run.model_path)
    assert model_file is not None  # a finished run's manifest holds its model
    return NewVersion(
        number=last + 1,
        semantic=semantic,
        bump=bump,
        reasons=reasons,
        based_on_id=based_on,
        same_recipe_id=versions.find_same_recipe(connection, run),
        sha256=model_file.sha256,
        md5=model_file.md5,
        size_bytes=model_file.size_bytes,
        grade=grade,
        grade_reasons=grade_reasons,
    )


def _base(connection: sa.Connection, model_id: int) -> int | None:
    """The version a new one is measured against: the one in production, else the newest."""
    holder = slot_holder(through(connection), model_id, DEFAULT_ENVIRONMENT, Stage.PRODUCTION)
    return versions.newest(connection, model_id) if holder is None else holder.id


def _summary(version: ModelVersion, request: RegisterRun) -> dict[str, Any]:
    return {
        "number": version.number,
        "semantic_version": version.semantic_version,
        "stage": Stage.EXPERIMENT.value,
        "commit": version.commit,
        "sha256": version.sha256,
        "tags": dict(request.tags),
        "description": request.description,
    }
