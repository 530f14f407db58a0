"""The plain model's requests for approval: what waits, what voids it, what a decision does."""

from dataclasses import dataclass

GUARDED = "guarded"
"""The stage that people decide about."""


@dataclass
class Asked:
    """A request, with what people were shown of it; ``shown`` is what can change."""

    number: int
    environment: str
    shown: object
    outcome: str | None = None
    is_late: bool = False

    @property
    def place(self) -> str:
        return GUARDED if self.environment == "default" else f"{GUARDED}-{self.environment}"
