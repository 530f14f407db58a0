"""Deliver: bring events to those who subscribed, each at least once, a model's in their order.

Verbs only append their events. Here these are queued for receivers, taken by one process at a time,
sent, and settled; a process that dies in between is waited for as long as it had said.
"""

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Final, NamedTuple, Self
from uuid import uuid4

from pydantic import JsonValue

from registry_tasks.entities.delivery import Delivered
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.carry_out import change_store
from registry_tasks.registry.outward.sending import Sender, Way
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.deliveries import USUAL, Patience, is_over, pause_after, wants
from registry_tasks.stores.metadata import deliveries
from registry_tasks.stores.metadata.deliveries import Lane, Looked, Miss, Waiting
from registry_tasks.stores.metadata.events import append, last_sequence
from registry_tasks.stores.metadata.history import read_events
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.subscriptions import Kept, end, find, list_kept
from registry_tasks.stores.outward.answer import Answer

_AT_ONCE: Final = 8
"""How many receivers are served at the same time: one that is slow does not hold up the others."""


def deliver(
    registry: Registry, patience: Patience = USUAL, within_s: float | None = None
) -> Delivered:
    """Send what is due, until nothing is, or begin nothing more after ``within_s`` seconds.

    Receivers whose secrets are not kept here are left to whoever has them. Safe to run at any time
    and from several processes. Raises: StoreMissing.
    """
    with Deliverer(registry, patience) as deliverer:
        deliverer.begin()
        return deliverer.finish(within_s)


class Deliverer:
    """Sends what is due, each time it is told to look, to each receiver in a thread of its own."""

    def __init__(self, registry: Registry, patience: Patience = USUAL) -> None:
        self._registry, self._patience = registry, patience
        self._sender = Sender(registry.settings, patience.answer_s)
        self._pool = ThreadPoolExecutor(_AT_ONCE, "delivering")
        self._busy: dict[str, Future[Delivered]] = {}
        self._ends = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Begin nothing more; what is being sent may still end."""
        self._ends = True
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def begin(self) -> Delivered:
        """Queue new events and begin to send what is due; returns what was sent since last time.

        Raises: StoreMissing, and what sending raised since.
        """
        with self._registry.metadata.reading() as connection:
            kept, newest = list_kept(connection), last_sequence(connection)
        for one in kept:
            if one.position < newest and not one.has_ended:
                self._queue(one)
        over = [self._busy.pop(uuid).result() for uuid, f in [*self._busy.items()] if f.done()]
        for one in kept:
            way = None if one.uuid in self._busy else self._sender.to(one)
            if way is not None and self._is_due(one):
                self._busy[one.uuid] = self._pool.submit(self._serve, one, way)
        return _sum(over)

    def finish(self, within_s: float | None = None) -> Delivered:
        """Wait for what was begun; returns what was sent.

        After ``within_s`` seconds only for what is being sent: the rest is left to who comes next.
        """
        busy, self._busy = self._busy, {}
        self._ends = bool(wait(busy.values(), within_s).not_done)
        return _sum([sending.result() for sending in busy.values()])

    def _queue(self, kept: Kept) -> None:
        def act(tx: Transaction) -> bool:
            now = find(tx.connection, kept.name)
            if now is None or now.uuid != kept.uuid or now.has_ended:  # removed since
                return False
            newest = last_sequence(tx.connection)
            return deliveries.queue(tx, now, newest, partial(_is_for, now))

        while change_store(self._registry, act):
            pass

    def _is_due(self, kept: Kept) -> bool:
        with self._registry.metadata.reading() as connection:
            return deliveries.is_due(connection, kept, datetime.now(UTC))

    def _serve(self, kept: Kept, way: Way) -> Delivered:
        """Send what is due for a receiver, round by round."""
        found = []
        while not self._ends and self._is_due(kept):
            who, lasts = uuid4().hex, timedelta(seconds=self._patience.lease_s)
            lanes = change_store(
                self._registry, partial(deliveries.take, kept=kept, who=who, lasts=lasts)
            )
            came = self._send(lanes, way)
            change_store(self._registry, partial(_settle, kept=kept, who=who, came=came))
            found.append(came.delivered())
        return _sum(found)

    def _send(self, lanes: tuple[Lane, ...], way: Way) -> "_Round":
        """Send what was taken, for as long as nobody else may have taken it."""
        came, ends = _Round([], []), time.monotonic() + self._patience.round_s
        wanted = [waiting.sequence for lane in lanes for waiting in lane]
        with self._registry.metadata.reading() as connection:
            events = read_events(connection, wanted)
        for lane in lanes:
            for waiting in lane:
                if self._ends or time.monotonic() > ends:
                    return came
                answer = way(events[waiting.sequence])
                if answer.is_taken:
                    came.sent.append(waiting.sequence)
                    continue
                came.misses.append(self._miss(waiting, answer))
                if answer.is_away or answer.is_gone:
                    return came._replace(is_away=answer.is_away, is_gone=answer.is_gone)
                break
        return came

    def _miss(self, waiting: Waiting, answer: Answer) -> Miss:
        now, attempts = datetime.now(UTC), waiting.attempts + 1
        return Miss(
            sequence=waiting.sequence,
            why=answer.why,
            attempts=attempts,
            next_at=now + pause_after(attempts, self._patience),
            is_dead=answer.is_gone or is_over(waiting.queued_at, now, self._patience),
        )


class _Round(NamedTuple):
    """What came of what was taken, and whether the last one was the last: nobody answered, or who
    did wants nothing any more.
    """

    sent: list[int]
    misses: list[Miss]
    is_away: bool = False
    is_gone: bool = False

    def delivered(self) -> Delivered:
        dead = sum(miss.is_dead for miss in self.misses)
        return Delivered(sent=len(self.sent), failed=len(self.misses), dead=dead)


def _settle(tx: Transaction, kept: Kept, who: str, came: _Round) -> None:
    deliveries.settle(tx, kept, who, came.sent, came.misses)
    if came.is_away:
        deliveries.put_off(tx, kept, came.misses[-1].next_at)
    if came.is_gone and end(tx, kept.id):
        told: JsonValue = {"name": kept.name, "why": came.misses[-1].why}
        append(tx, EventKind.SUBSCRIPTION_ENDED, after=told)


def _is_for(kept: Kept, event: Looked) -> bool:
    """A sample is for the subscription that it names, whatever that one wants else."""
    if event.kind == EventKind.SUBSCRIPTION_TESTED:
        return isinstance(event.after, dict) and event.after["name"] == kept.name
    return wants(kept.kinds, kept.model, EventKind(event.kind), event.model)


def _sum(found: list[Delivered]) -> Delivered:
    return Delivered(
        sent=sum(each.sent for each in found),
        failed=sum(each.failed for each in found),
        dead=sum(each.dead for each in found),
    )
