"""Work out what a run was made from, out of dvc.lock, dvc.yaml and Git."""

import hashlib
from pathlib import Path

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.pipeline import Dependency, LockedStage, Pipeline
from registry_tasks.entities.recipe import Recipe
from registry_tasks.stores.data.shapes import is_table
from registry_tasks.stores.dvc.project import stage_templates


def recipe_of(
    pipeline: Pipeline, workspace: Path, tracked: frozenset[str], environment: Environment
) -> Recipe:
    """Return a run's recipe: a dependency that Git tracks is code, unless it is a table.

    Every other one is data.
    """
    templates = stage_templates(workspace)
    named = {stage.template for stage in pipeline.stages}
    commands = "\n".join(f"{stage.name}: {stage.command}" for stage in pipeline.stages)
    dependencies = [d for stage in pipeline.stages for d in stage.dependencies]
    return Recipe(
        code={d.path: d.md5 for d in dependencies if _is_code(d, tracked)},
        commands={name: templates[name] for name in sorted(named)},
        resolved=hashlib.sha256(commands.encode()).hexdigest(),
        parameters={k: v for stage in pipeline.stages for k, v in stage.parameters.items()},
        data={d.path: d.md5 for d in _sources(pipeline, tracked)},
        environment=environment.digest(),
    )


def datasets_of(pipeline: Pipeline, tracked: frozenset[str], model: str) -> tuple[DatasetUse, ...]:
    """Return every state of data that a DVC stage of the run read; the model is none."""
    return tuple(
        DatasetUse(name=d.path, md5=d.md5, size_bytes=d.size_bytes, files=d.files, stage=stage.name)
        for stage in pipeline.stages
        for d in stage.dependencies
        if not _is_code(d, tracked) and d.path != model
    )


def _sources(pipeline: Pipeline, tracked: frozenset[str]) -> list[Dependency]:
    """Data that comes from outside: made by no stage, or by one that read no data itself.

    The outputs of such a stage count where another stage reads them, so that a download that
    brought new bytes is a change of data and no lack of determinism.
    """
    reads = [d for stage in pipeline.stages for d in stage.dependencies]
    found = []
    for d in reads:
        producer = pipeline.producer(d.path)
        if not _is_code(d, tracked) and (producer is None or _is_root(producer, tracked)):
            found.append(d)
    return found


def _is_code(read: Dependency, tracked: frozenset[str]) -> bool:
    return read.path in tracked and not is_table(read.path)


def _is_root(stage: LockedStage, tracked: frozenset[str]) -> bool:
    return all(d.path in tracked for d in stage.dependencies)
