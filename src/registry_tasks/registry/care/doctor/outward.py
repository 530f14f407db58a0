"""Subscriptions: events that do not arrive, and receivers that nobody subscribed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.subscription import Subscription
from registry_tasks.registry.care.doctor.ailment import Ailment, Remedy, ail
from registry_tasks.stores.metadata.subscriptions import list_counted, names_told

_LONG: Final = timedelta(hours=1)


def deliveries(connection: sa.Connection) -> Iterator[Ailment]:
    """Look for what was given up, what has waited for long, and what no event tells of."""
    told = names_told(connection)
    for found in list_counted(connection):
        where = f"subscription {found.name}"
        if found.name not in told:
            advice = f"events go to {found.to}, and nobody is known to have said so"
            remedy = Remedy(f"registry subscription remove {found.name}", advice)
            yield ail(FindingKind.ROW_UNKNOWN, where, "no event tells of it", remedy)
        yield from _late(where, found)


def _late(where: str, found: Subscription) -> Iterator[Ailment]:
    see = f"registry subscription deliveries {found.name}"
    if found.dead:
        remedy = Remedy(
            f"registry subscription replay {found.name}", f"why they did not arrive: `{see} --dead`"
        )
        what = f"{found.dead} events to {found.to} were given up"
        if found.ended_at is not None:
            what = f"{found.to} said at {found.ended_at:%Y-%m-%d %H:%M} UTC that it is gone"
        yield ail(FindingKind.DELIVERY_DEAD, where, what, remedy)
    since = found.waiting_since
    if found.ended_at is None and since is not None and datetime.now(UTC) - since > _LONG:
        what = f"{found.waiting} events to {found.to} wait, since {since:%Y-%m-%d %H:%M} UTC"
        advice = "nobody delivers here, or the receiver does not take them: a server that has its "
        remedy = Remedy(see, f"{advice}secret has to run, or `registry deliver`")
        yield ail(FindingKind.DELIVERY_WAITING, where, what, remedy)
