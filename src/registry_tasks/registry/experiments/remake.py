"""Remake: bring back the bytes that a version let go of, if the very same ones come again."""

from dataclasses import replace

from registry_tasks.entities.dropped_bytes import Remaking
from registry_tasks.entities.errors import NotRemade, ObjectCorrupt, ObjectMissing
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments.reproduce import Rebuild
from registry_tasks.registry.permit import check_now, if_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import secure
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.proof import check_artifact
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.metadata import dropped_bytes, events, runs
from registry_tasks.stores.metadata.lookup import StoredVersion, get_by_id, get_version
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def bring_back(registry: Registry, ref: str) -> Remaking | None:
    """Take a version's bytes back where nobody has collected them; None if they must be remade.

    One that has its bytes is answered as it is. Raises: NotPermitted, VersionNotFound.
    """
    with registry.metadata.reading() as connection:
        stored = get_version(through(connection), Reference.parse(ref))
        check_now(registry, connection, Permission.RECORD, stored.version.model)
        if dropped_bytes.find(connection, stored.id) is None:
            return Remaking(version=stored.version, objects=0, size_bytes=0)
        made = _made(_manifest(registry, stored))
    if not all(registry.objects.renew(artifact.md5) for artifact in made):
        return None
    try:
        for artifact in made:
            registry.objects.verify(artifact)
    except (ObjectMissing, ObjectCorrupt):
        return None
    return _keep(registry, stored, made)


def widen(registry: Registry, rebuild: Rebuild) -> Rebuild:
    """Let all of the commit's DVC stages run if others' outputs are gone as well.

    What others' pipelines made can be gone only where it can be made again too. Their data is put
    in place. Raises: ObjectMissing, ObjectCorrupt.
    """
    others = [a for a in _made(rebuild.recorded) if not a.own]
    if all(registry.objects.has(artifact.md5) for artifact in others):
        return rebuild
    for artifact in rebuild.recorded.artifacts:
        is_data = artifact.stage is None and not artifact.own and not artifact.is_listing
        if is_data and artifact.home is not Home.GIT:
            place = rebuild.workspace.folder / artifact.path
            sources.fetch(artifact, registry.objects, registry.settings, place)
    return replace(rebuild, workspace=rebuild.workspace.model_copy(update={"target": None}))


def put_back(registry: Registry, rebuild: Rebuild) -> Remaking:
    """Put what was rebuilt into the remote and read it back, if all of it is what it was.

    Nothing is put before every file was hashed. Raises: NotRemade, VersionNotFound.
    """
    with registry.metadata.reading() as connection:
        stored = get_by_id(through(connection), rebuild.version_id)
    ref, folder = rebuild.version.ref, rebuild.workspace.folder
    made, cache = _made(rebuild.recorded), shared_cache(folder)
    lacking = []
    for artifact in made:
        cached = cache.path(artifact.md5)
        source = cached if cached.is_file() else folder / artifact.path
        if not artifact.own and rebuild.workspace.target is not None:
            continue  # it is there, and was not rebuilt
        try:
            check_artifact(artifact, str(folder), digest_file(source))
        except (FileNotFoundError, ObjectCorrupt):
            stage = artifact.stage or "a DVC stage"
            raise NotRemade(ref, f"{stage} made another {artifact.path}") from None
        lacking.append((source, artifact))
    for source, artifact in lacking:
        registry.objects.put(source, artifact.md5)
        registry.objects.verify(artifact)
    for artifact in made:
        if not registry.objects.renew(artifact.md5):
            raise NotRemade(ref, f"{artifact.path} is gone from {registry.objects.place}")
    secure(registry, made)
    return _keep(registry, stored, made)


def _made(manifest: Manifest) -> tuple[Artifact, ...]:
    """What DVC stages made and the remote must hold, listings last."""
    return tuple(artifact for artifact in manifest.stored if artifact.stage is not None)


def _manifest(registry: Registry, stored: StoredVersion) -> Manifest:
    with registry.metadata.reading() as connection:
        return runs.read_manifest(connection, runs.get_row(connection, stored.version.run).id)


def _keep(registry: Registry, stored: StoredVersion, made: tuple[Artifact, ...]) -> Remaking:
    sizes = {artifact.md5: artifact.size_bytes for artifact in made}
    counted = {"objects": len(sizes), "size_bytes": sum(sizes.values())}

    def act(tx: Transaction) -> Remaking:
        version = get_by_id(through(tx.connection), stored.id).version
        if dropped_bytes.find(tx.connection, stored.id) is not None:
            dropped_bytes.remove(tx, stored.id)
            events.append(
                tx,
                EventKind.VERSION_BYTES_REMADE,
                model=stored.model_id,
                version=stored.id,
                before={"dropped": True},
                after={"dropped": False, **counted},
            )
        return Remaking(version=version, **counted)

    model = stored.version.model
    return transact(registry, if_permitted(registry, Permission.RECORD, model, act))
