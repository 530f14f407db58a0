"""Migrations with data, up and down: nothing is lost that the older schema can hold."""

from itertools import pairwise
from typing import Final

import pytest
from alembic import command
from support.releases import SCHEMAS, Rows, as_before, everything
from support.world import World

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.stores.metadata import postgresql, sqlite
from registry_tasks.stores.metadata.migrations.run import configuration
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import take_turn

pytestmark = pytest.mark.slow

SINCE: Final = REVISIONS[REVISIONS.index(SCHEMAS[-1]) :]
"""The newest schema that a fixture is of, and those that came after it."""


def go_to(world: World, revision: str, how: str = "downgrade") -> None:
    world.close()
    engine = (sqlite if world.store_url.startswith("sqlite") else postgresql).engine(
        world.store_url
    )
    with engine.connect() as connection:
        take_turn(connection)
        getattr(command, how)(configuration(connection), revision)
        connection.commit()
    engine.dispose()


def test_up_and_down_and_up_again_gives_the_same(old: World) -> None:
    """Through every schema there has been, from the one that the store has."""
    (start,) = everything(old)[0]["alembic_version"][0]
    before = {}
    for revision in REVISIONS[REVISIONS.index(str(start)) :]:
        go_to(old, revision, "upgrade")
        before[revision] = everything(old)
    first = before[str(start)][0] | {"alembic_version": []}
    last = before[REVISIONS[-1]][0] | {"alembic_version": []}
    assert as_before(first, last) == first
    for revision in reversed(before):
        go_to(old, revision)
        assert everything(old) == before[revision]
    go_to(old, "head", "upgrade")
    assert everything(old) == before[REVISIONS[-1]]


@pytest.mark.parametrize("old", SCHEMAS[-1:], indirect=True)
def test_what_came_since_the_last_fixture_goes_down_and_up_with_rows(full: World) -> None:
    """Accounts, approvals, subscriptions, dropped bytes, drills: each goes up from its own schema."""
    for below, above in reversed(list(pairwise(SINCE))):
        before, guards = everything(full)
        go_to(full, below)
        left = everything(full)
        rows = held(left[0])
        assert as_before(rows, before) == rows
        go_to(full, above, "upgrade")
        again = everything(full)
        assert as_before(rows, again[0]) == rows
        assert again[1] == guards
        go_to(full, below)
        assert everything(full) == left


def held(rows: Rows) -> Rows:
    """All but which schema it is."""
    return {name: of_table for name, of_table in rows.items() if name != "alembic_version"}


def test_down_to_nothing_leaves_nothing(upgraded: World) -> None:
    go_to(upgraded, "base")
    rows, guards = everything(upgraded)
    assert rows == {"alembic_version": []}
    assert guards == []
    with pytest.raises(StoreMissing):
        list_models(upgraded.registry())
    upgraded.registry().metadata.migrate()
    assert list_models(upgraded.registry()) == ()
