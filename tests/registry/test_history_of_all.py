"""What happened anywhere: by kind, by who did it and by when, over each database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.databases import DATABASES, Postgres
from support.world import World, worlds

from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.promotion import RollBack
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.models import put_model

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
MANY = 12_000


@pytest.fixture(scope="module", params=DATABASES)
def lasting_world(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], World]]:
    """Makes registries over each database for all tests that only read them."""
    with worlds(template, tmp_path_factory.mktemp("history")) as make:

        def made(name: str) -> World:
            if request.param == "sqlite":
                return make(name)
            server: Postgres = request.getfixturevalue("postgres")
            return make(name, server.migrated())

        yield made


@pytest.fixture(scope="module")
def busy(lasting_world: Callable[[str], World]) -> Registry:
    """Two models and three people, an hour between any two events, 12,000 of them."""
    registry = lasting_world("busy").registry()
    happen_often(registry)
    return registry


@pytest.fixture(scope="module")
def everything(busy: Registry) -> tuple[Event, ...]:
    return list_history(busy, limit=MANY + 100)


def happen_often(registry: Registry) -> None:
    kinds = (EventKind.VERSION_NOTED, EventKind.RUN_STARTED, EventKind.ALIAS_MOVED)
    with registry.metadata.writing("ada") as tx:
        tx.at = BEGAN
        models = (put_model(tx, "mower"), put_model(tx, "edger"))
        told = {"reason": "", "before": None, "after": None}
        rows = [
            {
                **told,
                "at": BEGAN + timedelta(hours=number),
                "actor": ("ada", "bea", "cy")[number % 3],
                "kind": kinds[number // 3 % 3],
                "model_id": models[number // 9 % 2],
            }
            for number in range(MANY)
        ]
        tx.connection.execute(sa.insert(t.event), rows)
        tx.connection.execute(sa.text("ANALYZE"))
        tx.commit()


def test_all_of_it_is_told_newest_first(world: World) -> None:
    world.version(1, model="edger")
    world.version(1)
    found = list_history(world.registry(), limit=1000)
    assert [e.sequence for e in found] == list(range(len(found), 0, -1))
    assert {e.model for e in found} == {"edger", "mower"}


def test_what_brought_a_version_into_a_stage(world: World) -> None:
    registry, moved = world.registry(), EventKind.VERSION_PROMOTED
    for number in (1, 2):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging", "production")
    roll_back(registry, RollBack(model="mower"))

    def into(stage: str, **asked: Any) -> list[tuple[str, int | None]]:
        found = list_history(registry, stage=stage, **asked)
        return [(event.kind, event.version) for event in found]

    back = (EventKind.VERSION_ROLLED_BACK, 1)
    assert into("production") == [back, (moved, 2), (moved, 1)]
    assert into("production", kinds=(moved,), limit=1) == [(moved, 2)]
    assert into("production", subject="mower@1", actor="ada") == [back, (moved, 1)]
    assert into("staging", subject="mower") == [(moved, 2), (moved, 1)]
    assert into("prod") == into("%") == into("productio_") == []


Chosen = Callable[[Event], bool]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({"actor": "bea"}, lambda e: e.actor == "bea"),
        ({"kinds": ("run.started",)}, lambda e: e.kind == "run.started"),
        (
            {"kinds": ("run.started", "alias.moved"), "actor": "cy"},
            lambda e: e.kind in ("run.started", "alias.moved") and e.actor == "cy",
        ),
        ({"subject": "edger"}, lambda e: e.model == "edger"),
        (
            {"subject": "edger", "actor": "ada"},
            lambda e: e.model == "edger" and e.actor == "ada",
        ),
        (
            {"subject": "mower", "kinds": ("alias.moved",)},
            lambda e: e.model == "mower" and e.kind == "alias.moved",
        ),
    ],
    ids=lambda given: str(given) if isinstance(given, dict) else "",
)
@pytest.mark.parametrize("since", [None, BEGAN + timedelta(hours=4_000)], ids=["ever", "since"])
@pytest.mark.parametrize("until", [None, BEGAN + timedelta(hours=9_000)], ids=["now", "until"])
def test_pages_hold_what_was_asked_for_and_each_once(
    busy: Registry,
    everything: tuple[Event, ...],
    asked: dict[str, Any],
    chosen: Chosen,
    since: datetime | None,
    until: datetime | None,
) -> None:
    wanted = [
        e.sequence
        for e in everything
        if chosen(e) and (since is None or e.at >= since) and (until is None or e.at <= until)
    ]
    found: list[int] = []
    before: int | None = None
    while page := list_history(busy, **asked, since=since, until=until, before=before, limit=999):
        found += [e.sequence for e in page]
        before = page[-1].sequence
    assert found == wanted
    assert wanted


@pytest.mark.slow
def test_a_page_is_read_through_an_index_whatever_is_asked_for(busy: Registry) -> None:
    middle = BEGAN + timedelta(hours=MANY // 2)
    for asked in (
        {"actor": "bea"},
        {"actor": "bea", "kinds": ("run.started",)},
        {"kinds": ("run.started", "alias.moved")},
        {"until": middle},
        {"since": middle, "until": middle + timedelta(hours=40)},
        {"actor": "cy", "since": middle},
    ):
        with _kept() as statements:
            list_history(busy, **asked, limit=20)
        assert len(statements) == 1 + ("since" in asked) * 2 + ("until" in asked) * 2
        with busy.metadata.reading() as connection:
            for text, values in statements:
                plan = _plan(connection, text, values)
                assert "SCAN event" not in plan or "SCAN event USING" in plan, plan
                assert "Seq Scan on event" not in plan, plan
                used = ("ix_event_", "SEARCH event USING INTEGER PRIMARY KEY", "pk_event")
                assert any(name in plan for name in used), plan


@pytest.fixture(scope="module")
def moving(lasting_world: Callable[[str], World]) -> Registry:
    """Of 12,000 more, moves, each hundredth is into production, in one of two environments."""
    registry = lasting_world("moving").registry()
    happen_often(registry)
    into, back = EventKind.VERSION_PROMOTED, EventKind.VERSION_ROLLED_BACK
    with registry.metadata.writing("ada") as tx:
        tx.at = BEGAN
        models = (put_model(tx, "mower"), put_model(tx, "edger"))
        rows = []
        for number in range(MANY):
            environment = ("default", "eu")[number // 100 % 2]
            stage = "staging" if number % 100 else "production"
            rows.append(
                {
                    "reason": "",
                    "before": None,
                    "after": None,
                    "actor": "ada",
                    "at": BEGAN + timedelta(hours=MANY + number),
                    "kind": back if number % 300 == 0 else into,
                    "model_id": models[number // 7 % 2],
                    "entered": f"{stage}/{environment}",
                }
            )
        tx.connection.execute(sa.insert(t.event), rows)
        tx.connection.execute(sa.text("ANALYZE"))
        tx.commit()
    return registry


@pytest.fixture(scope="module")
def moves(moving: Registry) -> tuple[Event, ...]:
    return list_history(moving, limit=MANY)


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [(), ("version.rolled_back",)], ids=["moves", "back"])
@pytest.mark.parametrize("subject", [None, "edger"])
def test_what_entered_a_stage_is_read_by_pages_of_an_index(
    moving: Registry, moves: tuple[Event, ...], kinds: tuple[str, ...], subject: str | None
) -> None:
    def is_wanted(e: Event, number: int) -> bool:
        return number % 100 == 0 and subject in (None, e.model) and (not kinds or e.kind in kinds)

    numbered = [(e, MANY - 1 - place) for place, e in enumerate(moves)]
    wanted = [e.sequence for e, number in numbered if is_wanted(e, number)]
    found: list[int] = []
    before: int | None = None
    asked: dict[str, Any] = {"stage": "production", "kinds": kinds, "subject": subject, "limit": 7}
    with _kept() as statements:
        while page := list_history(moving, **asked, before=before):
            found += [e.sequence for e in page]
            before = page[-1].sequence
    assert found == wanted
    assert wanted
    index = "ix_event_kind_entered" if subject is None else "ix_event_entered"
    with moving.metadata.reading() as connection:
        for text, values in statements:
            plan = _plan(connection, text, values)
            assert index in plan or "min(entered)" in text, plan
            assert "SCAN event" not in plan.replace("SCAN event USING COVERING", ""), plan
            assert "Seq Scan on event" not in plan, plan


@pytest.mark.slow
def test_a_page_far_back_costs_what_a_new_one_does(busy: Registry) -> None:
    """It reads the rows that it shows, and not all that happened since."""
    if not busy.settings.store_url.startswith("sqlite"):
        pytest.skip("counting steps is SQLite's")
    steps = []
    for until in (None, BEGAN + timedelta(hours=100)):
        with busy.metadata.reading() as connection:
            raw: Any = connection.connection.driver_connection
            count = [0]

            def tick(count: list[int] = count) -> int:
                count[0] += 1
                return 0

            raw.set_progress_handler(tick, 100)
            from registry_tasks.stores.metadata.history import Told, list_events

            assert len(list_events(connection, Told(until=until), limit=20)) == 20
            raw.set_progress_handler(None, 100)
            steps.append(count[0])
    assert steps[1] < steps[0] + 200, steps


def test_a_time_needs_its_zone_and_nothing_before_the_beginning_is_found(world: World) -> None:
    world.version(1)
    registry = world.registry()
    with pytest.raises(InvalidSetting, match="since"):
        list_history(registry, since=datetime(2026, 1, 1))
    now = datetime.now(UTC)
    assert list_history(registry, until=now - timedelta(days=1)) == ()
    assert list_history(registry, since=now + timedelta(days=1)) == ()
    assert list_history(registry, since=now - timedelta(days=1), limit=1000)


def test_who_did_it_is_who_is_found(world: World) -> None:
    world.version(1)
    bea = Registry(replace(world.settings, actor="bea"))
    add_note(bea, AddNote(subject="mower@1", text="seen"))
    bea.close()
    (found,) = list_history(world.registry(), actor="bea")
    assert (found.kind, found.model, found.version) == ("version.noted", "mower", 1)
    assert list_history(world.registry(), "mower@1", actor="bea") == (found,)
    assert list_history(world.registry(), "mower@1", actor="cy") == ()


@contextmanager
def _kept() -> Iterator[list[tuple[str, Any]]]:
    found: list[tuple[str, Any]] = []

    def keep(*arguments: Any) -> None:
        if "FROM event" in arguments[2]:
            found.append((arguments[2], arguments[3]))

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", keep)


def _plan(connection: sa.Connection, text: str, values: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{explain} {text}", values).all()
    return "\n".join([text, *(str(row[-1]) for row in rows)])
