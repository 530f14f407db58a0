"""What verbs are asked with."""

from typing import Any, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting


class Asked(Entity):
    """What a caller asks for; raises InvalidSetting where it has no such shape."""

    @model_validator(mode="wrap")
    @classmethod
    def _check_shape(cls, asked: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(asked)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or error.title
            reason = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
            raise InvalidSetting(where, str(first["input"])[:120], reason) from None


class Request(Asked):
    """A writing verb's input.

    ``key`` is an idempotency key of the caller's choice, printable ASCII: however often a request
    is made with one key, it is carried out once, and every time it gets the same answer. A refusal
    that wrote nothing is no answer: with the same key it can be tried again.
    """

    key: str | None = Field(default=None, pattern=r"^[ -~]{1,200}$")

    def body(self) -> str:
        """Return what is asked for, without the key, as canonical JSON."""
        return self.model_dump_json(exclude={"key"})
