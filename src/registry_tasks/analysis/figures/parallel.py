"""Parallel coordinates: a line a version over an axis a parameter or metric.

Source: Inselberg, The plane with parallel coordinates (1985).
"""

from typing import Any, Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from registry_tasks.analysis.figures.style import colour_bar, make_figure, plain, shades

_TICKS: Final = 5
_LABEL: Final = 16  # characters of a tick
_NAME: Final = 30  # of an axis
_DIGITS: Final = 4


class _Axis(NamedTuple):
    name: str
    heights: pd.Series  # of each version, 0 to 1
    ticks: tuple[tuple[float, str], ...]  # height and label


def parallel_figure(table: pd.DataFrame, *, colour: str, title: str, subtitle: str) -> go.Figure:
    """Draw each row of ``table`` as a line, its colour by the numeric column ``colour``.

    Numbers go on a linear axis, everything else, in order, on evenly spread places; what a row
    lacks breaks its line.
    """
    axes = [_axis(table[name]) for name in table.columns]
    figure = make_figure(title, subtitle, height=600)
    values = [None if pd.isna(v) else float(v) for v in table[colour]]
    colours = shades(values)
    width = 2.0 if len(table) <= 20 else 1.2
    for place in sorted(range(len(table)), key=lambda i: (values[i] is not None, values[i] or 0)):
        told = [
            f"{plain(name)}: {plain(_label(table[name].iloc[place]))}" for name in table.columns
        ]
        figure.add_scatter(
            x=list(range(len(axes))),
            y=[axis.heights.iloc[place] for axis in axes],
            mode="lines+markers",
            line={"color": colours[place], "width": width},
            marker={"size": 5, "color": colours[place]},
            opacity=0.8,
            showlegend=False,
            name=plain(str(table.index[place])),
            hovertext=f"<b>{plain(str(table.index[place]))}</b><br>" + "<br>".join(told),
            hoverinfo="text",
        )
    if any(value is not None for value in values):
        figure.add_trace(colour_bar(values, colour))
    for place, axis in enumerate(axes):
        _draw_axis(figure, place, axis)
    figure.update_layout(margin={"b": 40, "t": 150, "l": 60, "r": 60})
    figure.update_xaxes(visible=False, range=[-0.4, len(axes) - 0.6])
    figure.update_yaxes(visible=False, range=[-0.06, 1.06])
    return figure


def _axis(column: pd.Series) -> _Axis:
    numbers = pd.to_numeric(column, errors="coerce") if _is_numeric(column) else None
    if numbers is None:
        labels = column.map(_label).where(column.notna())
        kinds = sorted(labels.dropna().unique())
        spread = {kind: (i + 0.5) / len(kinds) for i, kind in enumerate(kinds)}
        ticks = tuple((height, _cut(kind)) for kind, height in spread.items())
        return _Axis(str(column.name), labels.map(spread), _thinned(ticks))
    low, high = float(numbers.min()), float(numbers.max())
    span = (high - low) or 1.0
    marked = sorted(numbers.dropna().unique())
    if len(marked) > _TICKS:
        marked = [low + i / (_TICKS - 1) * span for i in range(_TICKS)]
    ticks = tuple(((value - low) / span, f"{value:.{_DIGITS}g}") for value in marked)
    return _Axis(str(column.name), (numbers - low) / span, ticks)


def _is_numeric(column: pd.Series) -> bool:
    return all(isinstance(v, int | float) and not isinstance(v, bool) for v in column.dropna())


def _label(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _thinned(ticks: tuple[tuple[float, str], ...]) -> tuple[tuple[float, str], ...]:
    step = -(-len(ticks) // 12)
    return ticks[::step]


def _cut(text: str) -> str:
    """Leave out the middle: both ends of a list tell more than its beginning."""
    if len(text) <= _LABEL:
        return text
    return f"{text[: _LABEL // 2 - 1]}…{text[-_LABEL // 2 :]}"


def _draw_axis(figure: go.Figure, place: int, axis: _Axis) -> None:
    figure.add_shape(
        type="line", x0=place, x1=place, y0=0, y1=1, line={"color": "#374151", "width": 1}
    )
    common: dict[str, Any] = {"x": place, "showarrow": False}
    figure.add_annotation(
        **common, y=1.04, text=plain(axis.name if len(axis.name) <= _NAME else f"…{axis.name[1 - _NAME :]}"),
        textangle=-25, xanchor="left", yanchor="bottom", font={"size": 13},
    )  # fmt: skip
    for height, label in axis.ticks:
        figure.add_annotation(
            **common, y=height, text=plain(label), xanchor="right", xshift=-6,
            font={"size": 11}, bgcolor="rgba(255,255,255,0.75)",
        )  # fmt: skip
