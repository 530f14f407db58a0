"""Trials of a sweep as they begin, without a pipeline."""

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.sweep import Choice, Sampler, SweepPlan, SweepStart, TrialStart
from registry_tasks.stores.metadata import events, runs, sweeps
from support.world import MODEL, World

SLOPES = (1.0, 1.5, 2.0, 2.5)


def sweep_start(uuid: str, model: str = MODEL) -> SweepStart:
    plan = SweepPlan(
        commit="1" * 40,
        space={"mower.slope": Choice(values=SLOPES)},
        sampler=Sampler.GRID,
        trials=len(SLOPES),
        metric="auc",
        higher_is_better=True,
        seed=0,
        parallel=2,
    )
    return SweepStart(uuid=uuid, model=model, plan=plan)


def begin_trial(world: World, start: SweepStart, number: int) -> str:
    """Return the run of a trial that has begun, as ``running`` writes it."""
    run, registry = world.begin_run(start.model), world.registry()
    parameters = {"mower.slope": SLOPES[number]}
    trial = TrialStart(sweep=start, number=number, parameters=parameters)
    with registry.metadata.writing("ada") as tx:
        row = runs.get_row(tx.connection, run)
        if sweeps.put_trial(tx, row.model_id, row.id, trial):
            kind = EventKind.SWEEP_STARTED
            events.append(tx, kind, model=row.model_id, after=start.told())
        told = {
            "origin": {"project": row.project},
            "parameters": parameters,
            "trial": {"sweep": start.uuid, "number": number},
        }
        kind = EventKind.RUN_STARTED
        events.append(tx, kind, model=row.model_id, run=row.id, after=told)
        tx.commit()
    return run
