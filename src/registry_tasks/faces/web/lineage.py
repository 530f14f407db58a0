"""Lineage: what something was made from and what was made of it, as a graph and as a tree."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from fastapi import Request, Response

from registry_tasks.entities.dataset import split_state
from registry_tasks.entities.errors import InvalidSetting, RegistryError
from registry_tasks.entities.lineage import Direction, Lineage
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.graph import Graph, draw, join, url_of
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of
from registry_tasks.faces.web.tree import branches
from registry_tasks.registry.catalogue.trace import trace, trace_dataset
from registry_tasks.registry.registry import Registry

_EDGE: Final = ("source_kind", "source", "target_kind", "target", "dvc_stage")
_DEPTH: Final = re.compile("[1-9][0-9]{0,3}")
MAX_NODES: Final = 2_000
"""Each way; so that nobody makes a server hold a graph that nobody could read."""
WAYS: Final = {
    "both": (Direction.BACK, Direction.FORWARD),
    "back": (Direction.BACK,),
    "forward": (Direction.FORWARD,),
}


@needs(Permission.READ)
def lineage_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    subject: str = "",
    way: str = "both",
    depth: str = "",
) -> Response:
    """Draw what leads to something and what came of it."""
    shown: dict[str, Any] = {"subject": subject, "way": way, "depth": depth, "graph": None}
    problem: RegistryError | None = None
    if subject.strip():
        try:
            found = _find(registry, subject.strip(), way, depth)
            graph = join(found)
        except RegistryError as error:
            problem = error
        else:
            if file := csv_of(
                request, Table(f"lineage-of-{subject}", _EDGE, lambda: _edges(found))
            ):
                return file
            shown |= _shown(graph, found)
    return render(request, caller, "lineage.html", problem_of_filter=problem, **shown)


def _find(registry: Registry, subject: str, way: str, depth: str) -> tuple[Lineage, ...]:
    """Walk the ways that were asked for. Raises as the verbs, and InvalidSetting."""
    if way not in WAYS:
        raise InvalidSetting("way", way[:40], f"it is one of {', '.join(WAYS)}")
    if depth and not _DEPTH.fullmatch(depth):
        raise InvalidSetting("depth", depth[:40], "write a number of steps, or nothing for all")
    steps = int(depth) if depth else None
    name, md5 = split_state(subject)
    walk = trace_dataset if name is not None and md5 is not None else trace
    return tuple(walk(registry, subject, direction, steps, MAX_NODES) for direction in WAYS[way])


def _shown(graph: Graph, found: tuple[Lineage, ...]) -> dict[str, Any]:
    return {
        "graph": graph,
        "drawing": draw(graph),
        "root_url": url_of(graph.root),
        "kinds": tuple(dict.fromkeys(box.kind for box in graph.boxes)),
        "trees": [(lineage.direction, list(branches(lineage))) for lineage in found],
        "most": MAX_NODES,
        "is_whole": all(lineage.is_whole for lineage in found),
    }


def _edges(found: Iterable[Lineage]) -> Iterator[tuple[object, ...]]:
    edges = dict.fromkeys(edge for lineage in found for edge in lineage.edges)
    for edge in edges:
        source, target = edge.source, edge.target
        yield str(source.kind), source.id, str(target.kind), target.id, edge.by


ROUTES: Final = (page("/lineage", lineage_page),)
