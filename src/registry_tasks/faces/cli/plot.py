"""``registry plot``: pictures as HTML, PNG or SVG files."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Model
from registry_tasks.faces.cli.output import print_text
from registry_tasks.faces.cli.session import ask

To = Annotated[
    Path, typer.Option("--to", metavar="FILE", help="Where to; it ends in .html, .png or .svg.")
]
Metric = Annotated[
    str | None, typer.Option("--metric", metavar="NAME", help="By default the policy's.")
]
Last = Annotated[
    int, typer.Option("--last", metavar="N", min=1, max=1000, help="How many of the newest.")
]
Refs = Annotated[list[str], typer.Argument(metavar="REF...", help="Versions, or runs: run:<uuid>.")]
Subjects = Annotated[
    list[str], typer.Argument(metavar="MODEL|REF...", help="A model, or versions and runs.")
]
Series = Annotated[
    list[str] | None, typer.Option("--series", metavar="NAME", help="Only this one; repeatable.")
]
Axes = Annotated[
    list[str] | None,
    typer.Option("--axis", metavar="NAME", help="This parameter or metric; repeatable, in order."),
]

plot = typer.Typer(
    help="Draw a metric's trend, curves, parallel coordinates.", pretty_exceptions_enable=False
)


@plot.command("trend")
def trend(
    context: typer.Context, model: Model, to: To, metric: Metric = None, last: Last = 200
) -> None:
    """Draw a metric over the versions of a model, and the stages they entered."""
    from registry_tasks.registry.catalogue.plot import plot_trend

    _told(ask(context, plot_trend, model, to, metric=metric, last=last))


@plot.command("curves")
def curves(context: typer.Context, refs: Refs, to: To, series: Series = None) -> None:
    """Draw metric series of versions and runs, one over the other."""
    from registry_tasks.registry.catalogue.plot import plot_curves

    _told(ask(context, plot_curves, refs, to, series=series or ()))


@plot.command("parallel")
def parallel(
    context: typer.Context,
    subjects: Subjects,
    to: To,
    metric: Metric = None,
    axes: Axes = None,
    last: Last = 50,
) -> None:
    """Draw parallel coordinates: parameters and metrics, a line a version."""
    from registry_tasks.registry.catalogue.plot import plot_parallel

    made = ask(context, plot_parallel, subjects, to, metric=metric, axes=axes or (), last=last)
    _told(made)


def _told(made: Path) -> None:
    print_text(f"written to {made}")
