"""What a model's data sources have that its newest version was not made from."""

from pydantic import JsonValue

from registry_tasks.entities.drift import Drift
from registry_tasks.entities.entity import Entity


class News(Entity):
    """Nothing new is ``what`` empty; ``version`` None: nothing is registered yet."""

    model: str
    version: str | None
    what: tuple[str, ...]
    parameters: dict[str, JsonValue]  # dotted, of a retraining on the newest data


class DataCheck(Entity):
    """What a look at a model's data came to; no drift where there is nothing to compare."""

    news: News
    drift: Drift | None
