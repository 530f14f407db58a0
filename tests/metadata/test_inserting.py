"""What is inserted without SQLAlchemy's own way to a statement is what that would have inserted."""

import sqlite3
from datetime import date
from typing import Any, Final

import pytest
import sqlalchemy as sa
from support.fullest import DOCUMENT, ODD
from support.world import World

from registry_tasks.entities.stage import Stage
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import (
    insert_many,
    insert_missing,
    insert_one,
    put_one,
    update_one,
)

EVENT: Final = {"actor": ODD, "kind": "model.created", "reason": ""}
SAID: Final = {"description": ODD, "owner": "", "sensitivity": "", "source": ""}
ROWS: Final[tuple[tuple[sa.Table, dict[str, Any], tuple[Any, ...]], ...]] = (
    (t.event, {**EVENT, "before": None, "after": DOCUMENT}, ("sequence",)),
    (t.event, {**EVENT, "before": [0.1, 1e300], "after": "\u00e9", "run_id": None}, ("sequence",)),
    (t.parameter, {"value": 1.5, "number": 1.5, "text": None}, ("key", "a", "b")),
    (t.parameter, {"value": None, "number": None, "text": ODD}, ("key", "c", "d")),
    (t.metric, {"value": 5e-324}, ("key", "a", "b")),
    (t.dataset_profile, {**SAID, "retain_until": date(2031, 2, 3)}, ("dataset_id", 1, 2)),
    (
        t.stage_assignment,
        {"version_id": 1, "model_id": 1, "stage": Stage.STAGING, "single": False},
        ("environment", "a", "b"),
    ),
)
"""Every kind of value, and a column in which two rows of a table have to differ."""


def kept(connection: sa.Connection, table: sa.Table, key: str, values: tuple[Any, ...]) -> Any:
    """Two rows as the database keeps them, without the column in which they differ."""
    names = [sa.literal_column(f'CAST("{c.name}" AS TEXT)') for c in table.c if c.name != key]
    query = sa.select(*names).select_from(table).order_by(table.c[key].desc()).limit(2)
    if values:
        query = query.where(table.c[key].in_(values))
    return [tuple(row) for row in connection.execute(query)]


def test_every_kind_of_value_is_kept_as_sqlalchemy_keeps_it(world: World) -> None:
    world.version(1)
    world.begin_run()
    with world.registry().metadata.writing("ada") as tx:
        for name in ("one", "two"):
            insert_one(tx.connection, t.dataset, {"name": name})
        run = tx.connection.execute(sa.select(sa.func.max(t.run.c.id))).scalar_one()
        for table, values, (key, *different) in ROWS:
            owned = {"run_id": run} if table in (t.parameter, t.metric) else {}
            timed = {"at": tx.at} if table is t.event else {}
            row = {**values, **owned, **timed}
            ours, theirs = ({**row, key: value} for value in different) if different else (row, row)
            insert_many(tx.connection, table, [ours])
            tx.connection.execute(sa.insert(table), [theirs])
            first, second = kept(tx.connection, table, key, tuple(different))
            assert first == second, table.name


def test_a_row_says_its_number(world: World) -> None:
    with world.registry().metadata.writing("ada") as tx:
        for name in ("a", ODD):
            made = insert_one(tx.connection, t.experiment, {"name": name})
            query = sa.select(t.experiment.c.name).where(t.experiment.c.id == made)
            assert tx.connection.execute(query).scalar_one() == name


def test_rows_that_are_there_are_left_as_they_are(world: World) -> None:
    ends = {"source_kind": "run", "source_id": "a", "target_kind": "version", "by": ""}
    rows = [{**ends, "target_id": name} for name in ("mower@1", "mower@2")]
    with world.registry().metadata.writing("ada") as tx:
        insert_missing(tx.connection, t.lineage_edge, rows[:1])
        insert_missing(tx.connection, t.lineage_edge, [*rows, rows[1]])
        insert_missing(tx.connection, t.lineage_edge, [])
        insert_many(tx.connection, t.lineage_edge, [])
        counted = sa.select(sa.func.count()).select_from(t.lineage_edge)
        assert tx.connection.execute(counted).scalar_one() == 2


def test_what_the_database_refuses_is_refused(sqlite_world: World) -> None:
    with sqlite_world.registry().metadata.writing("ada") as tx:
        insert_one(tx.connection, t.experiment, {"name": "a"})
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            insert_one(tx.connection, t.experiment, {"name": "a"})


def test_a_row_is_changed_as_sqlalchemy_changes_it(world: World) -> None:
    changed = {"plots": ["a"], "signature": None, "log_tail": ODD, "cpu_s": 0.1, "hardware": {}}
    ids = [world.begin_run(), world.begin_run()]
    with world.registry().metadata.writing("ada") as tx:
        row_id = dict(tx.connection.execute(sa.select(t.run.c.uuid, t.run.c.id)).all())
        row = {**changed, "ended_at": tx.at}
        update_one(tx.connection, t.run, {"id": row_id[ids[0]]}, row)
        tx.connection.execute(sa.update(t.run).where(t.run.c.uuid == ids[1]).values(row))
        names = ", ".join(f'CAST("{name}" AS TEXT)' for name in row)
        query = f"SELECT {names} FROM run ORDER BY id"
        first, second = map(tuple, tx.connection.exec_driver_sql(query))
        assert first == second


def test_a_row_is_put_once_and_changed_from_then_on(world: World) -> None:
    world.version(1)
    with world.registry().metadata.writing("ada") as tx:
        version = tx.connection.execute(sa.select(t.version.c.id)).scalar_one()
        key, row = {"version_id": version}, {"reason": ODD, "at": tx.at, "by": "ada"}
        assert not update_one(tx.connection, t.hold, key, row)
        put_one(tx.connection, t.hold, key, row)
        put_one(tx.connection, t.hold, key, {**row, "reason": "another"})
        (found,) = tx.connection.execute(sa.select(t.hold))
        assert (found.version_id, found.reason, found.at) == (version, "another", tx.at)
