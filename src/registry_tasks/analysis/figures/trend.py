"""A metric over the versions of a model, with the stages that they entered."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from registry_tasks.analysis.figures.style import COLOURS, GREY, make_figure, plain

_SYMBOLS: Final = ("star", "triangle-up", "diamond", "square", "cross", "x")
_FEW: Final = 12
"""Versions, up to which each is marked on the axis."""


def trend_figure(
    points: pd.DataFrame, changes: pd.DataFrame, *, model: str, metric: str, better: str
) -> go.Figure:
    """Draw versions, and what production had at each time.

    Args:
        points: columns number, semantic_version, created_at, value; by number.
        changes: columns number, stage, at, by; by time.
        better: which way the metric is better, in words.
    """
    versions = f"{len(points)} versions, newest {points['number'].max()}"
    figure = make_figure(f"{metric} of {model}", ", ".join(filter(None, (versions, better))))
    measured = points.dropna(subset=["value"])
    figure.add_scatter(
        x=measured["number"],
        y=measured["value"],
        customdata=measured[["semantic_version", "created_at"]].astype(str),
        mode="lines+markers",
        name="versions",
        line={"color": GREY, "width": 1},
        marker={"color": GREY, "size": 5 if len(measured) > _FEW else 7},
        hovertemplate=f"{plain(model)}@%{{x}} %{{customdata[0]}}<br>%{{y}}<br>%{{customdata[1]}}",
    )
    _add_production(figure, points, changes)
    _add_changes(figure, measured, changes)
    ticks = {"tickmode": "array", "tickvals": points["number"]} if len(points) <= _FEW else {}
    figure.update_xaxes(title="version", rangemode="normal", tickformat="d", **ticks)
    figure.update_yaxes(title=plain(metric), zeroline=False)
    return figure


def _add_production(figure: go.Figure, points: pd.DataFrame, changes: pd.DataFrame) -> None:
    """A line of steps: the metric of the version in production when each version came."""
    values = points.set_index("number")["value"]
    entered = changes[(changes["stage"] == "production") & changes["number"].isin(values.index)]
    if entered.empty:
        return
    newest = [points.loc[points["created_at"] <= at, "number"].max() for at in entered["at"]]
    x = [*newest, points["number"].max()]
    held = [*entered["number"], entered["number"].iloc[-1]]
    figure.add_scatter(
        x=x,
        y=[values[number] for number in held],
        customdata=held,
        mode="lines",
        name="in production",
        line={"color": COLOURS[0], "width": 3, "shape": "hv"},
        opacity=0.55,
        hovertemplate="in production: version %{customdata}<br>%{y}<extra></extra>",
    )


def _add_changes(figure: go.Figure, points: pd.DataFrame, changes: pd.DataFrame) -> None:
    """A mark on each version that entered a stage; the highest stage is drawn last."""
    values = points.set_index("number")["value"]
    stages = sorted(changes["stage"].unique(), key=lambda s: (s == "production", s))
    for place, stage in enumerate(stages):
        entered = changes[(changes["stage"] == stage) & changes["number"].isin(values.index)]
        is_production = stage == "production"
        told = entered["at"].dt.strftime("%Y-%m-%d %H:%M UTC") + " by " + entered["by"].map(plain)
        figure.add_scatter(
            x=entered["number"],
            y=[values[number] for number in entered["number"]],
            customdata=told,
            mode="markers",
            name=f"entered {plain(stage)}",
            marker={
                "symbol": "star" if is_production else _SYMBOLS[1 + place % 5],
                "size": 15 if is_production else 10,
                "color": COLOURS[0] if is_production else COLOURS[1 + place % 7],
                "line": {"color": "white", "width": 1},
            },
            hovertemplate=f"version %{{x}} entered {plain(stage)}<br>%{{customdata}}<extra></extra>",
        )
