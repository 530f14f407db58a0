"""Everything the store knows about one model, as a page shows it."""

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.profile import Note, Profile


class ModelRecord(Entity):
    """A model with what people say of it; notes are those of its versions too, newest first."""

    model: RegisteredModel
    profile: Profile
    tags: dict[str, str]
    json_schema: dict[str, JsonValue] | None
    notes: tuple[Note, ...]
    newest: tuple[ModelVersion, ...]
