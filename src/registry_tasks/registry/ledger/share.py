"""Keep log, tags and run commits on a Git remote as well, so that any one clone can be lost."""

from typing import Final

from registry_tasks.entities.errors import LogDiffers, ProgramFailed, RegistryError
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.ledger.log import is_told_by_store, read_entry
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.mending import remove_locks
from registry_tasks.stores.git.program import git, git_finds, git_within
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import forget_unfinished
from registry_tasks.stores.metadata.models import names_with_versions

LIMIT_S: Final = 30.0
_THEIRS: Final = "refs/registry-remote/log"
_SENT_FILE: Final = "registry-sent"


class Share:
    """A Git remote in use by the holder of a repository's lock; without a remote it does nothing."""

    def __init__(self, registry: Registry, repository: GitRepository, lock: int) -> None:
        self._registry, self._repository, self._lock = registry, repository, lock
        self._remote = registry.settings.git_remote
        self._folder = repository.common_dir
        self._reached = True

    def receive(self) -> list[RegistryError]:
        """Fetch what other clones have told; returns what went wrong, which the next time mends."""
        if self._remote is None:
            return []
        specs = [f"+{LOG_REF}*:{_THEIRS}*", f"{RUN_REFS}/*:{RUN_REFS}/*", *self._tags()]
        try:
            self._fetch(specs)
            self._take_over()
        except RegistryError as error:
            self._reached = not isinstance(error, ProgramFailed)
            return [error]
        return []

    def send(self, force: bool = False) -> list[RegistryError]:
        """Push what this clone has; returns what went wrong, which the next time mends."""
        if self._remote is None or not self._reached:
            return []
        ours = self._heads().get(LOG_REF)
        sent = self._folder / _SENT_FILE
        mark = f"{self._remote} {ours and ours.commit}"
        if not force and sent.is_file() and sent.read_text() == mark:
            return []
        runs = [f"{RUN_REFS}/*:{RUN_REFS}/*"]
        log = [f"{'+' if force else ''}{LOG_REF}:{LOG_REF}"] if ours else []
        try:
            self._talk("push", "--quiet", "--no-verify", *log, *runs, *self._tags())
        except ProgramFailed as error:
            if "(fetch first)" in error.said or "(non-fast-forward)" in error.said:
                return self.receive()  # another clone has told more, and all that we have told
            return [error]
        sent.write_text(mark)
        return []

    def _fetch(self, specs: list[str]) -> None:
        """Fetch, once more if a killed Git of ours had left something in the way."""
        options = ("--quiet", "--no-tags", "--no-write-fetch-head")
        try:
            self._talk("fetch", *options, *specs)
        except ProgramFailed:
            written = [spec.rpartition(":")[2] for spec in specs]
            unfinished = forget_unfinished(self._folder, self._registry.settings.workspaces)
            if remove_locks(self._folder, written) + unfinished == 0:
                raise
            self._talk("fetch", *options, *specs)

    def _take_over(self) -> None:
        """Go on from their log if it is ahead of ours. Raises LogDiffers."""
        heads = self._heads()
        ours, theirs = heads.get(LOG_REF), heads.get(_THEIRS)
        if theirs is None or ours == theirs:
            return
        if ours is not None:
            if self._leads_to(theirs.commit, ours.commit):
                return
            if not self._leads_to(ours.commit, theirs.commit):
                place, entry = f"remote {self._remote}", read_entry(str(self._remote), theirs)
                with self._registry.metadata.reading() as connection:
                    names = names_here(self._registry, connection)
                    if not is_told_by_store(connection, names, entry):
                        reason = "the log of this clone is another one, and so is the store"
                        raise LogDiffers(place, entry.sequence, reason)
        (self._folder / f"{LOG_REF}.lock").unlink(missing_ok=True)
        git(self._folder, "update-ref", "--no-deref", LOG_REF, theirs.commit, lock=self._lock)

    def _heads(self) -> dict[str, delivery.Head]:
        return delivery.look(self._folder, (LOG_REF, _THEIRS), ()).heads

    def _leads_to(self, earlier: str, later: str) -> bool:
        asked = ("merge-base", "--is-ancestor", earlier, later)
        return git_finds(self._folder, *asked) is not None

    def _tags(self) -> list[str]:
        """Name our tags on both sides: a user's own are none of ours."""
        with self._registry.metadata.reading() as connection:
            names = names_here(self._registry, connection)
            models = names_with_versions(connection, names)
        patterns = (f"refs/tags/{model}{mark}*" for model in models for mark in "@#")
        return [f"{pattern}:{pattern}" for pattern in patterns]

    def _talk(self, verb: str, *rest: str) -> None:
        options, specs = [r for r in rest if r.startswith("--")], [r for r in rest if r[0] != "-"]
        git_within(
            self._folder, LIMIT_S, verb, *options, "--", str(self._remote), *specs, lock=self._lock
        )


def open_share(registry: Registry, repository: GitRepository, lock: int) -> Share:
    """Return the remote that the settings name, or one that does nothing."""
    return Share(registry, repository, lock)
