"""Migrations with data, up and down: nothing is lost that the older schema can hold."""

import pytest
from alembic import command
from support.releases import as_before, everything
from support.world import World

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.stores.metadata import postgresql, sqlite
from registry_tasks.stores.metadata.migrations.run import configuration
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import take_turn

pytestmark = pytest.mark.slow


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


def test_down_to_nothing_leaves_nothing(upgraded: World) -> None:
    go_to(upgraded, "base")
    rows, guards = everything(upgraded)
    assert rows == {"alembic_version": []}
    assert guards == []
    with pytest.raises(StoreMissing):
        list_models(upgraded.registry())
    upgraded.registry().metadata.migrate()
    assert list_models(upgraded.registry()) == ()
