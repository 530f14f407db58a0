"""The history of everything, by what happened, to what, who did it and when."""

from datetime import UTC, datetime, timedelta

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.registry.catalogue.show import list_history

Looking = tuple[World, Visitor]
pytestmark = pytest.mark.slow


def numbers(rows: list[list[str]]) -> list[int]:
    return [int(row[0]) for row in rows]


def test_the_history_of_everything_is_whole(looking: Looking) -> None:
    world, visitor = looking
    events = list_history(world.registry(), limit=100_000)
    assert numbers(visitor.rows("/history?format=csv")) == [e.sequence for e in events]
    assert {event.model for event in events} >= {"mower", "kite"}


def test_pages_hold_each_event_once(looking: Looking) -> None:
    world, visitor = looking
    events = list_history(world.registry(), limit=100_000)
    assert len(events) > 100
    newer = visitor.open("/history")
    (older,) = [link for link in newer.links if "before=" in link]
    assert f"before={events[99].sequence}" in older
    assert visitor.open(older).text.count(str(events[100].sequence))


def test_filters_narrow_what_is_shown(looking: Looking) -> None:
    world, visitor = looking
    registry = world.registry()
    of_kite = visitor.rows("/history?subject=kite&format=csv")
    assert {row[4] for row in of_kite} == {"kite"}
    one = visitor.rows("/history?subject=kite@1&kind=version.promoted&format=csv")
    assert {(row[3], row[5]) for row in one} == {("version.promoted", "1")}
    nouns = visitor.rows("/history?kind=alias&format=csv")
    assert {row[3].partition(".")[0] for row in nouns} == {"alias"}
    assert visitor.rows("/history?actor=nobody&format=csv") == []
    today = datetime.now(UTC).date()
    assert numbers(visitor.rows(f"/history?since={today - timedelta(days=1)}&format=csv")) == [
        e.sequence for e in list_history(registry, limit=100_000)
    ]
    assert visitor.rows(f"/history?until={today - timedelta(days=2)}&format=csv") == []


def test_a_filter_that_is_wrong_is_told_and_kept(looking: Looking) -> None:
    _, visitor = looking
    page = visitor.open("/history?since=yesterday&actor=ada", 400)
    assert "yesterday" in page.text
    assert page.forms[1].fields["actor"] == "ada"
    assert "registered model 'nobody'" in visitor.open("/history?subject=nobody", 404).text
    assert visitor.open("/history?kind=version.promotet", 400)
    assert visitor.open("/history?before=nothing", 400)


def test_an_empty_registry_says_what_its_first_event_would_be(served: Looking) -> None:
    world, visitor = served
    world.registry().metadata.migrate()
    assert "Nothing has happened yet" in visitor.open("/history").text
