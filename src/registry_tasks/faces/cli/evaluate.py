"""``registry evaluate``: a version against production, on the version's holdout."""

import typer

from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.faces.cli.options import Environment, Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of


def evaluate(
    context: typer.Context,
    ref: Ref,
    environment: Environment = DEFAULT_ENVIRONMENT,
    json: Json = False,
) -> None:
    """Compare a version with production on its holdout."""
    from registry_tasks.registry.experiments.evaluate import evaluate_version

    made = evaluate_version(registry_of(context), ref, environment)
    if json:
        print_json(made)
    elif made is None:
        print_text("nothing to compare with: nobody else is in production")
    else:
        boot = made.bootstrap
        print_text(
            f"{made.metric} {boot.candidate:.6g} against {boot.incumbent:.6g} of {made.incumbent}",
            f"  on {made.holdout}: {boot.difference:+.6g}, {100 * boot.confidence:g} % between "
            f"{boot.low:+.6g} and {boot.high:+.6g} ({boot.resamples} resamples of {boot.rows} rows)",
        )
