"""Code: the cleaning, feature and training code of a version at its commit, by DVC stage."""

from collections.abc import Mapping
from hashlib import md5
from typing import Final, NamedTuple

from registry_tasks.entities.errors import CodeNotHere, CodeNotRecorded
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.version_code import CodeFile, StageCode, VersionCode
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.locked_code import read_dependencies
from registry_tasks.stores.dvc.lockfile import FILE as LOCK_FILE
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.trees import Blob, list_files, read_blobs
from registry_tasks.stores.metadata import versions
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.query import through

MAX_SHOWN_BYTES: Final = 1_000_000
"""How long a file may be whose text is shown."""


def read_code(registry: Registry, ref: str, stage: str | None = None) -> VersionCode:
    """Return what each DVC stage of a version ran, read from the run's own commit.

    Of one ``stage`` the texts are there as well. Raises: ModelNotFound, VersionNotFound,
    CodeNotRecorded, CodeNotHere, CommitNotFound.
    """
    found = _find(registry, ref)
    version, commit = found.version, found.commit
    repository = found.repository
    lock = repository.read(commit, LOCK_FILE)
    if lock is None:
        raise CodeNotRecorded(version.ref, f"its commit {commit[:12]} has no {LOCK_FILE}")
    reads = read_dependencies(lock.decode(errors="replace"))
    wanted = _wanted(version.ref, found.recipe, stage)
    paths = {name: _code_of(reads.get(name, ()), found.recipe) for name in wanted}
    blobs = list_files(repository.root, commit, [p for named in paths.values() for p in named])
    contents = dict(zip(blobs, read_blobs(repository.root, [b.name for b in blobs]), strict=True))
    return VersionCode(
        version=version.ref,
        repository=found.repository_name,
        commit=commit,
        stages=tuple(
            StageCode(
                stage=name,
                command=str(found.recipe.commands[name]),
                files=_files(paths[name], contents, with_text=stage is not None),
            )
            for name in wanted
        ),
        signature=found.signature,
    )


class _Found(NamedTuple):
    version: ModelVersion
    commit: str
    recipe: Recipe
    signature: Signature | None
    repository: GitRepository
    repository_name: str


def _find(registry: Registry, ref: str) -> _Found:
    """Look the version up, and its repository, which must be the one at hand."""
    with registry.metadata.reading() as connection:
        stored = get_recorded(through(connection), Reference.parse(ref))
        row = versions.read_row(connection, stored.id)
        recipe, signature = versions.read_recipe(connection, stored.id)
        version = stored.version
        if version.commit is None:
            raise CodeNotRecorded(version.ref, "no DVC pipeline made it")
        repository = registry.find_repository()
        if repository is None or row.repository not in names_here(registry, connection):
            place = f"{row.project}, whose first commit is {row.repository}"
            raise CodeNotHere(version.ref, version.commit, place)
    commit = repository.commit(version.commit)
    return _Found(version, commit, recipe, signature, repository, row.repository)


def _wanted(ref: str, recipe: Recipe, stage: str | None) -> tuple[str, ...]:
    if stage is None:
        return tuple(recipe.commands)
    name = stage.partition("@")[0]
    if name not in recipe.commands:
        known = ", ".join(recipe.commands)
        raise CodeNotRecorded(ref, f"it has no DVC stage {stage[:100]!r}; it has {known}")
    return (name,)


def _code_of(paths: tuple[str, ...], recipe: Recipe) -> tuple[str, ...]:
    """Return those dependencies that Git tracked as the run ended: they are code, no data."""
    return tuple(path for path in paths if path in recipe.code)


def _files(
    paths: tuple[str, ...], contents: Mapping[Blob, bytes], *, with_text: bool
) -> tuple[CodeFile, ...]:
    found = []
    for blob, content in contents.items():
        if not any(blob.path == path or blob.path.startswith(f"{path}/") for path in paths):
            continue
        shown = with_text and len(content) <= MAX_SHOWN_BYTES
        made = CodeFile(
            path=blob.path.encode(errors="surrogateescape").decode(errors="backslashreplace"),
            md5=md5(content, usedforsecurity=False).hexdigest(),
            blob=blob.name,
            size_bytes=len(content),
            text=content.decode(errors="replace") if shown else None,
        )
        found.append(made)
    return tuple(found)
