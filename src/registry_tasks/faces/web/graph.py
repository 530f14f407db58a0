"""A lineage as a picture: boxes that are links, and lines from what was read to what was made."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from registry_tasks.analysis.layout import Layout, Spot, lay_out
from registry_tasks.entities.lineage import Lineage, LineageNode, Node, NodeKind
from registry_tasks.faces.web.links import dataset_url, lineage_url, run_url, version_url

MAX_DRAWN: Final = 600
"""Boxes; of more the nearest ones are drawn, and the page says so."""
_LETTER: Final = 6.7  # pixels of a letter of 12, on average and a little more
_LETTERS: Final = 38
_NARROWEST: Final = 44.0

_Key = tuple[NodeKind, str]


class Box(NamedTuple):
    """A node as it is drawn; several executions of a DVC stage that read the same are one."""

    kind: NodeKind
    id: str
    label: str
    url: str
    is_root: bool


class Graph(NamedTuple):
    """What is drawn, the root first; ``left_out`` is how many boxes are not."""

    root: Node
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int], ...]
    left_out: int


def url_of(node: Node) -> str:
    """Return the page of a node; a DVC stage's is that of what it made, a deployment's its graph."""
    match node.kind:
        case NodeKind.VERSION:
            return version_url(node.id)
        case NodeKind.RUN:
            return run_url(node.id)
        case NodeKind.DATASET:
            name, _, md5 = node.id.rpartition("@")
            return dataset_url(name, md5)
        case NodeKind.STAGE:
            made = node.id.partition(" -> ")[2]
            is_data = "@" in made
            return url_of(Node(kind=NodeKind.DATASET if is_data else NodeKind.RUN, id=made))
        case NodeKind.DEPLOYMENT:
            return lineage_url(node.id)


def join(found: Sequence[Lineage]) -> Graph:
    """Put walks from one root together, nearest nodes first."""
    nodes = {(n.kind, n.id): n for lineage in found for n in lineage.nodes}
    edges = {
        ((e.source.kind, e.source.id), (e.target.kind, e.target.id)): None
        for lineage in found
        for e in lineage.edges
    }
    root = found[0].root
    leader = _leaders(nodes, edges)
    order = _nearest_first((root.kind, root.id), nodes, edges)
    drawn = list(dict.fromkeys(leader[key] for key in order))
    kept = {key: place for place, key in enumerate(drawn[:MAX_DRAWN])}
    lines = {
        (kept[leader[a]], kept[leader[b]]): None
        for a, b in edges
        if leader[a] in kept and leader[b] in kept and leader[a] != leader[b]
    }
    boxes = tuple(_box(nodes[key], is_root=key == (root.kind, root.id)) for key in kept)
    return Graph(root, boxes, tuple(lines), len(drawn) - len(kept))


def draw(graph: Graph) -> Markup:
    """Draw a graph as SVG that has no styles in it."""
    widths = [_width(box) for box in graph.boxes]
    layout = lay_out(widths, graph.lines)
    lines = Markup("").join(
        Markup('<path class="edge" data-from="{}" data-to="{}" d="{}"/>').format(a, b, _path(route))
        for (a, b), route in zip(graph.lines, layout.routes, strict=True)
    )
    boxes = Markup("").join(
        _draw_box(place, box, widths[place], layout) for place, box in enumerate(graph.boxes)
    )
    width, height = round(layout.width), round(layout.height)
    x, y = layout.spots[0]
    shape = (
        '<svg id="graph" width="{0}" height="{1}" viewBox="0 0 {0} {1}" data-x="{2:.0f}" '
        'data-y="{3:.0f}" role="group" aria-label="Graph of the lineage of {4}"><defs><marker '
        'id="tip" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="arrow" d="M0 0L6 3L0 6z"/></marker></defs>{5}{6}</svg>'
    )
    return Markup(shape).format(width, height, x, y, graph.boxes[0].label, lines, boxes)


def _leaders(nodes: Iterable[_Key], edges: Iterable[tuple[_Key, _Key]]) -> dict[_Key, _Key]:
    """Let one execution of a DVC stage stand for those of the same stage that read the same."""
    read: dict[_Key, set[_Key]] = {}
    for source, target in edges:
        read.setdefault(target, set()).add(source)
    known: dict[tuple[str, frozenset[_Key]], _Key] = {}
    leader = {}
    for key in nodes:
        kind, name = key
        if kind is NodeKind.STAGE:
            same = (name.partition(" -> ")[0], frozenset(read.get(key, ())))
            leader[key] = known.setdefault(same, key) if same[1] else key
        else:
            leader[key] = key
    return leader


def _nearest_first(
    root: _Key, nodes: Iterable[_Key], edges: Iterable[tuple[_Key, _Key]]
) -> list[_Key]:
    beside: dict[_Key, list[_Key]] = {}
    for source, target in edges:
        beside.setdefault(source, []).append(target)
        beside.setdefault(target, []).append(source)
    order, level = {root: None}, [root]
    while level:
        level = [far for near in level for far in beside.get(near, ()) if far not in order]
        order |= dict.fromkeys(level)
        level = list(dict.fromkeys(level))
    return [*order, *(key for key in nodes if key not in order)]


def _box(node: LineageNode, *, is_root: bool) -> Box:
    return Box(node.kind, node.id, _label(node), url_of(node), is_root)


def _label(node: LineageNode) -> str:
    match node.kind:
        case NodeKind.RUN:
            return f"run {node.id[:8]}"
        case NodeKind.DATASET:
            name, _, md5 = node.id.rpartition("@")
            return f"{_shortened(name)} {md5[:6]}"
        case NodeKind.STAGE:
            return _shortened(node.id.partition(" -> ")[0])
    return _shortened(node.label)


def _shortened(text: str) -> str:
    """Leave out the beginning: the end of a path tells more."""
    return text if len(text) <= _LETTERS else f"…{text[1 - _LETTERS :]}"


def _width(box: Box) -> float:
    return max(_NARROWEST, len(box.label) * _LETTER + 22)


def _draw_box(place: int, box: Box, width: float, layout: Layout) -> Markup:
    x, y = layout.spots[place]
    height = layout.box_height
    round_by = height / 2 if box.kind is NodeKind.STAGE else 5
    shape = (
        '<a class="box {}{}" href="{}" data-box="{}" aria-label="{}"><title>{}</title>'
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle" dominant-baseline="central">{}</text></a>'
    )
    return Markup(shape).format(
        *(box.kind, " root" if box.is_root else "", box.url, place, f"{box.kind} {box.label}"),
        *(f"{box.kind}: {box.id}", x - width / 2, y - height / 2, width, height, round_by),
        *(x, y, box.label),
    )


def _path(route: Sequence[Spot]) -> str:
    """Lead from spot to spot in curves that begin and end level."""
    (x, y), *others = route
    parts = [f"M{x:.1f} {y:.1f}"]
    for far_x, far_y in others:
        middle = (x + far_x) / 2
        parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {far_y:.1f} {far_x:.1f} {far_y:.1f}")
        x, y = far_x, far_y
    return "".join(parts)
