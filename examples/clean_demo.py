"""Take away what `make demo` made, and nothing else: state, objects, refs and tags of its runs.

Refuses when the registry holds anything else, so that nobody's work goes with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import StoreMissing
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.run import RUN_REFS, Run
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.workspace import point_workspace
from registry_tasks.stores.metadata import models, sqlite
from registry_tasks.stores.metadata.runs import get_row, list_runs, read_manifest

PROJECT = Path(__file__).resolve().parent.parent
EXPERIMENT = "demo"
FOLDERS = ("runs", "workspaces", "downloads", "prefect", "dvc")
"""What the registry makes in its state folder, besides the store and the remote."""


def main() -> None:
    """Check first, then delete."""
    os.chdir(PROJECT)
    with Registry.open() as registry:
        print(clean(registry))


def clean(registry: Registry) -> str:
    """Delete what the demo's runs made; says what was deleted. Exits if there is more than that."""
    settings, project = registry.settings, registry.repository.root
    try:
        with registry.metadata.reading() as connection:
            runs = all_runs(connection)
            md5s = objects_of(connection, runs)
    except StoreMissing:
        runs, md5s = [], set()
    if not runs:
        return "there is no run of the demo; nothing was deleted"
    if others := sorted({run.experiment for run in runs} - {EXPERIMENT}):
        sys.exit(
            f"{settings.state} also holds runs of other experiments ({', '.join(others)}); "
            "nothing was deleted"
        )
    store = sqlite.path_of(settings.store_url)
    if store is None or store.parent.resolve() != settings.state:
        sys.exit(f"the runs are in {registry.metadata.url}, not in {settings.state}; drop it first")
    registry.close()

    cache, remote = shared_cache(project), settings.state / "remote"
    if cache.root.resolve() == (project / ".dvc" / "cache").resolve():
        remove_objects(cache.root, (cache.path(md5) for md5 in md5s))
    if settings.remote == remote:
        remove_objects(remote, (ObjectDirectory(remote).path(md5) for md5 in md5s))
        shutil.rmtree(remote / "tmp", ignore_errors=True)
        remove_empty(remote)
    tags = remove_refs(project, runs)
    remove_workspaces(project, settings.state / "workspaces")
    remove_configuration(project, settings.remote)
    for name in FOLDERS:
        shutil.rmtree(settings.state / name, ignore_errors=True)
    for suffix in ("-wal", "-shm", ""):  # the store last: until then this can be run again
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    told = f"took away {len(runs)} runs, {len(md5s)} objects and {tags} tags"
    left = [path for path in settings.state.iterdir() if path.name != ".gitignore"]
    if left:
        return f"{told}; not the demo's, so still there: {', '.join(map(str, sorted(left)))}"
    shutil.rmtree(settings.state)
    return told


def all_runs(connection: sa.Connection) -> list[Run]:
    """Return every run of every model."""
    names = [model.name for model in models.list_models(connection)]
    return [run for name in names for run in list_runs(connection, name, 2**31 - 1)]


def objects_of(connection: sa.Connection, runs: Iterable[Run]) -> set[str]:
    """Return the MD5s that the manifests of the runs name."""
    manifests = [read_manifest(connection, get_row(connection, run.uuid).id) for run in runs]
    return {artifact.md5 for manifest in manifests for artifact in manifest.artifacts}


def remove_objects(root: Path, paths: Iterable[Path]) -> None:
    """Remove objects, and the folders that are empty then."""
    for path in paths:
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    remove_empty(root)


def remove_empty(root: Path) -> None:
    """Remove the folders of an object store that holds no object any more."""
    for folder in (root / "files" / "md5", root / "files", root):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def remove_refs(project: Path, runs: Iterable[Run]) -> int:
    """Remove what keeps the commits of the runs, and the registry's tags on them; counts tags."""
    ours = {f"{RUN_REFS}/{run.uuid}": run.model for run in runs}
    kept = {name: commit for name, commit in refs(project, RUN_REFS).items() if name in ours}
    marks = tuple(f"refs/tags/{m}{mark}" for m in set(ours.values()) for mark in ("@v", "#"))
    tags = [
        name
        for name, commit in refs(project, "refs/tags/").items()
        if commit in kept.values() and name.startswith(marks)
    ]
    for name in (*tags, *kept, LOG_REF):  # all that the log tells of was the demo's
        git(project, "update-ref", "-d", name)
    return len(tags)


def remove_workspaces(project: Path, folder: Path) -> None:
    """Remove the worktrees that a run which died left behind."""
    for line in git(project, "worktree", "list", "--porcelain").splitlines():
        place = Path(line.removeprefix("worktree "))
        if line.startswith("worktree ") and place.is_relative_to(folder):
            git(project, "worktree", "remove", "--force", "--force", str(place))


def remove_configuration(project: Path, remote: Path | Bucket) -> None:
    """Remove .dvc/config.local if nothing is in it but what the registry writes."""
    config = project / ".dvc" / "config.local"
    with tempfile.TemporaryDirectory() as folder:
        point_workspace(Path(folder), project / ".dvc" / "cache", remote)
        written = (Path(folder) / ".dvc" / "config.local").read_text(encoding="utf-8")
    if config.is_file():
        said = config.read_text(encoding="utf-8")
        if set(said.splitlines()) <= set(written.splitlines()):
            config.unlink()


def refs(project: Path, prefix: str) -> dict[str, str]:
    """Return full ref name -> the commit it leads to."""
    form = "--format=%(refname) %(objectname) %(*objectname)"
    lines = git(project, "for-each-ref", form, prefix).splitlines()
    return {line.split()[0]: line.split()[-1] for line in lines}


def git(project: Path, *arguments: str) -> str:
    """Run Git in the checkout; raises CalledProcessError."""
    return subprocess.run(
        ["git", *arguments], cwd=project, check=True, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    main()
