"""``registry subscription`` and ``registry deliver``: which events go where, and whether they arrive."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from registry_tasks.entities.subscription import (
    MAX_OVERLAP_HOURS,
    OVERLAP_HOURS,
    NewSubscription,
    Receiver,
)
from registry_tasks.faces.cli.options import MAX_NUMBER, Json, Key, Limit
from registry_tasks.faces.cli.output import cell, print_items, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask, registry_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry_tasks.entities.delivery import Delivery
    from registry_tasks.entities.subscription import Subscription

_FROM_INPUT = "-"

Name = Annotated[str, typer.Argument(metavar="NAME", help="A subscription.")]
MaybeName = Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of one; else of all.")]
Who = Annotated[Receiver, typer.Argument(metavar="RECEIVER", help="webhook, prefect or people.")]
To = Annotated[
    str, typer.Argument(metavar="[TO]", help="A URL, or Apprise URLs; '-' reads them from stdin.")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="version.promoted, or 'version.*'; repeatable."),
]
OfModel = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Of this model only; else of all.")
]
Overlap = Annotated[
    int,
    typer.Option(
        "--overlap-hours",
        metavar="N",
        min=0,
        max=MAX_OVERLAP_HOURS,
        help="How long the old secret signs too.",
    ),
]
Sequence_ = Annotated[
    int | None,
    typer.Option(
        "--event", metavar="N", min=1, max=MAX_NUMBER, help="One event by its number; else all."
    ),
]
Dead = Annotated[bool, typer.Option("--dead", help="What was given up, not what waits.")]
After = Annotated[str, typer.Option("--after", metavar="NAME", help="Go on after this one.")]
AfterEvent = Annotated[
    int, typer.Option("--after", metavar="N", min=0, max=MAX_NUMBER, help="Go on after this id.")
]

subscription = typer.Typer(
    help="Let events go to webhooks, Prefect and people.", pretty_exceptions_enable=False
)


@subscription.command("add")
def add(
    context: typer.Context,
    name: Name,
    receiver: Who,
    to: To = "",
    kind: Kinds = None,
    model: OfModel = None,
    json: Json = False,
) -> None:
    """Let events go somewhere from now on; a webhook's secret is shown once."""
    from registry_tasks.entities.subscription import Subscribe
    from registry_tasks.registry.outward.subscriptions import subscribe

    address = sys.stdin.read().strip() if to == _FROM_INPUT else to
    request = Subscribe(
        name=name, receiver=receiver, to=address, kinds=tuple(kind or ()), model=model
    )
    _show_new(ask(context, subscribe, request), json=json)


@subscription.command("remove")
def remove(context: typer.Context, name: Name, key: Key = None, json: Json = False) -> None:
    """Let nothing go there any more; what waits is dropped."""
    from registry_tasks.entities.subscription import Unsubscribe
    from registry_tasks.registry.outward.subscriptions import unsubscribe

    gone = ask(context, unsubscribe, Unsubscribe(name=name, key=key))
    if json:
        print_json(gone)
    else:
        print_text(f"{gone.name} ({gone.to}) gets nothing any more; {gone.waiting} events dropped")


@subscription.command("rotate")
def rotate(
    context: typer.Context, name: Name, overlap_hours: Overlap = OVERLAP_HOURS, json: Json = False
) -> None:
    """Sign with a new secret, shown once, and for a while with the old one too."""
    from registry_tasks.entities.subscription import RotateSecret
    from registry_tasks.registry.outward.subscriptions import rotate_secret

    request = RotateSecret(name=name, overlap_hours=overlap_hours)
    _show_new(ask(context, rotate_secret, request), json=json)


@subscription.command("list")
def list_(
    context: typer.Context, after: After = "", limit: Limit = 1000, json: Json = False
) -> None:
    """List subscriptions, with what has gone, waits, or was given up."""
    from registry_tasks.registry.outward.subscriptions import list_subscriptions

    found = ask(context, list_subscriptions, after=after, limit=limit)
    if json:
        print_items(found)
        return
    _table_of_subscriptions(found)
    if len(found) == limit:
        print_text(f"more: registry subscription list --after {found[-1].name}")


@subscription.command("test")
def test(context: typer.Context, name: Name, key: Key = None, json: Json = False) -> None:
    """Send an event that says nothing, to see whether it arrives."""
    from registry_tasks.entities.subscription import SendSample
    from registry_tasks.registry.outward.subscriptions import send_sample

    found = ask(context, send_sample, SendSample(name=name, key=key))
    if json:
        print_json(found)
    elif found.ended_at is not None:
        print_text(
            f"{name} has ended: the sample goes once `registry subscription replay {name}` ran"
        )
    else:
        print_text(
            f"a sample is on its way to {found.to}: `registry deliver` sends it now, a server soon; "
            f"`registry subscription deliveries {name}` shows what has not arrived"
        )


@subscription.command("deliveries")
def deliveries(
    context: typer.Context,
    name: MaybeName = None,
    dead: Dead = False,
    after: AfterEvent = 0,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List events that have not arrived, oldest first."""
    from registry_tasks.registry.outward.subscriptions import list_deliveries

    found = ask(context, list_deliveries, name, dead=dead, after=after, limit=limit)
    if json:
        print_items(found)
    else:
        _table_of_deliveries(found)


@subscription.command("replay")
def replay(
    context: typer.Context,
    name: Name,
    event: Sequence_ = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Try again what was given up; what ended goes on."""
    from registry_tasks.entities.subscription import Replay
    from registry_tasks.registry.outward.subscriptions import replay

    done = ask(context, replay, Replay(name=name, sequence=event, key=key))
    if json:
        print_json(done)
    else:
        print_text(f"{done.events} events wait again for {done.subscription}")


def deliver(context: typer.Context, json: Json = False) -> None:
    """Send events to those who subscribed."""
    from registry_tasks.registry.outward.deliver import deliver

    done = deliver(registry_of(context))
    if json:
        print_json(done)
    else:
        print_text(f"{done.sent} events sent, {done.failed} not taken, {done.dead} given up")


def _show_new(made: NewSubscription, *, json: bool) -> None:
    if json:
        print_json(made)
        return
    found = made.subscription
    what = ", ".join(found.kinds) or "all events"
    of = f" of {found.model}" if found.model else ""
    print_text(f"{found.name}: {what}{of} to {found.to}")
    if made.secret is not None:
        print_text(made.secret, "This is what signs its messages. It is shown once.")


def _table_of_subscriptions(found: "Sequence[Subscription]") -> None:
    columns = (
        "name",
        "to",
        "model",
        "kinds",
        "delivered",
        "last",
        "waiting",
        "since",
        "dead",
        "ended",
    )
    rows = (
        (
            *(s.name, s.to, s.model or "all", ", ".join(s.kinds) or "all", s.delivered),
            *(s.delivered_at, s.waiting, s.waiting_since, s.dead, s.ended_at),
        )
        for s in found
    )
    print_table(columns, rows, giving=("since", "last", "kinds"))


def _table_of_deliveries(found: "Sequence[Delivery]") -> None:
    columns = ("id", "event", "to", "kind", "of", "attempts", "next", "given up", "why")
    rows = (
        (d.id, d.sequence, d.subscription, d.kind, _of(d), d.attempts, *_when(d)) for d in found
    )
    print_table(columns, rows, giving=("next", "why"))


def _of(delivery: "Delivery") -> str:
    if delivery.model is None:
        return "-"
    return delivery.model if delivery.version is None else f"{delivery.model}@{delivery.version}"


def _when(delivery: "Delivery") -> tuple[object, ...]:
    due = None if delivery.dead_at else cell(delivery.next_at)
    return (due, delivery.dead_at, delivery.why or "-")
