"""Requests that were carried out under an idempotency key, with their answers."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = sa.select(t.request).where(t.request.c.key == sa.bindparam("key"))


def find(connection: sa.Connection, key: str) -> sa.Row[Any] | None:
    """Return ``verb``, ``body_sha256`` and ``answer`` of the request with this key, or None."""
    return connection.execute(_FIND, {"key": key}).one_or_none()


def keep(tx: Transaction, key: str, verb: str, body_sha256: str, answer: str) -> None:
    """Keep the answer within the transaction that carries the request out."""
    row = {"key": key, "verb": verb, "body_sha256": body_sha256, "answer": answer}
    tx.connection.execute(sa.insert(t.request), {**row, "at": tx.at, "by": tx.actor})
