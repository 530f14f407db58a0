"""Sweeps: many runs over a space of parameters, and which was best."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from fastapi import Request, Response

from registry_tasks.entities.permission import Permission
from registry_tasks.entities.sweep import Between, Choice, Integers, Sweep, SweepRecord, Trial
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.charts import ParallelRow, Point, Series, line_chart, parallel_chart
from registry_tasks.faces.web.compare import plain
from registry_tasks.faces.web.links import run_url, sweep_url, with_query
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.experiments.sweep import list_sweeps, show_sweep
from registry_tasks.registry.registry import Registry

_PAGE: Final = 50
_TRIALS: Final = 100
_AXES: Final = 8
"""Parameters beside the metric; more could not be read."""
_DRAWN: Final = 100  # trials, the best ones
_COLUMNS: Final = (
    *("sweep", "model", "sampler", "metric", "trials", "finished", "failed", "running"),
    *("best_value", "best_run", "started_at", "started_by", "ended_at"),
)


@needs(Permission.READ)
def sweeps_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    model: str | None = None,
    before: str | None = None,
) -> Response:
    """List sweeps, newest first."""
    model = model or None
    if file := csv_of(request, Table("sweeps", _COLUMNS, partial(_rows, registry, model))):
        return file
    found = list_sweeps(registry, model, limit=_PAGE, before=before)
    more = found[-1].uuid if len(found) == _PAGE else None
    return render(
        request,
        caller,
        "sweeps.html",
        sweeps=found,
        model=model,
        following=more and with_query("/sweeps", model=model, before=more),
        first=before and with_query("/sweeps", model=model),
    )


@needs(Permission.READ)
def sweep_page(
    request: Request, registry: Opened, caller: Calling, uuid: str, after: str = ""
) -> Response:
    """Show a sweep and its trials, the best first; ``after`` is the trial to go on from."""
    found = show_sweep(registry, uuid)
    keys = tuple(found.sweep.plan.space)
    columns = ("trial", *keys, found.sweep.plan.metric, "status", "run", "failure")
    trials = (
        (t.number, *(t.parameters.get(k) for k in keys), t.value, str(t.status), t.run, t.failure)
        for t in found.trials
    )
    if file := csv_of(request, Table(f"sweep-{uuid[:8]}", columns, lambda: trials)):
        return file
    shown, more = _trials(found.trials, after)
    return render(
        request,
        caller,
        "sweep.html",
        sweep=found.sweep,
        trials=shown,
        is_best=bool(shown) and shown[0] is found.trials[0],
        following=more and with_query(sweep_url(uuid), after=more) + "#trials",
        first=after and sweep_url(uuid),
        keys=keys,
        space={key: said(values) for key, values in found.sweep.plan.space.items()},
        **_charts(found, keys),
    )


def _trials(ranked: Sequence[Trial], after: str) -> tuple[Sequence[Trial], str | None]:
    """Return a page of them and what the next one goes on from, None on the last."""
    places = (place for place, trial in enumerate(ranked, 1) if str(trial.number) == after)
    start = next(places, 0)
    shown = ranked[start : start + _TRIALS]
    return shown, str(shown[-1].number) if start + _TRIALS < len(ranked) else None


def said(values: Choice | Between | Integers) -> str:
    """Write what one parameter may be as one writes it on the command line."""
    match values:
        case Choice():
            return f"choice({', '.join(map(str, values.values))})"
        case Between():
            return f"{values.kind}({values.low:g}, {values.high:g})"
    step = "" if values.step == 1 else f", {values.step}"
    return f"int({values.low}, {values.high}{step})"


def _charts(found: SweepRecord, keys: tuple[str, ...]) -> dict[str, Any]:
    """Draw the trials in their order with the best so far, and their parameters side by side."""
    plan = found.sweep.plan
    scored = [trial for trial in found.trials if trial.value is not None]
    if len(scored) < 2:
        return {"course": None, "parallel": None}
    better = max if plan.higher_is_better else min
    dots, line, best = [], [], None
    for trial in sorted(scored, key=lambda t: t.number):
        value = trial.value or 0.0
        best = value if best is None else better(best, value)
        told = f"trial {trial.number}\n{plan.metric}: {value:.6g}"
        dots.append(Point(trial.number, value, told, run_url(trial.run), 4.0))
        line.append(Point(trial.number, best))
    course = line_chart(
        [
            Series("best so far", line, colour=0, steps=True, dots=False),
            Series("trials", dots, colour=1, line=False),
        ],
        title=f"{plan.metric} by trial",
        x_label="trial",
    )
    rows = [
        ParallelRow(
            f"trial {t.number}",
            [*(plain(t.parameters.get(key)) for key in keys[:_AXES]), t.value],
            run_url(t.run),
        )
        for t in scored[:_DRAWN]
    ]
    axes = [*keys[:_AXES], plan.metric]
    parallel = parallel_chart(axes, rows, title=f"Parameters and {plan.metric} of the trials")
    return {"course": course, "parallel": parallel}


def _rows(registry: Registry, model: str | None) -> Iterator[tuple[object, ...]]:
    def ask(before: str | None) -> Sequence[Sweep]:
        return list_sweeps(registry, model, limit=_PAGE, before=before)

    yield from map(_row, each(ask, lambda sweep: sweep.uuid))


def _row(sweep: Sweep) -> tuple[object, ...]:
    best = sweep.best
    return (
        *(sweep.uuid, sweep.model, str(sweep.plan.sampler), sweep.plan.metric, sweep.plan.trials),
        *(sweep.finished, sweep.failed, sweep.running, best and best.value, best and best.run),
        *(sweep.started_at, sweep.started_by, sweep.ended_at),
    )


ROUTES: Final = (page("/sweeps", sweeps_page), page("/sweeps/{uuid}", sweep_page))
