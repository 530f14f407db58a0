"""Subscriptions: let events go somewhere, and see how they fare."""

from datetime import datetime, timedelta
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.delivery import Delivery, Replayed
from registry_tasks.entities.errors import (
    InvalidSetting,
    NothingToSign,
    SecretNotHere,
    SubscriptionExists,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.subscription import (
    NewSubscription,
    Receiver,
    Replay,
    RotateSecret,
    SendSample,
    Subscribe,
    Subscription,
    Unsubscribe,
)
from registry_tasks.registry.carry_out import carry_out, check_first, transact
from registry_tasks.registry.permit import check_now, check_permitted, check_request
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.deliveries import FOR_PEOPLE
from registry_tasks.stores.metadata import deliveries, events, subscriptions
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.outward.people import check_addresses
from registry_tasks.stores.outward.secrets import Hidden, SecretFolder, new_secret

PREFECT: Final = "Prefect"
_CHECKING_S: Final = 10.0


def subscribe(registry: Registry, request: Subscribe) -> NewSubscription:
    """Let events go somewhere from now on; a webhook's secret is told here and never again.

    The store keeps no address: it is in a file beside the store's other state, written once the
    subscription is. Raises: NotPermitted, SubscriptionExists, InvalidSetting, ExtraMissing,
    SecretsUnreadable, SecretTold.
    """
    check_permitted(registry, Permission.SUBSCRIBE)
    addresses = tuple(request.to.get_secret_value().split())
    shown = _shown(registry, request.receiver, addresses)
    made = _with_usual_kinds(request)

    def act(tx: Transaction) -> Subscription:
        check_request(registry, tx.connection, request)
        check_first(registry, tx, request)
        return add(tx, made, shown)

    subscription = transact(registry, act)
    secret = new_secret() if request.receiver is Receiver.WEBHOOK else None
    if addresses:
        hidden = Hidden(addresses=addresses, secret=secret)
        _folder(registry).put(_uuid(registry, request.name), hidden)
    return NewSubscription(subscription=subscription, secret=secret)


def add(tx: Transaction, request: Subscribe, shown: str) -> Subscription:
    """Write a subscription and its event. Raises SubscriptionExists."""
    if subscriptions.find(tx.connection, request.name) is not None:
        raise SubscriptionExists(request.name)
    told: dict[str, JsonValue] = {"name": request.name, "receiver": request.receiver.value}
    told |= {"to": shown, "kinds": list(request.kinds), "model": request.model}
    events.append(tx, EventKind.SUBSCRIPTION_ADDED, after=told)
    subscriptions.add(tx, request, shown)
    return _get(tx, request.name)


def unsubscribe(registry: Registry, request: Unsubscribe) -> Subscription:
    """Let nothing go there any more, and drop what waits; returns how it stood.

    Raises: NotPermitted, SubscriptionNotFound, SecretsUnreadable.
    """
    uuid = ""

    def act(tx: Transaction) -> Subscription:
        nonlocal uuid
        kept = subscriptions.get(tx.connection, request.name)
        found, uuid = _get(tx, request.name), kept.uuid
        told: JsonValue = {"name": found.name, "receiver": found.receiver.value, "to": found.to}
        events.append(tx, EventKind.SUBSCRIPTION_REMOVED, before=told)
        subscriptions.remove(tx, kept.id)
        return found

    gone = carry_out(registry, request, act, Subscription)
    if uuid:
        _folder(registry).remove(uuid)
    return gone


def rotate_secret(registry: Registry, request: RotateSecret) -> NewSubscription:
    """Sign with a new secret, for some hours with the old one too, so that nothing is refused.

    Raises: NotPermitted, SubscriptionNotFound, NothingToSign, SecretNotHere, SecretsUnreadable,
    SecretTold.
    """
    check_permitted(registry, Permission.SUBSCRIBE)
    overlap, until = timedelta(hours=request.overlap_hours), datetime.min

    def act(tx: Transaction) -> Subscription:
        nonlocal until
        check_request(registry, tx.connection, request)
        check_first(registry, tx, request)
        kept = subscriptions.get(tx.connection, request.name)
        if kept.receiver is not Receiver.WEBHOOK:
            raise NothingToSign(request.name, kept.receiver)
        if _folder(registry).find(kept.uuid) is None:
            raise SecretNotHere(request.name)
        until = tx.at + overlap
        told: JsonValue = {"name": request.name, "older_until": until.isoformat()}
        events.append(tx, EventKind.SUBSCRIPTION_ROTATED, after=told)
        return _get(tx, request.name)

    found = transact(registry, act)
    uuid, secret = _uuid(registry, request.name), new_secret()
    was = _folder(registry).find(uuid)
    if was is None:
        raise SecretNotHere(request.name)
    changes = {"secret": secret, "older": was.secret, "older_until": until}
    _folder(registry).put(uuid, was.model_copy(update=changes))
    return NewSubscription(subscription=found, secret=secret)


def send_sample(registry: Registry, request: SendSample) -> Subscription:
    """Queue an event that says nothing; whether it arrives, the subscription tells.

    Raises: NotPermitted, SubscriptionNotFound.
    """

    def act(tx: Transaction) -> Subscription:
        found = subscriptions.get(tx.connection, request.name)
        events.append(tx, EventKind.SUBSCRIPTION_TESTED, after={"name": found.name})
        return _get(tx, request.name)

    return carry_out(registry, request, act, Subscription)


def replay(registry: Registry, request: Replay) -> Replayed:
    """Try again what was given up; what ended goes on. Raises: NotPermitted, SubscriptionNotFound."""

    def act(tx: Transaction) -> Replayed:
        kept = subscriptions.get(tx.connection, request.name)
        count = deliveries.replay(tx, kept, request.sequence)
        told: dict[str, JsonValue] = {"name": kept.name, "event": request.sequence, "events": count}
        events.append(tx, EventKind.SUBSCRIPTION_REPLAYED, after=told)
        return Replayed(subscription=kept.name, events=count)

    return carry_out(registry, request, act, Replayed)


def list_subscriptions(
    registry: Registry, after: str = "", limit: int | None = None
) -> tuple[Subscription, ...]:
    """Return subscriptions by name, with what waits and what was given up; all unless ``limit``.

    ``after`` is the name of one to go on from. Raises: NotPermitted.
    """
    with registry.metadata.reading() as connection:
        check_now(registry, connection, Permission.SUBSCRIBE)
        return subscriptions.list_counted(connection, after=after, limit=limit)


def list_deliveries(
    registry: Registry,
    subscription: str | None = None,
    *,
    dead: bool = False,
    after: int = 0,
    limit: int = 100,
) -> tuple[Delivery, ...]:
    """Return what waits for one receiver or all, or what was given up (``dead``), oldest first.

    ``after`` is the id of one to go on from. Raises: NotPermitted, SubscriptionNotFound.
    """
    with registry.metadata.reading() as connection:
        check_now(registry, connection, Permission.SUBSCRIBE)
        one = None if subscription is None else subscriptions.get(connection, subscription).id
        return deliveries.list_deliveries(connection, one, dead=dead, after=after, limit=limit)


def _shown(registry: Registry, receiver: Receiver, addresses: tuple[str, ...]) -> str:
    """Return what may be shown of addresses. Raises InvalidSetting, ExtraMissing."""
    match receiver:
        case Receiver.PREFECT:
            if addresses:
                raise InvalidSetting("to", "", "it is the server of PREFECT_API_URL: name no other")
            return PREFECT
        case Receiver.WEBHOOK:
            if len(addresses) != 1:
                raise InvalidSetting("to", "", "name one URL")
            return registry.settings.allowed_receivers.check_url(addresses[0])
    return check_addresses(addresses, _CHECKING_S)


def _with_usual_kinds(request: Subscribe) -> Subscribe:
    """People who say nothing of it get what people want to know; programs get everything."""
    if request.receiver is not Receiver.PEOPLE or request.kinds:
        return request
    known = tuple(kind for kind in FOR_PEOPLE if kind in set(EventKind))
    return request.model_copy(update={"kinds": known})


def _uuid(registry: Registry, name: str) -> str:
    with registry.metadata.reading() as connection:
        return subscriptions.get(connection, name).uuid


def _get(tx: Transaction, name: str) -> Subscription:
    return subscriptions.list_counted(tx.connection, name)[0]


def _folder(registry: Registry) -> SecretFolder:
    return SecretFolder(registry.settings.secret_folder)
