"""How far the newest data is from what a version was trained on, column by column."""

from pydantic import Field, FiniteFloat

from registry_tasks.entities.entity import Entity


class Bin(Entity):
    """A part of a column's values, and the share of rows that have them."""

    values: str  # "<= 3.5", "(3.5, 7]", a category, "other", "missing"
    training: float
    newest: float


class ColumnDrift(Entity):
    """The population stability index of a column, with the bins that it was worked out from."""

    column: str
    index: float
    bins: tuple[Bin, ...]


class Drift(Entity):
    """Every column that both have, the one that drifted most first."""

    model: str
    version: str  # the reference of the one whose training data it is compared with
    training: tuple[str, ...]  # paths of files
    newest: str
    training_rows: int
    newest_rows: int
    at_most: FiniteFloat
    columns: tuple[ColumnDrift, ...]
    missing: tuple[str, ...] = Field(default=())  # columns that only one of them has

    @property
    def beyond(self) -> tuple[ColumnDrift, ...]:
        """The columns that drifted beyond the bound."""
        return tuple(c for c in self.columns if c.index > self.at_most)
