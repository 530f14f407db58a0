"""Sweep: which trials there are, which are still to be run, and which was best."""

from collections.abc import Iterator
from importlib.util import find_spec
from uuid import uuid4

from pydantic import JsonValue

from registry_tasks.analysis.suggestions import suggest
from registry_tasks.entities.errors import (
    ExtraMissing,
    InvalidSetting,
    MetricNotFound,
    ModelNotFound,
    StoreMissing,
    SweepNotFound,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.run import RunStatus, Train
from registry_tasks.entities.sweep import (
    EndSweep,
    Sampler,
    StartSweep,
    Sweep,
    SweepPlan,
    SweepRecord,
    SweepStart,
    TrialStart,
)
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.experiments.foresee import foresee
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.directions import higher_is_better
from registry_tasks.rules.sampling import (
    Point,
    batches,
    best_first,
    best_of,
    grid_point,
    grid_size,
    random_point,
)
from registry_tasks.stores.metadata import events, models, run_contents, runs, sweeps
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.sweeps import StoredSweep

DEFAULT_TRIALS = 10


def plan_sweep(registry: Registry, asked: StartSweep) -> SweepStart:
    """Settle all that decides which trials there are; nothing is written.

    All trials run one commit, so uncommitted changes are refused. Raises: ModelNotFound,
    CommitNotFound, UnknownParameter, InvalidSpace, InvalidSetting, InvalidPolicy, MetricNotFound,
    ExtraMissing.
    """
    size = _size(asked)
    if asked.sampler is Sampler.OPTUNA and find_spec("optuna") is None:
        raise ExtraMissing("the sampler optuna", "sweep")
    repository = registry.repository
    parameters = random_point(asked.space, asked.seed, 0)
    foresee(registry, Train(model=asked.model, parameters=parameters, commit=asked.commit))
    if asked.commit is None and (uncommitted := repository.uncommitted()):
        reason = f"{uncommitted[0]} is not committed, and all trials run one commit; commit first"
        raise InvalidSetting("--commit", "", f"{reason}, or name a commit")
    repository_name(registry)  # trials that begin at once find it kept
    metric, higher = _metric(registry, asked)
    plan = SweepPlan(
        commit=repository.commit(asked.commit or "HEAD"),
        space=asked.space,
        sampler=asked.sampler,
        trials=size,
        metric=metric,
        higher_is_better=higher,
        seed=asked.seed,
        parallel=asked.parallel,
    )
    return SweepStart(uuid=str(uuid4()), model=asked.model, plan=plan)


def get_start(registry: Registry, uuid: str, model: str) -> SweepStart:
    """Return what a sweep of a model began with, to go on with it.

    Raises: SweepNotFound, InvalidSetting for a sweep of another model.
    """
    stored = _get(registry, uuid)
    if stored.model != model:
        raise InvalidSetting("--resume", uuid, f"it is a sweep of {stored.model}, not of {model}")
    return SweepStart(uuid=stored.uuid, model=stored.model, plan=stored.plan)


def missing_trials(registry: Registry, start: SweepStart) -> Iterator[tuple[TrialStart, ...]]:
    """Give the trials that have no finished run, batch by batch.

    What Optuna draws for a batch depends on the trials before it: ask for the next one when
    those of the last one have ended. Raises: ExtraMissing.
    """
    for batch in batches(start.plan):
        stored = _find(registry, start.uuid)
        known = {} if stored is None else {trial.number: trial for trial in stored.trials}
        missing = [
            number
            for number in batch
            if number not in known or known[number].status is not RunStatus.FINISHED
        ]
        if not missing:
            continue
        earlier = [trial for number, trial in known.items() if number < batch.start]
        plan = start.plan
        points = (
            dict(zip(batch, suggest(plan, batch, earlier), strict=True)) if _learns(plan) else {}
        )
        points |= {number: trial.parameters for number, trial in known.items()}
        yield tuple(
            TrialStart(sweep=start, number=n, parameters=points.get(n) or _point(plan, n))
            for n in missing
        )


def check_trial(registry: Registry, start: SweepStart, run: str) -> None:
    """Make sure that a finished trial can be compared. Raises MetricNotFound."""
    with registry.metadata.reading() as connection:
        metrics = run_contents.read_metrics(connection, runs.get_row(connection, run).id)
    if start.plan.metric not in metrics:
        raise MetricNotFound(f"run {run}", start.plan.metric, tuple(sorted(metrics)))


def is_on_record(registry: Registry, start: SweepStart) -> bool:
    """Whether a trial of the sweep has begun."""
    return _find(registry, start.uuid) is not None


def end_sweep(registry: Registry, request: EndSweep) -> Sweep:
    """Write that a sweep has come to its end, whatever became of its trials.

    Raises: SweepNotFound.
    """

    def act(tx: Transaction) -> Sweep:
        stored = sweeps.find(tx.connection, request.sweep)
        if stored is None:
            raise SweepNotFound(request.sweep)
        made = _record(stored).sweep
        best = None if made.best is None else made.best.number
        before: dict[str, JsonValue] | None = None
        if made.ended_at is not None:
            before = {"ended_at": made.ended_at.isoformat()}
        counts: dict[str, JsonValue] = {"finished": made.finished, "failed": made.failed}
        events.append(
            tx,
            EventKind.SWEEP_ENDED,
            model=stored.model_id,
            before=before,
            after={"uuid": made.uuid, "best": best, **counts},
        )
        sweeps.end(tx, made.uuid)
        return made.model_copy(update={"ended_at": tx.at})

    return carry_out(registry, request, act, Sweep)


def show_sweep(registry: Registry, uuid: str) -> SweepRecord:
    """Return a sweep and its trials, the best first. Raises: SweepNotFound."""
    return _record(_get(registry, uuid))


def list_sweeps(
    registry: Registry, model: str | None = None, *, limit: int = 100, before: str | None = None
) -> tuple[Sweep, ...]:
    """Return sweeps, or a model's, newest first; ``before`` is the UUID of one to go on from.

    Raises: ModelNotFound, SweepNotFound.
    """
    with registry.metadata.reading() as connection:
        if model is not None and models.find_model(connection, model) is None:
            raise ModelNotFound(model)
        if before is not None and sweeps.find_id(connection, before) is None:
            raise SweepNotFound(before)
        found = sweeps.list_sweeps(connection, model, limit, before)
    return tuple(_record(stored).sweep for stored in found)


def _size(asked: StartSweep) -> int:
    if asked.sampler is not Sampler.GRID:
        return DEFAULT_TRIALS if asked.trials is None else asked.trials
    if asked.trials is not None:
        reason = "a grid has as many trials as it has points; leave it out, or take another sampler"
        raise InvalidSetting("--trials", str(asked.trials), reason)
    return grid_size(asked.space)


def _metric(registry: Registry, asked: StartSweep) -> tuple[str, bool]:
    """Return the metric to compare by, and whether higher is better."""
    evaluation = policy_of(registry, asked.model).policy.evaluation
    metric = asked.metric or (None if evaluation is None else evaluation.metric)
    if metric is None:
        reason = f"policy of {asked.model} has no evaluation that names one; name the metric"
        raise InvalidSetting("--metric", "", reason)
    higher = asked.higher_is_better
    if higher is None:
        higher = higher_is_better(metric, evaluation)
    if higher is None:
        reason = "nothing says which way it is better; add --higher or --lower"
        raise InvalidSetting("--metric", metric, reason)
    try:
        with registry.metadata.reading() as connection:
            known = sweeps.newest_metrics(connection, asked.model)
    except StoreMissing:  # the first trial makes it
        known = ()
    if known and metric not in known:
        raise MetricNotFound(f"the newest run of {asked.model}", metric, known)
    return metric, higher


def _learns(plan: SweepPlan) -> bool:
    return plan.sampler is Sampler.OPTUNA


def _point(plan: SweepPlan, number: int) -> Point:
    if plan.sampler is Sampler.GRID:
        return grid_point(plan.space, number)
    return random_point(plan.space, plan.seed, number)


def _find(registry: Registry, uuid: str) -> StoredSweep | None:
    try:
        with registry.metadata.reading() as connection:
            return sweeps.find(connection, uuid)
    except StoreMissing:  # the first trial makes it
        return None


def _get(registry: Registry, uuid: str) -> StoredSweep:
    stored = _find(registry, uuid)
    if stored is None:
        raise SweepNotFound(uuid)
    return stored


def _record(stored: StoredSweep) -> SweepRecord:
    higher = stored.plan.higher_is_better
    sweep = Sweep(
        uuid=stored.uuid,
        model=stored.model,
        experiment=stored.experiment,
        plan=stored.plan,
        started_at=stored.started_at,
        started_by=stored.started_by,
        ended_at=stored.ended_at,
        finished=sum(trial.status is RunStatus.FINISHED for trial in stored.trials),
        failed=sum(trial.status is RunStatus.FAILED for trial in stored.trials),
        running=sum(trial.status is RunStatus.RUNNING for trial in stored.trials),
        best=best_of(stored.trials, higher_is_better=higher),
    )
    return SweepRecord(sweep=sweep, trials=best_first(stored.trials, higher_is_better=higher))
