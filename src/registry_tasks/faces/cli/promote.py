"""``registry promote`` and ``registry rollback``: who is in production."""

from typing import Annotated

import typer

from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, slot
from registry_tasks.faces.cli.options import (
    Environment,
    ExpectCurrent,
    Json,
    Key,
    Model,
    Reason,
    Ref,
)
from registry_tasks.faces.cli.output import print_text
from registry_tasks.faces.cli.session import ask
from registry_tasks.faces.cli.transitions import print_transition

Stage = Annotated[str, typer.Option("--to", metavar="STAGE", help="staging, production ...")]


def promote(
    context: typer.Context,
    ref: Ref,
    to: Stage,
    environment: Environment = DEFAULT_ENVIRONMENT,
    expect_current: ExpectCurrent = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Move a version into a stage if its gates hold."""
    from registry_tasks.entities.promotion import Promote
    from registry_tasks.registry.lifecycle.promote import promote

    request = Promote(
        ref=ref,
        to=to,
        environment=environment,
        expect_current=expect_current,
        reason=reason,
        key=key,
    )
    made = ask(context, promote, request)
    if made.moves or json:
        print_transition(made, json)
    else:
        print_text(f"{ref} is in {slot(to, environment)} already; nothing was changed")


def rollback(
    context: typer.Context,
    model: Model,
    environment: Environment = DEFAULT_ENVIRONMENT,
    expect_current: ExpectCurrent = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Give production back to the version before."""
    from registry_tasks.entities.promotion import RollBack
    from registry_tasks.registry.lifecycle.roll_back import roll_back

    request = RollBack(
        model=model,
        environment=environment,
        expect_current=expect_current,
        reason=reason,
        key=key,
    )
    print_transition(ask(context, roll_back, request), json)
