"""The code that made a version, by DVC stage."""

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.signature import Signature


class CodeFile(Entity):
    """A file that Git keeps and a DVC stage read, as it was at the run's commit.

    ``text`` is None where it was not asked for, or the file is too long to show.
    """

    path: str
    md5: str
    blob: str  # what Git calls its content
    size_bytes: int
    text: str | None = None


class StageCode(Entity):
    """What one DVC stage runs: its command in dvc.yaml, and the code that it depends on."""

    stage: str
    command: str
    files: tuple[CodeFile, ...]


class VersionCode(Entity):
    """All code that a version was made with, and the features that it takes."""

    version: str  # reference
    repository: str
    commit: str
    stages: tuple[StageCode, ...]
    signature: Signature | None
