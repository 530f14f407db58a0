"""Lay out a graph in columns, what was made to the right of what it was made from.

Source: Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system
structures (1981), as grandalf does it.
"""

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any, Final, NamedTuple

_ROW: Final = 34.0  # from the middle of a box to that of the one below
_HEIGHT: Final = 26.0  # of a box
_GAP: Final = 54.0  # between columns
_ROUNDS: Final = 4  # of putting boxes of one column in order; more changes little
_EDGE: Final = 12.0  # around the whole

_ONE_AT_A_TIME: Final = Lock()
"""grandalf counts at a class, and changes the limit of recursion, which is the whole process's."""

Spot = tuple[float, float]


class Layout(NamedTuple):
    """Where boxes have their middle, and through which spots each edge goes, in pixels."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    routes: tuple[tuple[Spot, ...], ...]
    box_height: float = _HEIGHT


class _Box:
    """What grandalf asks of a vertex; columns are its rows, so that width and height change places."""

    def __init__(self, width: float) -> None:
        self.w, self.h = _HEIGHT, width
        self.xy = (0.0, 0.0)


class _Route:
    """What grandalf asks of an edge."""

    def __init__(self) -> None:
        self.points: list[Spot] = []

    def setpath(self, points: list[Spot]) -> None:
        self.points = list(points)


def lay_out(widths: Sequence[float], edges: Sequence[tuple[int, int]]) -> Layout:
    """Return places for boxes of these widths and routes for edges, which name them by position."""
    from grandalf.graphs import Edge, Graph, Vertex

    vertices = [Vertex(place) for place in range(len(widths))]
    for vertex, width in zip(vertices, widths, strict=True):
        vertex.view = _Box(width)
    drawn = {(a, b): Edge(vertices[a], vertices[b]) for a, b in edges if a != b}
    for edge in drawn.values():
        edge.view = _Route()
    below = _EDGE
    for part in Graph(vertices, list(drawn.values())).C:
        with _ONE_AT_A_TIME:
            _draw(part)
        below = _put_below(part, below)
    right = max((v.view.xy[0] + widths[v.data] / 2 for v in vertices), default=0.0)
    spots = tuple(vertex.view.xy for vertex in vertices)
    routes = tuple(_route(drawn.get(ends), spots, ends, widths) for ends in edges)
    return Layout(right + _EDGE, max(below, _HEIGHT + 2 * _EDGE), spots, routes)


def _draw(part: Any) -> None:
    from grandalf.layouts import SugiyamaLayout
    from grandalf.routing import route_with_lines

    layout = SugiyamaLayout(part)
    layout.xspace, layout.yspace = _ROW - _HEIGHT, _GAP
    layout.route_edge = route_with_lines
    roots = [v for v in part.sV if not v.e_in()] or [next(iter(part.sV))]
    layout.init_all(roots=roots)
    layout.draw(_ROUNDS)


def _put_below(part: Any, top: float) -> float:
    """Turn a part on its side and put it below what is there; returns where it ends."""
    views = [vertex.view for vertex in part.sV]
    left = min(view.xy[1] - view.h / 2 for view in views) - _EDGE
    highest = min(view.xy[0] for view in views) - _HEIGHT / 2 - top
    routes = [edge.view for edge in part.sE]
    for view in views:
        x, y = view.xy
        view.xy = (y - left, x - highest)
    for route in routes:
        route.points = [(y - left, x - highest) for x, y in route.points]
    lowest = max(view.xy[1] for view in views)
    return float(lowest) + _HEIGHT / 2 + _EDGE


def _route(
    edge: Any, spots: Sequence[Spot], ends: tuple[int, int], widths: Sequence[float]
) -> tuple[Spot, ...]:
    """Begin at the right side of one box and end at the left side of the other."""
    source, target = ends
    between = (
        () if edge is None else tuple(_inner(edge.view.points, spots[source][0], spots[target][0]))
    )
    (x0, y0), (x1, y1) = spots[source], spots[target]
    first, last = (x0 + widths[source] / 2, y0), (x1 - widths[target] / 2, y1)
    return (first, *between, last)


def _inner(points: Sequence[Spot], start: float, end: float) -> Iterator[Spot]:
    """Return the spots between the ends, in the edge's own direction."""
    inner = list(points[1:-1])
    yield from inner if start <= end else inner[::-1]
