"""Hold and release: who forbids that a version and its bytes are deleted.

A hold forbids deleting and nothing else: a held version can move, be archived and be described.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from registry_tasks.entities.errors import RemoteCannot
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.removal import Hold, Holding, Release
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import secure
from registry_tasks.stores.metadata import events, holds, runs
from registry_tasks.stores.metadata.lookup import StoredVersion, check_has_bytes, get_recorded
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)


def hold(registry: Registry, request: Hold) -> Holding:
    """Hold a version, deleted or not: its objects first, where the remote can hold them.

    Held again, for another reason, it has the new one; the history keeps both.
    Raises: ModelNotFound, VersionNotFound, ObjectMissing, BytesDropped.
    """
    told = recall(registry, request, Holding)
    stored, objects = _find(registry, request.ref if told is None else told.version.ref)

    def act(tx: Transaction) -> Holding:
        check_has_bytes(through(tx.connection), stored.version)
        before = holds.find(tx.connection, stored.id)
        if before is not None and before.reason == request.reason:
            return Holding(version=stored.version, hold=before)
        made = holds.put(tx, stored.id, request.reason)
        _append(tx, EventKind.VERSION_HELD, stored, request.reason, before is not None)
        return Holding(version=stored.version, hold=made)

    if told is None:
        with registry.metadata.reading() as connection:
            check_has_bytes(through(connection), stored.version)
        with _as_far_as_it_goes():
            for artifact in objects:
                registry.objects.hold(artifact)
        secure(registry, objects)
        told = carry_out(registry, request, act, Holding)
    _settle(registry, objects)
    return told


def release(registry: Registry, request: Release) -> Holding:
    """Take a hold away, first from the record, then from the objects that no other hold needs.

    One that is not held has its objects settled all the same: the process that released it may
    have died between the two. Raises: ModelNotFound, VersionNotFound.
    """
    told = recall(registry, request, Holding)
    stored, objects = _find(registry, request.ref if told is None else told.version.ref)

    def act(tx: Transaction) -> Holding:
        if holds.find(tx.connection, stored.id) is not None:
            holds.remove(tx, stored.id)
            _append(tx, EventKind.VERSION_RELEASED, stored, request.reason, True)
        return Holding(version=stored.version, hold=None)

    if told is None:
        told = carry_out(registry, request, act, Holding)
    _settle(registry, objects)
    return told


def _settle(registry: Registry, objects: Iterable[Artifact]) -> None:
    """Hold the objects that a held version needs, release the others, until all are as on record.

    Whoever changes the record settles after it, so the last one to settle sees its last state.
    """
    settled: dict[str, bool] = {}
    while True:
        with registry.metadata.reading() as connection:
            held = holds.held_objects(connection)
        wanted = [(a, a.md5 in held) for a in objects if settled.get(a.md5) != (a.md5 in held)]
        if not wanted:
            return
        settled |= {artifact.md5: is_held for artifact, is_held in wanted}
        with _as_far_as_it_goes():
            for artifact, is_held in wanted:
                (registry.objects.hold if is_held else registry.objects.release)(artifact)


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """Go on where the remote knows no holds: the registry's own verbs keep the version then."""
    try:
        yield
    except RemoteCannot as error:
        _log.warning("held in the registry only: %s", error)


def _find(registry: Registry, ref: str) -> tuple[StoredVersion, tuple[Artifact, ...]]:
    with registry.metadata.reading() as connection:
        stored = get_recorded(through(connection), Reference.parse(ref))
        run = runs.get_row(connection, stored.version.run)
        return stored, runs.read_manifest(connection, run.id).stored


def _append(
    tx: Transaction, kind: EventKind, stored: StoredVersion, reason: str, was_held: bool
) -> None:
    is_held = kind is EventKind.VERSION_HELD
    events.append(
        tx,
        kind,
        model=stored.model_id,
        version=stored.id,
        reason=reason,
        before={"held": was_held},
        after={"held": is_held},
    )
