"""Edges "made from", and the graph they form."""

from enum import StrEnum

from registry_tasks.entities.entity import Entity


class NodeKind(StrEnum):
    """What a node of the graph stands for."""

    DATASET = "dataset"  # id: path@md5
    RUN = "run"  # id: UUID
    VERSION = "version"  # id: name@number


class Node(Entity):
    """A thing that was made, or that something was made from."""

    kind: NodeKind
    id: str


class Edge(Entity):
    """``target`` was made from ``source``; ``by`` is the DVC stage, where one did it."""

    source: Node
    target: Node
    by: str | None = None


class Lineage(Entity):
    """All edges that lead to a node, nearest first."""

    root: Node
    edges: tuple[Edge, ...]
