"""What is on its way to receivers: queued from the events, taken, settled, given up.

Events have no order but their sequence, and writers queue: what is in the store when a writer
looks is all that there will ever be up to the newest sequence.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.delivery import Delivery
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.subscriptions import Kept

LOOKED_AT: Final = 1000
"""How many events are looked at in one transaction."""
TOGETHER: Final = 100
RUN: Final = 20
"""How many events a process takes at a time, and how many of one model."""
_S: Final = t.subscription.c
_D: Final = t.delivery.c
_E: Final = t.event.c
_WAITS: Final = _D.dead_at.is_(None)
_LISTED: Final = (
    sa.select(
        _S.name.label("subscription"),
        *(
            _D.id,
            _D.sequence,
            _E.kind,
            t.model.c.name.label("model"),
            t.version.c.number.label("version"),
        ),
        *(_D.queued_at, _D.attempts, _D.next_at, _D.why, _D.dead_at),
    )
    .select_from(t.delivery)
    .join(t.subscription, _S.id == _D.subscription_id)
    .join(t.event, _E.sequence == _D.sequence)
    .outerjoin(t.model, t.model.c.id == _E.model_id)
    .outerjoin(t.version, t.version.c.id == _E.version_id)
)


class Looked(NamedTuple):
    """What of an event says whether somebody wants it."""

    sequence: int
    kind: str
    model_id: int | None
    model: str | None
    after: JsonValue


class Waiting(NamedTuple):
    """An event that has to be sent, and how often that failed so far."""

    sequence: int
    attempts: int
    queued_at: datetime


Lane = tuple[Waiting, ...]
"""Events of one model for one receiver, oldest first: none goes before those before it went."""


class Miss(NamedTuple):
    """An event that did not arrive."""

    sequence: int
    why: str
    attempts: int
    next_at: datetime
    is_dead: bool


def queue(tx: Transaction, kept: Kept, newest: int, is_wanted: Callable[[Looked], bool]) -> bool:
    """Queue the next events that a receiver gets; returns whether there are more to look at."""
    rows = tx.connection.execute(
        sa.select(_E.sequence, _E.kind, _E.model_id, t.model.c.name, _E.after)
        .outerjoin(t.model, t.model.c.id == _E.model_id)
        .where(_E.sequence > kept.position, _E.sequence <= newest)
        .order_by(_E.sequence)
        .limit(LOOKED_AT)
    )
    looked = [Looked(*row) for row in rows]
    if not looked:
        return False
    begun = {"subscription_id": kept.id, "queued_at": tx.at, "attempts": 0, "next_at": tx.at}
    blank = {"why": "", "taken_by": None, "taken_until": None, "dead_at": None}
    found = [
        {"sequence": event.sequence, "model_id": event.model_id, **begun, **blank}
        for event in looked
        if is_wanted(event)
    ]
    insert_many(tx.connection, t.delivery, found)
    here = sa.update(t.subscription).where(_S.id == kept.id)
    tx.connection.execute(here.values(position=looked[-1].sequence))
    return len(looked) == LOOKED_AT


def is_due(connection: sa.Connection, kept: Kept, now: datetime) -> bool:
    """Whether something could be taken for a receiver now."""
    return bool(_heads(connection, kept, now, 1))


def take(tx: Transaction, kept: Kept, who: str, lasts: timedelta) -> tuple[Lane, ...]:
    """Take what is due for a receiver, so that nobody else sends it for as long as that ``lasts``."""
    lanes: list[Lane] = []
    for model_id, first in _heads(tx.connection, kept, tx.at, TOGETHER):
        if sum(map(len, lanes)) >= TOGETHER:
            break
        rows = tx.connection.execute(
            sa.select(_D.sequence, _D.attempts, _D.queued_at)
            .where(_D.subscription_id == kept.id, _of(model_id), _WAITS, _D.sequence >= first)
            .order_by(_D.sequence)
            .limit(RUN)
        )
        lanes.append(lane := tuple(Waiting(*row) for row in rows))
        taken = {"taken_by": who, "taken_until": tx.at + lasts}
        mine = _D.sequence.in_([waiting.sequence for waiting in lane])
        tx.connection.execute(
            sa.update(t.delivery).where(_D.subscription_id == kept.id, mine).values(**taken)
        )
    return tuple(lanes)


def settle(
    tx: Transaction, kept: Kept, who: str, sent: Iterable[int], misses: Iterable[Miss]
) -> None:
    """Write what became of what ``who`` took, and let the rest go; of what others took since, nothing."""
    mine = (_D.subscription_id == kept.id, _D.taken_by == who)
    arrived = list(sent)
    for start in range(0, len(arrived), LOOKED_AT):
        some = _D.sequence.in_(arrived[start : start + LOOKED_AT])
        tx.connection.execute(sa.delete(t.delivery).where(*mine, some))
    for miss in misses:
        how = {"attempts": miss.attempts, "why": miss.why, "next_at": miss.next_at}
        how |= {"dead_at": tx.at} if miss.is_dead else {}
        one = sa.update(t.delivery).where(*mine, _D.sequence == miss.sequence)
        tx.connection.execute(one.values(**how))
    free = {"taken_by": None, "taken_until": None}
    tx.connection.execute(sa.update(t.delivery).where(*mine).values(**free))
    if arrived:
        counted = {"delivered": _S.delivered + len(arrived), "delivered_at": tx.at}
        here = sa.update(t.subscription).where(_S.id == kept.id)
        tx.connection.execute(here.values(**counted))


def put_off(tx: Transaction, kept: Kept, until: datetime) -> None:
    """Try nothing for a receiver before a time: nobody answered there."""
    due = (_D.subscription_id == kept.id, _WAITS, _D.next_at < until)
    tx.connection.execute(sa.update(t.delivery).where(*due).values(next_at=until))


def replay(tx: Transaction, kept: Kept, sequence: int | None) -> int:
    """Let what was given up wait again, and what ended go on; returns how many were given up."""
    dead = [_D.subscription_id == kept.id, _D.dead_at.is_not(None)]
    if sequence is not None:
        dead.append(_D.sequence == sequence)
    anew = {"dead_at": None, "attempts": 0, "next_at": tx.at, "queued_at": tx.at}
    count = tx.connection.execute(sa.update(t.delivery).where(*dead).values(**anew)).rowcount
    ended = sa.update(t.subscription).where(_S.id == kept.id, _S.ended_at.is_not(None))
    if tx.connection.execute(ended.values(ended_at=None)).rowcount:
        waits = sa.update(t.delivery).where(_D.subscription_id == kept.id, _WAITS)
        tx.connection.execute(waits.values(**anew))
    return count


def list_deliveries(
    connection: sa.Connection,
    subscription_id: int | None = None,
    *,
    dead: bool = False,
    after: int = 0,
    limit: int = 100,
) -> tuple[Delivery, ...]:
    """Return what waits, or what was given up, oldest first; ``after`` is an id to go on from."""
    query = _LISTED.where(_D.dead_at.is_not(None) if dead else _WAITS, _D.id > after)
    if subscription_id is not None:
        query = query.where(_D.subscription_id == subscription_id)
    query = query.order_by(_D.id).limit(limit)
    return tuple(Delivery(**row._mapping) for row in connection.execute(query))


def _heads(
    connection: sa.Connection, kept: Kept, now: datetime, limit: int
) -> list[tuple[int | None, int]]:
    """Return the first event of each model that may go now; what was taken ends with its time."""
    first = (
        sa.select(_D.model_id, sa.func.min(_D.sequence).label("sequence"))
        .where(_D.subscription_id == kept.id, _WAITS)
        .group_by(_D.model_id)
        .subquery()
    )
    going = sa.exists().where(_S.id == kept.id, _S.ended_at.is_(None))
    query = (
        sa.select(_D.model_id, _D.sequence)
        .join(first, first.c.sequence == _D.sequence)
        .where(_D.subscription_id == kept.id, _D.next_at <= now)
        .where(_D.taken_until.is_(None) | (_D.taken_until <= now), going)
        .order_by(_D.sequence)
        .limit(limit)
    )
    return [(row.model_id, row.sequence) for row in connection.execute(query)]


def _of(model_id: int | None) -> sa.ColumnElement[bool]:
    return _D.model_id.is_(None) if model_id is None else _D.model_id == model_id
