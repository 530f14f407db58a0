"""Register a file that no DVC pipeline made: the same manifest and rules, provenance grade F."""

from itertools import chain, islice
from pathlib import Path
from typing import Final
from uuid import uuid4

from registry_tasks.entities.environment import UNKNOWN, Environment
from registry_tasks.entities.errors import InvalidArtifact
from registry_tasks.entities.logged_run import check_artifact_name
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.registration import RegisterFile, RegisterRun, Registration
from registry_tasks.entities.run import Origin, RunResult, RunStart
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.catalogue.register import write_version
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.remote import prepare_remote, secure
from registry_tasks.stores.artifacts.digests import (
    CHUNK_BYTES,
    Digests,
    digest,
    open_regular,
    pieces,
)
from registry_tasks.stores.dvc.documents import flatten
from registry_tasks.stores.metadata import runs
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.store import Transaction

_UNKNOWN: Final = Environment(python=UNKNOWN, platform=UNKNOWN, packages={}, files={})
_UNKNOWN_DIGEST: Final = _UNKNOWN.digest()
_HELD_PIECES: Final = 8


def register_file(
    registry: Registry, request: RegisterFile, staged: Path | None = None
) -> Registration:
    """Make a version of a file; the same file with the same parameters makes none again.

    ``staged`` is where its bytes are if they came from elsewhere: ``path`` is then only its name.
    Raises: InvalidArtifact if it is missing, empty or no regular file, MalformedText, ContentDeleted,
    StoreReadOnly, DiskFull, RemoteMissing.
    """
    source, name = staged or Path(request.path), Path(request.path).name
    found, content = _read(source, request.path)
    check_artifact_name(name)
    if told := recall(registry, request, Registration, found.sha256):
        return told
    manifest = _store(registry, source, name, found, content)
    parameters = flatten(request.parameters)
    record = RunResult(
        commit=None,
        recipe=Recipe(
            code={},
            commands={},
            resolved="",
            parameters=parameters,
            data={},
            environment=_UNKNOWN_DIGEST,
        ),
        environment=_UNKNOWN,
        parameters=parameters,
        metrics=request.metrics,
        points=(),
        datasets=(),
        manifest=manifest,
        cost=None,
        model_path=name,
        model_format=request.format,
        signature=request.signature,
    )
    start = RunStart(
        uuid=str(uuid4()),
        model=request.model,
        experiment="files",
        origin=request.origin or find_origin(registry),
        flow_run=None,
    )

    def act(tx: Transaction) -> Registration:
        run_id = runs.start(tx, put_model(tx, request.model), start)
        runs.finish(tx, run_id, record)
        run = runs.get_row(tx.connection, start.uuid)
        asked = RegisterRun(run=start.uuid, description=request.description, tags=request.tags)
        return write_version(tx, run, manifest, asked)

    return carry_out(registry, request, act, Registration, found.sha256)


def find_origin(registry: Registry) -> Origin:
    """Say which repository a file comes from that is here. Raises ShallowClone."""
    repository = repository_name(registry)
    return Origin(project=Path(repository).name, repository=repository, base_commit=None)


def _read(source: Path, named: str) -> tuple[Digests, bytes | None]:
    """Hash a file, and keep the bytes of a small one, so that they are read and hashed once."""
    try:
        with open_regular(source) as file:
            content = b"".join(islice(pieces(file), _HELD_PIECES))
            is_all = len(content) < _HELD_PIECES * CHUNK_BYTES
            found = digest(chain((content,), pieces(file)))
    except FileNotFoundError:
        raise InvalidArtifact(named, "there is no such file") from None
    if found.size_bytes == 0:
        raise InvalidArtifact(named, "it is empty")
    return found, content if is_all else None


def _store(
    registry: Registry, source: Path, name: str, found: Digests, content: bytes | None
) -> Manifest:
    """Put the file into the remote and read it back."""
    artifact = Artifact(
        path=name,
        md5=found.md5,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        home=Home.REMOTE,
        stage=None,
    )
    prepare_remote(registry)
    if content is None:
        registry.objects.put(source, found.md5)
    else:
        registry.objects.put_bytes(content, found)
    registry.objects.read_back(artifact)
    secure(registry, (artifact,))
    return Manifest(artifacts=(artifact,))
