"""docs/events.md names every kind of event, and what each holds."""

import re
from pathlib import Path
from typing import Final

import pytest
from support.world import World, copy_tree

from registry_tasks.entities.event import EventKind
from registry_tasks.registry.catalogue.show import list_history

pytestmark = pytest.mark.slow

PAGE: Final = Path(__file__).parents[2] / "docs" / "events.md"
ROW: Final = re.compile(r"^\| `([a-z_.]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", re.MULTILINE)


def fields() -> dict[str, tuple[set[str], set[str]]]:
    """Kind -> names in ``before`` and in ``after``."""
    found = {}
    for kind, before, after in ROW.findall(PAGE.read_text()):
        names = _names(before)
        found[kind] = names, names if after.strip() == "the same" else _names(after)
    return found


def _names(cell: str) -> set[str]:
    return {name.strip() for name in cell.split(",") if name.strip()}


def test_every_kind_is_on_the_page() -> None:
    assert set(fields()) == set(EventKind)


def test_events_hold_what_the_page_says(filled: Path, tmp_path: Path) -> None:
    copy_tree(filled, tmp_path / "world")
    world = World(tmp_path / "world")
    told, kinds = fields(), set()
    for event in list_history(world.registry(), limit=10_000):
        before, after = told[event.kind]
        assert set(event.before or {}) <= before, event
        assert set(event.after or {}) <= after, event
        kinds.add(event.kind)
    world.close()
    assert len(kinds) > 30
