"""What a list says of an event: a few words, of whatever kind it is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.world import World, copy_tree

from registry_tasks.entities.event import Event, EventKind as K
from registry_tasks.faces.web.events import tell
from registry_tasks.registry.catalogue.show import list_history

STAGING = {"stage": "staging", "environment": "default"}
IN_EU = {"stage": "production", "environment": "eu"}


def event(kind: K, before: Any, after: Any) -> Event:
    return Event(
        sequence=1,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        actor="ada",
        kind=kind,
        model=None,
        version=None,
        run=None,
        reason="",
        before=before,
        after=after,
    )


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        (K.VERSION_PROMOTED, STAGING, IN_EU, "staging → production-eu"),
        (K.VERSION_NOTED, None, {"text": "two\nlines"}, "two lines"),
        (K.VERSION_NOTED, None, {"text": "x" * 500}, f"{'x' * 79}…"),
        (K.RUN_STARTED, None, {"parameters": {"trees": 3}}, "1 parameter"),
        (K.RUN_FINISHED, None, {"commit": "a" * 40, "recipe": "b" * 64}, "a" * 10),
        (K.RUN_FINISHED, None, {"commit": None, "recipe": "b" * 64}, f"recipe {'b' * 10}"),
        (K.MODEL_DESCRIBED, {"team": "", "purpose": "p"}, {"team": "t", "purpose": "p"}, "team"),
        (K.APPROVAL_DECIDED, None, {"choice": "approved", "role": "owner"}, "approved as owner"),
        (K.APPROVAL_CLOSED, None, {"outcome": "voided", "because": "moved"}, "voided: moved"),
        (
            K.RIGHT_REVOKED,
            {"account": "bob", "right": {"stage": "production", "model": "mower"}},
            None,
            "bob: stage production of mower",
        ),
        (K.TOKEN_ISSUED, None, {"account": "bob", "label": "laptop"}, "bob: laptop"),
    ],
)
def test_an_event_is_told_in_words(kind: K, before: Any, after: Any, words: str) -> None:
    assert tell(event(kind, before, after)) == words


@pytest.mark.slow
def test_every_event_of_a_whole_life_has_words(filled: Path, tmp_path: Path) -> None:
    copy_tree(filled, tmp_path / "world")
    world = World(tmp_path / "world")
    events = list_history(world.registry(), limit=10_000)
    world.close()
    assert not [e.kind for e in events if not tell(e) or len(tell(e)) > 80]
