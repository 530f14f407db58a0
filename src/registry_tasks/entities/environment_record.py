"""What the registry knows of the software and the machine that a version was made with."""

from datetime import datetime
from enum import StrEnum

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.hardware import Hardware


class EnvironmentForm(StrEnum):
    """What an environment can be written as."""

    REQUIREMENTS = "requirements"  # pip's requirements.txt with exact versions
    CONDA = "conda"  # Conda's environment.yml
    DOCKERFILE = "dockerfile"
    SBOM = "sbom"  # CycloneDX 1.6, JSON
    LOCK = "lock"  # the project's own lock file, byte for byte
    JSON = "json"


class EnvironmentRecord(Entity):
    """The environment of a version's run; ``hardware`` is None for what no pipeline made."""

    ref: str
    model: str
    semantic_version: str
    uuid: str  # of the version
    sha256: str  # of the model's file
    run: str
    commit: str | None
    ended_at: datetime | None
    environment: Environment
    hardware: Hardware | None


class DeclaringFile(Entity):
    """A file of the project that declares its software, as it stands in the run's commit."""

    path: str
    sha256: str
    text: str
