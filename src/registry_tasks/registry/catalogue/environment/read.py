"""Read what is on record of a version's software, machine and declaring files."""

from hashlib import sha256
from pathlib import PurePosixPath

from registry_tasks.entities.environment import LOCK_FILES
from registry_tasks.entities.environment_record import DeclaringFile, EnvironmentRecord
from registry_tasks.entities.errors import EnvironmentNotRecorded, ObjectCorrupt
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import environments, runs
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.query import through


def read_environment(registry: Registry, ref: str) -> EnvironmentRecord:
    """Return a version's environment, deleted or not. Raises ModelNotFound, VersionNotFound."""
    with registry.metadata.reading() as connection:
        version = get_recorded(through(connection), Reference.parse(ref)).version
        run = runs.get_row(connection, version.run)
        return EnvironmentRecord(
            ref=version.ref,
            model=version.model,
            semantic_version=version.semantic_version,
            uuid=version.uuid,
            sha256=version.sha256,
            run=version.run,
            commit=run.commit,
            ended_at=run.ended_at,
            environment=environments.read_environment(
                connection, run.environment_id, run.environment_files, run.direct_urls
            ),
            hardware=None if run.hardware is None else Hardware.model_validate(run.hardware),
        )


def read_declaring_files(registry: Registry, record: EnvironmentRecord) -> dict[str, bytes]:
    """Return path -> bytes of the files that declared the software, out of the run's commit.

    Raises: EnvironmentNotRecorded, NotAProject, CommitNotFound, ObjectCorrupt.
    """
    if not record.environment.files:
        raise EnvironmentNotRecorded(record.ref, "its project had no file that declares software")
    return {path: _read(registry, record, path) for path in sorted(record.environment.files)}


def read_lock(registry: Registry, record: EnvironmentRecord) -> bytes:
    """Return the project's lock file as it was. Raises as ``read_declaring_files``."""
    for path in LOCK_FILES:
        if path in record.environment.files:
            return _read(registry, record, path)
    raise EnvironmentNotRecorded(record.ref, "its project had no lock file")


def as_texts(record: EnvironmentRecord, files: dict[str, bytes]) -> tuple[DeclaringFile, ...]:
    """Return files for people and for JSON."""
    return tuple(
        DeclaringFile(
            path=path,
            sha256=record.environment.files[path],
            text=content.decode(errors="replace"),
        )
        for path, content in files.items()
    )


def _read(registry: Registry, record: EnvironmentRecord, path: str) -> bytes:
    wanted = record.environment.files[path]
    if record.commit is None or PurePosixPath(path).name != path:
        raise EnvironmentNotRecorded(record.ref, f"its run has no commit that holds {path}")
    content = registry.repository.read(record.commit, path)
    if content is None:
        raise EnvironmentNotRecorded(record.ref, f"commit {record.commit} does not hold {path}")
    found = sha256(content).hexdigest()
    if found != wanted:
        place = f"commit {record.commit}"
        raise ObjectCorrupt(path, place, f"sha256 {wanted}", f"sha256 {found}")
    return content
