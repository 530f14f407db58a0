"""What led to what in a run, told by what it read and what it wrote."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.manifest import Artifact


def edges_of(
    run: str, uses: Iterable[DatasetUse], artifacts: Iterable[Artifact]
) -> tuple[Edge, ...]:
    """Return a run's lineage: data made from data, and the run made from data.

    A stage whose outputs are data for another leads to those; any other leads to the run.
    """
    uses, makers = tuple(uses), _makers(artifacts)
    made: dict[str, dict[Node, None]] = {}
    for use in uses:
        if maker := makers.get(use.name):
            made.setdefault(maker, {})[_node(use)] = None
    end = {Node(kind=NodeKind.RUN, id=run): None}
    return tuple(
        Edge(source=_node(use), target=node, by=use.stage)
        for use in uses
        for node in made.get(use.stage, end)
    )


def _makers(artifacts: Iterable[Artifact]) -> dict[str, str]:
    """Return path -> the stage that wrote it; a folder that one stage wrote counts as well."""
    found: dict[str, str] = {}
    folders: dict[str, set[str | None]] = {}
    for artifact in artifacts:
        if artifact.stage is not None:
            found[artifact.path] = artifact.stage
        for parent in PurePosixPath(artifact.path).parents:
            folders.setdefault(str(parent), set()).add(artifact.stage)
    for folder, stages in folders.items():
        (stage, *others) = stages
        if stage is not None and not others:
            found.setdefault(folder, stage)
    return found


def _node(data: DatasetUse) -> Node:
    return Node(kind=NodeKind.DATASET, id=f"{data.name}@{data.md5}")
