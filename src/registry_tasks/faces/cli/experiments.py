"""``registry experiments``, ``run`` and ``register-run``: what was tried, and what came of it."""

from collections.abc import Iterator
from shlex import quote
from typing import Annotated

import typer

from registry_tasks.entities.run_record import RunRecord
from registry_tasks.faces.cli.options import Json, Key, Limit, read_pairs
from registry_tasks.faces.cli.output import (
    cell,
    print_items,
    print_json,
    print_table,
    print_text,
    size,
)
from registry_tasks.faces.cli.register_file import Description, Tags, print_registration
from registry_tasks.faces.cli.session import ask
from registry_tasks.faces.cli.show import cost_line, lines, pairs

SomeModel = Annotated[str | None, typer.Argument(metavar="[MODEL]", help="Only a model's.")]
RunRef = Annotated[str, typer.Argument(metavar="RUN", help="UUID of a run, or run:<uuid>.")]
BeforeName = Annotated[
    str | None, typer.Option("--before", metavar="NAME", help="Go on below this experiment.")
]
Points = Annotated[bool, typer.Option("--points", help="Every point of its metric series.")]


def experiments(
    context: typer.Context,
    model: SomeModel = None,
    before: BeforeName = None,
    limit: Limit = 1000,
    json: Json = False,
) -> None:
    """List the experiments, the one that ran last first."""
    from registry_tasks.registry.experiments.show_run import list_experiments

    found = ask(context, list_experiments, model, before=before, limit=limit)
    if json:
        print_items(found)
        return
    rows = (
        (e.name, ", ".join(e.models), e.runs, e.running, e.finished, e.failed, e.registered)
        + (e.last_started_at,)
        for e in found
    )
    counts = ("#runs", "#running", "#finished", "#failed", "#registered")
    columns = ("experiment", "models", *counts, "last started")
    giving = ("running", "finished", "last started", "failed", "registered")
    print_table(columns, rows, giving=giving)
    if len(found) == limit:
        of = "" if model is None else f" {model}"
        print_text(f"more: registry experiments{of} --before {quote(found[-1].name)}")


def run(context: typer.Context, run: RunRef, points: Points = False, json: Json = False) -> None:
    """Show one run: what it was told, came to, took, printed."""
    from registry_tasks.entities.side_by_side import RUN_PREFIX
    from registry_tasks.registry.catalogue.compare import read_curves
    from registry_tasks.registry.experiments.show_run import show_run

    if points:
        found = ask(context, read_curves, [RUN_PREFIX + run.removeprefix(RUN_PREFIX)])
        if json:
            print_json(found)
            return
        rows = (
            (curve.series, step, value)
            for curve in found.curves
            for step, value in zip(curve.steps, curve.values, strict=True)
        )
        print_table(("series", "#step", "#value"), rows)
        return
    record = ask(context, show_run, run)
    if json:
        print_json(record)
    else:
        print_text(*_page(record))


def register_run(
    context: typer.Context,
    run: RunRef,
    tag: Tags = None,
    description: Description = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Make a version of a finished run, at any later time."""
    from registry_tasks.entities.registration import RegisterRun
    from registry_tasks.registry.catalogue.register import register

    request = RegisterRun(
        run=run,
        tags=read_pairs("--tag", tag),
        description=description,
        key=key,
    )
    print_registration(ask(context, register, request), json)


def _page(record: RunRecord) -> Iterator[str]:
    run, environment = record.run, record.environment
    yield f"run {run.uuid}  {run.status}  of {run.model}  in experiment {run.experiment}"
    packages = f", {len(environment.packages)} packages" if environment else ""
    ended = "" if run.ended_at is None else f", ended {cell(run.ended_at)}"
    yield from lines(
        {
            "version": run.version or "",
            "started": f"{cell(run.started_at)} by {run.started_by}{ended}",
            "exit code": "" if run.exit_code is None else str(run.exit_code),
            "cost": "" if run.cost is None else cost_line(run.cost),
            "commit": run.commit or "",
            "based on": run.origin.base_commit or "",
            "uncommitted": ", ".join(run.origin.uncommitted),
            "environment": f"Python {environment.python}{packages}" if environment else "",
            "model": f"{record.model_path} ({record.model_format})" if record.model_path else "",
            "plots": ", ".join(record.plots),
        }
    )
    yield from pairs("metrics", record.metrics)
    yield from pairs("parameters", record.parameters)
    if record.series:
        yield "\nseries, every point of which --points shows"
        for s in record.series:
            steps = f"{s.points} points, steps {s.first_step} to {s.last_step}"
            values = f"{cell(s.lowest)} to {cell(s.highest)}, at last {cell(s.final)}"
            yield f"  {s.key}: {steps}, {values}"
    yield from pairs("importance", record.importance)
    if record.manifest.files:
        yield "\nartifacts"
        for artifact in record.manifest.files:
            yield f"  {artifact.path}  {size(artifact.size_bytes)}"
    for title, text in (("failure", run.failure), ("the end of its log", record.log_tail)):
        if text:
            yield f"\n{title}"
            yield from (f"  {line}" for line in text.splitlines())
