"""Examine: hold store, Git, remote and workspaces against each other; change nothing."""

import shlex
from collections.abc import Iterable

import sqlalchemy as sa

from registry_tasks.entities.errors import Corrupt
from registry_tasks.entities.finding import Finding
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry import workspaces
from registry_tasks.registry.mirror import expected, repository_name
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.metadata import health, outbox, runs
from registry_tasks.stores.metadata.lookup import StoredVersion, read_versions
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.versions import read_row


def examine(registry: Registry) -> tuple[Finding, ...]:
    """Return everything that is not as it should be, each with what mends it.

    Every object of every version is read back and hashed, in the remote and in DVC's cache.
    Raises: StoreMissing.
    """
    with registry.metadata.reading() as connection:
        findings = [_store(registry, said) for said in health.complaints(connection)]
        versions = read_versions(through(connection), "ORDER BY v.id", ())
        manifests = {s.version.run: _manifest(connection, s) for s in versions}
        findings += _queue(connection, registry)
        here = repository_name(registry)
        own = tuple(s for s in versions if read_row(connection, s.id).repository == here)
        queued = {tag.name for _, tag in outbox.pending(connection, here)}
        told = tuple(t for t in expected(connection, versions, here) if t.name not in queued)
    findings += _objects(registry, versions, manifests)
    if registry.find_repository() is not None:
        findings += _cache(registry, manifests.values())
        findings += _kept(registry, own) + _tags(registry, told)
        findings += _dead(registry)
    return tuple(findings)


def _manifest(connection: sa.Connection, stored: StoredVersion) -> Manifest:
    row = runs.get_row(connection, stored.version.run)
    return runs.read_manifest(connection, row.id)


def _store(registry: Registry, said: str) -> Finding:
    return Finding(what=said, where=registry.metadata.url, repair="restore it from a backup")


def _queue(connection: sa.Connection, registry: Registry) -> list[Finding]:
    waiting = outbox.pending(connection, repository_name(registry))
    return [
        Finding(what=f"tag {tag.name} waits to be written", where="Git", repair="registry sync")
        for _, tag in waiting
    ]


def _objects(
    registry: Registry, versions: tuple[StoredVersion, ...], manifests: dict[str, Manifest]
) -> list[Finding]:
    findings: list[Finding] = []
    sound: set[str] = set()
    for stored in versions:
        for artifact in manifests[stored.version.run].stored:
            if artifact.md5 in sound:
                continue
            try:
                registry.objects.verify(artifact)
            except Corrupt as error:
                findings.append(
                    Finding(what=str(error), where=stored.version.ref, repair=_refill(stored))
                )
            else:
                sound.add(artifact.md5)
    if registry.objects.root.is_dir():
        findings += [
            Finding(what="a writer died", where=str(path), repair="registry sync")
            for path in registry.objects.temporaries()
        ]
    return findings


def _refill(stored: StoredVersion) -> str:
    """Recording a run puts every object that is missing or damaged."""
    version = stored.version
    if version.commit is None:
        return "copy it from a backup"
    return f"registry train {version.model} --commit {version.commit}"


def _cache(registry: Registry, manifests: Iterable[Manifest]) -> list[Finding]:
    """DVC hands out what its cache holds without looking at it, so somebody must."""
    cache = shared_cache(registry.repository.root)
    named = {a.md5: a for manifest in manifests for a in manifest.stored}
    findings = []
    for md5, artifact in named.items():
        path = cache.path(md5)
        if path.is_file() and digest_file(path).sha256 != artifact.sha256:
            what = f"{artifact.path} in the DVC cache is not what was registered"
            findings.append(Finding(what=what, where=str(path), repair=f"rm -f {path}"))
    return findings


def _kept(registry: Registry, versions: tuple[StoredVersion, ...]) -> list[Finding]:
    kept = registry.repository.refs(f"{RUN_REFS}/")
    findings = []
    for version in (stored.version for stored in versions):
        ref = f"{RUN_REFS}/{version.run}"
        if version.commit is not None and kept.get(ref) != version.commit:
            repair = f"git update-ref {ref} {version.commit}"
            findings.append(Finding(what="its commit is not kept", where=ref, repair=repair))
    return findings


def _tags(registry: Registry, told: tuple[GitTag, ...]) -> list[Finding]:
    """GTO goes by these tags: one that is missing or moved lets it see another stage."""
    found = registry.repository.refs("refs/tags/")
    return [
        Finding(what="its tag is missing or moved", where=tag.name, repair=_retag(tag))
        for tag in told
        if found.get(f"refs/tags/{tag.name}") != tag.commit
    ]


def _retag(tag: GitTag) -> str:
    """Make it with its own time: GTO would take one of today for the latest move."""
    command = ("git", "tag", "-f", "-a", "-m", tag.message, tag.name, tag.commit)
    return f"GIT_COMMITTER_DATE='@{int(tag.at.timestamp())} +0000' {shlex.join(command)}"


def _dead(registry: Registry) -> list[Finding]:
    return [
        Finding(what="its process died", where=f"workspace {name}", repair="registry sync")
        for name in workspaces.dead_workspaces(registry)
    ]
