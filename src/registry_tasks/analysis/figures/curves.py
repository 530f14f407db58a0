"""Metric series of several runs, one over the other."""

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from registry_tasks.analysis.figures.style import COLOURS, colour_bar, dress, plain, shades

_FEW: Final = len(COLOURS)
"""Runs, up to which each has a colour of its own and a place in the legend."""
_DRAWN: Final = 1000
"""Points of a line; more could not be told apart on a screen."""
_PANEL: Final = 300  # pixels


def curves_figure(curves: pd.DataFrame, *, title: str) -> go.Figure:
    """Draw a panel a series and a line a run; ``curves`` has version, series, step and value."""
    series = list(dict.fromkeys(curves["series"]))
    versions = list(dict.fromkeys(curves["version"]))
    figure = make_subplots(
        rows=len(series), cols=1, shared_xaxes=True, vertical_spacing=0.06 / len(series) ** 0.5
    )
    are_few = len(versions) <= _FEW
    order = [float(place) for place in range(len(versions))]
    colours = list(COLOURS[: len(versions)]) if are_few else shades(order)
    for (version, name), points in curves.groupby(["version", "series"], sort=False):
        row, place = series.index(name) + 1, versions.index(version)
        x, y = thin(points["step"].to_numpy(), points["value"].to_numpy())
        line = go.Scatter(
            x=x,
            y=y,
            mode="lines" if len(x) > 1 else "markers",
            name=plain(version),
            legendgroup=version,
            showlegend=are_few and name == _first_series(curves, version),
            line={"color": colours[place], "width": 2 if are_few else 1.2},
            marker={"color": colours[place]},
            hovertemplate=f"{plain(version)}<br>step %{{x}}: %{{y}}<extra></extra>",
        )
        figure.add_trace(line, row=row, col=1)
    if not are_few:
        ends = {0.0: versions[0], order[-1]: versions[-1]}
        figure.add_trace(colour_bar(order, "", ends), row=1, col=1)
    for row, name in enumerate(series, 1):
        figure.update_yaxes(title=plain(name), zeroline=False, row=row, col=1)
    figure.update_xaxes(title="step", row=len(series), col=1)
    told = f"{len(versions)} runs, {len(series)} series, {len(curves)} points"
    dress(figure, title, told, 180 + _PANEL * len(series))
    return figure


def thin(steps: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep the lowest and the highest point of each of so many equal stretches of a long series."""
    if len(steps) <= _DRAWN:
        return steps, values
    edges = np.linspace(0, len(steps), _DRAWN // 2 + 1, dtype=int)[:-1]
    stretches = np.split(np.arange(len(steps)), edges[1:])
    ends = ((part[values[part].argmin()], part[values[part].argmax()]) for part in stretches)
    kept = np.unique([place for pair in ends for place in pair] + [0, len(steps) - 1])
    return steps[kept], values[kept]


def _first_series(curves: pd.DataFrame, version: str) -> str:
    return str(curves.loc[curves["version"] == version, "series"].iloc[0])
