"""What verbs are asked with."""

from typing import Any, ClassVar, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.secrets import hide_secrets


def in_words(error: ValidationError) -> InvalidSetting:
    """Return the first thing that is wrong, as an error of ours."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or error.title
    reason = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    found = hide_secrets(str(first["input"]))[:120]
    return InvalidSetting(where, found, reason)


class Asked(Entity):
    """What a caller asks for; raises InvalidSetting where it has no such shape."""

    @model_validator(mode="wrap")
    @classmethod
    def _check_shape(cls, asked: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(asked)
        except ValidationError as error:
            raise in_words(error) from None


class Request(Asked):
    """A writing verb's input.

    ``key`` is an idempotency key of the caller's choice, printable ASCII: however often a request
    is made with one key, it is carried out once, and every time it gets the same answer. A refusal
    that wrote nothing is no answer: with the same key it can be tried again.

    ``needs`` is what its caller must be permitted, of the model that it is about.
    """

    needs: ClassVar[Permission]
    takes_key: ClassVar[bool] = True
    """Whether the same answer can be given twice: not where it is a secret."""

    key: str | None = Field(default=None, pattern=r"^[ -~]{1,200}$")

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        if not hasattr(cls, "needs"):
            raise TypeError(f"{cls.__name__} does not say what its caller must be permitted")

    def moves(self) -> str | None:
        """Return the stage (``production-eu``) or the alias that it moves, if it moves one."""
        return None

    def body(self) -> str:
        """Return what is asked for, without the key, as canonical JSON."""
        return self.model_dump_json(exclude={"key"})
