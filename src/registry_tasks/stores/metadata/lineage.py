"""Edges "made from", both ways."""

import sqlalchemy as sa

from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def add_edges(tx: Transaction, edges: tuple[Edge, ...]) -> None:
    """Add edges that are not there yet; none is ever taken away."""
    known = {old for node in {edge.target for edge in edges} for old in into(tx.connection, node)}
    fresh = [edge for edge in dict.fromkeys(edges) if edge not in known]
    if fresh:
        tx.connection.execute(
            sa.insert(t.lineage_edge),
            [
                {
                    "source_kind": edge.source.kind,
                    "source_id": edge.source.id,
                    "target_kind": edge.target.kind,
                    "target_id": edge.target.id,
                    "by": edge.by or "",
                }
                for edge in fresh
            ],
        )


def into(connection: sa.Connection, node: Node) -> tuple[Edge, ...]:
    """Return the edges that end in ``node``: what it was made from."""
    c = t.lineage_edge.c
    return _edges(connection, (c.target_kind == node.kind) & (c.target_id == node.id))


def out_of(connection: sa.Connection, node: Node) -> tuple[Edge, ...]:
    """Return the edges that begin in ``node``: what was made from it."""
    c = t.lineage_edge.c
    return _edges(connection, (c.source_kind == node.kind) & (c.source_id == node.id))


def _edges(connection: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Edge, ...]:
    c = t.lineage_edge.c
    rows = connection.execute(
        sa.select(t.lineage_edge).where(where).order_by(c.by, c.source_id, c.target_id)
    )
    return tuple(
        Edge(
            source=Node(kind=NodeKind(row.source_kind), id=row.source_id),
            target=Node(kind=NodeKind(row.target_kind), id=row.target_id),
            by=row.by or None,
        )
        for row in rows
    )
