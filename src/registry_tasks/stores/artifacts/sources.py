"""Where an artifact's bytes are: most in the object remote, some only in a bucket of their own.

What that bucket has lost may have been put into the remote instead, as the doctor does.
"""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from registry_tasks.entities.errors import Corrupt, ExtraMissing
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.source import Source
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.remote import ObjectRemote


def look(artifact: Artifact, objects: ObjectRemote, settings: Settings) -> None:
    """Ask its bucket whether a referenced artifact's version is there, without reading it.

    Raises as ``ObjectRemote.verify``.
    """
    source = Source.parse(str(artifact.source))
    _or_remote(
        artifact,
        objects,
        lambda: _reader().look(artifact, source, settings.s3_deadline_s),
        lambda: None,
    )


def verify(artifact: Artifact, objects: ObjectRemote, settings: Settings) -> None:
    """Read the bytes back from where they are. Raises as ``ObjectRemote.verify``."""
    if artifact.source is None:
        objects.verify(artifact)
        return
    source = Source.parse(artifact.source)
    _or_remote(
        artifact,
        objects,
        lambda: _reader().verify(artifact, source, settings.s3_deadline_s),
        lambda: objects.verify(artifact),
    )


def fetch(artifact: Artifact, objects: ObjectRemote, settings: Settings, target: Path) -> None:
    """Copy the bytes to ``target``, verified. Raises as ``ObjectRemote.fetch``."""
    if artifact.source is None:
        objects.fetch(artifact, target)
        return
    source = Source.parse(artifact.source)
    _or_remote(
        artifact,
        objects,
        lambda: _reader().fetch(artifact, source, target, settings.s3_deadline_s),
        lambda: objects.fetch(artifact, target),
    )


def _or_remote(
    artifact: Artifact,
    objects: ObjectRemote,
    at_source: Callable[[], None],
    in_remote: Callable[[], None],
) -> None:
    try:
        at_source()
    except Corrupt:
        if not objects.has(artifact.md5):
            raise
        in_remote()


def _reader() -> ModuleType:
    try:
        from registry_tasks.stores.artifacts.s3 import source
    except ModuleNotFoundError:
        raise ExtraMissing("data that is referenced in a bucket", "s3") from None
    return source
