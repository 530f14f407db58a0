"""``registry train`` and ``registry retrain``: run the project's flows."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from registry_tasks.entities.names import check_experiment, check_label, check_model_name
from registry_tasks.entities.retraining import Retraining
from registry_tasks.entities.run import DataWanted, Train
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Json, Model, Sets, read_parameters
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of, settings_of

Commit = Annotated[
    str | None,
    typer.Option("--commit", metavar="REV", help="Train this commit, not the checkout as it is."),
]
Experiment = Annotated[
    str, typer.Option("--experiment", metavar="NAME", help="Group the run belongs to.")
]
Data = Annotated[
    DataWanted,
    typer.Option("--data", help="As the commit names it, or as its sources have it now."),
]
PromoteTo = Annotated[
    list[str] | None,
    typer.Option(
        "--promote-to", metavar="STAGE", help="How far it may rise, in order; repeatable."
    ),
]


def train(
    context: typer.Context,
    model: Model,
    set_: Sets = None,
    commit: Commit = None,
    experiment: Experiment = "default",
    data: Data = DataWanted.COMMITTED,
    json: Json = False,
) -> None:
    """Run a model's pipeline and record the run, unregistered."""
    asked = _asked(model, set_, commit, experiment, data)
    _foresee(context, asked)
    run: str = run_flow(settings_of(context), "train", **asked)
    if json:
        print_json({"run": run})
    else:
        print_text(f"run {run} of {model} is recorded; `registry runs {model}` lists it")


def retrain(
    context: typer.Context,
    model: Model,
    set_: Sets = None,
    commit: Commit = None,
    experiment: Experiment = "default",
    data: Data = DataWanted.COMMITTED,
    promote_to: PromoteTo = None,
    json: Json = False,
) -> None:
    """Train, compare, register, promote while gates hold."""
    asked = _asked(model, set_, commit, experiment, data)
    if promote_to is not None:
        asked["promote_to"] = tuple(check_label(stage) for stage in promote_to)
    _foresee(context, asked)
    made: Retraining = run_flow(settings_of(context), "retrain", **asked)
    if json:
        print_json(made)
    else:
        print_text(*_told(made))


def _told(made: Retraining) -> Iterator[str]:
    version, compared = made.registration.version, made.comparison
    way = "registered" if made.registration.created else "confirmed"
    yield f"{way} {version.ref} ({version.semantic_version})"
    yield f"  because {', '.join(made.registration.reasons)}"
    if compared is not None:
        boot = compared.bootstrap
        against = f"{boot.candidate:.6g} against {boot.incumbent:.6g} of {compared.incumbent}"
        yield f"  {compared.metric} {against}, on {compared.holdout}"
    if made.reached:
        yield f"  promoted to {', then '.join(made.reached)}"
    if made.refusal is not None:
        yield f"  {made.refusal.error()}"
    if made.awaiting is not None:
        yield f"  {made.awaiting.error()}"


def _foresee(context: typer.Context, asked: dict[str, Any]) -> None:
    """Say what cannot end well before Prefect is started."""
    from registry_tasks.registry.experiments.foresee import foresee

    request = Train(**{key: value for key, value in asked.items() if key != "promote_to"})
    foresee(registry_of(context), request, asked.get("promote_to", ()))


def _asked(
    model: str, set_: list[str] | None, commit: str | None, experiment: str, data: DataWanted
) -> dict[str, Any]:
    newest = {} if data is DataWanted.COMMITTED else {"data": data}  # older flows do not know it
    return newest | {
        "model": check_model_name(model),
        "parameters": read_parameters(set_),
        "commit": commit,
        "experiment": check_experiment(experiment),
    }
