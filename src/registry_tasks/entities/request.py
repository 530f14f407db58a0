"""What verbs are asked with."""

from reprlib import Repr
from typing import Any, ClassVar, Final, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.secrets import hide_secrets

_MANY: Final = 1000
_SHOWN: Final = 120
_LOOKED_AT: Final = 1000


def in_words(error: ValidationError) -> InvalidSetting:
    """Return the first thing that is wrong, as an error of ours."""
    if (count := error.error_count()) > _MANY:  # to look at each of them takes longer than it helps
        return InvalidSetting("request", "", f"{count:,} things are wrong with it")
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or error.title
    reason = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    found = hide_secrets(_shown(first["input"]))[:_SHOWN]
    return InvalidSetting(where, found, reason)


def _shown(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return _Briefly().repr(value)
    return str(value)[:_LOOKED_AT]


class _Briefly(Repr):
    """Writes the beginning of what may be very long."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxstring = 3, _SHOWN
        self.maxdict = self.maxlist = self.maxtuple = 9


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
    """Whether it can be asked for with a key."""
    tells_secret: ClassVar[bool] = False
    """Whether the answer is given once: with its key it is refused the second time."""

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
