"""Trace: the lineage of a version, or of anything in the graph, both ways, to any depth."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from registry_tasks.entities.errors import DatasetNotFound
from registry_tasks.entities.lineage import (
    Direction,
    Edge,
    Lineage,
    LineageNode,
    Node,
    NodeKind,
)
from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import lineage_walk
from registry_tasks.stores.metadata.lookup import find_version, get_recorded
from registry_tasks.stores.metadata.query import Query, through

MAX_NODES: Final = 100_000
"""Where a walk stops, and says so."""


def trace(
    registry: Registry, subject: str, direction: Direction | None = None, depth: int | None = None
) -> Lineage:
    """Return the lineage of a version (any reference), a run or a deployment (UUIDs).

    Back to its data unless ``direction`` says forward; ``depth`` is how many steps to follow, a
    DVC stage being one. Raises: ModelNotFound, VersionNotFound, MalformedReference.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        return _trace(query, _root(query, subject), direction or Direction.BACK, depth)


def trace_dataset(
    registry: Registry, dataset: str, direction: Direction | None = None, depth: int | None = None
) -> Lineage:
    """Return the lineage of a state of a dataset, named ``path@md5``.

    Forward to all that was made from it unless ``direction`` says back. Raises: DatasetNotFound.
    """
    root = Node(kind=NodeKind.DATASET, id=dataset)
    with registry.metadata.reading() as connection:
        query = through(connection)
        if not lineage_walk.has_edges(query, root):
            raise DatasetNotFound(dataset)
        return _trace(query, root, direction or Direction.FORWARD, depth)


def _root(query: Query, subject: str) -> Node:
    reference = Reference.parse(subject)
    if reference.kind is ReferenceKind.UUID and find_version(query, reference) is None:
        kind = lineage_walk.find_kind(query, reference.value)
        if kind is not None:
            return Node(kind=kind, id=reference.value)
    version = get_recorded(query, reference).version
    return Node(kind=NodeKind.VERSION, id=version.ref)


class _Walked(NamedTuple):
    edges: tuple[Edge, ...]
    is_whole: bool
    is_cut: bool = False  # by the depth that was asked for


def _trace(query: Query, root: Node, direction: Direction, depth: int | None) -> Lineage:
    walked = _walk(query, root, direction, depth)
    edges = tuple(dict.fromkeys(part for edge in walked.edges for part in _with_stage(edge)))
    makers = _makers(query, walked.edges) if direction is Direction.BACK else ()
    is_whole = walked.is_whole and not (makers and walked.is_cut)
    if not walked.is_cut:
        edges += makers
    nodes = {root: None} | {end: None for edge in edges for end in _ends(edge, direction)}
    return Lineage(
        root=root,
        direction=direction,
        nodes=tuple(_labelled(query, nodes)),
        edges=edges,
        is_whole=is_whole,
    )


def _walk(query: Query, root: Node, direction: Direction, depth: int | None) -> _Walked:
    """Go level by level; what was seen before is not followed again, so that cycles end."""
    found: dict[Edge, None] = {}
    level, seen, steps = [root], {root}, 0
    while level and len(seen) < MAX_NODES:
        if depth is not None and steps == depth:
            is_more = next(lineage_walk.step(query, level, direction), None)
            return _Walked(tuple(found), is_more is None, is_cut=True)
        fresh: dict[Node, None] = {}
        for edge in lineage_walk.step(query, level, direction):
            found.setdefault(edge)
            _, far = _ends(edge, direction)
            if far not in seen:
                fresh[far] = None
        seen |= fresh.keys()
        level, steps = list(fresh), steps + 1
    return _Walked(tuple(found), not level)


def _makers(query: Query, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Lead from the first data to the DVC stages of the runs that made it, from nothing recorded."""
    read = {edge.source for edge in edges if edge.source.kind is NodeKind.DATASET}
    first = read - {edge.target for edge in edges}
    runs = {
        end.id for edge in edges for end in (edge.source, edge.target) if end.kind is NodeKind.RUN
    }
    found = lineage_walk.makers(query, sorted(runs), sorted(node.id for node in first))
    return tuple(
        Edge.model_construct(
            source=Node.model_construct(kind=NodeKind.STAGE, id=f"{stage} -> {data}"),
            target=Node.model_construct(kind=NodeKind.DATASET, id=data),
            by=stage,
        )
        for data, stage in found
    )


def _with_stage(edge: Edge) -> tuple[Edge, ...]:
    """Put the DVC stage between what it read and what it made."""
    if edge.by is None:
        return (edge,)
    target = edge.target
    stage = Node.model_construct(kind=NodeKind.STAGE, id=f"{edge.by} -> {target.id}")
    return (
        Edge.model_construct(source=edge.source, target=stage, by=edge.by),
        Edge.model_construct(source=stage, target=target, by=edge.by),
    )


def _ends(edge: Edge, direction: Direction) -> tuple[Node, Node]:
    """Return the near and the far end."""
    if direction is Direction.FORWARD:
        return edge.source, edge.target
    return edge.target, edge.source


def _labelled(query: Query, nodes: Iterable[Node]) -> Iterable[LineageNode]:
    known = lineage_walk.labels(query, nodes)
    for node in nodes:
        label = known.get(node, node.id)
        if node.kind is NodeKind.RUN:
            label = f"run {node.id}"
        elif node.kind is NodeKind.STAGE:
            label = f"DVC stage {node.id.partition(' -> ')[0]}"
        yield LineageNode.model_construct(kind=node.kind, id=node.id, label=label)
