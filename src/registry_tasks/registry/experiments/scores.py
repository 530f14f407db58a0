"""Score a run's model on a raw partition, with the code of the run's own commit."""

import csv
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.errors import InvalidPolicy, NotScorable
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.entities.policy import Evaluation
from registry_tasks.registry.experiments.workspaces import hold, worktree
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.dvc.command import run_command
from registry_tasks.stores.dvc.parameters import read_parameters
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.dvc.workspace import dvc_environment
from registry_tasks.stores.metadata import runs


class Scorable(NamedTuple):
    """What of a run is needed to score it; ``ref`` is how messages name it."""

    ref: str
    model: str
    commit: str | None
    model_path: str
    manifest: Manifest


class Scores(NamedTuple):
    """One row per scored row of the partition, in the partition's order."""

    labels: tuple[float, ...]
    predictions: tuple[float, ...]


def get_scorable(connection: sa.Connection, run: str, ref: str | None = None) -> Scorable:
    """Return what is needed to score a run; ``ref`` names its version. Raises RunNotFound."""
    row = runs.get_row(connection, run)
    model = runs.get_run(connection, run).model
    manifest = runs.read_manifest(connection, row.id)
    return Scorable(ref or f"run {run}", model, row.commit, row.model_path, manifest)


def evaluation_of(registry: Registry, model: str) -> Evaluation:
    """Return by which metric policy compares a model's versions. Raises InvalidPolicy."""
    found = policy_of(registry, model).policy.evaluation
    if found is None:
        raise InvalidPolicy(model, "evaluation is missing: it names the metric to compare by")
    return found


@contextmanager
def checked_out(registry: Registry, run: Scorable) -> Iterator[Path]:
    """A working copy of the run's own commit with its model in place, verified.

    Raises: NotScorable, ObjectMissing, ObjectCorrupt.
    """
    if run.commit is None:
        raise NotScorable(run.ref, "it was registered without a Git commit")
    with (
        hold(registry, f"score-{uuid4()}") as held,
        worktree(registry, held, run.commit) as folder,
    ):
        _fetch_model(registry, run, folder)
        yield folder


def holdout_of(run: Scorable, folder: Path) -> str:
    """Return the path of the partition that a run holds out. Raises NotScorable."""
    declared = read_declaration(folder, run.model).holdout
    if declared is None:
        raise NotScorable(run.ref, "its dvc.yaml declares no holdout under meta")
    return _filled(run.ref, declared, read_parameters(folder))


def score(registry: Registry, run: Scorable, folder: Path, partition: Path) -> Scores:
    """Run the ``score`` command that the run's own dvc.yaml declares.

    Raises: NotScorable, StageFailed.
    """
    command = read_declaration(folder, run.model).score
    if command is None:
        raise NotScorable(run.ref, "its dvc.yaml declares no score command under meta")
    predictions = folder / ".registry-predictions.csv"
    places = {"holdout": str(partition), "predictions": str(predictions)}
    command = _filled(run.ref, command, {k: shlex.quote(v) for k, v in places.items()})
    run_command(command, folder, dvc_environment(registry.settings.state))
    return _read(run.ref, predictions)


def fetch_partition(registry: Registry, manifest: Manifest, path: str, target: Path) -> Path:
    """Put a partition, file or folder, below ``target``, verified; returns its place."""
    for artifact in manifest.files:
        if artifact.path == path or artifact.path.startswith(path + "/"):
            place = target / artifact.path
            sources.fetch(artifact, registry.objects, registry.settings, place)
    return target / path


def _fetch_model(registry: Registry, run: Scorable, folder: Path) -> None:
    """Put what the DVC stage that wrote the model wrote into a checkout, verified."""
    model = run.manifest.find(run.model_path)
    stage = None if model is None else model.stage
    for artifact in run.manifest.files:
        if artifact.stage == stage and artifact.home is Home.REMOTE:
            registry.objects.fetch(artifact, folder / artifact.path)


def _filled(ref: str, text: str, values: Mapping[str, object]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    if "{" in text:
        raise NotScorable(ref, f"nothing fills the placeholder in {text!r}")
    return text


def _read(ref: str, file: Path) -> Scores:
    try:
        with file.open(newline="") as lines:
            rows = [(float(r["label"]), float(r["prediction"])) for r in csv.DictReader(lines)]
    except (FileNotFoundError, KeyError, ValueError, TypeError) as error:
        raise NotScorable(
            ref, f"its score command wrote no label,prediction CSV: {error}"
        ) from None
    if len(rows) < 2 or not all(isfinite(number) for row in rows for number in row):
        raise NotScorable(ref, "its score command wrote no or not finite predictions")
    labels, predictions = zip(*rows, strict=True)
    return Scores(labels, predictions)
