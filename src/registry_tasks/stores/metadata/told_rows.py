"""Rows that events alone tell of, as they are and as they should be: names in place of row ids."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.profile import Profile
from registry_tasks.entities.told_row import KEYS, Facts, Place, ToldRow
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.experiments import put_experiment
from registry_tasks.stores.metadata.inserting import insert_many, update_one
from registry_tasks.stores.metadata.log_rows import name_of
from registry_tasks.stores.metadata.restoring import Unnamed
from registry_tasks.stores.metadata.store import Transaction

_MODEL: Final = frozenset({"name", *Profile.model_fields})
"""What events tell of a model's own row; its other columns are written with it, or with tags."""
_FROZEN: Final = frozenset({"note", "tombstone", "confirmation", "approval_decision"})
_KEPT: Final = frozenset({"deployment", "sweep", "trial", "approval_request"})
_CLOSING: Final = frozenset({"outcome", "closed_at", "closed_by", "because"})


def read(connection: sa.Connection) -> dict[Place, Facts]:
    """Return them all, but for those that refer to nothing, of which ``health`` complains."""
    found: dict[Place, Facts] = {}
    names: dict[sa.Table, dict[Any, str]] = {}
    for table_name, key in KEYS.items():
        table = t.metadata.tables[table_name]
        for target in set(_targets(table).values()) - names.keys():
            names[target] = {row_id: name for name, row_id in _ids(connection, target).items()}
        for row in connection.execute(sa.select(*_columns(table))):
            facts = _named(dict(row._mapping), table, names)
            if facts is not None:
                place = Place(table_name, tuple(facts.pop(name) for name in key))
                found[place] = facts
    return found


def can_become(
    connection: sa.Connection, place: Place, is_now: Facts | None, told: Facts | None
) -> bool:
    """Whether the triggers let a row be written as it is told; None is no row."""
    if is_now is None:
        return True
    if place.table in _FROZEN or (told is None and place.table in _KEPT):
        return False
    changed = {name for name in told or () if is_now.get(name) != (told or {})[name]}
    match place.table, told:
        case "deployment", {"until": until}:
            is_open = is_now["until"] is None and until is not None
            return is_open and changed <= {"until", "ended_by"}
        case "approval_request", {"outcome": outcome}:
            return is_now["outcome"] is None and outcome is not None and changed <= _CLOSING
        case "sweep", {"ended_at": ended_at}:
            return ended_at is not None and changed == {"ended_at"}
        case "trial", {"run": run}:
            return _is_later(connection, run, is_now["run"])
    return True


def write(tx: Transaction, rows: Iterable[ToldRow]) -> None:
    """Make each as it is told, or take it away. Raises Unnamed."""
    ids: dict[sa.Table, dict[str, int]] = {}
    by_table: dict[str, list[ToldRow]] = {}
    for row in rows:
        by_table.setdefault(row.place.table, []).append(row)
    for table_name, key in KEYS.items():
        told, table = by_table.get(table_name), t.metadata.tables[table_name]
        if told is None:
            continue
        if table is t.sweep:
            for name in dict.fromkeys(row.facts["experiment"] for row in told if row.facts):
                put_experiment(tx, name)
        for target in _targets(table).values():
            if target not in ids:
                ids[target] = _ids(tx.connection, target)
        keys = [_row(table, dict(zip(key, row.place.key, strict=True)), ids) for row in told]
        values = [None if row.facts is None else _row(table, row.facts, ids) for row in told]
        _write(tx.connection, table, keys, values)


def _write(
    connection: sa.Connection, table: sa.Table, keys: list[Facts], values: list[Facts | None]
) -> None:
    """New rows go in one statement; a table that holds none yet has nothing to change."""
    there = connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
    new = []
    for key, value in zip(keys, values, strict=True):
        if value is None:
            mine = (table.c[name] == found for name, found in key.items())
            connection.execute(sa.delete(table).where(*mine))
        elif there is None or not value or not _change(connection, table, key, value):
            new.append(key | value)
    insert_many(connection, table, new)


def _change(connection: sa.Connection, table: sa.Table, key: Facts, value: Facts) -> bool:
    """Write what differs of a row, for some of it may be frozen; returns whether there is one."""
    mine = (table.c[name] == found for name, found in key.items())
    query = sa.select(*(table.c[name] for name in value)).where(*mine)
    row = connection.execute(query).one_or_none()
    if row is None:
        return False
    changed = {name: told for name, told in value.items() if row._mapping[name] != told}
    return not changed or update_one(connection, table, key, changed)


def _is_later(connection: sa.Connection, run: str, than: str) -> bool:
    r = t.run.c
    query = sa.select(r.uuid, r.id).where(r.uuid.in_([run, than]))
    ids = dict(connection.execute(query).all())
    return run in ids and ids[run] > ids[than]


def _columns(table: sa.Table) -> list[sa.Column[Any]]:
    wanted = _MODEL if table is t.model else {column.name for column in table.c} - {"id"}
    return [column for column in table.c if column.name in wanted]


@cache
def _targets(table: sa.Table) -> dict[str, sa.Table]:
    """Return by column the table that it refers to."""
    return {key.parent.name: key.column.table for key in table.foreign_keys}


def _ids(connection: sa.Connection, table: sa.Table) -> dict[str, int]:
    return dict(connection.execute(name_of(table).add_columns(table.c.id)).all())


def _named(row: Facts, table: sa.Table, names: dict[sa.Table, dict[Any, str]]) -> Facts | None:
    """Turn row ids into names; None if it refers to nothing."""
    for column, target in _targets(table).items():
        row_id = row.pop(column)
        if row_id is not None and row_id not in names[target]:
            return None
        row[column.removesuffix("_id")] = names[target].get(row_id)
    return row


def _row(table: sa.Table, facts: Facts, ids: dict[sa.Table, dict[str, int]]) -> Facts:
    """Turn names into row ids. Raises Unnamed."""
    row = dict(facts)
    for column, target in _targets(table).items():
        name = column.removesuffix("_id")
        if name in row:
            value = row.pop(name)
            if value is not None and value not in ids[target]:
                raise Unnamed(f"{target.name} {value}")
            row[column] = ids[target].get(value)
    return row
