"""Drift: the newest data beside what the newest version was trained on, column by column."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.drift import Drift
from registry_tasks.entities.errors import InvalidPolicy
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.policy import DriftBound
from registry_tasks.registry.experiments.newest_data import (
    Newest,
    newest_parameters,
    newest_version,
    working_copy,
)
from registry_tasks.registry.experiments.workspaces import scratch
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.data.columns import read_columns
from registry_tasks.stores.dvc.imports import pull_data
from registry_tasks.stores.dvc.newer_imports import fetch_newest
from registry_tasks.stores.dvc.parameters import override_parameters, read_parameters
from registry_tasks.stores.dvc.reproduction import PipelineProcess
from registry_tasks.stores.dvc.upstream import makers_of
from registry_tasks.stores.dvc.workspace import dvc_environment

_PLACE: Final = re.compile(r"\{([^{}]+)\}")
_WHERE: Final = "retraining.drift"


def measure_drift(registry: Registry, model: str) -> Drift | None:
    """Return how far the newest data has drifted from the newest version's training data.

    None where policy has no bound, nothing is registered, or the version has seen that data. The
    newest data is made as the pipeline makes it, in a working copy; nothing is trained or kept.
    Raises: InvalidPolicy, InvalidProject, StageFailed, ProgramFailed, ObjectMissing, ObjectCorrupt.
    """
    bound = policy_of(registry, model).policy.retraining.drift
    last = newest_version(registry, model)
    if bound is None or last is None:
        return None
    with scratch(registry) as place, working_copy(registry, registry.repository.head()) as folder:
        newest = _make_newest(registry, model, bound, folder, place / "logs")
        if _has_seen(last, newest, folder):
            return None
        training = _fetch_training(registry, model, bound, last, place)
        before: dict[str, list[str]] = {}
        for path in training:
            for column, values in read_columns(place / path, path).items():
                before.setdefault(column, []).extend(values)
        after = read_columns(folder / newest, newest)
        return _compared(last, bound, before, after, training, newest)


def _compared(
    last: Newest,
    bound: DriftBound,
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
    training: tuple[str, ...],
    newest: str,
) -> Drift:
    from registry_tasks.analysis.drift import column_drift

    wanted = set(bound.columns or before.keys() | after.keys())
    both = [c for c in before if c in wanted and before[c] and after.get(c)]
    found = [column_drift(c, before[c], after[c], bound.bins) for c in both]
    return Drift(
        model=last.version.model,
        version=last.version.ref,
        training=training,
        newest=newest,
        training_rows=max(map(len, before.values()), default=0),
        newest_rows=max(map(len, after.values()), default=0),
        at_most=bound.at_most,
        columns=tuple(sorted(found, key=lambda c: (-c.index, c.column))),
        missing=tuple(sorted(wanted - set(both))),
    )


def _make_newest(
    registry: Registry, model: str, bound: DriftBound, folder: Path, logs: Path
) -> str:
    """Let DVC make the file of the newest data in a working copy; returns its path."""
    environment = dvc_environment(registry.settings.state)
    fetch_newest(folder, environment)
    override_parameters(folder, newest_parameters(registry, model, folder))
    pull_data(folder, environment)
    parameters = read_parameters(folder)
    (path, *more) = _filled(model, bound.newest, parameters)
    if more:
        raise InvalidPolicy(model, f"{_WHERE}.newest: {bound.newest!r} names several files")
    for stage in sorted(makers_of(folder, path)):
        with PipelineProcess(folder, stage, logs, environment) as process:
            for made in process.stages():
                for _ in process.lines(made):
                    pass
                process.outcome(made)
    if not (folder / path).is_file():
        raise InvalidPolicy(model, f"{_WHERE}.newest: the pipeline makes no file {path}")
    return path


def _has_seen(last: Newest, path: str, folder: Path) -> bool:
    known = last.manifest.find(path)
    return known is not None and known.sha256 == digest_file(folder / path).sha256


def _fetch_training(
    registry: Registry, model: str, bound: DriftBound, last: Newest, place: Path
) -> tuple[str, ...]:
    """Put the files that the version was trained on below ``place``, verified."""
    found = tuple(_artifacts(model, bound, last))
    for artifact in found:
        sources.fetch(artifact, registry.objects, registry.settings, place / artifact.path)
    return tuple(artifact.path for artifact in found)


def _artifacts(model: str, bound: DriftBound, last: Newest) -> Iterator[Artifact]:
    for path in _filled(model, bound.training, last.parameters):
        artifact = last.manifest.find(path)
        if artifact is None:
            reason = f"{last.version.ref} was not made from {path}"
            raise InvalidPolicy(model, f"{_WHERE}.training: {reason}")
        yield artifact


def _filled(model: str, text: str, parameters: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """Fill in parameters by their dotted names; one that is a list makes a path of each value."""
    paths: tuple[str, ...] = (text,)
    for name in _PLACE.findall(text):
        if name not in parameters:
            raise InvalidPolicy(model, f"{_WHERE}: there is no parameter {name!r} for {text!r}")
        value = parameters[name]
        values = value if isinstance(value, list) else [value]
        paths = tuple(p.replace(f"{{{name}}}", str(v)) for p in paths for v in values)
    return paths
