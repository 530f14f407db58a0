"""Tags: free ``key=value`` on a model or a version."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many
from registry_tasks.stores.metadata.store import Transaction


def read_model_tags(connection: sa.Connection, model_id: int) -> dict[str, str]:
    """Return a model's tags by key."""
    return _read(connection, t.model_tag, t.model_tag.c.model_id == model_id)


def read_version_tags(connection: sa.Connection, version_id: int) -> dict[str, str]:
    """Return a version's tags by key."""
    return _read(connection, t.tag, t.tag.c.version_id == version_id)


def put_version_tags(tx: Transaction, version_id: int, tags: Mapping[str, str]) -> None:
    """Write a new version's tags."""
    insert_many(tx.connection, t.tag, _rows({"version_id": version_id}, tags))


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


def _read(
    connection: sa.Connection, table: sa.Table, mine: sa.ColumnElement[bool]
) -> dict[str, str]:
    query = sa.select(table.c.key, table.c.value).where(mine).order_by(table.c.key)
    return dict(connection.execute(query).all())


def _rows(owner: dict[str, int], tags: Mapping[str, str]) -> list[dict[str, int | str]]:
    return [{**owner, "key": key, "value": value} for key, value in tags.items()]


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
    insert_many(tx.connection, table, _rows(owner, put))
