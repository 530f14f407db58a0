"""Rows of the store against each other: what the database, manifests, answers and edges say."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.manifest import Artifact, Manifest
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.doctor.ailment import ANEW, Ailment, Remedy, ail
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import census, health, lineage
from registry_tasks.stores.metadata.census import CountedRun
from registry_tasks.stores.metadata.store import Transaction

_Key = tuple[str, str]


def database(connection: sa.Connection) -> Iterator[Ailment]:
    """Ask the database itself, and hold its rows against each other."""
    for complaint in health.complaints(connection):
        yield ail(complaint.kind, complaint.where, complaint.what, ANEW)


def manifests(
    runs: Iterable[CountedRun], artifacts: Mapping[int, list[Artifact]]
) -> Iterator[Ailment]:
    """Work the hash of its outputs out of each run's manifest: rows may be missing or changed."""
    for run in runs:
        if run.status == RunStatus.FINISHED:
            found = Manifest.model_construct(artifacts=tuple(artifacts.get(run.id, ()))).digest()
            if found != run.outputs_hash:
                what = f"its manifest hashes to {found}, not to {run.outputs_hash} as recorded"
                yield ail(FindingKind.MANIFEST_DIFFERS, run.ref, what, ANEW)


def answers(connection: sa.Connection) -> Iterator[Ailment]:
    """Look for answers that were given and name what is not there, as after half a restore."""
    uuids = census.version_uuids(connection)
    refs = {ref for _, ref in census.version_names(connection).values()}
    for key, answer in census.read_answers(connection):
        try:
            names = set(_names(json.loads(answer)))
        except ValueError:
            names = {"an answer that is not JSON"}
        if lost := sorted(names - uuids - refs):
            what = f"its answer names {lost[0]}, which is not in the store"
            remedy = Remedy(ANEW.command, f"until then ask with another key; {ANEW.advice}")
            yield ail(FindingKind.ANSWER_DANGLING, f"request {key}", what, remedy)


def _names(answer: JsonValue) -> Iterator[str]:
    """Give the versions that an answer names, by UUID or reference."""
    if isinstance(answer, list):
        for item in answer:
            yield from _names(item)
    if isinstance(answer, dict):
        if "semantic_version" in answer and isinstance(answer.get("uuid"), str):
            yield str(answer["uuid"])
        if isinstance(answer.get("ref"), str):
            yield str(answer["ref"])
        for value in answer.values():
            yield from _names(value)


def edges(connection: sa.Connection, runs: Sequence[CountedRun]) -> Iterator[Ailment]:
    """Look for edges that end nowhere or go in circles, and versions that no edge leads to."""
    found = census.read_edges(connection)
    known: set[_Key] = {(NodeKind.RUN, run.uuid) for run in runs}
    known |= {(NodeKind.VERSION, run.version) for run in runs if run.version}
    nodes = {node for edge in found for node in edge if node[0] != NodeKind.DATASET}
    for kind, name in sorted(nodes - known):
        what = "lineage leads to it, and it is not in the store"
        yield ail(FindingKind.LINEAGE_DANGLING, f"{kind} {name}", what, ANEW)
    for kind, name in _in_circles(found):
        what = "lineage says that it was made from itself"
        yield ail(FindingKind.LINEAGE_CYCLIC, f"{kind} {name}", what, ANEW)
    led_to = {target for source, target in found if source[0] == NodeKind.RUN}
    for run in runs:
        if run.version and (NodeKind.VERSION, run.version) not in led_to:
            what = f"no edge of lineage leads to it from its run {run.uuid}"
            yield ail(FindingKind.LINEAGE_MISSING, run.version, what, mend=draw_edges)


def _in_circles(found: Iterable[tuple[_Key, _Key]]) -> list[_Key]:
    """Take away nodes that nothing unexplained leads to until only circles and what they meet stay."""
    into: dict[_Key, set[_Key]] = {}
    out_of: dict[_Key, set[_Key]] = {}
    for source, target in found:
        into.setdefault(target, set()).add(source)
        out_of.setdefault(source, set()).add(target)
    for sources, targets in ((into, out_of), (out_of, into)):
        free = [node for node in targets if node not in sources]
        while free:
            node = free.pop()
            for following in targets.pop(node, ()):
                left = sources.get(following)
                if left is not None:
                    left.discard(node)
                    if not left:
                        del sources[following]
                        free.append(following)
    return sorted(into.keys() & out_of.keys())


def draw_edges(registry: Registry) -> None:
    """Add the edges from runs to their versions that are missing; the rows of versions say them."""

    def act(tx: Transaction) -> None:
        led_to = {
            target
            for source, target in census.read_edges(tx.connection)
            if source[0] == NodeKind.RUN
        }
        lineage.add_edges(
            tx,
            tuple(
                Edge(
                    source=Node(kind=NodeKind.RUN, id=run.uuid),
                    target=Node(kind=NodeKind.VERSION, id=run.version),
                )
                for run in census.count_runs(tx.connection)
                if run.version and (NodeKind.VERSION, run.version) not in led_to
            ),
        )

    transact(registry, act)
