"""``registry lineage``: what a version was made from, or what was made from data."""

from collections.abc import Iterator
from typing import Annotated

import typer

from registry_tasks.entities.lineage import Edge, Lineage, Node, NodeKind
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of

MaybeRef = Annotated[
    str | None, typer.Argument(metavar="[REF]", help="A version: back to its data.")
]
Dataset = Annotated[
    str | None,
    typer.Option("--dataset", metavar="PATH@MD5", help="Data: forward to all made from it."),
]


def lineage(
    context: typer.Context, ref: MaybeRef = None, dataset: Dataset = None, json: Json = False
) -> None:
    """Show what a version was made from, or what was made from data."""
    from registry_tasks.registry.catalogue.trace import trace_back, trace_forward

    if ref is not None and dataset is None:
        found = trace_back(registry_of(context), ref)
    elif dataset is not None and ref is None:
        found = trace_forward(registry_of(context), dataset)
    else:
        raise typer.BadParameter("name a version, or data with --dataset", param_hint="REF")
    if json:
        print_json(found)
    else:
        print_text(*tree(found))


def tree(found: Lineage) -> Iterator[str]:
    """Draw the graph as a tree; what was drawn before is named again but not followed."""
    forward = found.root.kind is NodeKind.DATASET
    branches: dict[Node, list[tuple[Node, Edge]]] = {}
    for edge in found.edges:
        near, far = (edge.source, edge.target) if forward else (edge.target, edge.source)
        branches.setdefault(near, []).append((far, edge))
    yield found.root.id
    if not found.edges:
        yield "  nothing is on record"
    yield from _below(found.root, branches, "", {found.root})


def _below(
    node: Node, branches: dict[Node, list[tuple[Node, Edge]]], lead: str, seen: set[Node]
) -> Iterator[str]:
    below = branches.get(node, [])
    for place, (child, edge) in enumerate(below, start=1):
        is_last = place == len(below)
        by = f"  by {edge.by}" if edge.by else ""
        again = "  (see above)" if child in seen and child in branches else ""
        name = child.id if child.kind is not NodeKind.RUN else f"run {child.id}"
        yield f"{lead}{'└─ ' if is_last else '├─ '}{name}{by}{again}"
        if child not in seen:
            seen.add(child)
            yield from _below(child, branches, lead + ("   " if is_last else "│  "), seen)
