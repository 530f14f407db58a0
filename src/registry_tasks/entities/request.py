"""What every writing verb is asked with."""

from pydantic import Field

from registry_tasks.entities.entity import Entity


class Request(Entity):
    """A writing verb's input.

    ``key`` is an idempotency key of the caller's choice, printable ASCII: however often a request
    is made with one key, it is carried out once, and every time it gets the same answer. A refusal
    that wrote nothing is no answer: with the same key it can be tried again.
    """

    key: str | None = Field(default=None, pattern=r"^[ -~]{1,200}$")

    def body(self) -> str:
        """Return what is asked for, without the key, as canonical JSON."""
        return self.model_dump_json(exclude={"key"})
