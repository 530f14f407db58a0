"""Who gets events, and how many have gone, wait, or were given up."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.errors import SubscriptionNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.subscription import Receiver, Subscribe, Subscription
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.events import last_sequence
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.store import Transaction

_S: Final = t.subscription.c
_D: Final = t.delivery.c
_WAITS: Final = _D.dead_at.is_(None)
_COUNTED: Final = (
    sa.select(
        t.subscription,
        sa.func.count(sa.case((_WAITS, _D.sequence))).label("waiting"),
        sa.func.min(sa.case((_WAITS, _D.queued_at)), type_=t.UtcDateTime()).label("waiting_since"),
        sa.func.count(_D.dead_at).label("dead"),
    )
    .outerjoin(t.delivery, _D.subscription_id == _S.id)
    .group_by(_S.id)
    .order_by(_S.name)
)
_TALLY: Final = """
SELECT s.name, COUNT(CASE WHEN d.dead_at IS NULL THEN d.sequence END), COUNT(d.dead_at),
MIN(CASE WHEN d.dead_at IS NULL THEN d.queued_at END), s.delivered
FROM subscription s LEFT JOIN delivery d ON d.subscription_id = s.id GROUP BY s.id ORDER BY s.name
"""


class Kept(NamedTuple):
    """A subscription as delivering needs it."""

    id: int
    uuid: str
    name: str
    receiver: Receiver
    kinds: tuple[str, ...]
    model: str | None
    position: int  # sequence of the last event that was looked at for it
    has_ended: bool


class Tally(NamedTuple):
    """How a subscription stands."""

    name: str
    waiting: int
    dead: int
    waiting_since: datetime | None
    delivered: int


def add(tx: Transaction, request: Subscribe, to: str) -> str:
    """Write a subscription to events from now on; returns its UUID."""
    row = {
        "uuid": str(uuid4()),
        "name": request.name,
        "receiver": request.receiver,
        "to": to,
        "kinds": list(request.kinds),
        "model": request.model,
        "position": last_sequence(tx.connection),
        "created_at": tx.at,
        "created_by": tx.actor,
        "delivered": 0,
        "delivered_at": None,
        "ended_at": None,
    }
    insert_one(tx.connection, t.subscription, row)
    return str(row["uuid"])


def remove(tx: Transaction, subscription_id: int) -> None:
    """Take a subscription away, with what waits for it."""
    tx.connection.execute(sa.delete(t.delivery).where(_D.subscription_id == subscription_id))
    tx.connection.execute(sa.delete(t.subscription).where(_S.id == subscription_id))


def end(tx: Transaction, subscription_id: int) -> bool:
    """Send nothing there any more; returns whether anything was sent until now."""
    going = (_S.id == subscription_id, _S.ended_at.is_(None))
    ended = sa.update(t.subscription).where(*going).values(ended_at=tx.at)
    return tx.connection.execute(ended).rowcount == 1


def find(connection: sa.Connection, name: str) -> Kept | None:
    """Return a subscription by its name, None if there is none."""
    row = connection.execute(sa.select(t.subscription).where(_S.name == name)).one_or_none()
    return None if row is None else _kept(row)


def get(connection: sa.Connection, name: str) -> Kept:
    """Return a subscription by its name. Raises SubscriptionNotFound."""
    found = find(connection, name)
    if found is None:
        raise SubscriptionNotFound(name)
    return found


def list_kept(connection: sa.Connection) -> tuple[Kept, ...]:
    """Return all subscriptions as delivering needs them, the oldest first."""
    return tuple(map(_kept, connection.execute(sa.select(t.subscription).order_by(_S.id))))


def list_counted(
    connection: sa.Connection,
    name: str | None = None,
    *,
    after: str = "",
    limit: int | None = None,
) -> tuple[Subscription, ...]:
    """Return subscriptions by name, or the one with a name."""
    query = _COUNTED.where(_S.name > after if name is None else _S.name == name).limit(limit)
    names = Subscription.model_fields
    return tuple(
        Subscription(**{field: row._mapping[field] for field in names})
        for row in connection.execute(query)
    )


def names_told(connection: sa.Connection) -> frozenset[str]:
    """Return the names of the subscriptions that there are by their events."""
    e, names = t.event.c, set()
    kinds = (EventKind.SUBSCRIPTION_ADDED, EventKind.SUBSCRIPTION_REMOVED)
    query = sa.select(e.before, e.after).where(e.kind.in_(kinds)).order_by(e.sequence)
    for before, after in connection.execute(query):
        if after is None:
            names.discard(before["name"])
        else:
            names.add(after["name"])
    return frozenset(names)


def tally(query: Query) -> tuple[Tally, ...]:
    """Return how all subscriptions stand, by the bare driver: operators ask every few seconds."""
    return tuple(
        Tally(name, waiting, dead, since and to_time(since), delivered)
        for name, waiting, dead, since, delivered in query(_TALLY, ())
    )


def _kept(row: sa.Row[Any]) -> Kept:
    found = row._mapping
    return Kept(
        id=found["id"],
        uuid=found["uuid"],
        name=found["name"],
        receiver=Receiver(found["receiver"]),
        kinds=tuple(found["kinds"]),
        model=found["model"],
        position=found["position"],
        has_ended=found["ended_at"] is not None,
    )
