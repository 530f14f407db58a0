"""Trace: the lineage of a version, or of anything in the graph, both ways, to any depth."""

from collections.abc import Iterable, Iterator
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
"""Where a walk stops, and says so; DVC stages between what they read and made are not counted."""
_EDGES: Final = 4
"""How many for each node, at most: so that many edges between few nodes end a walk as well."""


def trace(
    registry: Registry,
    subject: str,
    direction: Direction | None = None,
    depth: int | None = None,
    nodes: int | None = None,
) -> Lineage:
    """Return the lineage of a version (any reference), a run or a deployment (UUIDs).

    Back to its data unless ``direction`` says forward; ``depth`` is how many steps to follow, a
    DVC stage being one; the nearest ``nodes`` are told, MAX_NODES at most. Raises: ModelNotFound,
    VersionNotFound, MalformedReference.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        root = _root(query, subject)
        return _trace(query, root, direction or Direction.BACK, _Asked.of(depth, nodes))


def trace_dataset(
    registry: Registry,
    dataset: str,
    direction: Direction | None = None,
    depth: int | None = None,
    nodes: int | None = None,
) -> Lineage:
    """Return the lineage of a state of a dataset, named ``path@md5``.

    Forward to all that was made from it unless ``direction`` says back. Raises: DatasetNotFound.
    """
    root = Node(kind=NodeKind.DATASET, id=dataset)
    with registry.metadata.reading() as connection:
        query = through(connection)
        if not lineage_walk.has_edges(query, root):
            raise DatasetNotFound(dataset)
        return _trace(query, root, direction or Direction.FORWARD, _Asked.of(depth, nodes))


def _root(query: Query, subject: str) -> Node:
    reference = Reference.parse(subject)
    if reference.kind is ReferenceKind.UUID and find_version(query, reference) is None:
        kind = lineage_walk.find_kind(query, reference.value)
        if kind is not None:
            return Node(kind=kind, id=reference.value)
    version = get_recorded(query, reference).version
    return Node(kind=NodeKind.VERSION, id=version.ref)


class _Asked(NamedTuple):
    """How far to walk, and how many nodes."""

    depth: int | None
    nodes: int

    @classmethod
    def of(cls, depth: int | None, nodes: int | None) -> "_Asked":
        return cls(depth, min(nodes or MAX_NODES, MAX_NODES))


class _Walked(NamedTuple):
    edges: tuple[Edge, ...]
    is_whole: bool
    is_cut: bool = False  # by what was asked for


def _trace(query: Query, root: Node, direction: Direction, asked: _Asked) -> Lineage:
    walked = _walk(query, root, direction, asked)
    edges = tuple(dict.fromkeys(part for edge in walked.edges for part in _with_stage(edge)))
    makers: tuple[Edge, ...] = ()
    if walked.is_whole and direction is Direction.BACK:
        makers = (*_makers(query, walked.edges), *_without_data(query, root, walked.edges))
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


def _walk(query: Query, root: Node, direction: Direction, asked: _Asked) -> _Walked:
    """Go level by level; what was seen before is not followed again, so that cycles end."""
    found: dict[Edge, None] = {}
    level, seen, steps, most = [root], {root}, 0, _EDGES * asked.nodes
    while level:
        if steps == asked.depth:
            is_more = next(lineage_walk.step(query, level, direction, 1), None)
            return _Walked(tuple(found), is_more is None, is_cut=True)
        fresh: list[Node] = []
        for edge in lineage_walk.step(query, level, direction, most + 1 - len(found)):
            _, far = _ends(edge, direction)
            if len(found) == most or (far not in seen and len(seen) == asked.nodes):
                return _Walked(tuple(found), is_whole=False, is_cut=True)
            found.setdefault(edge)
            if far not in seen:
                seen.add(far)
                fresh.append(far)
        level, steps = fresh, steps + 1
    return _Walked(tuple(found), is_whole=True)


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


def _without_data(query: Query, root: Node, edges: Iterable[Edge]) -> Iterator[Edge]:
    """Lead from the DVC stages of a run that read no data to the run."""
    ends = dict.fromkeys((root, *(edge.source for edge in edges)))
    reached = {edge.target for edge in edges}
    for run in ends:
        if run.kind is NodeKind.RUN and run not in reached:
            for stage in lineage_walk.stages_of(query, run.id):
                node = Node.model_construct(kind=NodeKind.STAGE, id=f"{stage} -> {run.id}")
                yield Edge.model_construct(source=node, target=run, by=stage)


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
        label, grade = known.get(node, lineage_walk.Label(node.id))
        if node.kind is NodeKind.RUN:
            label = f"run {node.id}"
        elif node.kind is NodeKind.STAGE:
            label = f"DVC stage {node.id.partition(' -> ')[0]}"
        yield LineageNode.model_construct(kind=node.kind, id=node.id, label=label, grade=grade)
