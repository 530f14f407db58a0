"""Confirm pushed: see which versions' commits have reached a Git remote, and grade them anew."""

from collections.abc import Mapping, Sequence
from typing import Final

from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.grading import settle_grade
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.ledger.share import LIMIT_S
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git.pushed import find_remote_refs
from registry_tasks.stores.git.remotes import list_refs_on
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata.grades import Unpushed, list_unpushed
from registry_tasks.stores.metadata.store import Transaction

_MANY: Final = 500


def confirm_pushed(registry: Registry) -> tuple[str, ...]:
    """Return the references of versions that have another grade, or fewer reasons, by now.

    A commit is pushed where a remote-tracking ref of this clone leads to it, or where the Git
    remote that the registry shares with has the run's own commit. Raises: ProgramFailed where that
    remote is away.
    """
    repository = registry.find_repository()
    if repository is None:
        return ()
    with registry.metadata.reading() as connection:
        waiting = list_unpushed(connection, names_here(registry, connection))
    found = _find(registry, repository, waiting) if waiting else {}
    changed: list[str] = []
    pushed = [version for version in waiting if version.version_id in found]
    for place in range(0, len(pushed), _MANY):
        batch = pushed[place : place + _MANY]

        def act(tx: Transaction, batch: Sequence[Unpushed] = batch) -> list[str]:
            return [v.ref for v in batch if settle_grade(tx, v.version_id, found[v.version_id])]

        changed += transact(registry, act)
    return tuple(changed)


def _find(
    registry: Registry, repository: GitRepository, waiting: Sequence[Unpushed]
) -> Mapping[int, str]:
    """Return by version a ref of a Git remote that leads to its commit."""
    folder = repository.common_dir
    refs = find_remote_refs(folder, {version.base_commit for version in waiting})
    found = {v.version_id: refs[v.base_commit] for v in waiting if v.base_commit in refs}
    remote = registry.settings.git_remote
    if remote is not None and len(found) < len(waiting):
        shared = list_refs_on(repository.root, LIMIT_S, remote, f"{RUN_REFS}/*")
        for version in waiting:
            if shared.get(ref := f"{RUN_REFS}/{version.run}") == version.commit:
                found.setdefault(version.version_id, ref)
    return found
