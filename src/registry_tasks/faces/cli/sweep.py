"""``registry sweep``, ``sweeps`` and ``sweep-show``: search a space of parameters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from registry_tasks.entities.names import check_model_name
from registry_tasks.entities.sweep import (
    MAX_PARALLEL,
    MAX_TRIALS,
    Sampler,
    StartSweep,
    Sweep,
    SweepRecord,
    Trial,
)
from registry_tasks.faces.cli.experiments import SomeModel
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Json, Limit, Model, read_pairs
from registry_tasks.faces.cli.output import (
    cell,
    cut,
    last_line,
    print_items,
    print_json,
    print_table,
    print_text,
)
from registry_tasks.faces.cli.session import ask, settings_of
from registry_tasks.faces.cli.train import Commit

SpaceFile = Annotated[
    Path | None,
    typer.Option("--space", metavar="FILE", help="YAML: what each parameter may be."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUES",
        help="choice(a, b), uniform(low, high), loguniform(low, high), int(low, high); repeatable.",
    ),
]
SamplerName = Annotated[Sampler, typer.Option("--sampler", help="How points are drawn.")]
Trials = Annotated[
    int | None,
    typer.Option("--trials", metavar="N", min=1, max=MAX_TRIALS, help="How many; not for a grid."),
]
Metric = Annotated[
    str | None,
    typer.Option("--metric", metavar="NAME", help="Compare by it; default: as policy evaluates."),
]
Higher = Annotated[
    bool | None, typer.Option("--higher/--lower", help="Which way the metric is better.")
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=2**32 - 1, help="The same, the same again.")
]
Parallel = Annotated[
    int,
    typer.Option("--parallel", metavar="N", min=1, max=MAX_PARALLEL, help="Trials at once."),
]
RegisterBest = Annotated[
    bool, typer.Option("--register-best", help="Make a version of the best trial's run.")
]
Resume = Annotated[
    str | None,
    typer.Option("--resume", metavar="UUID", help="Run what a sweep still lacks, as it was asked."),
]
_WITH_RESUME: Final = ("model", "resume", "register_best", "json")
SweepId = Annotated[str, typer.Argument(metavar="UUID", help="Of a sweep.")]
BeforeSweep = Annotated[
    str | None, typer.Option("--before", metavar="UUID", help="Go on below this sweep.")
]


def sweep(
    context: typer.Context,
    model: Model,
    space: SpaceFile = None,
    set_: Sets = None,
    sampler: SamplerName = Sampler.GRID,
    trials: Trials = None,
    metric: Metric = None,
    higher: Higher = None,
    commit: Commit = None,
    seed: Seed = 0,
    parallel: Parallel = 2,
    register_best: RegisterBest = False,
    resume: Resume = None,
    json: Json = False,
) -> None:
    """Run a model's pipeline over a space of parameters."""
    from registry_tasks.registry.experiments.search_space import read_space, read_space_file
    from registry_tasks.registry.experiments.sweep import get_start, plan_sweep

    asked = None
    if resume is None:
        found = {} if space is None else read_space_file(space)
        asked = StartSweep(
            model=model,
            space=found | read_space(dict(read_pairs("--set", set_))),
            sampler=sampler,
            trials=trials,
            metric=metric,
            higher_is_better=higher,
            commit=commit,
            seed=seed,
            parallel=parallel,
        )
        ask(context, plan_sweep, asked)  # what cannot go well is said at once
    else:
        _check_resuming(context)
        ask(context, get_start, resume, check_model_name(model))
    options = {"asked": asked, "resume": resume, "register_best": register_best}
    made: SweepRecord = run_flow(settings_of(context), "sweep", model=model, **options)
    if json:
        print_json(made)
    else:
        _print(made)


def _check_resuming(context: typer.Context) -> None:
    """Refuse options that would be passed over. Raises typer.BadParameter."""
    for option in context.command.params:
        source = context.get_parameter_source(option.name or "")
        if option.name not in _WITH_RESUME and source and source.name == "COMMANDLINE":
            told = f"--resume goes on as the sweep was asked; leave out {option.opts[0]}"
            raise typer.BadParameter(told)


def sweeps(
    context: typer.Context,
    model: SomeModel = None,
    before: BeforeSweep = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List the sweeps, newest first."""
    from registry_tasks.registry.experiments.sweep import list_sweeps

    found = ask(context, list_sweeps, model, limit=limit, before=before)
    if json:
        print_items(found)
        return
    counts = ("#trials", "#finished", "#failed", "#running")
    rows = (
        (s.uuid, s.model, s.plan.sampler, s.plan.trials, s.finished, s.failed, s.running)
        + (s.plan.metric, None if s.best is None else s.best.value, s.started_at, s.started_by)
        for s in found
    )
    print_table(
        ("sweep", "model", "sampler", *counts, "metric", "#best", "started", "by"),
        rows,
        giving=("by", "sampler", "running", "failed", "started", "trials", "finished", "metric"),
    )


def sweep_show(context: typer.Context, uuid: SweepId, json: Json = False) -> None:
    """Show a sweep and its trials, the best first."""
    from registry_tasks.registry.experiments.sweep import show_sweep

    found = ask(context, show_sweep, uuid)
    if json:
        print_json(found)
    else:
        _print(found)


def _print(found: SweepRecord) -> None:
    sweep = found.sweep
    keys = tuple(sweep.plan.space)
    print_text(*_head(sweep))
    print_table(
        ("#trial", f"#{sweep.plan.metric}", *keys, "status", "run"),
        (_row(trial, keys) for trial in found.trials),
    )
    print_text(*_tail(found))


def _row(trial: Trial, keys: tuple[str, ...]) -> tuple[object, ...]:
    told = (trial.parameters.get(key) for key in keys)
    return (trial.number, trial.value, *told, trial.status, trial.run)


def _head(sweep: Sweep) -> Iterator[str]:
    plan = sweep.plan
    way = "higher" if plan.higher_is_better else "lower"
    yield f"sweep {sweep.uuid} of {sweep.model} in experiment {sweep.experiment}"
    yield f"  {plan.trials} trials by {plan.sampler}, {plan.metric}: {way} is better"
    counts = f"{sweep.finished} finished, {sweep.failed} failed, {sweep.running} running"
    lacking = plan.trials - sweep.finished
    more = f"; --resume {sweep.uuid} runs {lacking} again" if lacking and sweep.ended_at else ""
    yield f"  {counts}{more}"


def _tail(found: SweepRecord) -> Iterator[str]:
    sweep, made = found.sweep, found.registration
    for trial in found.trials:
        if trial.failure is not None:
            yield f"trial {trial.number} failed: {cut(last_line(trial.failure), 200)}"
    if sweep.best is None:
        yield "no trial has a value"
        return
    yield f"best: trial {sweep.best.number}, {sweep.plan.metric} {cell(sweep.best.value)}"
    if made is None:
        yield f"`registry register-run {sweep.best.run}` makes a version of it"
    else:
        way = "registered" if made.created else "confirmed"
        yield f"{way} {made.version.ref} ({made.version.semantic_version})"
