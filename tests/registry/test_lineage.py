"""Lineage: both ways, to any depth, once each, whatever the graph looks like."""

import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from support.world import World

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import DatasetNotFound, VersionNotFound
from registry_tasks.entities.lineage import Direction, Edge, Lineage, Node, NodeKind
from registry_tasks.faces.cli.trace import tree
from registry_tasks.registry.catalogue import trace as trace_module
from registry_tasks.registry.catalogue.trace import trace, trace_dataset
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.metadata import lineage, tables as t
from registry_tasks.stores.metadata.query import Query, through

pytestmark = pytest.mark.slow

RAW, CLEAN = f"raw.csv@{'4' * 32}", f"clean.csv@{'5' * 32}"


def data(of: str) -> Node:
    return Node(kind=NodeKind.DATASET, id=of)


def link(world: World, *edges: Edge) -> None:
    with world.registry().metadata.writing("ada") as tx:
        lineage.add_edges(tx, edges)
        tx.commit()


def a_whole_life(world: World) -> str:
    """Raw data, cleaned, trained on, registered, used; returns the run."""
    name, _, md5 = CLEAN.partition("@")
    use = DatasetUse(name=name, md5=md5, size_bytes=1, files=1, stage="train")
    version = world.version(1, datasets=(use,))
    link(
        world,
        *edges_of(version.run, (use,), ()),
        Edge(source=data(RAW), target=data(CLEAN), by="clean"),
    )
    used = StartDeployment(ref="mower@1", environment="eu", place="API")
    start_deployment(world.registry(), used)
    return version.run


def kinds(found: Lineage) -> list[str]:
    return [node.kind for node in found.nodes]


def test_raw_data_leads_to_where_the_model_is_used_and_back(world: World) -> None:
    run = a_whole_life(world)

    forward = trace_dataset(world.registry(), RAW)

    assert list(tree(forward)) == [
        RAW,
        "└─ DVC stage clean",
        f"   └─ {CLEAN}",
        "      └─ DVC stage train",
        f"         └─ run {run}",
        "            └─ mower@1 v1.0.0, grade C",
        "               └─ API in eu",
    ]
    assert kinds(forward) == [
        *("dataset", "stage", "dataset", "stage", "run", "version", "deployment")
    ]
    deployment = forward.nodes[-1].id
    back = trace(world.registry(), deployment)
    assert kinds(back) == list(reversed(kinds(forward)))
    assert {(e.source, e.target) for e in back.edges} == {
        (e.source, e.target) for e in forward.edges
    }
    assert trace(world.registry(), run, Direction.FORWARD).nodes[-1].id == deployment
    assert trace(world.registry(), "mower@1").nodes[-1].id == RAW


def test_a_deployment_that_is_over_and_a_deleted_version_say_so(world: World) -> None:
    a_whole_life(world)
    end_deployment(world.registry(), EndDeployment(ref="mower@1", environment="eu", place="API"))
    found = trace(world.registry(), "mower@1", Direction.FORWARD)
    assert found.nodes[-1].label == "API in eu (over)"


def test_a_depth_ends_the_walk_and_says_so(world: World) -> None:
    a_whole_life(world)
    one = trace_dataset(world.registry(), RAW, depth=1)
    assert kinds(one) == ["dataset", "stage", "dataset"]
    assert not one.is_whole
    assert list(tree(one))[-1].startswith("... and more; a greater --depth")
    whole = trace_dataset(world.registry(), RAW, depth=4)
    assert whole.is_whole
    assert kinds(whole)[-1] == "deployment"


def test_as_many_nodes_are_told_as_are_asked_for_the_nearest_ones(world: World) -> None:
    _fill(world, 20)
    whole = trace_dataset(world.registry(), RAW)
    assert whole.is_whole
    walked = [node for node in whole.nodes if node.kind is not NodeKind.STAGE]
    for many in (1, 2, 20, 21, 40):
        cut = trace_dataset(world.registry(), RAW, nodes=many)
        assert not cut.is_whole
        told = [node for node in cut.nodes if node.kind is not NodeKind.STAGE]
        assert told == walked[:many]
        ends = {end for edge in cut.edges for end in (edge.source.id, edge.target.id)}
        assert ends <= {node.id for node in cut.nodes}
    exactly = trace_dataset(world.registry(), RAW, nodes=len(walked))
    assert exactly == whole


def test_very_many_edges_between_few_nodes_end_a_walk_too(world: World) -> None:
    world.version(1)
    ends = [data(f"{n}@{'6' * 32}") for n in range(12)]
    link(world, *(Edge(source=a, target=b, by="mix") for a in ends for b in ends if a != b))
    found = trace_dataset(world.registry(), ends[0].id, nodes=12)
    assert not found.is_whole
    assert len({(edge.source, edge.target) for edge in found.edges}) <= 2 * 4 * 12
    assert trace_dataset(world.registry(), ends[0].id).is_whole


def test_a_cycle_ends_and_what_is_shared_is_drawn_once(world: World) -> None:
    world.version(1)
    a, b, c, d = (data(f"{name}@{'6' * 32}") for name in "abcd")
    link(
        world,
        Edge(source=a, target=b, by="one"),
        Edge(source=a, target=c, by="one"),
        Edge(source=b, target=d, by="two"),
        Edge(source=c, target=d, by="two"),
        Edge(source=d, target=a, by="back"),
    )
    found = trace_dataset(world.registry(), a.id)
    assert len(found.edges) == 9
    assert list(tree(found)) == [
        a.id,
        "└─ DVC stage one",
        f"   ├─ {b.id}",
        "   │  └─ DVC stage two",
        f"   │     └─ {d.id}",
        "   │        └─ DVC stage back",
        f"   │           └─ {a.id}  (see above)",
        f"   └─ {c.id}",
        "      └─ DVC stage two  (see above)",
    ]
    assert trace_dataset(world.registry(), a.id, Direction.BACK).edges


def test_what_is_not_on_record_is_not_found(world: World) -> None:
    world.version(1)
    with pytest.raises(DatasetNotFound):
        trace_dataset(world.registry(), "nothing@0")
    with pytest.raises(DatasetNotFound):
        trace_dataset(world.registry(), "x" * 10_000)
    with pytest.raises(VersionNotFound):
        trace(world.registry(), "00000000-0000-4000-8000-000000000000")


def chain(length: int) -> Iterator[Edge]:
    for number in range(length):
        one, two = (data(f"step/{n}@{'7' * 32}") for n in (number, number + 1))
        yield Edge(source=one, target=two, by=f"stage{number}")


def test_a_chain_deeper_than_pythons_stack_is_followed_and_drawn(world: World) -> None:
    world.version(1)
    link(world, *chain(1500))
    began = time.process_time()
    found = trace_dataset(world.registry(), f"step/0@{'7' * 32}")
    assert len(found.nodes) == 3001
    assert len(list(tree(found))) == 3001
    assert time.process_time() - began < 20


def test_data_that_ten_thousand_versions_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many statements for ten thousand as for ten, but for what one of them can hold."""
    many = 10_000
    _fill(world, many)
    asked: list[str] = []

    def counting(connection: sa.Connection) -> Query:
        query = through(connection)
        return lambda statement, values: asked.append(statement) or query(statement, values)

    monkeypatch.setattr(trace_module, "through", counting)
    began = time.process_time()
    found = trace_dataset(world.registry(), RAW)
    took = time.process_time() - began
    assert len([node for node in found.nodes if node.kind is NodeKind.VERSION]) == many
    assert len(found.edges) == 3 * many
    assert len(list(tree(found))) == 2 * many + 2
    assert 0 < len(asked) < 20
    assert took < 30


def _fill(world: World, many: int) -> None:
    world.version(1)
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        connection = tx.connection
        run = dict(connection.execute(sa.select(t.run)).mappings().one())
        version = dict(connection.execute(sa.select(t.version)).mappings().one())
        uuids = [f"{n:08d}-0000-4000-8000-000000000000" for n in range(2, many + 2)]
        rows = enumerate(uuids, start=2)
        connection.execute(sa.insert(t.run), [{**run, "id": n, "uuid": uuid} for n, uuid in rows])
        connection.execute(
            sa.insert(t.version),
            [
                {**version, "id": n, "uuid": uuid, "number": n, "minor": n, "run_id": n}
                | {"recipe_hash": uuid}
                for n, uuid in enumerate(uuids, start=2)
            ],
        )
        edge = {"source_kind": "dataset", "source_id": RAW, "target_kind": "run", "by": "train"}
        made = {"source_kind": "run", "target_kind": "version", "by": ""}
        connection.execute(
            sa.insert(t.lineage_edge), [{**edge, "target_id": uuid} for uuid in uuids]
        )
        connection.execute(
            sa.insert(t.lineage_edge),
            [
                {**made, "source_id": uuid, "target_id": f"mower@{n}"}
                for n, uuid in enumerate(uuids, start=2)
            ],
        )
        tx.commit()
