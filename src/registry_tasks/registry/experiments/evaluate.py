"""Evaluate: compare a run with the version in production, on the run's own holdout."""

from datetime import UTC, datetime

from registry_tasks.entities.comparison import Bootstrap, Comparison
from registry_tasks.entities.errors import ExtraMissing, NotScorable
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import Evaluation
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments.scores import (
    Scores,
    checked_out,
    evaluation_of,
    fetch_partition,
    get_scorable,
    holdout_of,
    score,
)
from registry_tasks.registry.experiments.workspaces import scratch
from registry_tasks.registry.permit import check_now, if_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events, evidence, runs, versions
from registry_tasks.stores.metadata.lookup import StoredVersion, get_version, slot_holder
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def evaluate_version(
    registry: Registry, ref: str, environment: str = DEFAULT_ENVIRONMENT
) -> Comparison | None:
    """Evaluate a registered version, for instance after production has moved."""
    with registry.metadata.reading() as connection:
        run = get_version(through(connection), Reference.parse(ref)).version.run
    return evaluate(registry, run, environment)


def evaluate(
    registry: Registry, run: str, environment: str = DEFAULT_ENVIRONMENT
) -> Comparison | None:
    """Score a run and the production version on the run's holdout; keep the comparison.

    Both are scored by their own commits' code. None if nobody is in production, or the run has
    production's recipe and outputs. Raises: NotPermitted, RunNotFound, InvalidPolicy, NotScorable,
    StageFailed.
    """
    with registry.metadata.reading() as connection:
        row = runs.get_row(connection, run)
        candidate = get_scorable(connection, run)
        check_now(registry, connection, Permission.RECORD, candidate.model)
        holder = slot_holder(through(connection), row.model_id, environment, Stage.PRODUCTION)
        if holder is None or versions.find_same_content(connection, row) == holder.id:
            return None
        incumbent = get_scorable(connection, holder.version.run, holder.version.ref)
    evaluation = evaluation_of(registry, candidate.model)
    with (
        scratch(registry) as place,
        checked_out(registry, candidate) as new_folder,
        checked_out(registry, incumbent) as old_folder,
    ):
        holdout = holdout_of(candidate, new_folder)
        partition = fetch_partition(registry, candidate.manifest, holdout, place)
        if not partition.exists():
            raise NotScorable(candidate.ref, f"{holdout} is not among what its pipeline used")
        new = score(registry, candidate, new_folder, partition)
        old = score(registry, incumbent, old_folder, partition)
    if new.labels != old.labels:
        raise NotScorable(incumbent.ref, f"it reads other labels than {run} from {holdout}")
    comparison = Comparison(
        run=run,
        incumbent=holder.version.ref,
        incumbent_uuid=holder.version.uuid,
        holdout=holdout,
        holdout_sha256=_digest(candidate.manifest, holdout),
        metric=evaluation.metric,
        higher_is_better=evaluation.higher_is_better,
        bootstrap=_bootstrap(new, old, evaluation),
        at=datetime.now(UTC),
        by=registry.actor,
    )
    _keep(registry, row.id, holder, comparison, candidate.model)
    return comparison


def _keep(
    registry: Registry, run_id: int, holder: StoredVersion, made: Comparison, model: str
) -> None:
    def act(tx: Transaction) -> None:
        evidence.add_comparison(tx, run_id, holder.id, made)
        events.append(
            tx,
            EventKind.RUN_COMPARED,
            model=holder.model_id,
            run=run_id,
            after=made.model_dump(mode="json"),
        )

    transact(registry, if_permitted(registry, Permission.RECORD, model, act))


def _bootstrap(new: Scores, old: Scores, evaluation: Evaluation) -> Bootstrap:
    try:
        import numpy as np

        from registry_tasks.analysis.bootstrap import paired_bootstrap
    except ModuleNotFoundError:
        raise ExtraMissing("comparing models", "flows") from None
    labels, candidate, incumbent = map(np.asarray, (new.labels, new.predictions, old.predictions))
    return paired_bootstrap(labels, candidate, incumbent, evaluation)


def _digest(manifest: Manifest, path: str) -> str:
    inside = (a for a in manifest.files if a.path == path or a.path.startswith(path + "/"))
    return Manifest(artifacts=tuple(inside)).digest()
