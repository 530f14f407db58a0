"""Where an artifact's bytes are: most in the object remote, some only in a bucket of their own."""

from pathlib import Path
from types import ModuleType

from registry_tasks.entities.errors import ExtraMissing
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.source import Source
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.remote import ObjectRemote


def verify(artifact: Artifact, objects: ObjectRemote, settings: Settings) -> None:
    """Read the bytes back from where they are. Raises as ``ObjectRemote.verify``."""
    if artifact.source is None:
        objects.verify(artifact)
    else:
        _reader().verify(artifact, Source.parse(artifact.source), settings.s3_deadline_s)


def fetch(artifact: Artifact, objects: ObjectRemote, settings: Settings, target: Path) -> None:
    """Copy the bytes to ``target``, verified. Raises as ``ObjectRemote.fetch``."""
    if artifact.source is None:
        objects.fetch(artifact, target)
    else:
        _reader().fetch(artifact, Source.parse(artifact.source), target, settings.s3_deadline_s)


def _reader() -> ModuleType:
    try:
        from registry_tasks.stores.artifacts.s3 import source
    except ModuleNotFoundError:
        raise ExtraMissing("data that is referenced in a bucket", "s3") from None
    return source
