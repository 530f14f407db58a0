"""Diff: what changed from one version or run to another."""

from registry_tasks.entities.difference import Cause, Change, Diff
from registry_tasks.entities.errors import CommitNotFound
from registry_tasks.registry.catalogue.compare import Compared, find_compared, put_side_by_side
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.changes import find_changes, find_metric_changes
from registry_tasks.stores.dvc.locked_code import stages_reading
from registry_tasks.stores.dvc.lockfile import FILE as LOCK_FILE
from registry_tasks.stores.git.line_changes import count_lines
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata.query import through


def diff(registry: Registry, before: str, after: str) -> Diff:
    """Return what changed: code by DVC stage, data, parameters, packages, signature, metrics.

    DVC stages and lines are told where the checkout at hand has the runs' commits.
    Raises: MalformedReference, ModelNotFound, VersionNotFound, RunNotFound.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        compared = find_compared(query, (before, after))
        found = put_side_by_side(query, compared)
    runs = [compared.runs[compared.run_ids[place]] for place in compared.places]
    repository = registry.find_repository()
    readers: dict[str, tuple[str, ...]] = {}
    if repository is not None:
        for run in runs:
            for path, stages in _readers(repository, run.commit).items():
                readers[path] = tuple(dict.fromkeys((*readers.get(path, ()), *stages)))
    changes = find_changes(found, readers)
    old, new = (run.commit for run in runs)
    if repository is not None and old is not None and new is not None:
        changes = _with_lines(repository, old, new, changes)
    evaluation = policy_of(registry, runs[-1].model).policy.evaluation
    metrics = find_metric_changes(found, evaluation)
    return Diff(
        before=found.versions[0],
        after=found.versions[1],
        grades=(_grade(compared, 0), _grade(compared, 1)),
        changes=changes,
        metrics=metrics,
    )


def _grade(found: Compared, name: int) -> str | None:
    version = found.versions.get(found.run_ids[found.places[name]])
    return None if version is None else version.grade


def _readers(repository: GitRepository, commit: str | None) -> dict[str, tuple[str, ...]]:
    if commit is None:
        return {}
    try:
        return stages_reading(repository.read(commit, LOCK_FILE) or b"")
    except CommitNotFound:  # it belongs to another repository
        return {}


def _with_lines(
    repository: GitRepository, old: str, new: str, changes: tuple[Change, ...]
) -> tuple[Change, ...]:
    paths = [change.name for change in changes if _is_code(change)]
    lines = count_lines(repository, old, new, paths)
    return tuple(
        change.model_copy(update=dict(zip(("added", "removed"), lines[change.name], strict=True)))
        if _is_code(change) and change.name in lines
        else change
        for change in changes
    )


def _is_code(change: Change) -> bool:
    return change.cause is Cause.CODE and change.kind == "file"
