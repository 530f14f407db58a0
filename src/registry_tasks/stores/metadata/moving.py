"""The mark of a store that was moved: it says where to, and no writer gets past it.

It belongs to the database that it is in, not to what a store holds: no copy takes it along.
"""

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import StoreMovedAway
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.query import through

if TYPE_CHECKING:
    from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = "SELECT url FROM moved"


def find_mark(connection: sa.Connection) -> str | None:
    """Return the address that the store was moved to, without a password; None if it is in use."""
    found = through(connection)(_FIND, ())
    return found[0][0] if found else None


def check_in_use(connection: sa.Connection, url: str) -> None:
    """Refuse to change a store that was moved. Raises StoreMovedAway."""
    target = find_mark(connection)
    if target is not None:
        raise StoreMovedAway(url, target)


def mark(tx: "Transaction", target: str) -> None:
    """Say that the store is at ``target`` from now on."""
    tx.connection.execute(sa.insert(t.moved), {"url": target, "at": tx.at, "by": tx.actor})


def unmark(tx: "Transaction") -> None:
    """Put the store to use again."""
    tx.connection.execute(sa.delete(t.moved))
