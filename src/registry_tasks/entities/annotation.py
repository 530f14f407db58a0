"""What people say of models and versions: a profile, notes, tags, documents; and aliases."""

from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from registry_tasks.entities.document import SchemaDocument
from registry_tasks.entities.names import Label, ModelName
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.profile import ProfileChange
from registry_tasks.entities.request import Request
from registry_tasks.entities.texts import NoteText, TagKey, TagValue


class Describe(ProfileChange, Request):
    """Change what is said of a version."""

    needs: ClassVar = Permission.ANNOTATE

    ref: str


class DescribeModel(ProfileChange, Request):
    """Change what is said of a model."""

    needs: ClassVar = Permission.ANNOTATE

    model: ModelName


class AddNote(Request):
    """Write a note of a model (``name``) or a version (any reference)."""

    needs: ClassVar = Permission.ANNOTATE

    subject: str
    text: NoteText


class ChangeTags(Request):
    """Set tags of a model or a version, and take others away."""

    needs: ClassVar = Permission.ANNOTATE

    subject: str
    put: dict[TagKey, TagValue] = Field(default_factory=dict)
    remove: tuple[TagKey, ...] = ()

    @model_validator(mode="after")
    def _check_clear(self) -> Self:
        if both := sorted(set(self.put) & set(self.remove)):
            raise ValueError(f"tag {both[0]!r} cannot be set and removed at once")
        if not self.put and not self.remove:
            raise ValueError("name at least one tag")
        return self


class Existing(StrEnum):
    """What to do about documents on record that a new schema does not fit."""

    MUST_MEET = "must-meet"
    MAY_DIFFER = "may-differ"  # each until it is written anew


class PutSchema(Request):
    """Let documents of a model and its versions have one shape: a JSON Schema, draft 2020-12."""

    needs: ClassVar = Permission.ANNOTATE

    model: ModelName
    json_schema: SchemaDocument
    existing: Existing = Existing.MUST_MEET


class RemoveSchema(Request):
    """Let documents of a model have any shape again."""

    needs: ClassVar = Permission.ANNOTATE

    model: ModelName


class PointAlias(Request):
    """Point an alias to a version, wherever it pointed before.

    ``expect_current`` is the number of the version that it must point to now (0: none).
    """

    needs: ClassVar = Permission.MOVE_ALIAS

    ref: str
    alias: Label
    expect_current: int | None = Field(default=None, ge=0)
    reason: str = ""

    def moves(self) -> str:
        return self.alias


class RemoveAlias(Request):
    """Take an alias away; ``expect_current`` is the number of the version that it must point to now."""

    needs: ClassVar = Permission.MOVE_ALIAS

    model: ModelName
    alias: Label
    expect_current: int | None = Field(default=None, ge=1)
    reason: str = ""

    def moves(self) -> str:
        return self.alias
