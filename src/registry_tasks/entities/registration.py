"""Making a version: requests and the answer."""

from pathlib import PurePath
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.logged_run import FormatName, Results
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.parameters import Parameters
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import ToldOrigin
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.texts import Prose, TagKey, TagValue


class RegisterRun(Request):
    """Make a version of a finished run, by its UUID or ``run:<uuid>``."""

    needs: ClassVar = Permission.RECORD

    run: Annotated[str, AfterValidator(lambda run: run.removeprefix(RUN_PREFIX))]
    description: Prose = ""
    tags: dict[TagKey, TagValue] = Field(default_factory=dict)


class RegisterFile(Request):
    """Make a version of a file that no DVC pipeline made.

    ``origin`` is the checkout that it comes from, if not the one beside the store.
    """

    needs: ClassVar = Permission.RECORD

    model: ModelName
    path: str
    format: FormatName = "file"
    parameters: Parameters = Field(default_factory=dict)
    metrics: Results = Field(default_factory=dict)
    tags: dict[TagKey, TagValue] = Field(default_factory=dict)
    description: Prose = ""
    signature: Signature | None = None
    origin: ToldOrigin | None = None

    def body(self) -> str:
        """Leave out which folder the file is in: its bytes and its name say which one it is."""
        named = self.model_copy(update={"path": PurePath(self.path).name})
        return named.model_dump_json(exclude={"key", "origin"})


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
