"""Tags: free ``key=value`` on a model or a version."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def read_model_tags(connection: sa.Connection, model_id: int) -> dict[str, str]:
    """Return a model's tags by key."""
    tag = t.model_tag.c
    query = sa.select(tag.key, tag.value).where(tag.model_id == model_id).order_by(tag.key)
    return dict(connection.execute(query).all())


def change_model_tags(
    tx: Transaction, model_id: int, put: Mapping[str, str], removed: Collection[str]
) -> None:
    """Set tags of a model, and take others away."""
    _change(tx, t.model_tag, {"model_id": model_id}, put, removed)


def change_version_tags(
    tx: Transaction, version_id: int, put: Mapping[str, str], removed: Collection[str]
) -> None:
    """Set tags of a version, and take others away."""
    _change(tx, t.tag, {"version_id": version_id}, put, removed)


def _change(
    tx: Transaction,
    table: sa.Table,
    owner: dict[str, int],
    put: Mapping[str, str],
    removed: Collection[str],
) -> None:
    ((name, row_id),) = owner.items()
    old = table.c.key.in_([*put, *removed])
    tx.connection.execute(sa.delete(table).where(table.c[name] == row_id, old))
    if put:
        rows = [{**owner, "key": key, "value": value} for key, value in put.items()]
        tx.connection.execute(sa.insert(table), rows)
