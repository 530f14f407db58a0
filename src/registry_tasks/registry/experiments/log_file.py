"""Log a file: bytes into the remote, verified, then a row of a run that goes on."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.errors import AlreadyLogged, Immutable, InvalidArtifact
from registry_tasks.entities.logged_run import (
    MAX_FILES,
    FileRole,
    LogFile,
    Logged,
    check_artifact_name,
)
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.registry.carry_out import jot_down, recall
from registry_tasks.registry.experiments.log_run import running
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import prepare_remote, secure
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.metadata import run_contents, runs
from registry_tasks.stores.metadata.store import Transaction


def log_file(registry: Registry, request: LogFile, staged: Path | None = None) -> Logged:
    """Keep a file of a run, or each file of a folder below its name; nothing is kept twice.

    ``staged`` is where the bytes of one file are if they came from elsewhere. Raises: InvalidArtifact, RunNotFound, RunEnded, AlreadyLogged, RemoteMissing, StoreReadOnly,
    DiskFull.
    """
    found = {name: (file, _artifact(name, file)) for name, file in files_of(request, staged)}
    artifacts = [artifact for _, artifact in found.values()]
    lines = "".join(f"{a.sha256} {a.path}\n" for a in artifacts)
    content = sha256(lines.encode()).hexdigest()
    if told := recall(registry, request, Logged, content):
        return told
    prepare_remote(registry)
    for file, artifact in found.values():
        registry.objects.put(file, artifact.md5)
        registry.objects.read_back(artifact)
    secure(registry, artifacts)

    def act(tx: Transaction) -> Logged:
        run_id = running(tx, request.run)
        run_contents.add_artifacts(tx.connection, run_id, artifacts)
        row = runs.get_row(tx.connection, request.run)
        if request.role is FileRole.PLOT:
            runs.name_plots(tx, run_id, [*(row.plots or ()), *found])
        if request.role is FileRole.MODEL:
            _name_model(tx, row, request)
        return Logged(run=request.run, files=tuple(found))

    try:
        return jot_down(registry, request, act, Logged, content)
    except (Immutable, sa.exc.IntegrityError):
        with registry.metadata.reading() as connection:
            run_id = runs.get_row(connection, request.run).id
            there = {a.path for a in run_contents.read_manifest(connection, run_id).artifacts}
        if twice := sorted(there & found.keys()):
            raise AlreadyLogged(request.run, f"the artifact {twice[0]!r}") from None
        raise


def _name_model(tx: Transaction, row: sa.Row[Any], request: LogFile) -> None:
    if row.model_path is not None:
        raise AlreadyLogged(request.run, f"the model {row.model_path!r}")
    shape = request.signature
    signature = None if shape is None else shape.model_dump(mode="json")
    runs.name_model(tx, row.id, request.name, request.format, signature)


def files_of(request: LogFile, staged: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Give the files that are meant, each under its name. Raises InvalidArtifact, MalformedText."""
    source = staged or Path(request.path)
    if staged is not None or not source.is_dir():
        yield request.name, source
        return
    if request.role is FileRole.MODEL:
        raise InvalidArtifact(request.path, "a model is one file; log the folder as artifacts")
    count = 0
    for folder, folders, files in os.walk(source):
        folders.sort()
        for name in sorted(files):
            count += 1
            if count > MAX_FILES:
                reason = f"it has more than {MAX_FILES:,} files; keep such data in DVC"
                raise InvalidArtifact(request.path, reason)
            file = Path(folder) / name
            below = file.relative_to(source).as_posix()
            yield check_artifact_name(f"{request.name}/{below}"), file
    if count == 0:
        raise InvalidArtifact(request.path, "the folder holds no file")


def _artifact(name: str, file: Path) -> Artifact:
    try:
        found = digest_file(file)
    except FileNotFoundError:
        raise InvalidArtifact(str(file), "there is no such file") from None
    return Artifact(
        path=name,
        md5=found.md5,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        home=Home.REMOTE,
        stage=None,
    )
