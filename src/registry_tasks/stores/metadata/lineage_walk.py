"""Walk the graph "made from", a level at a time: as many statements for a thousand nodes as for one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from registry_tasks.entities.lineage import Direction, Edge, Node, NodeKind
from registry_tasks.stores.metadata.query import Query, marks

_MANY: Final = 5000  # nodes in one statement
_EDGES: Final = """
SELECT source_kind, source_id, target_kind, target_id, "by" FROM lineage_edge
WHERE {end}_kind = ? AND {end}_id IN ({marks}) ORDER BY "by", source_id, target_id LIMIT ?
"""
_DEPLOYED: Final = """
WITH wanted (name, number) AS (VALUES {rows})
SELECT m.name, v.number, d.uuid FROM wanted w JOIN model m ON m.name = w.name
JOIN version v ON v.model_id = m.id AND v.number = w.number
JOIN deployment d ON d.version_id = v.id ORDER BY d.id
"""
_USED: Final = """
SELECT m.name, v.number, d.uuid FROM deployment d JOIN version v ON v.id = d.version_id
JOIN model m ON m.id = v.model_id WHERE d.uuid IN ({marks})
"""
_MADE: Final = """
SELECT a.path, a.md5, a.stage FROM run r JOIN artifact a ON a.run_id = r.id
WHERE r.uuid = ? AND a.path IN ({marks}) AND a.stage IS NOT NULL ORDER BY a.path
"""
_RAN: Final = """
SELECT DISTINCT a.stage FROM run r JOIN artifact a ON a.run_id = r.id
WHERE r.uuid = ? AND a.stage IS NOT NULL AND a.own ORDER BY a.stage
"""
_VERSIONS: Final = """
WITH wanted (name, number) AS (VALUES {rows})
SELECT m.name, v.number, v.major, v.minor, v.patch, s.version_id IS NOT NULL,
    coalesce(g.grade, v.grade)
FROM wanted w JOIN model m ON m.name = w.name
JOIN version v ON v.model_id = m.id AND v.number = w.number
LEFT JOIN tombstone s ON s.version_id = v.id
LEFT JOIN version_grade g ON g.version_id = v.id
"""
_DEPLOYMENTS: Final = """
SELECT uuid, place, environment, until IS NOT NULL FROM deployment WHERE uuid IN ({marks})
"""


def step(query: Query, nodes: Sequence[Node], direction: Direction, limit: int) -> Iterator[Edge]:
    """Give edges that lead on from any of ``nodes``: all of them, if they are not more than ``limit``."""
    forward = direction is Direction.FORWARD
    end = "source" if forward else "target"
    for kind in NodeKind:
        ids = [node.id for node in nodes if node.kind is kind]
        for some in _batches(ids):
            statement = _EDGES.format(end=end, marks=marks(some))
            yield from (_edge(*row) for row in query(statement, (kind.value, *some, limit)))
        if forward and kind is NodeKind.VERSION:
            yield from _deployed(_named(query, f"{_DEPLOYED} LIMIT {limit:d}", ids))
        if not forward and kind is NodeKind.DEPLOYMENT:
            for some in _batches(ids):
                yield from _deployed(query(_USED.format(marks=marks(some)), tuple(some)))


class Label(NamedTuple):
    """What people read of a node, and a version's grade."""

    text: str
    grade: str | None = None


def labels(query: Query, nodes: Iterable[Node]) -> dict[Node, Label]:
    """Return what people read of versions and deployments."""
    known = {(node.kind, node.id): node for node in nodes}
    found: dict[Node, Label] = {}
    versions = [of for kind, of in known if kind is NodeKind.VERSION]
    for name, number, major, minor, patch, deleted, grade in _named(query, _VERSIONS, versions):
        ref = f"{name}@{number}"
        gone = " (deleted)" if deleted else ""
        text = f"{ref} v{major}.{minor}.{patch}{gone}"
        found[known[NodeKind.VERSION, ref]] = Label(text, grade)
    used = [of for kind, of in known if kind is NodeKind.DEPLOYMENT]
    for some in _batches(used):
        for uuid, place, where, over in query(_DEPLOYMENTS.format(marks=marks(some)), tuple(some)):
            text = f"{place} in {where}{' (over)' if over else ''}"
            found[known[NodeKind.DEPLOYMENT, uuid]] = Label(text)
    return found


def makers(query: Query, runs: Sequence[str], states: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give states of data, ``path@md5``, with the DVC stages of these runs that made them."""
    seen = set()
    for run in runs:
        for some in _batches(states):
            paths = [state.rpartition("@")[0] for state in some]
            wanted = set(some)
            for path, md5, stage in query(_MADE.format(marks=marks(paths)), (run, *paths)):
                found = (f"{path}@{md5}", stage)
                if found[0] in wanted and found not in seen:
                    seen.add(found)
                    yield found


def stages_of(query: Query, run: str) -> list[str]:
    """Return the DVC stages of a run that lead to its model."""
    return [stage for (stage,) in query(_RAN, (run,))]


def has_edges(query: Query, node: Node) -> bool:
    """Whether anything is on record of a node."""
    ways = (step(query, (node,), direction, 1) for direction in Direction)
    return any(next(way, None) is not None for way in ways)


def find_kind(query: Query, uuid: str) -> NodeKind | None:
    """Return what a UUID belongs to, if it is a run or a deployment."""
    if query("SELECT id FROM run WHERE uuid = ?", (uuid,)):
        return NodeKind.RUN
    found = query("SELECT id FROM deployment WHERE uuid = ?", (uuid,))
    return NodeKind.DEPLOYMENT if found else None


def _edge(source_kind: str, source: str, target_kind: str, target: str, by: str) -> Edge:
    return Edge.model_construct(
        source=_node(NodeKind(source_kind), source),
        target=_node(NodeKind(target_kind), target),
        by=by or None,
    )


def _node(kind: NodeKind, of: str) -> Node:
    return Node.model_construct(kind=kind, id=of)


def _deployed(rows: Iterable[Any]) -> Iterator[Edge]:
    for name, number, uuid in rows:
        yield Edge.model_construct(
            source=_node(NodeKind.VERSION, f"{name}@{number}"),
            target=_node(NodeKind.DEPLOYMENT, uuid),
            by=None,
        )


def _named(query: Query, statement: str, refs: Sequence[str]) -> Iterator[Any]:
    """Ask for many versions by model and number."""
    for some in _batches(refs):
        pairs = [ref.rpartition("@") for ref in some]
        rows = ", ".join(["(?, CAST(? AS INTEGER))"] * len(pairs))
        values = tuple(value for name, _, number in pairs for value in (name, int(number)))
        yield from query(statement.format(rows=rows), values)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[place : place + _MANY] for place in range(0, len(ids), _MANY))
