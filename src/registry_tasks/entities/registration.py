"""Making a version: requests and the answer."""

from pydantic import Field, FiniteFloat, JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.request import Request
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.texts import Prose, TagKey, TagValue


class RegisterRun(Request):
    """Make a version of a finished run."""

    run: str
    description: Prose = ""
    tags: dict[TagKey, TagValue] = Field(default_factory=dict)


class RegisterFile(Request):
    """Make a version of a file that no DVC pipeline made."""

    model: ModelName
    path: str
    format: str = "file"
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    metrics: dict[str, FiniteFloat] = Field(default_factory=dict)
    tags: dict[TagKey, TagValue] = Field(default_factory=dict)
    description: Prose = ""
    signature: Signature | None = None


class Registration(Entity):
    """What registering came to: a new version, or the confirmation of one that was there.

    ``attempted`` names the stages that the version was tried for before: a run that died between
    registering and promoting left none, so the run that confirms its version goes on.
    """

    version: ModelVersion
    created: bool
    attempted: tuple[str, ...] = ()
    bump: Bump
    reasons: tuple[str, ...]
