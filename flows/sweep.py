"""Sweep: run a model's pipeline over a space of parameters, and tell which trial was best."""

from registry_tasks.entities.sweep import StartSweep, SweepRecord
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.sweeps import end, plan_again, plan_trials, run_missing, runner_of


@lasting_flow(name="sweep", flow_run_name="sweep {model}")
def sweep(
    model: str,
    asked: StartSweep | None = None,
    resume: str | None = None,
    register_best: bool = False,
) -> SweepRecord:
    """Begin the sweep that is asked for, or go on with the one to ``resume``."""
    start = plan_again(resume or "", model) if asked is None else plan_trials(asked)
    with runner_of(start) as runner:
        run_missing(runner, start)
    return end(start, register_best=register_best)
