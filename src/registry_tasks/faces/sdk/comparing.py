"""Compare: side by side, what changed, pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.difference import Diff
    from registry_tasks.entities.trend import Trend
    from registry_tasks.faces.sdk.side_by_side import Curves, SideBySide


class Comparing(Session):
    """Holds versions and runs (``run:<uuid>``) against each other."""

    def compare(self, *refs: str) -> "SideBySide":
        """Return versions and runs side by side, property by property."""
        from registry_tasks.faces.sdk.side_by_side import SideBySide
        from registry_tasks.registry.catalogue.compare import compare

        return SideBySide.model_construct(**dict(self._ask(compare, refs)))

    def curves(self, *refs: str, series: tuple[str, ...] = ()) -> "Curves":
        """Return every point of metric series; of all that the runs have if none is named."""
        from registry_tasks.faces.sdk.side_by_side import Curves
        from registry_tasks.registry.catalogue.compare import read_curves

        return Curves.model_construct(**dict(self._ask(read_curves, refs, series)))

    def diff(self, before: str, after: str) -> "Diff":
        """Return what changed from one version or run to another."""
        from registry_tasks.registry.catalogue.diff import diff

        return self._ask(diff, before, after)

    def trend(self, model: str, metric: str, *, last: int = 200) -> "Trend":
        """Return a metric over the newest versions of a model, and the stages they entered."""
        from registry_tasks.registry.catalogue.trend import read_trend

        return self._ask(read_trend, model, metric, last=last)

    def plot_trend(
        self, model: str, to: Path | str, *, metric: str | None = None, last: int = 200
    ) -> Path:
        """Draw a metric over the newest versions into a file: .html, .png or .svg."""
        from registry_tasks.registry.catalogue.plot import plot_trend

        return self._ask(plot_trend, model, Path(to), metric=metric, last=last)

    def plot_curves(self, *refs: str, to: Path | str, series: tuple[str, ...] = ()) -> Path:
        """Draw metric series, one over the other, into a file."""
        from registry_tasks.registry.catalogue.plot import plot_curves

        return self._ask(plot_curves, refs, Path(to), series=series)

    def plot_parallel(
        self,
        *subjects: str,
        to: Path | str,
        metric: str | None = None,
        axes: tuple[str, ...] = (),
        last: int = 50,
    ) -> Path:
        """Draw parallel coordinates of a model's newest versions, or of the versions named."""
        from registry_tasks.registry.catalogue.plot import plot_parallel

        return self._ask(plot_parallel, subjects, Path(to), metric=metric, axes=axes, last=last)
