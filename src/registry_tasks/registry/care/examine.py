"""Examine: hold store, Git, remote, caches and workspaces against each other; change nothing."""

import shlex
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.entities.finding import Finding, FindingKind
from registry_tasks.entities.manifest import Home
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.care.doctor import (
    copies,
    leftovers,
    log,
    objects,
    outward,
    referenced,
    refs,
    rows,
    run_refs,
    shared,
    standing,
    told_rows,
)
from registry_tasks.registry.care.doctor.ailment import Ailment, Remedy, ail
from registry_tasks.registry.care.doctor.kept import gather
from registry_tasks.registry.care.doctor.proving import Reach
from registry_tasks.registry.care.doctor.spares import Spare
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.ledger.log import unclaimed
from registry_tasks.registry.ledger.tags import expected
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import census, dropped_bytes, outbox
from registry_tasks.stores.metadata.census import CountedRun
from registry_tasks.stores.metadata.moving import find_mark

EVERYTHING: Final = Reach()
QUICK: Final = Reach(sample=0)


def examine(
    registry: Registry, reach: Reach = EVERYTHING, spares: tuple[Spare, ...] = ()
) -> tuple[Finding, ...]:
    """Return everything that is not as it should be, each with what mends it.

    ``reach`` says how many bytes are read back and hashed; presence and sizes are always looked
    at. ``spares`` may have what the remote has lost. Raises: StoreMissing.
    """
    return tuple(ailment.finding for ailment in diagnose(registry, reach, spares))


def diagnose(
    registry: Registry, reach: Reach = EVERYTHING, spares: tuple[Spare, ...] = ()
) -> tuple[Ailment, ...]:
    """Return the same with the acts that mend it, in the order in which they must be done."""
    before, broken = _read_refs(registry)
    found: list[Ailment] = [*broken]
    with registry.metadata.reading() as connection:
        if target := find_mark(connection):
            return (_moved(registry, target),)
        counted = census.count_runs(connection)
        artifacts = census.count_artifacts(connection)
        found += rows.database(connection)
        found += standing.check(connection)
        found += rows.manifests(counted, artifacts)
        found += rows.answers(connection)
        found += rows.edges(connection, counted)
        found += told_rows.told(connection)
        found += outward.deliveries(connection)
        stored = gather(counted, artifacts, Home.REMOTE)
        gone = dropped_bytes.let_go(connection)
        kept = tuple(each for each in stored if each.artifact.md5 not in gone)
        sources = gather(counted, artifacts, Home.SOURCE)
        told = _expected(registry, connection, counted)
    found += leftovers.dead_runs(registry, counted)
    if before is not None:
        after, broken = _read_refs(registry)
        found += broken if after is None else _in_git(registry, told, before, after)
    needed = [each.artifact for each in (*kept, *sources)]
    found += objects.remote(registry, kept, spares, reach)
    found += objects.unknown(registry, {each.artifact.md5 for each in (*stored, *sources)})
    found += referenced.data(registry, sources, spares, reach)
    found += copies.cache(registry, needed, reach)
    found += copies.downloads(registry, reach)
    found += _left(registry)
    return tuple(found)


def _moved(registry: Registry, target: str) -> Ailment:
    """Nothing else is looked at: what Git tells of since is in the other store."""
    what = f"it was moved to {target}; nothing is written here any more"
    advice = (
        "that one is in use: let REGISTRY_STORE name it wherever this one was; "
        "to put this one to use again on purpose: registry move-store --undo"
    )
    remedy = Remedy(f"registry --store {shlex.quote(target)} doctor", advice)
    return ail(FindingKind.STORE_MOVED, registry.metadata.url, what, remedy)


def _read_refs(registry: Registry) -> tuple[dict[str, str] | None, list[Ailment]]:
    """Return all tags and refs of ours; None without a checkout, or where Git itself fails."""
    repository = registry.find_repository()
    if repository is None:
        return None, []
    try:
        return {**repository.refs("refs/tags/"), **repository.refs(f"{RUN_REFS}/")}, []
    except ProgramFailed as error:
        command = f"git -C {shlex.quote(str(repository.root))} fsck --full"
        remedy = Remedy(command, "it names what is broken: fetch that from another clone")
        return None, [ail(FindingKind.GIT_BROKEN, str(repository.root), str(error), remedy)]


def _expected(
    registry: Registry, connection: sa.Connection, counted: tuple[CountedRun, ...]
) -> refs.Expected:
    names = names_here(registry, connection)
    repository = registry.find_repository()
    if repository is not None:
        names += unclaimed(registry, repository, connection)
    return refs.Expected(
        tags={tag.name: tag for tag in expected(connection, names)},
        queued=tuple(tag for _, tag in outbox.pending(connection, names)),
        runs=counted,
        models=frozenset(run.model for run in counted if run.repository in names),
        names=names,
    )


def _in_git(
    registry: Registry, told: refs.Expected, before: dict[str, str], after: dict[str, str]
) -> Iterator[Ailment]:
    yield from refs.locks(registry)
    written = tuple(log.entries(registry))
    yield from written
    if any(ailment.finding.kind is FindingKind.LOG_DIFFERS for ailment in written):
        return  # store and Git are not of one history: which tags are right cannot be said
    yield from refs.tags(registry, told, _below("refs/tags/", after))
    yield from refs.unknown_tags(told, _below("refs/tags/", before))
    yield from run_refs.kept(registry, told, after)
    yield from run_refs.unknown(told, _below(f"{RUN_REFS}/", before))
    yield from refs.waiting(told, after)
    yield from shared.remote(registry, told)


def _left(registry: Registry) -> Iterator[Ailment]:
    """What writers left comes last: a repair before may still have needed it."""
    if registry.find_repository() is not None:
        yield from leftovers.dead_workspaces(registry)
    yield from leftovers.temporaries(registry)
    yield from leftovers.local_temporaries(registry.settings.cache)


def _below(prefix: str, found: dict[str, str]) -> dict[str, str]:
    return {name: commit for name, commit in found.items() if name.startswith(prefix)}
