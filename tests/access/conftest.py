"""A registry whose first admin is root."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from support.world import World

from registry_tasks.entities.access import IssuedToken, TurnOnAccounts
from registry_tasks.registry.access.accounts import turn_on_accounts
from registry_tasks.registry.registry import Registry

As = Callable[[str], Registry]


@pytest.fixture
def root(world: World) -> IssuedToken:
    """Accounts are on, after a first version was registered."""
    world.version(1)
    return turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))


@pytest.fixture
def acting(world: World) -> Iterator[As]:
    """Open the registry by a secret, as a new process would."""
    opened: list[Registry] = []

    def act(secret: str) -> Registry:
        opened.append(Registry(replace(world.settings, token=secret)))
        return opened[-1]

    yield act
    for registry in opened:
        registry.close()
