"""Trace: the lineage of a version, or of anything in the graph, both ways."""

from collections.abc import Callable

import sqlalchemy as sa

from registry_tasks.entities.errors import DatasetNotFound
from registry_tasks.entities.lineage import Edge, Lineage, Node, NodeKind
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import lineage
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.query import through

_Step = Callable[[sa.Connection, Node], tuple[Edge, ...]]


def trace_back(registry: Registry, ref: str) -> Lineage:
    """Return what a version was made from: its run, and the data back to its sources."""
    with registry.metadata.reading() as connection:
        version = get_recorded(through(connection), Reference.parse(ref)).version
        root = Node(kind=NodeKind.VERSION, id=version.ref)
        return Lineage(root=root, edges=_walk(connection, root, lineage.into))


def trace_forward(registry: Registry, dataset: str) -> Lineage:
    """Return what was made from a state of a dataset, named ``path@md5``.

    Raises: DatasetNotFound.
    """
    with registry.metadata.reading() as connection:
        root = Node(kind=NodeKind.DATASET, id=dataset)
        edges = _walk(connection, root, lineage.out_of)
    if not edges:
        raise DatasetNotFound(dataset)
    return Lineage(root=root, edges=edges)


def _walk(connection: sa.Connection, root: Node, step: _Step) -> tuple[Edge, ...]:
    found: dict[Edge, None] = {}
    ahead, seen = [root], {root}
    while ahead:
        node = ahead.pop(0)
        for edge in step(connection, node):
            found.setdefault(edge)
            for end in (edge.source, edge.target):
                if end not in seen:
                    seen.add(end)
                    ahead.append(end)
    return tuple(found)
