"""A version of a registered model: numbered once, never changed."""

from datetime import datetime

from pydantic import Field, JsonValue

from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.reproduction import Reproduction
from registry_tasks.entities.run import Run
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.signature import Signature


class ModelVersion(Entity):
    """What a version is and where it stands now: the answer of ``resolve``."""

    uuid: str
    model: str
    number: int
    semantic_version: str
    stages: dict[str, str]  # environment -> stage
    aliases: tuple[str, ...]
    run: str  # UUID
    commit: str | None
    model_path: str
    model_format: str
    sha256: str  # of the model file
    md5: str
    size_bytes: int
    grade: str
    created_at: datetime
    created_by: str

    @property
    def ref(self) -> str:
        """The reference that names this version and no other: ``name@3``."""
        return f"{self.model}@{self.number}"

    @property
    def stage(self) -> str:
        """The stage in the default environment."""
        return self.stages["default"]


class Confirmation(Entity):
    """A later run with the same recipe and the same outputs."""

    run: str
    at: datetime
    by: str


class VersionRecord(Entity):
    """Everything the store knows about one version."""

    version: ModelVersion
    description: str
    bump: Bump
    bump_reasons: tuple[str, ...]
    based_on: str | None  # the reference of the version it was compared with
    same_recipe_as: str | None  # set when the same recipe gave other bytes
    grade_reasons: tuple[str, ...]
    signature: Signature | None
    run: Run
    parameters: dict[str, JsonValue]
    metrics: dict[str, float]
    tags: dict[str, str]
    environment: Environment
    manifest: Manifest
    confirmations: tuple[Confirmation, ...]
    comparisons: tuple[Comparison, ...]
    attempts: tuple[PromotionAttempt, ...]
    reproductions: tuple[Reproduction, ...]


class RegisterRun(Entity):
    """Make a version of a finished run."""

    run: str
    description: str = ""
    tags: dict[str, str] = Field(default_factory=dict)


class RegisterFile(Entity):
    """Make a version of a file that no DVC pipeline made."""

    model: ModelName
    path: str
    format: str = "file"
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    metrics: dict[str, float] = Field(default_factory=dict)
    tags: dict[str, str] = Field(default_factory=dict)
    description: str = ""
    signature: Signature | None = None


class Registration(Entity):
    """What registering came to: a new version, or the confirmation of one that was there."""

    version: ModelVersion
    created: bool
    bump: Bump
    reasons: tuple[str, ...]
