"""The logs of all repositories of a store, read from clones of them and proven."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from registry_tasks.entities.errors import LogDiffers, LogMissing
from registry_tasks.entities.log_entry import LOG_REF, LogEntry
from registry_tasks.registry.ledger.log import read_entry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.chain import read_chain
from registry_tasks.stores.git.repository import GitRepository


@dataclass
class Log:
    """One repository's log; ``others`` are further clones of it, which must agree."""

    identity: str
    clone: GitRepository
    others: list[GitRepository] = field(default_factory=list)

    @property
    def clones(self) -> tuple[GitRepository, ...]:
        """All clones of it that were named."""
        return self.clone, *self.others

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

    def has_any(self, commits: tuple[str, ...]) -> bool:
        """Whether one of these commits is in one of the clones."""
        return any(delivery.look(c.common_dir, (), (), commits).commits for c in self.clones)


def sort_clones(clones: list[GitRepository]) -> list[Log]:
    """Sort clones by repository, the one whose log is longest first. Raises LogMissing."""
    logs: dict[str, Log] = {}
    numbers: dict[str, int] = {}
    for clone in clones:
        head = delivery.look(clone.common_dir, (LOG_REF,), ()).heads.get(LOG_REF)
        if head is None or clone.identity is None:
            raise LogMissing(str(clone.root))
        number = read_entry(str(clone.root), head).number
        log = logs.setdefault(clone.identity, Log(clone.identity, clone))
        if log.clone is not clone and number > numbers[clone.identity]:
            log.clone, clone = clone, log.clone
        if log.clone is not clone:
            log.others.append(clone)
        numbers[log.identity] = max(number, numbers.get(log.identity, 0))
    return list(logs.values())


def _read(clone: GitRepository) -> Iterator[LogEntry]:
    for head in read_chain(clone.common_dir, LOG_REF):
        yield read_entry(str(clone.root), head)
