"""Keep log, tags and run commits on a Git remote as well, so that any one clone can be lost.

What the remote has is asked each time and remembered nowhere: one that lost something, or is
another one by now, is filled again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from pathlib import Path
from typing import Final, TypeAlias

from registry_tasks.entities.errors import LogDiffers, ProgramFailed, RegistryError
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.ledger.log import check_is_known, is_told_by_store, read_entry
from registry_tasks.registry.ledger.tags import expected, model_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.chain import read_chain
from registry_tasks.stores.git.mending import remove_locks
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.refs import leads_to, list_refs
from registry_tasks.stores.git.remotes import fetch_refs, list_refs_on, push_refs
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import forget_unfinished
from registry_tasks.stores.metadata.models import names_with_versions

LIMIT_S: Final = 30.0
_THEIRS: Final = "refs/registry-remote/log"
_TAGS: Final = "refs/tags/"
_SHARED: Final = (LOG_REF, f"{RUN_REFS}/", _TAGS)
Refs: TypeAlias = Mapping[str, str]
"""By full name, the commits that they lead to."""
_Exchange: TypeAlias = Callable[[Path, float, str, Sequence[str], int], None]


def list_here(repository: GitRepository) -> dict[str, str]:
    """Return all refs of this clone that may be shared, and the user's own tags."""
    return list_refs(repository.common_dir, *_SHARED)


def list_there(repository: GitRepository, remote: str) -> dict[str, str]:
    """Ask a remote for the same. Raises: ProgramFailed."""
    below = f"{RUN_REFS}/", _TAGS
    patterns = LOG_REF, *(f"{folder}*" for folder in below)
    found = list_refs_on(repository.root, LIMIT_S, remote, *patterns)
    return {n: commit for n, commit in found.items() if n == LOG_REF or n.startswith(below)}


def find_lacking(of: Refs, than: Refs) -> dict[str, str]:
    """Return those refs of one side that the other lacks, or that lead elsewhere there."""
    return {name: commit for name, commit in of.items() if than.get(name) != commit}


class Share:
    """A Git remote in use by the holder of a repository's lock; without a remote it does nothing."""

    def __init__(self, registry: Registry, repository: GitRepository) -> None:
        self._registry, self._repository = registry, repository
        self._remote = registry.settings.git_remote or ""
        self._folder = repository.common_dir
        self._theirs: dict[str, str] | None = None  # what it has, once it has told
        self._replaces = False  # our log takes the place of theirs

    def receive(self, lock: int) -> list[RegistryError]:
        """Fetch what other clones have told; returns what went wrong, which the next time mends."""
        if not self._remote:
            return []
        self._theirs = None
        try:
            theirs = list_there(self._repository, self._remote)
            ours = list_here(self._repository)
            self._fetch(lock, ours, theirs)
            self._compare_logs(lock, ours.get(LOG_REF), theirs)
        except RegistryError as error:
            return [error]
        self._theirs = theirs
        return []

    def send(self, lock: int, told: AbstractSet[str] = frozenset()) -> list[RegistryError]:
        """Push what the remote lacks; returns what went wrong, which the next time mends.

        ``told`` names tags that are known to be the registry's own.
        """
        if self._theirs is None:
            return []
        lacking = self._lacking(self._theirs, told)
        specs = [f"{'+' if self._is_replaced(name) else ''}{name}:{name}" for name in lacking]
        try:
            self._talk(push_refs, lock, specs)
        except ProgramFailed as error:
            if "(fetch first)" not in error.said and "(non-fast-forward)" not in error.said:
                return [error]
            if failed := self.receive(lock):
                return failed
            # Another clone may have told more meanwhile, and with it all that we have told.
            return [error] if self._lacking(self._theirs, told) else []
        self._theirs |= lacking
        return []

    def _lacking(self, theirs: Refs, told: AbstractSet[str]) -> dict[str, str]:
        return self._only_ours(find_lacking(list_here(self._repository), theirs), told)

    def _fetch(self, lock: int, ours: Refs, theirs: Refs) -> None:
        """Fetch tags and runs that are not here; what leads elsewhere here stays as it is."""
        lacking = {name: theirs[name] for name in theirs if name not in ours and name != LOG_REF}
        self._talk(fetch_refs, lock, [f"{name}:{name}" for name in self._only_ours(lacking)])

    def _compare_logs(self, lock: int, ours: str | None, theirs: dict[str, str]) -> None:
        """Go on from their log if it is ahead of ours. Raises LogDiffers."""
        found = theirs.get(LOG_REF)
        if found is None or (ours and leads_to(self._folder, ours, found)):
            return
        self._talk(fetch_refs, lock, [f"+{LOG_REF}:{_THEIRS}"])
        heads = delivery.look(self._folder, (LOG_REF, _THEIRS), ()).heads
        head, theirs[LOG_REF] = heads.get(LOG_REF), heads[_THEIRS].commit
        if head and not leads_to(self._folder, heads[_THEIRS].commit, head.commit):
            self._replaces = self._is_whole(head, heads[_THEIRS])
        if not self._replaces:
            (self._folder / f"{LOG_REF}.lock").unlink(missing_ok=True)
            git(self._folder, "update-ref", "--no-deref", LOG_REF, theirs[LOG_REF], lock=lock)

    def _is_whole(self, ours: delivery.Head, theirs: delivery.Head) -> bool:
        """Whether of two logs that part it is ours that has all the store tells; else it is theirs.

        A log is written anew when the store learns of older events. Raises LogDiffers if neither
        has all, or theirs has what the store does not know.
        """
        place = f"remote {self._remote}"
        entry = read_entry(place, theirs)
        with self._registry.metadata.reading() as connection:
            names = names_here(self._registry, connection)
            if is_told_by_store(connection, names, entry):
                return False
            if is_told_by_store(connection, names, read_entry(str(self._folder), ours)):
                check_is_known(connection, names, place, read_chain(self._folder, _THEIRS))
                return True
        reason = "the log of this clone is another one, and so is the store"
        raise LogDiffers(place, entry.sequence, reason)

    def _only_ours(self, refs: Refs, told: AbstractSet[str] = frozenset()) -> dict[str, str]:
        """Leave out tags that no event tells of: a user's own, even if they read like ours."""
        tags = {name.removeprefix(_TAGS): name for name in refs if name.startswith(_TAGS)}
        known = {tags[name]: refs[tags[name]] for name in told if name in tags}
        known |= self._expected(tags.keys() - told)
        own = {tag for tag in tags.values() if known.get(tag) != refs[tag]}
        return {name: commit for name, commit in refs.items() if name not in own}

    def _expected(self, tags: Iterable[str]) -> dict[str, str]:
        """Ask the store for all tags that events tell of, if some of these may be such."""
        found = {model for tag in tags if (model := model_of(tag))}
        if not found:
            return {}
        with self._registry.metadata.reading() as connection:
            names = names_here(self._registry, connection)
            if found.isdisjoint(names_with_versions(connection, names)):
                return {}
            return {f"{_TAGS}{tag.name}": tag.commit for tag in expected(connection, names)}

    def _is_replaced(self, name: str) -> bool:
        return self._replaces and name == LOG_REF

    def _talk(self, exchange: _Exchange, lock: int, specs: Sequence[str]) -> None:
        """Fetch or push, once more if a killed Git of ours had left something in the way."""
        try:
            exchange(self._repository.root, LIMIT_S, self._remote, specs, lock)
        except ProgramFailed:
            written = [spec.rpartition(":")[2] for spec in specs]
            unfinished = forget_unfinished(self._folder, self._registry.settings.workspaces)
            if remove_locks(self._folder, written) + unfinished == 0:
                raise
            exchange(self._repository.root, LIMIT_S, self._remote, specs, lock)
