"""What people add to a version: a description, an alias."""

from pydantic import Field

from registry_tasks.entities.names import Label, ModelName
from registry_tasks.entities.request import Request


class Describe(Request):
    """Replace a version's description."""

    ref: str
    text: str = Field(max_length=100_000)


class PointAlias(Request):
    """Point an alias to a version, wherever it pointed before.

    ``expect_current`` is the number of the version that it must point to now (0: none).
    """

    ref: str
    alias: Label
    expect_current: int | None = Field(default=None, ge=0)
    reason: str = ""


class RemoveAlias(Request):
    """Take an alias away; ``expect_current`` is the number of the version that it must point to now."""

    model: ModelName
    alias: Label
    expect_current: int | None = Field(default=None, ge=1)
    reason: str = ""
