"""Subscriptions: which events go where, and what has not arrived; for admins."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from fastapi import Query, Response
from pydantic import SecretStr

from registry_tasks.entities.delivery import Delivery
from registry_tasks.entities.errors import InvalidSetting, RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.subscription import (
    NewSubscription,
    Receiver,
    Replay,
    RotateSecret,
    SendSample,
    Subscribe,
    Unsubscribe,
)
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Filled, Form, carry_out, number
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.reading import View, Viewing
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.outward.subscriptions import (
    list_deliveries,
    list_subscriptions,
    replay,
    rotate_secret,
    send_sample,
    subscribe,
    unsubscribe,
)

_HERE: Final = "/subscriptions"
_PAGE: Final = 100
_SUBSCRIPTIONS: Final = (
    *("name", "receiver", "to", "kinds", "model", "created", "by"),
    *("delivered", "last", "waiting", "since", "dead", "ended"),
)
_DELIVERIES: Final = (
    *("event", "subscription", "kind", "model", "version", "queued", "attempts", "next", "why"),
    "given_up",
)


@needs(Permission.SUBSCRIBE)
def subscriptions_page(
    view: Viewing, of: str = "", show: str = "", after: int = Query(default=0, ge=0, le=2**31 - 1)
) -> Response:
    """Show subscriptions, and what waits or (``show=dead``) was given up, of all or of one."""
    return _page(view, of=of, is_dead=show == "dead", after=after)


@needs(Permission.SUBSCRIBE)
def add(view: Viewing, filled: Filled) -> Response:
    """Let events go somewhere; a webhook's secret is in this answer, and nowhere else."""
    return _secretly(view, filled, lambda: subscribe(view.registry, _asked(filled)))


@needs(Permission.SUBSCRIBE)
def rotate(view: Viewing, filled: Filled) -> Response:
    """Sign with a new secret, which is in this answer, and nowhere else."""
    asked = partial(RotateSecret, name=filled.text("name"), key=filled.key)
    return _secretly(view, filled, lambda: rotate_secret(view.registry, asked()))


@needs(Permission.SUBSCRIBE)
def remove(view: Viewing, filled: Filled) -> Response:
    """Let nothing go there any more."""
    asked = partial(Unsubscribe, name=filled.text("name"), key=filled.key)
    return _change(view, filled, lambda: unsubscribe(view.registry, asked()))


@needs(Permission.SUBSCRIBE)
def test(view: Viewing, filled: Filled) -> Response:
    """Send an event that says nothing."""
    asked = partial(SendSample, name=filled.text("name"), key=filled.key)
    return _change(view, filled, lambda: send_sample(view.registry, asked()))


@needs(Permission.SUBSCRIBE)
def again(view: Viewing, filled: Filled) -> Response:
    """Try again what was given up: one event, or all of them."""

    def act() -> object:
        said = {"name": filled.text("name"), "sequence": number(filled, "sequence")}
        return replay(view.registry, Replay.model_validate({**said, "key": filled.key}))

    return _change(view, filled, act)


def _asked(filled: Form) -> Subscribe:
    """Read what a form asks for; the address comes covered, so that nothing shows it."""
    said = filled.text("receiver")
    if said not in set(Receiver):
        raise InvalidSetting("receiver", said[:40], f"take one of {', '.join(Receiver)}")
    return Subscribe(
        name=filled.text("name").strip(),
        receiver=Receiver(said),
        to=SecretStr(filled.text("to")),
        kinds=tuple(filled.text("kinds").replace(",", " ").split()),
        model=filled.find("model"),
        key=filled.key,
    )


def _secretly(view: View, filled: Form, act: Callable[[], NewSubscription]) -> Response:
    try:
        made = act()
    except RegistryError as error:
        return _page(view, problem=error, filled=filled)
    return _page(view, made=made)


def _change(view: View, filled: Form, act: Callable[[], object]) -> Response:
    refused = partial(_refused, view, filled)
    return carry_out(act, then=with_query(_HERE, done=1), refused=refused)


def _refused(view: View, filled: Form, error: RegistryError) -> Response:
    return _page(view, problem=error, filled=filled)


def _page(
    view: View,
    *,
    of: str = "",
    is_dead: bool = False,
    after: int = 0,
    made: NewSubscription | None = None,
    problem: RegistryError | None = None,
    filled: Form = NOTHING,
) -> Response:
    registry = view.registry
    ask = partial(list_deliveries, registry, of or None, dead=is_dead)
    if made is None and problem is None:
        tables = (
            Table("subscriptions", _SUBSCRIPTIONS, lambda: _subscription_rows(view)),
            Table("deliveries", _DELIVERIES, lambda: _delivery_rows(ask)),
        )
        if file := csv_of(view.request, *tables):
            return file
    listed = ask(after=after, limit=_PAGE)
    following = None
    if len(listed) == _PAGE:
        said = {"of": of, "show": "dead" if is_dead else "", "after": listed[-1].id}
        following = with_query(_HERE, **said)
    return render(
        view.request,
        view.caller,
        "subscriptions.html",
        problem=problem,
        filled=filled,
        made=made,
        of=of,
        is_dead=is_dead,
        subscriptions=list_subscriptions(registry),
        deliveries=listed,
        following=following,
        first=after and with_query(_HERE, of=of, show="dead" if is_dead else ""),
        receivers=Receiver,
        kinds=EventKind,
    )


def _subscription_rows(view: View) -> Iterator[tuple[object, ...]]:
    for s in list_subscriptions(view.registry):
        yield (
            *(s.name, str(s.receiver), s.to, " ".join(s.kinds), s.model, s.created_at),
            *(s.created_by, s.delivered, s.delivered_at, s.waiting, s.waiting_since, s.dead),
            s.ended_at,
        )


def _delivery_rows(ask: Callable[..., tuple[Delivery, ...]]) -> Iterator[tuple[object, ...]]:
    def more(after: int | None) -> tuple[Delivery, ...]:
        return ask(after=after or 0, limit=_PAGE)

    yield from map(_delivery_row, each(more, lambda delivery: delivery.id))


def _delivery_row(d: Delivery) -> tuple[Any, ...]:
    when = (d.queued_at, d.attempts, d.next_at, d.why, d.dead_at)
    return (d.sequence, d.subscription, str(d.kind), d.model, d.version, *when)


ROUTES: Final = (
    page(_HERE, subscriptions_page),
    form(f"{_HERE}/add", add),
    form(f"{_HERE}/rotate", rotate),
    form(f"{_HERE}/remove", remove),
    form(f"{_HERE}/test", test),
    form(f"{_HERE}/replay", again),
)
