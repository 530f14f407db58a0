"""What a retraining came to."""

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.promotion import Refusal
from registry_tasks.entities.registration import Registration


class Retraining(Entity):
    """A new or confirmed version, how it compares with production, and how far it rose."""

    registration: Registration
    comparison: Comparison | None
    reached: tuple[str, ...]  # stages it was promoted to, in order
    refusal: Refusal | None  # why it rose no further
    awaiting: Awaiting | None = None  # whom it waits for to rise further
