"""Rebuild: write what the logs in Git tell into a store that has lost it, and say what they lack."""

import heapq
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import Corrupt, RemoteMissing
from registry_tasks.entities.log_entry import LogEntry
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.rebuilding import Rebuild, Rebuilt, UnloggedRun
from registry_tasks.entities.run import RECORD_FILE, RUN_REFS
from registry_tasks.registry.ledger.clones import Log, sort_clones
from registry_tasks.registry.ledger.earlier import entries_after, know_repositories
from registry_tasks.registry.ledger.replay import Replay
from registry_tasks.registry.ledger.tags import expected
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata import census, dropped_bytes, outbox
from registry_tasks.stores.metadata.census import CountedRun
from registry_tasks.stores.metadata.moving import check_in_use
from registry_tasks.stores.metadata.repositories import names_of
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

_NUMBERED: Final = re.compile(r"refs/tags/.+#.+#([0-9]{1,18})")
Progress = Callable[[int], None]


class _Told(NamedTuple):
    """What was written, as far as only the transaction knows."""

    events: int
    tags: dict[str, int]  # that tell of an event -> its number
    queued: int
    runs: tuple[CountedRun, ...]
    artifacts: dict[int, list[Artifact]]
    gone: frozenset[str]  # objects that nobody needs
    models: int


def rebuild(registry: Registry, request: Rebuild, progress: Progress = lambda _: None) -> Rebuilt:
    """Replay all logs into an empty store, in one transaction.

    Numbers go on after the highest that log and tags know. Raises: LogMissing, LogBroken,
    LogDiffers, LogIncomplete, LogNewer, StoreNotEmpty, ShallowClone, SchemaNewer.
    """
    logs = _logs(registry, request)
    with _target(registry, request) as target, target.receiving(registry.actor) as tx:
        replay = Replay(tx)
        told = _write(tx, logs, [log.entries() for log in logs], replay, progress)
        tx.commit()
    return _account(registry, request, target.url, logs, replay, told)


def bring_forward(
    registry: Registry, request: Rebuild, progress: Progress = lambda _: None
) -> Rebuilt:
    """Replay what the logs tell after the newest event of an older store, in one transaction.

    All that the store has must be what the logs say, so nothing that happened in it is lost; the
    texts that it has stay. Raises as ``rebuild``, and NotPermitted, StoreMissing, StoreMovedAway.
    """
    logs = _logs(registry, request)
    with _target(registry, request) as target, target.halted(registry.actor) as tx:
        check_now(registry, tx.connection, Permission.CARE)
        check_in_use(tx.connection, target.url)
        replay = Replay(tx)
        replay.know(tx.connection)
        since = replay.sequence
        know_repositories(tx, logs, since)
        later = [entries_after(tx.connection, log, since) for log in logs]
        told = _write(tx, logs, later, replay, progress)
        tx.commit()
    return _account(registry, request, target.url, logs, replay, told, since)


def _logs(registry: Registry, request: Rebuild) -> list[Log]:
    clones = [GitRepository.open(Path(folder)) for folder in request.repositories]
    return sort_clones(clones or [registry.repository])


@contextmanager
def _target(registry: Registry, request: Rebuild) -> Iterator[MetadataStore]:
    if request.into is None:
        yield registry.metadata
        return
    target = MetadataStore(request.into)
    try:
        yield target
    finally:
        target.close()


def _write(
    tx: Transaction,
    logs: list[Log],
    entries: list[Iterator[LogEntry]],
    replay: Replay,
    progress: Progress,
) -> _Told:
    """Replay entries of all logs in the order of events, and queue the tags that Git lacks."""
    count = 0
    for count, entry in enumerate(heapq.merge(*entries, key=attrgetter("sequence")), start=1):
        replay.tell(entry)
        progress(count)
    tags = [name for log in logs for name in log.clone.refs("refs/tags/")]
    numbers = {name: int(found[1]) for name in tags if (found := _NUMBERED.fullmatch(name))}
    replay.finish(max(numbers.values(), default=0))
    return _Told(
        events=count,
        tags=numbers,
        queued=sum(_queue(tx, log) for log in logs),
        runs=census.count_runs(tx.connection),
        artifacts=census.count_artifacts(tx.connection),
        gone=dropped_bytes.let_go(tx.connection),
        models=len(census.model_names(tx.connection)),
    )


def _queue(tx: Transaction, log: Log) -> int:
    """Queue the tags that the store tells of, no clone has got yet and nobody has queued."""
    names = names_of(tx.connection, log.identity)
    have = {name for clone in log.clones for name in clone.refs("refs/tags/")}
    have |= {f"refs/tags/{tag.name}" for _, tag in outbox.pending(tx.connection, names)}
    lost = [t for t in expected(tx.connection, names) if f"refs/tags/{t.name}" not in have]
    for tag in lost:
        outbox.put(tx, log.identity, tag)
    return len(lost)


def _account(
    registry: Registry,
    request: Rebuild,
    store: str,
    logs: list[Log],
    replay: Replay,
    told: _Told,
    since: int = 0,
) -> Rebuilt:
    """Say what is back, and look for what is not."""
    wanted = [
        (run.ref, artifact)
        for run in told.runs
        if run.version
        for artifact in told.artifacts.get(run.id, ())
        if artifact.md5 not in told.gone
    ]
    return Rebuilt(
        store=store,
        repositories=tuple(log.identity for log in logs),
        since=since,
        events=told.events,
        models=told.models,
        runs=len(told.runs),
        versions=sum(run.version is not None for run in told.runs),
        last_sequence=replay.sequence,
        last_at=replay.at,
        withheld=dict(sorted(replay.withheld.items())),
        unlogged_runs=tuple(run for log in logs for run in _unlogged(log, told.runs)),
        unlogged_tags=tuple(sorted(n for n, at in told.tags.items() if at > replay.sequence)),
        lost_commits=_lost_commits(logs, told.runs),
        lost_objects=_lost_objects(registry, wanted) if request.verify else (),
        queued_tags=told.queued,
        verified=request.verify,
    )


def _unlogged(log: Log, known: tuple[CountedRun, ...]) -> Iterator[UnloggedRun]:
    """Give the runs that have a commit of their own here and are in no log."""
    told = {run.uuid for run in known if run.commit is not None}
    for ref, commit in log.clone.refs(f"{RUN_REFS}/").items():
        run = ref.removeprefix(f"{RUN_REFS}/")
        if run not in told:
            record = log.clone.read(commit, RECORD_FILE)
            model = None if record is None else str(json.loads(record).get("model"))
            repair = f"registry train {model or 'MODEL'} --commit {commit}"
            yield UnloggedRun(run=run, model=model, commit=commit, repair=repair)


def _lost_commits(logs: list[Log], known: tuple[CountedRun, ...]) -> tuple[str, ...]:
    """Name what the store knows and no clone has."""
    wanted = {run.commit: run.ref for run in known if run.commit is not None}
    have: set[str] = set()
    for log in logs:
        for clone in log.clones:
            have |= delivery.look(clone.common_dir, (), (), wanted).commits
    return tuple(f"{ref} {commit}" for commit, ref in wanted.items() if commit not in have)


def _lost_objects(registry: Registry, wanted: list[tuple[str, Artifact]]) -> tuple[str, ...]:
    """Read back every object that a version needs, each once, and name those that are not whole."""
    sound: set[str] = set()
    lost = []
    for ref, artifact in wanted:
        if artifact.home is not Home.REMOTE or artifact.md5 in sound:
            continue
        try:
            registry.objects.verify(artifact)
        except (Corrupt, RemoteMissing) as error:
            lost.append(f"{ref}: {error}")
        else:
            sound.add(artifact.md5)
    return tuple(lost)
