"""What every noun has in common: it is frozen, and it refuses fields it does not know."""

from pydantic import BaseModel, ConfigDict


class Entity(BaseModel):
    """A value: equal when its fields are equal, never changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())
