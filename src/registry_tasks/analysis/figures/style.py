"""What all pictures have in common."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

COLOURS: Final = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f3c8d", "#8c8c00"),
)
"""Told apart by the colour-blind too. Source: Okabe and Ito, Color Universal Design (2008)."""
GREY: Final = "#6b7280"
SCALE: Final = "Viridis"
WIDTH: Final = 1100  # pixels


def make_figure(title: str, subtitle: str, height: int = 560) -> go.Figure:
    """Return an empty figure."""
    figure = go.Figure()
    dress(figure, title, subtitle, height)
    return figure


def dress(figure: go.Figure, title: str, subtitle: str, height: int) -> None:
    """Give a figure its title and looks."""
    said = f"{plain(title)}<br><sub>{plain(subtitle)}</sub>"
    figure.update_layout(
        template="plotly_white",
        title={"text": said, "x": 0.02, "xanchor": "left", "y": 0.96, "yanchor": "top"},
        font={"family": "DejaVu Sans, Verdana, sans-serif", "size": 13},
        width=WIDTH,
        height=height,
        margin={"l": 80, "r": 40, "t": 90, "b": 70},
        hovermode="closest",
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
    )


def plain(text: str) -> str:
    """Return text in which nothing is markup."""
    return escape(text, quote=False)


def shades(values: Sequence[float | None]) -> list[str]:
    """Return a colour for each value, light where it is high; grey where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return [GREY for _ in values]
    low, span = min(known), (max(known) - min(known)) or 1.0
    return [
        GREY if v is None else str(sample_colorscale(SCALE, [(v - low) / span])[0]) for v in values
    ]


def colour_bar(
    values: Sequence[float | None], title: str, ticks: Mapping[float, str] | None = None
) -> go.Scatter:
    """Return a trace that draws nothing but the scale of ``shades``."""
    known = [value for value in values if value is not None]
    bar: dict[str, Any] = {"title": {"text": plain(title), "side": "right"}, "thickness": 14}
    if ticks is not None:
        bar |= {"tickvals": list(ticks), "ticktext": list(map(plain, ticks.values()))}
    marker: dict[str, Any] = {
        "color": [min(known), max(known)],
        "colorscale": SCALE,
        "showscale": True,
        "size": 0.1,
        "opacity": 0,
        "colorbar": bar,
    }
    return go.Scatter(
        x=[None, None], y=[None, None], mode="markers", marker=marker, showlegend=False
    )
