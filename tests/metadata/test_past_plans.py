"""Asking for the past goes through an index, on both databases, and stops at what it finds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from support.databases import Postgres
from support.world import World, copy_tree

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.catalogue.resolve_past import resolve_past
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.catalogue.tenures import list_tenures
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.events import labels_of
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.store import MetadataStore

MANY: Final = 20_000
BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
NOWHERE: Final = {"stage": "experiment", "environment": "default"}
SOMEWHERE: Final = {"stage": "canary", "environment": "default"}
ONE: Final = (EventKind.VERSION_PROMOTED,)
TWO: Final = (EventKind.RUN_FAILED, EventKind.ALIAS_MOVED)
Statement = tuple[str, Any]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_life(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A model to which much has happened that is not asked for, before and after what is.

    No test changes anything.
    """
    folder, url = tmp_path_factory.mktemp("long-life") / "world", None
    copy_tree(template, folder)
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.migrated()
    world = World(folder, url)
    live_long(world)
    yield world
    world.close()
    if url is not None:
        server.drop(url)


def live_long(world: World) -> None:
    world.version(1, model="trimmer")
    world.version(1)
    world.version(2)
    _fill(world.registry().metadata, BEGAN)
    world.raise_to("mower@1", "staging", "production")
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero"))
    _fill(world.registry().metadata, datetime.now(UTC))
    with world.registry().metadata.writing("ada") as tx:
        tx.connection.execute(sa.text("ANALYZE"))
        tx.commit()


@pytest.mark.slow
@pytest.mark.parametrize("label", ["production", "staging-eu", "hero", "champion", "latest", "1"])
def test_no_statement_reads_the_history_without_an_index(long_life: World, label: str) -> None:
    registry = long_life.registry()
    with _kept() as statements:
        for at in (BEGAN + timedelta(seconds=MANY // 2), datetime.now(UTC)):
            _ask(lambda at=at: resolve_past(registry, f"mower@{label}", at))  # type: ignore[misc]
    assert _check_plans(registry, statements) >= 2


@pytest.mark.slow
def test_tenures_are_read_through_an_index(long_life: World) -> None:
    registry = long_life.registry()
    for label in ("production", "staging-eu", "hero", "champion", "canary"):
        with _kept() as statements:
            for before in (None, MANY):
                ref = f"mower@{label}"
                _ask(partial(list_tenures, registry, ref, before=before, limit=20))
        assert _check_plans(registry, statements) >= 2


@pytest.mark.slow
def test_a_page_of_history_is_read_through_an_index(long_life: World) -> None:
    registry = long_life.registry()
    for subject in ("mower", "trimmer", "mower@1", "trimmer@1"):
        for kinds in ((), ONE, TWO):
            with _kept() as statements:
                for before in (None, MANY):
                    list_history(registry, subject, kinds=kinds, before=before, limit=20)
            may_sort = bool(kinds) and "@" not in subject  # a page of each kind
            assert _check_plans(registry, statements, may_sort=may_sort) == 2


def _check_plans(registry: Registry, statements: list[Statement], *, may_sort: bool = False) -> int:
    """Return how many statements asked for events, each of them through an index.

    Only one with a limit stops at what it finds: it may not sort. One without may, what it found.
    """
    never = ("SCAN event", "SCAN later", "Seq Scan on event", "Backward using pk_event")
    sorts = ("Sort", "B-TREE")
    asked = [(text, values) for text, values in statements if "FROM event" in text]
    with registry.metadata.reading() as connection:
        for text, values in asked:
            plan = _plan(connection, text, values)
            by_number = "event.sequence IN (" in text and "SELECT event.sequence, event.at" in text
            assert by_number or "ix_event_" in plan, plan
            bad = never if may_sort or "LIMIT" not in text else never + sorts
            assert not [words for words in bad if words in plan], plan
    return len(asked)


def _ask(call: Callable[[], object]) -> None:
    from registry_tasks.entities.errors import VersionNotFound

    try:
        call()
    except VersionNotFound:
        return


def _fill(store: MetadataStore, began: datetime) -> None:
    kinds = (
        (EventKind.VERSION_DESCRIBED, {"description": ""}, {"description": "x"}),
        (EventKind.VERSION_PROMOTED, NOWHERE, SOMEWHERE),
        (EventKind.VERSION_DISPLACED, SOMEWHERE, NOWHERE),
        (EventKind.ALIAS_MOVED, {"alias": "rival", "version": 1}, {"alias": "rival", "version": 2}),
    )
    with store.writing("ada") as tx:
        model = get_model(tx.connection, "mower")
        of = {"actor": "ada", "reason": "", "model_id": model}
        rows = [
            {**of, "at": began + timedelta(seconds=number), "kind": kind}
            | {"before": before, "after": after, **labels_of(kind, before, after)}
            for number in range(MANY // len(kinds))
            for kind, before, after in kinds
        ]
        tx.connection.execute(sa.insert(t.event), rows)
        tx.commit()


@contextmanager
def _kept() -> Iterator[list[Statement]]:
    """Keep the statements that go to any database."""
    found: list[Statement] = []

    def keep(*arguments: Any) -> None:
        found.append((arguments[2], arguments[3]))

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", keep)


def _plan(connection: sa.Connection, text: str, values: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{explain} {text}", values).all()
    return "\n".join([text, *(str(row[-1]) for row in rows)])
