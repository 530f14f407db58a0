"""Edges "made from", and the graph they form."""

from enum import StrEnum

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting


class NodeKind(StrEnum):
    """What a node of the graph stands for."""

    DATASET = "dataset"  # id: path@md5
    STAGE = "stage"  # one execution of a DVC stage; id: its name -> what it made
    RUN = "run"  # id: UUID
    VERSION = "version"  # id: name@number
    DEPLOYMENT = "deployment"  # id: UUID


class Node(Entity):
    """A thing that was made, or that something was made from."""

    kind: NodeKind
    id: str


class Edge(Entity):
    """``target`` was made from ``source``; ``by`` is the DVC stage, where one did it."""

    source: Node
    target: Node
    by: str | None = None


class Direction(StrEnum):
    """Back to what something was made from, or forward to what was made from it."""

    BACK = "back"
    FORWARD = "forward"


def to_direction(text: str | None) -> Direction | None:
    """Read a direction. Raises InvalidSetting."""
    try:
        return None if text is None else Direction(text)
    except ValueError:
        raise InvalidSetting("direction", text or "", "write back or forward") from None


class LineageNode(Node):
    """A node as people read it; a version with its provenance grade now."""

    label: str
    grade: str | None = None


class Lineage(Entity):
    """All that leads to a node, or all that it led to, nearest first.

    Each execution of a DVC stage is a node of its own, between what it read and what it made.
    ``is_whole`` is False where there is more beyond the depth or the number of nodes that was asked for.
    """

    root: Node
    direction: Direction
    nodes: tuple[LineageNode, ...]
    edges: tuple[Edge, ...]
    is_whole: bool = True
