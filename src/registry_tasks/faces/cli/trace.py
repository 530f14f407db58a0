"""``registry lineage``: what something was made from, or what was made from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from registry_tasks.entities.lineage import Direction, Lineage, LineageNode, Node, NodeKind
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text, write_new
from registry_tasks.faces.cli.session import ask

MaybeRef = Annotated[
    str | None,
    typer.Argument(metavar="[REF]", help="A version, or the UUID of a run or a deployment."),
]
Dataset = Annotated[
    str | None,
    typer.Option("--dataset", metavar="PATH@MD5", help="Data: forward to all made from it."),
]
Forward = Annotated[
    bool | None,
    typer.Option("--forward/--back", help="To what was made from it, or to its data."),
]
Depth = Annotated[
    int | None, typer.Option("--depth", metavar="N", min=1, max=10_000, help="How many steps.")
]
Nodes = Annotated[
    int | None,
    typer.Option("--nodes", metavar="N", min=1, max=100_000, help="How many at most."),
]
OpenLineage = Annotated[
    bool, typer.Option("--openlineage", help="The version's run as OpenLineage events.")
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FILE", help="Write the OpenLineage events there.")
]


def lineage(
    context: typer.Context,
    ref: MaybeRef = None,
    dataset: Dataset = None,
    forward: Forward = None,
    depth: Depth = None,
    nodes: Nodes = None,
    openlineage: OpenLineage = False,
    to: To = None,
    json: Json = False,
) -> None:
    """Show what something was made from, or what was made from it."""
    from registry_tasks.registry.catalogue.trace import trace, trace_dataset

    if (ref is None) == (dataset is None):
        raise typer.BadParameter("name a version, or data with --dataset", param_hint="REF")
    if to is not None and not openlineage:
        raise typer.BadParameter("only --openlineage writes a file", param_hint="--to")
    if openlineage:
        if ref is None:
            raise typer.BadParameter("--openlineage needs a version", param_hint="REF")
        _events(context, ref, to)
        return
    direction = None
    if forward is not None:
        direction = Direction.FORWARD if forward else Direction.BACK
    if dataset is not None:
        found = ask(context, trace_dataset, dataset, direction, depth, nodes)
    else:
        found = ask(context, trace, ref or "", direction, depth, nodes)
    if json:
        print_json(found)
    else:
        print_text(*tree(found))


def _events(context: typer.Context, ref: str, to: Path | None) -> None:
    from registry_tasks.registry.catalogue.openlineage import openlineage_events

    events = ask(context, openlineage_events, ref)
    if to is None:
        print_text(*events)
        return
    write_new(to, "".join(f"{event}\n" for event in events).encode())


class _Line(NamedTuple):
    """What is still to be drawn: the nodes that share one line, and where it stands."""

    nodes: tuple[Node, ...]
    lead: str
    is_last: bool


def tree(found: Lineage) -> Iterator[str]:
    """Draw the graph as a tree; what was drawn before is named again but not followed.

    Executions of one DVC stage side by side share a line. Not recursive: a lineage may be deeper
    than Python's stack.
    """
    names = {(node.kind, node.id): _name(node) for node in found.nodes}
    below: dict[tuple[NodeKind, str], list[Node]] = {}
    for edge in found.edges:
        ends = (edge.source, edge.target)
        near, far = ends if found.direction is Direction.FORWARD else ends[::-1]
        below.setdefault((near.kind, near.id), []).append(far)
    yield names[found.root.kind, found.root.id]
    if not found.edges:
        yield "  nothing is on record"
    seen = {(found.root.kind, found.root.id)}
    waiting = _lines(below.get((found.root.kind, found.root.id), []), names, "")
    while waiting:
        line = waiting.pop()
        keys = [(node.kind, node.id) for node in line.nodes]
        drawn = all(key in seen for key in keys) and any(key in below for key in keys)
        again = "  (see above)" if drawn else ""
        yield f"{line.lead}{'└─ ' if line.is_last else '├─ '}{names[keys[0]]}{again}"
        fresh = [key for key in keys if key not in seen]
        seen.update(fresh)
        children = [child for key in fresh for child in below.get(key, [])]
        waiting += _lines(children, names, line.lead + ("   " if line.is_last else "│  "))
    if not found.is_whole:
        yield "... and more; a greater --depth or --nodes shows it, or a beginning nearer to it"


def _name(node: LineageNode) -> str:
    return node.label if node.grade is None else f"{node.label}, grade {node.grade}"


def _lines(nodes: list[Node], names: dict[tuple[NodeKind, str], str], lead: str) -> list[_Line]:
    """Return lines still to be drawn, the first one last."""
    shared: dict[str, dict[Node, None]] = {}
    for node in nodes:
        is_stage = node.kind is NodeKind.STAGE
        key = names[node.kind, node.id] if is_stage else f"{node.kind} {node.id}"
        shared.setdefault(key, {})[node] = None
    groups = [tuple(group) for group in shared.values()]
    return [_Line(g, lead, place == 0) for place, g in enumerate(reversed(groups))]
