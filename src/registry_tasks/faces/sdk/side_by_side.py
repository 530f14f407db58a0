"""What was compared, and the way to pandas."""

from typing import TYPE_CHECKING

from registry_tasks.entities import side_by_side
from registry_tasks.entities.errors import ExtraMissing

if TYPE_CHECKING:
    import pandas as pd


class SideBySide(side_by_side.SideBySide):
    """What versions and runs are, property by property."""

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each version, a column for each (group, name). Raises ExtraMissing."""
        try:
            from registry_tasks.analysis.frames import compared_frame
        except ModuleNotFoundError:
            raise ExtraMissing("a pandas data frame", "frames") from None
        return compared_frame(self)


class Curves(side_by_side.Curves):
    """Every point of metric series."""

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each point: version, series, step, value. Raises ExtraMissing."""
        try:
            from registry_tasks.analysis.frames import curves_frame
        except ModuleNotFoundError:
            raise ExtraMissing("a pandas data frame", "frames") from None
        return curves_frame(self)
