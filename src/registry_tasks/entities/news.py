"""What a model's data sources have that its newest version was not made from."""

from pydantic import Field, JsonValue

from registry_tasks.entities.drift import Drift
from registry_tasks.entities.entity import Entity


class News(Entity):
    """Nothing new is ``what`` empty; ``version`` None: nothing is registered yet.

    ``sources`` has a digest of the state of each import whose source has something newer.
    """

    model: str
    version: str | None
    what: tuple[str, ...]
    parameters: dict[str, JsonValue]  # dotted, of a retraining on the newest data
    sources: dict[str, str] = Field(default_factory=dict)


class DataCheck(Entity):
    """What a look at a model's data came to; no drift where there is nothing to compare."""

    news: News
    drift: Drift | None
