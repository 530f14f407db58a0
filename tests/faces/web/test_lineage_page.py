"""Lineage as a graph, as a tree and as a file."""

import itertools
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.analysis.layout import lay_out
from registry_tasks.entities.lineage import Direction, Edge, Lineage, LineageNode, Node, NodeKind
from registry_tasks.faces.web.graph import MAX_DRAWN, draw, join
from registry_tasks.faces.web.tree import branches
from registry_tasks.registry.catalogue.datasets import list_datasets
from registry_tasks.registry.catalogue.trace import trace

pytestmark = pytest.mark.slow

Looking = tuple[World, Visitor]
RUN, VERSION, DATASET, STAGE = NodeKind.RUN, NodeKind.VERSION, NodeKind.DATASET, NodeKind.STAGE


def node(kind: NodeKind, name: str) -> Node:
    return Node(kind=kind, id=name)


def lineage(root: Node, *pairs: tuple[Node, Node], way: Direction = Direction.BACK) -> Lineage:
    nodes = dict.fromkeys([root, *(end for pair in pairs for end in pair)])
    return Lineage(
        root=root,
        direction=way,
        nodes=tuple(LineageNode(kind=n.kind, id=n.id, label=n.id) for n in nodes),
        edges=tuple(Edge(source=a, target=b) for a, b in pairs),
    )


def test_graphs_are_laid_out_side_by_side() -> None:
    edges = [(n, n + 1) for n in range(200)]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _: lay_out([60.0] * 201, edges), range(16)))
    finally:
        sys.setswitchinterval(usual)
    assert found == [found[0]] * 16


def test_what_was_made_stands_to_the_right_and_no_two_boxes_touch() -> None:
    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4), (5, 4), (6, 7)]
    widths = [60.0, 200.0, 44.0, 90.0, 120.0, 50.0, 70.0, 80.0]
    found = lay_out(widths, edges)
    for (a, b), route in zip(edges, found.routes, strict=True):
        assert found.spots[a][0] + widths[a] / 2 < found.spots[b][0] - widths[b] / 2
        assert route[0] == (found.spots[a][0] + widths[a] / 2, found.spots[a][1])
        assert route[-1] == (found.spots[b][0] - widths[b] / 2, found.spots[b][1])
    boxes = [(x - w / 2, x + w / 2, y) for (x, y), w in zip(found.spots, widths, strict=True)]
    for place, (left, right, y) in enumerate(boxes):
        assert 0 < left and right < found.width and 0 < y < found.height
        for other_left, other_right, other_y in boxes[:place]:
            apart = abs(y - other_y) >= found.box_height
            assert apart or right <= other_left or other_right <= left


def test_a_circle_and_a_single_box_can_be_laid_out() -> None:
    assert len(lay_out([50.0] * 3, [(0, 1), (1, 2), (2, 0), (1, 1)]).routes) == 4
    alone = lay_out([50.0], [])
    assert alone.width >= 50 and alone.height >= 26


def test_five_hundred_boxes_are_drawn_in_a_moment_and_each_is_a_link() -> None:
    root = node(DATASET, f"raw@{'a' * 32}")
    pairs = []
    for number in range(166):
        stage = node(STAGE, f"train -> {number}")
        run, version = node(RUN, str(number)), node(VERSION, f"mower@{number}")
        pairs += [(root, stage), (stage, run), (run, version)]
    graph = join([lineage(root, *pairs, way=Direction.FORWARD)])
    began = time.perf_counter()
    drawn = draw(graph)
    assert time.perf_counter() - began < 20  # a broken algorithm takes minutes
    # executions of one DVC stage that read the same are one box
    assert len(graph.boxes) == 1 + 1 + 166 + 166
    assert len(re.findall(r'<a class="box [^"]*" href="/[^"]+"', drawn)) == len(graph.boxes)
    assert " style=" not in drawn


def test_of_more_boxes_the_nearest_are_drawn() -> None:
    root = node(VERSION, "mower@1")
    chain = [root, *(node(RUN, str(number)) for number in range(MAX_DRAWN + 50))]
    graph = join([lineage(root, *((b, a) for a, b in itertools.pairwise(chain)))])
    assert len(graph.boxes) == MAX_DRAWN
    assert graph.left_out == 51
    assert graph.boxes[0].is_root
    assert [box.id for box in graph.boxes[1:]] == [str(n) for n in range(MAX_DRAWN - 1)]


def test_a_tree_follows_nothing_twice_and_ends_in_a_circle() -> None:
    a, b, c = (node(RUN, name) for name in "abc")
    lines = list(branches(lineage(a, (b, a), (c, a), (c, b), (a, c))))
    assert [(line.lead, line.label, line.again) for line in lines] == [
        ("", "a", False),
        ("├─ ", "b", False),
        ("│  └─ ", "c", False),
        ("│     └─ ", "a", True),
        ("└─ ", "c", True),
    ]


def test_the_page_shows_both_ways_and_each_link_leads_somewhere(looking: Looking) -> None:
    world, visitor = looking
    page = visitor.open("/lineage?subject=mower@2")
    assert "/models/mower/versions/2" in page.links
    both = {
        (row[0], row[1], row[2], row[3])
        for row in visitor.rows("/lineage?subject=mower@2&format=csv")
    }
    known = {
        (str(e.source.kind), e.source.id, str(e.target.kind), e.target.id)
        for way in Direction
        for e in trace(world.registry(), "mower@2", way).edges
    }
    assert both == known
    for link in dict.fromkeys(page.links):
        if link.startswith(("/runs/", "/models/", "/dataset?", "/lineage?")):
            visitor.open(link)


def test_data_leads_forward_to_versions(looking: Looking) -> None:
    world, visitor = looking
    found = [d for d in list_datasets(world.registry(), limit=1000) if d.versions]
    subject = f"{found[0].name}@{found[0].newest.md5}"
    page = visitor.open(f"/lineage?subject={subject}&way=forward")
    assert any("/versions/" in link for link in page.links)
    assert "What it was made from" not in page.text


def test_what_cannot_be_drawn_is_told(looking: Looking) -> None:
    _, visitor = looking
    assert "Name where to begin" in visitor.open("/lineage").text
    assert "mower@999" in visitor.open("/lineage?subject=mower@999", 404).text
    assert "sideways" in visitor.open("/lineage?subject=mower@2&way=sideways", 400).text
    assert "-1" in visitor.open("/lineage?subject=mower@2&depth=-1", 400).text
    assert "more beyond" in visitor.open("/lineage?subject=mower@2&depth=1").text
