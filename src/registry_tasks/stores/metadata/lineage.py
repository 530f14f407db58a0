"""Edges "made from", both ways."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_missing
from registry_tasks.stores.metadata.store import Transaction

_C: Final = t.lineage_edge.c
_EDGES: Final = sa.select(t.lineage_edge).order_by(_C.by, _C.source_id, _C.target_id)
_INTO: Final = _EDGES.where(
    _C.target_kind == sa.bindparam("kind"), _C.target_id == sa.bindparam("id")
)
_OUT_OF: Final = _EDGES.where(
    _C.source_kind == sa.bindparam("kind"), _C.source_id == sa.bindparam("id")
)


def add_edges(tx: Transaction, edges: tuple[Edge, ...]) -> None:
    """Add edges that are not there yet; none is ever taken away."""
    rows = [
        {
            "source_kind": edge.source.kind,
            "source_id": edge.source.id,
            "target_kind": edge.target.kind,
            "target_id": edge.target.id,
            "by": edge.by or "",
        }
        for edge in edges
    ]
    insert_missing(tx.connection, t.lineage_edge, rows)


def into(connection: sa.Connection, node: Node) -> tuple[Edge, ...]:
    """Return the edges that end in ``node``: what it was made from."""
    return _edges(connection, _INTO, node)


def out_of(connection: sa.Connection, node: Node) -> tuple[Edge, ...]:
    """Return the edges that begin in ``node``: what was made from it."""
    return _edges(connection, _OUT_OF, node)


def to_edge(row: sa.Row[Any]) -> Edge:
    """Return the edge that a row of the table is."""
    return Edge(
        source=Node(kind=NodeKind(row.source_kind), id=row.source_id),
        target=Node(kind=NodeKind(row.target_kind), id=row.target_id),
        by=row.by or None,
    )


def _edges(connection: sa.Connection, query: sa.Select[Any], node: Node) -> tuple[Edge, ...]:
    rows = connection.execute(query, {"kind": node.kind, "id": node.id})
    return tuple(to_edge(row) for row in rows)
