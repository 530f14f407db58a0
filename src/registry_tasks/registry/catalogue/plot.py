"""Plot: pictures of what was compared, as files that need nothing beside them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry_tasks.entities.errors import (
    BrowserMissing,
    ExtraMissing,
    InvalidSetting,
    MetricNotFound,
)
from registry_tasks.entities.policy import Evaluation
from registry_tasks.registry.catalogue.compare import compare, read_curves
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.registry.catalogue.trend import read_trend
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.directions import higher_is_better
from registry_tasks.stores.metadata.models import get_model

if TYPE_CHECKING:
    import plotly.graph_objects as go

_EXTRA: Final = "plots"
_SCALE: Final = 2  # pixels of a PNG for each of the layout's
_FORMATS: Final = (".html", ".png", ".svg")


def plot_trend(
    registry: Registry, model: str, to: Path, *, metric: str | None = None, last: int = 200
) -> Path:
    """Draw a metric over the newest versions of a model; by default the policy's.

    Raises: ModelNotFound, MetricNotFound, InvalidSetting, ExtraMissing, BrowserMissing.
    """
    suffix = _suffix(to)
    found = read_trend(registry, model, metric or _primary(registry, model), last=last)
    is_higher = higher_is_better(found.metric, _evaluation(registry, model))
    better = {None: "", True: "higher is better", False: "lower is better"}[is_higher]

    def draw() -> "go.Figure":
        from registry_tasks.analysis.figures.trend import trend_figure
        from registry_tasks.analysis.frames import trend_frames

        points, changes = trend_frames(found)
        return trend_figure(points, changes, model=model, metric=found.metric, better=better)

    return _write(draw, to, suffix)


def plot_curves(
    registry: Registry, refs: Sequence[str], to: Path, *, series: Sequence[str] = ()
) -> Path:
    """Draw metric series of versions and runs, one over the other; all unless some are named.

    Raises: as ``plot_trend``, VersionNotFound, RunNotFound.
    """
    suffix = _suffix(to)
    found = read_curves(registry, refs, series)
    there = {curve.series for curve in found.curves}
    if not there or not there.issuperset(series):
        known = {curve.series for curve in read_curves(registry, refs).curves}
        missing = next((name for name in series if name not in there), "*")
        raise MetricNotFound(_shown(found.versions), missing, tuple(sorted(known))[:20])
    models = dict.fromkeys(name.partition("@")[0] for name in found.versions if "@" in name)

    def draw() -> "go.Figure":
        from registry_tasks.analysis.figures.curves import curves_figure
        from registry_tasks.analysis.frames import curves_frame

        of = f" of {', '.join(models)}" if models else ""
        return curves_figure(curves_frame(found), title=f"Metric series{of}")

    return _write(draw, to, suffix)


def plot_parallel(
    registry: Registry,
    subjects: Sequence[str],
    to: Path,
    *,
    metric: str | None = None,
    axes: Sequence[str] = (),
    last: int = 50,
) -> Path:
    """Draw parallel coordinates of a model's newest versions, or of versions and runs.

    The metric gives the colour, by default the policy's. Raises: as ``plot_curves``.
    """
    suffix = _suffix(to)
    refs = list(subjects)
    if len(refs) == 1 and "@" not in refs[0] and ":" not in refs[0]:
        refs = [version.ref for version in list_versions(registry, refs[0], limit=last)]
    found = compare(registry, refs)
    models = dict.fromkeys(name.partition("@")[0] for name in found.versions if "@" in name)
    model = next(iter(models), "runs")
    colour = metric or _primary(registry, model)

    def draw() -> "go.Figure":
        from registry_tasks.analysis.figures.parallel import parallel_figure
        from registry_tasks.analysis.frames import parallel_table

        table = parallel_table(found, colour, tuple(axes))
        differing = sum(row.group == "parameters" and row.differs for row in found.rows)
        told = f"{len(table)} runs, {differing} parameters that differ, coloured by {colour}"
        title = f"Parameters and metrics of {', '.join(models) or 'runs'}"
        return parallel_figure(table, colour=colour, title=title, subtitle=told)

    return _write(draw, to, suffix)


def _shown(versions: Sequence[str]) -> str:
    return ", ".join(versions[:5]) + (", ..." if len(versions) > 5 else "")


def _evaluation(registry: Registry, model: str) -> Evaluation | None:
    return policy_of(registry, model).policy.evaluation


def _primary(registry: Registry, model: str) -> str:
    evaluation = _evaluation(registry, model)
    if evaluation is None:
        with registry.metadata.reading() as connection:
            get_model(connection, model)  # or there is none
        reason = f"name one: the policy of {model} at hand has no evaluation"
        raise InvalidSetting("--metric", "", reason)
    return evaluation.metric


def _suffix(to: Path) -> str:
    suffix = to.suffix.lower()
    if suffix not in _FORMATS:
        raise InvalidSetting("--to", str(to), f"let it end in one of {', '.join(_FORMATS)}")
    if not to.absolute().parent.is_dir():
        raise InvalidSetting("--to", str(to), f"there is no folder {to.absolute().parent}")
    return suffix


def _write(draw: "Callable[[], go.Figure]", to: Path, suffix: str) -> Path:
    """Write a figure; an HTML file holds Plotly's own script, so that it needs no network."""
    try:
        figure = draw()
    except ModuleNotFoundError:
        raise ExtraMissing("drawing plots", _EXTRA) from None
    if suffix == ".html":
        config = {"displaylogo": False, "responsive": True}
        content = figure.to_html(include_plotlyjs=True, config=config).encode()
    else:
        content = _image(figure, to, suffix.removeprefix("."))
    try:
        to.write_bytes(content)
    except OSError as error:
        raise InvalidSetting("--to", str(to), error.strerror or str(error)) from error
    return to


def _image(figure: "go.Figure", to: Path, form: str) -> bytes:
    """Let a browser draw; nothing is loaded from the network."""
    try:
        import kaleido
        from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError
    except ModuleNotFoundError:
        raise ExtraMissing("drawing plots", _EXTRA) from None
    layout = figure.layout
    options = {"format": form, "width": layout.width, "height": layout.height, "scale": _SCALE}
    try:
        drawn: bytes = kaleido.calc_fig_sync(figure, opts=options, kopts={"mathjax": False})
    except ChromeNotFoundError:
        raise BrowserMissing(to.name, "none was found") from None
    except (BrowserFailedError, BrowserClosedError) as error:
        said = " ".join(str(error).split())[:300] or "it did not start"
        raise BrowserMissing(to.name, said) from error
    return drawn
