"""A lineage as text: a tree whose every line is a link."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from registry_tasks.entities.lineage import Direction, Lineage, LineageNode, Node, NodeKind
from registry_tasks.faces.web.graph import url_of

MAX_LINES: Final = 2_000

_Key = tuple[NodeKind, str]


class Branch(NamedTuple):
    """One line; ``lead`` are the strokes before it, ``again`` says that it is followed above."""

    lead: str
    label: str
    url: str
    again: bool = False


class _Waiting(NamedTuple):
    key: _Key
    lead: str
    is_last: bool


def branches(found: Lineage) -> Iterator[Branch]:
    """Draw a graph as a tree, line by line; not recursive, for it may be deeper than the stack."""
    nodes = {(node.kind, node.id): node for node in found.nodes}
    below: dict[_Key, dict[_Key, None]] = {}
    for edge in found.edges:
        source, target = _key(edge.source), _key(edge.target)
        near, far = (source, target) if found.direction is Direction.FORWARD else (target, source)
        below.setdefault(near, {})[far] = None
    root = _key(found.root)
    yield _branch("", nodes[root])
    seen, lines = {root}, 0
    waiting = _under(root, "", below)
    while waiting and lines < MAX_LINES:
        line = waiting.pop()
        again = line.key in seen and line.key in below
        yield _branch(f"{line.lead}{'└─ ' if line.is_last else '├─ '}", nodes[line.key], again)
        lines += 1
        if line.key not in seen:
            seen.add(line.key)
            waiting += _under(line.key, line.lead + ("   " if line.is_last else "│  "), below)


def _under(key: _Key, lead: str, below: dict[_Key, dict[_Key, None]]) -> list[_Waiting]:
    """Return what stands below a line, the first one last."""
    under = list(below.get(key, ()))
    return [_Waiting(far, lead, place == 0) for place, far in enumerate(reversed(under))]


def _branch(lead: str, node: LineageNode, again: bool = False) -> Branch:
    return Branch(lead, node.label, url_of(node), again)


def _key(node: Node) -> _Key:
    return node.kind, node.id
