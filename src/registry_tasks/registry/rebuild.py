"""Rebuild: the store is lost; write it again from the logs that Git has, and say what they lack."""

import heapq
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import (
    Corrupt,
    LogDiffers,
    LogMissing,
    RemoteMissing,
)
from registry_tasks.entities.log_entry import LOG_REF, LogEntry
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.rebuilding import Rebuild, Rebuilt, UnloggedRun
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.log import read_entry
from registry_tasks.registry.mirror import expected
from registry_tasks.registry.record import RECORD_FILE
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.replay import Replay
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.chain import read_chain
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata import census, outbox
from registry_tasks.stores.metadata.census import CountedRun
from registry_tasks.stores.metadata.restoring import Restoring
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

_NUMBERED: Final = re.compile(r"refs/tags/.+#.+#([0-9]{1,18})")
Progress = Callable[[int], None]


@dataclass
class _Log:
    """One repository's log; ``others`` are further clones of it, which must agree."""

    identity: str
    clone: GitRepository
    others: list[GitRepository] = field(default_factory=list)

    def entries(self) -> Iterator[LogEntry]:
        """Read and prove the log, oldest entry first. Raises LogBroken, LogDiffers."""
        others = [_read(clone) for clone in self.others]
        sequence, number = 0, 0
        place = str(self.clone.root)
        for entry in _read(self.clone):
            if entry.sequence <= sequence or entry.number != number + 1:
                reason = f"entry {entry.number} comes after entry {number} of event {sequence}"
                raise LogDiffers(place, entry.sequence, reason)
            for clone, told in zip(self.others, others, strict=True):
                said = next(told, None)
                if said is not None and not said.tells_of(entry):
                    reason = f"{clone.root} has {said.subject} there, and it has {entry.subject}"
                    raise LogDiffers(place, entry.sequence, reason)
            sequence, number = entry.sequence, entry.number
            yield entry


def rebuild(registry: Registry, request: Rebuild, progress: Progress = lambda _: None) -> Rebuilt:
    """Replay all logs into an empty store, in one transaction.

    Numbers go on after the highest that log and tags know. Raises: LogMissing, LogBroken,
    LogDiffers, LogIncomplete, StoreNotEmpty, ShallowClone.
    """
    clones = [GitRepository.open(Path(folder)) for folder in request.repositories]
    logs = _logs(clones or [registry.repository])
    target = registry.metadata if request.into is None else MetadataStore(request.into)
    try:
        with target.receiving(registry.actor) as tx:
            replay = Replay(Restoring(tx))
            entries = heapq.merge(*(log.entries() for log in logs), key=attrgetter("sequence"))
            for count, entry in enumerate(entries, start=1):
                replay.tell(entry)
                progress(count)
            tags = [name for log in logs for name in log.clone.refs("refs/tags/")]
            numbers = {name: int(found[1]) for name in tags if (found := _NUMBERED.fullmatch(name))}
            replay.finish(max(numbers.values(), default=0))
            queued = sum(_queue(tx, log) for log in logs)
            known = census.count_runs(tx.connection)
            artifacts = census.count_artifacts(tx.connection)
            tx.commit()
    finally:
        if target is not registry.metadata:
            target.close()
    wanted = [(run.ref, a) for run in known if run.version for a in artifacts.get(run.id, ())]
    return Rebuilt(
        store=target.url,
        repositories=tuple(log.identity for log in logs),
        events=count,
        models=replay.models,
        runs=len(known),
        versions=sum(run.version is not None for run in known),
        last_sequence=entry.sequence,
        last_at=entry.at,
        withheld=dict(sorted(replay.withheld.items())),
        unlogged_runs=tuple(run for log in logs for run in _unlogged(log, known)),
        unlogged_tags=tuple(sorted(n for n, told in numbers.items() if told > entry.sequence)),
        lost_commits=_lost_commits(logs, known),
        lost_objects=_lost_objects(registry, wanted) if request.verify else (),
        queued_tags=queued,
        verified=request.verify,
    )


def _logs(clones: list[GitRepository]) -> list[_Log]:
    """Sort clones by repository, the one whose log is longest first. Raises LogMissing."""
    logs: dict[str, _Log] = {}
    numbers: dict[str, int] = {}
    for clone in clones:
        head = delivery.look(clone.common_dir, (LOG_REF,), ()).heads.get(LOG_REF)
        if head is None or clone.identity is None:
            raise LogMissing(str(clone.root))
        number = read_entry(str(clone.root), head).number
        log = logs.setdefault(clone.identity, _Log(clone.identity, clone))
        if log.clone is not clone and number > numbers[clone.identity]:
            log.clone, clone = clone, log.clone
        if log.clone is not clone:
            log.others.append(clone)
        numbers[log.identity] = max(number, numbers.get(log.identity, 0))
    return list(logs.values())


def _read(clone: GitRepository) -> Iterator[LogEntry]:
    for head in read_chain(clone.common_dir, LOG_REF):
        yield read_entry(str(clone.root), head)


def _queue(tx: Transaction, log: _Log) -> int:
    """Queue the tags that the store tells of and no clone has got yet."""
    have = {name for clone in (log.clone, *log.others) for name in clone.refs("refs/tags/")}
    lost = [
        t for t in expected(tx.connection, (log.identity,)) if f"refs/tags/{t.name}" not in have
    ]
    for tag in lost:
        outbox.put(tx, log.identity, tag)
    return len(lost)


def _unlogged(log: _Log, known: tuple[CountedRun, ...]) -> Iterator[UnloggedRun]:
    """Give the runs that have a commit of their own here and are in no log."""
    told = {run.uuid for run in known if run.commit is not None}
    for ref, commit in log.clone.refs(f"{RUN_REFS}/").items():
        run = ref.removeprefix(f"{RUN_REFS}/")
        if run not in told:
            record = log.clone.read(commit, RECORD_FILE)
            model = None if record is None else str(json.loads(record).get("model"))
            repair = f"registry train {model or 'MODEL'} --commit {commit}"
            yield UnloggedRun(run=run, model=model, commit=commit, repair=repair)


def _lost_commits(logs: list[_Log], known: tuple[CountedRun, ...]) -> tuple[str, ...]:
    """Name what the store knows and no clone has."""
    wanted = {run.commit: run.ref for run in known if run.commit is not None}
    have: set[str] = set()
    for log in logs:
        for clone in (log.clone, *log.others):
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
