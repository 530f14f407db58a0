"""What was written stays as it was written: the database itself refuses, whoever asks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.databases import Postgres
from support.world import Recorded, World, copy_tree

from registry_tasks.entities.access import Identity
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.errors import GateFailed, Immutable
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.run import Point
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata import lineage, requests, runs, tables as t
from registry_tasks.stores.metadata.migrations.triggers import (
    ADDED_ONLY,
    ADDED_ONLY_SINCE_0002,
    ADDED_ONLY_SINCE_0004,
    ADDED_ONLY_SINCE_0005,
    ADDED_ONLY_SINCE_0007,
)
from registry_tasks.stores.metadata.store import Transaction

FROZEN = (
    *ADDED_ONLY,
    *ADDED_ONLY_SINCE_0002,
    *ADDED_ONLY_SINCE_0004,
    *ADDED_ONLY_SINCE_0005,
    *ADDED_ONLY_SINCE_0007,
)
CHANGEABLE = {"alias", "dropped_bytes", "hold", "model", "moved", "outbox", "repository", "run"}
CHANGEABLE |= {"stage_assignment", "tag", "model_tag", "model_schema", "version_profile"}
CHANGEABLE |= {"dataset_profile", "deployment", "sweep", "trial", "version_grade"}
CHANGEABLE |= {"access_right", "account", "approval_request", "token"}
CHANGEABLE |= {"subscription", "delivery"}
KEPT = ("account", "approval_request", "deployment", "model", "run", "sweep", "token", "trial")
"""Of them no row can be taken away, and but little of it can be changed."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """At least one row in every table whose rows can only be added; no test changes one."""
    folder, url = tmp_path_factory.mktemp("full") / "world", None
    copy_tree(template, folder)
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.migrated()
    world = World(folder, url)
    fill(world)
    yield world
    world.close()


def fill(world: World) -> None:
    one = world.version(1)
    run = world.begin_run()
    commit = world.git("rev-parse", "HEAD")
    registry = world.registry()
    record = world.record_of(Recorded(content=b"2", parameters={"trees": 2}), commit)
    use = DatasetUse(name="data.csv", md5="2" * 32, size_bytes=1, files=1, stage="train")
    point = Point(key="loss", step=1, value=0.5)
    with registry.metadata.writing("ada") as tx:
        row = runs.get_row(tx.connection, run)
        more = {"datasets": (use,), "points": (point,), "importance": {"wind": 0.5}}
        record = record.model_copy(update=more)
        runs.finish(tx, row.id, record)
        node = Node(kind=NodeKind.RUN, id=run)
        source = Node(kind=NodeKind.DATASET, id="data.csv@2")
        lineage.add_edges(tx, (Edge(source=source, target=node),))
        requests.keep(tx, "a key", "Promote", "0" * 64, "{}")
        tx.commit()
    two = register(registry, RegisterRun(run=run)).version
    register(registry, RegisterRun(run=world.finished_run(content=b"2", parameters={"trees": 2})))
    world.raise_to(one.ref, "staging", "production")
    world.compare(two, one, -1.0)
    world.reproduced(two, Verdict.IDENTICAL)
    world.set_policy("stages: {staging: [{gate: described}]}")
    with pytest.raises(GateFailed):
        promote(registry, Promote(ref=two.ref, to="staging"))
    with registry.metadata.writing("ada") as tx:
        tombstone = {"version_id": 2, "reason": "", "at": tx.at, "by": "ada"}
        tx.connection.execute(sa.insert(t.tombstone), tombstone)
        run_id = tx.connection.execute(sa.select(t.dataset_use.c.run_id)).scalars().first()
        shape = {"dataset_version_id": 1, "run_id": run_id, "format": "csv", "rows": 1}
        shape |= {"columns": {}, "note": "", "source": ""}
        tx.connection.execute(sa.insert(t.dataset_shape), shape)
        note = {"model_id": 1, "text": "", "at": tx.at, "by": "ada"}
        tx.connection.execute(sa.insert(t.note), note)
        looks = {"verdict": "passed", "bytes": "passed", "environment": "passed"}
        looks |= {"rebuild": "passed", "files": 1, "size_bytes": 1, "packages": 1, "failure": ""}
        looks |= {"duration_s": 1.0, "cpu_s": 1.0, "at": tx.at, "by": "ada"}
        tx.connection.execute(sa.insert(t.drill), {"version_id": 1, **looks})
        _use_and_sweep(tx)
        _let_in(tx)
        tx.commit()


def _use_and_sweep(tx: Transaction) -> None:
    """A deployment that is over, one that lasts, a sweep that ended, its trial of the second run."""
    for number, over in enumerate(({"until": tx.at, "ended_by": "ada"}, {})):
        used = {"uuid": str(number), "model_id": 1, "version_id": 1, "environment": "eu"}
        used |= {"place": "API", "reason": "", "since": tx.at, "by": "ada"}
        tx.connection.execute(sa.insert(t.deployment), used | over)
    sweep = {"uuid": "0", "model_id": 1, "experiment_id": 1, "plan": {"trials": 1}}
    sweep |= {"started_at": tx.at, "started_by": "ada", "ended_at": tx.at}
    tx.connection.execute(sa.insert(t.sweep), sweep)
    tried = {"sweep_id": 1, "number": 0, "parameters": {"trees": 1}, "run_id": 2}
    tx.connection.execute(sa.insert(t.trial), tried)


def _let_in(tx: Transaction) -> None:
    """Accounts, tokens and requests for approval: of each one that is open, and one that is over."""
    for number, over in enumerate((None, tx.at)):
        account = {"name": str(number), "kind": "person", "created_at": tx.at}
        account |= {"created_by": "ada", "closed_at": over}
        tx.connection.execute(sa.insert(t.account), account)
        token = {"uuid": str(number), "account_id": number + 1, "sha256": str(number), "label": ""}
        token |= {"created_at": tx.at, "created_by": "ada", "expires_at": tx.at, "revoked_at": over}
        tx.connection.execute(sa.insert(t.token), token)
    right = {"account_id": 1, "role": "admin"}
    tx.connection.execute(sa.insert(t.access_right), right)
    asked = {"uuid": "0", "model_id": 1, "version_id": 1, "stage": "production", "people": 1}
    asked |= {"environment": "default", "evidence": {}, "evidence_sha256": "0", "reason": ""}
    asked |= {"requested_at": tx.at, "requested_by": "ada", "expires_at": tx.at}
    over = {"outcome": "voided", "closed_at": tx.at, "closed_by": "ada"}
    for each in (asked, asked | over | {"uuid": "1"}):
        tx.connection.execute(sa.insert(t.approval_request), each)
    decided = {"approval_request_id": 1, "by": "bob", "reason": "", "at": tx.at}
    decided |= {"choice": "approved", "own_work": False}
    tx.connection.execute(sa.insert(t.approval_decision), decided)


@pytest.fixture
def raw(full: World) -> Iterator[sa.Connection]:
    """Into the database past everything of ours."""
    engine = sa.create_engine(full.registry().metadata.url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_every_table_is_either_frozen_or_known_to_change() -> None:
    assert set(t.metadata.tables) == set(FROZEN) | CHANGEABLE


@pytest.mark.slow
def test_no_row_that_is_only_added_can_be_changed_or_deleted(raw: sa.Connection) -> None:
    for name in FROZEN:
        table = t.metadata.tables[name]
        assert raw.execute(sa.select(sa.func.count()).select_from(table)).scalar_one(), name
        column = next(iter(table.columns)).name
        for statement in (
            f'UPDATE {name} SET "{column}" = "{column}"',
            f"DELETE FROM {name}",
        ):
            with pytest.raises(sa.exc.DBAPIError, match=f"immutable: a row of {name}"):
                raw.exec_driver_sql(statement)
            raw.rollback()


@pytest.mark.slow
def test_no_row_can_be_replaced_by_another(raw: sa.Connection) -> None:
    if raw.dialect.name != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    raw.exec_driver_sql("PRAGMA foreign_keys=OFF")
    for name in (*FROZEN, *KEPT):
        for conflict in keys_of(t.metadata.tables[name]):
            with pytest.raises(sa.exc.DBAPIError, match="immutable: "):
                replace(raw, t.metadata.tables[name], conflict)
            raw.rollback()


def keys_of(table: sa.Table) -> list[tuple[str, ...]]:
    unique = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    return [tuple(c.name for c in key.columns) for key in (table.primary_key, *unique)]


def replace(raw: sa.Connection, table: sa.Table, key: tuple[str, ...]) -> None:
    """Write a row that has one key of the first one, and the other columns' values too."""
    row = dict(raw.execute(sa.select(table).limit(1)).one()._mapping)
    if "id" in row and key != ("id",):
        row["id"] = 999_999
    raw.execute(sa.insert(table).prefix_with("OR REPLACE"), row)


def test_tables_cannot_be_emptied_at_once(raw: sa.Connection) -> None:
    if raw.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    for name in (*FROZEN, *KEPT):
        with pytest.raises(sa.exc.DBAPIError, match="immutable: "):
            raw.exec_driver_sql(f"TRUNCATE {name} CASCADE")
        raw.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE run SET status = 'running'",
        "UPDATE run SET failure = 'x'",
        "DELETE FROM run",
    ],
)
def test_an_ended_run_cannot_be_changed(raw: sa.Connection, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a run"):
        raw.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deployment SET until = NULL, ended_by = NULL WHERE uuid = '0'",
        "UPDATE deployment SET ended_by = 'eve' WHERE uuid = '0'",
        "UPDATE deployment SET until = since WHERE uuid = '1'",
        "UPDATE deployment SET ended_by = 'eve' WHERE uuid = '1'",
        *(
            f"UPDATE deployment SET until = since, ended_by = 'eve', {change} WHERE uuid = '1'"
            for change in (
                *("id = 99", "uuid = '2'", "model_id = 2", "version_id = 2", "place = 'eve'"),
                *("environment = 'us'", "reason = 'x'", "\"by\" = 'eve'"),
                "since = '2000-01-01 00:00:00'",
            )
        ),
        "DELETE FROM deployment WHERE uuid = '0'",
        "DELETE FROM deployment WHERE uuid = '1'",
    ],
)
def test_a_deployment_can_only_be_ended(raw: sa.Connection, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a deployment"):
        raw.exec_driver_sql(statement)
    raw.rollback()
    end = "UPDATE deployment SET until = since, ended_by = 'bob' WHERE uuid = '1'"
    assert raw.exec_driver_sql(end).rowcount == 1
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a deployment"):
        raw.exec_driver_sql(end)


@pytest.mark.parametrize(
    "change",
    [
        *("ended_at = NULL", "id = 99", "uuid = '2'", "model_id = 2", "experiment_id = 2"),
        *("plan = '{}'", "started_at = '2000-01-01 00:00:00'", "started_by = 'eve'"),
    ],
)
def test_a_sweep_only_gets_its_end(raw: sa.Connection, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a sweep"):
        raw.exec_driver_sql(f"UPDATE sweep SET {change}")
    raw.rollback()
    again = "UPDATE sweep SET ended_at = '2040-01-01 00:00:00'"  # it was resumed
    assert raw.exec_driver_sql(again).rowcount == 1
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a sweep"):
        raw.exec_driver_sql("DELETE FROM sweep")


@pytest.mark.parametrize(
    "change",
    [
        *("run_id = 1", "run_id = 2", "parameters = '{}'"),
        *("run_id = 3, number = 1", "run_id = 3, sweep_id = 2"),
    ],
)
def test_a_trial_only_gets_a_later_run(raw: sa.Connection, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a trial"):
        raw.exec_driver_sql(f"UPDATE trial SET {change}")
    raw.rollback()
    assert raw.exec_driver_sql("UPDATE trial SET run_id = 3").rowcount == 1
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a trial"):
        raw.exec_driver_sql("DELETE FROM trial")


LONG_AGO = "'2000-01-01 00:00:00'"
MADE_ONCE = {
    "account": (
        "name = 'eve'",
        "kind = 'service'",
        "created_by = 'eve'",
        f"created_at = {LONG_AGO}",
    ),
    "token": (
        *("uuid = '9'", "account_id = 2", "sha256 = '9'", "label = 'x'", "created_by = 'eve'"),
        *(f"created_at = {LONG_AGO}", "expires_at = '2100-01-01 00:00:00'"),
    ),
    "approval_request": (
        *("uuid = '9'", "model_id = 2", "version_id = 2", "stage = 'canary'", "people = 0"),
        *("environment = 'eu'", "evidence = '{\"a\": 1}'", "evidence_sha256 = '9'", "reason = 'x'"),
        *(f"requested_at = {LONG_AGO}", "requested_by = 'eve'"),
        "expires_at = '2100-01-01 00:00:00'",
    ),
}
"""What can never be changed, of a row that once ends."""
ENDS = {
    "account": ("closed_at", "created_at", "an? account"),
    "token": ("revoked_at", "created_at", "a token"),
    "approval_request": ("outcome", "'voided'", "a (request for approval|approval_request)"),
}
"""The column that says so, a value of it, and what the database calls the row."""


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (table, change)
        for table, changes in MADE_ONCE.items()
        for change in (f"{ENDS[table][0]} = NULL", "id = 99", *changes)
    ],
)
def test_what_ends_can_only_be_ended(raw: sa.Connection, table: str, change: str) -> None:
    column, value, what = ENDS[table]
    ended = f"UPDATE {table} SET {column} = {value}"
    for statement in (
        f"UPDATE {table} SET {change} WHERE id = 1",
        f"{ended}, {change} WHERE id = 1" if column not in change else ended,
        f"{ended} WHERE id = 2",
        f"DELETE FROM {table} WHERE id = 2",
    ):
        with pytest.raises(sa.exc.DBAPIError, match=f"immutable: {what}"):
            raw.exec_driver_sql(statement)
        raw.rollback()
    assert raw.exec_driver_sql(f"{ended} WHERE id = 1").rowcount == 1


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (t.metric, {"key": "late", "value": 1.0}),
        (t.parameter, {"key": "late", "value": 1}),
        (t.metric_point, {"key": "late", "step": 1, "value": 1.0}),
        (t.feature_importance, {"feature": "late", "value": 1.0}),
        (t.dataset_use, {"dataset_version_id": 1, "stage": "late"}),
        (
            t.artifact,
            {"path": "x", "md5": "x", "sha256": "x", "size_bytes": 1, "home": "git", "stage": None},
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_nothing_can_be_added_to_an_ended_run(
    raw: sa.Connection, table: sa.Table, row: dict[str, Any]
) -> None:
    run_id = raw.execute(sa.select(t.run.c.id).limit(1)).scalar_one()
    with pytest.raises(sa.exc.DBAPIError, match=f"immutable: the {table.name} list"):
        raw.execute(sa.insert(table), {"run_id": run_id, **row})


@pytest.mark.parametrize(
    "change", ["name = 'other'", "id = 99", "created_at = '2000-01-01 00:00:00'"]
)
def test_a_model_keeps_its_name(raw: sa.Connection, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="immutable: the name of a model"):
        raw.exec_driver_sql(f"UPDATE model SET {change}")
    raw.rollback()
    raw.exec_driver_sql("UPDATE model SET description = 'this may change'")
    raw.rollback()
    with pytest.raises(sa.exc.DBAPIError, match="immutable: a model"):
        raw.exec_driver_sql("DELETE FROM model")


def test_a_second_production_is_refused_by_the_database(raw: sa.Connection) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        raw.exec_driver_sql(
            "UPDATE stage_assignment SET stage = 'production', single = "
            + ("1" if raw.dialect.name == "sqlite" else "true")
        )


@pytest.mark.slow
def test_the_refusal_is_an_error_of_ours(full: World) -> None:
    full.caller = Identity(actor="ada")  # it has accounts
    registry = full.registry()
    with (
        pytest.raises(Immutable, match="a row of event never changes"),
        registry.metadata.writing("ada") as tx,
    ):
        tx.connection.execute(sa.delete(t.event))
