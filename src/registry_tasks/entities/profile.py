"""What people say of a model or a version, beside notes and tags."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from registry_tasks.entities.document import Document
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.texts import Link, PersonalName, Prose, check_many


class Profile(Entity):
    """Replaced field by field; what was before stays in the history.

    ``related`` are names of models, ``links`` addresses, ``document`` is metadata of the team's own
    shape, which a model may hold to a JSON Schema.
    """

    description: str = ""
    purpose: str = ""
    owner: str = ""
    team: str = ""
    related: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    document: dict[str, JsonValue] = Field(default_factory=dict)


class ProfileChange(Entity):
    """Which fields get another value; None leaves one alone. ``text`` is the description."""

    text: Prose | None = None
    purpose: Prose | None = None
    owner: PersonalName | None = None
    team: PersonalName | None = None
    related: Annotated[tuple[ModelName, ...], AfterValidator(check_many)] | None = None
    links: Annotated[tuple[Link, ...], AfterValidator(check_many)] | None = None
    document: Document | None = None

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.values():
            raise ValueError("name at least one field to change")
        return self

    def values(self) -> dict[str, JsonValue]:
        """Return the fields that change, by their names in a profile."""
        names = {"text": "description"}
        said = self.model_dump(mode="json", include=set(ProfileChange.model_fields))
        return {names.get(name, name): value for name, value in said.items() if value is not None}

    def over(self, profile: Profile) -> Profile:
        """Return what a profile becomes."""
        return Profile.model_validate(profile.model_dump() | self.values())


class Note(Entity):
    """Something that somebody wrote of a model or of one of its versions; it stays as it is."""

    id: int
    model: str
    version: int | None  # number
    text: str
    at: datetime
    by: str


class Tags(Entity):
    """All tags of a model or a version: the answer of ``tag``."""

    subject: str
    tags: dict[str, str]


class ModelSchema(Entity):
    """The shape that documents of a model and its versions have.

    ``differing`` tells of documents that do not have it, twenty at most of ``differing_count``.
    """

    model: str
    json_schema: dict[str, JsonValue]
    differing_count: int = 0
    differing: tuple[str, ...] = ()
