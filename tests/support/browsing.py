"""Fixtures of tests in a browser: one browser and one served registry for all.

Whoever changes something has a registry alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from registry_tasks.entities.access import GrantRight, Identity, Right, Role
from registry_tasks.registry.access.accounts import grant_right
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.registry.registry import Registry
from support.browser import DESK, Tab, chromium, log_in
from support.pages import Address
from support.site import ADMIN, let_people_in, served
from support.world import World, copy_tree

READER = Right(role=Role.VIEWER)
OpenTab = Callable[..., Tab]


@dataclass
class Site:
    """A served registry; ``tokens`` are its people's."""

    world: World
    url: str
    tokens: dict[str, str]
    _sessions: dict[str, Any] = field(default_factory=dict)

    def address(self, page: Address) -> str:
        """Return where a page is that has something to show."""
        return page(self._registry)

    @cached_property
    def _registry(self) -> Registry:
        """Whatever a page's address needs to know; the fixture closes it."""
        return Registry(self.world.settings, Identity(actor=ADMIN, rights=(READER,)))

    def grant(self, who: str, role: str) -> None:
        """Let somebody do more."""
        admin = Identity(actor=ADMIN, rights=(Right(role=Role.ADMIN),))
        with Registry(self.world.settings, admin) as registry:
            grant_right(registry, GrantRight(account=who, right=Right(role=Role(role))))

    def stages(self, model: str) -> dict[int, str]:
        """Number -> stage, as the store has it now."""
        return {v.number: v.stage for v in reversed(list_versions(self._registry, model))}

    def close(self) -> None:
        """Close what was opened to look for addresses."""
        self._registry.close()

    def session_of(self, who: str, browser: Browser) -> Any:
        """Log somebody in, once, as people do; returns what their browser keeps."""
        if who not in self._sessions:
            context = browser.new_context()
            log_in(context.new_page(), self.url, self.tokens[who])
            self._sessions[who] = context.storage_state()
            context.close()
        return self._sessions[who]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of a module's own: while it is open, nothing else here may run a loop of asyncio's."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def site(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site to look at; nobody changes it."""
    yield from serve_copy(filled, tmp_path_factory.mktemp("site") / "world")


@pytest.fixture
def own_site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A site to change."""
    yield from serve_copy(filled, tmp_path / "world")


def serve_copy(filled: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of a world, to which people are let in."""
    copy_tree(filled, folder)
    world = World(folder)
    tokens = let_people_in(world)
    with served(world.root, world.variables()) as url:
        made = Site(world, url, tokens)
        yield made
    made.close()
    world.close()


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Open a tab of somebody's; at the end its console was silent and nobody else was asked."""
    opened: list[tuple[BrowserContext, Tab]] = []

    def open_one(site: Site, who: str | None = None, **options: Any) -> Tab:
        state = None if who is None else site.session_of(who, browser)
        context = browser.new_context(storage_state=state, **{"viewport": DESK, **options})
        context.set_default_timeout(20_000)
        tab = Tab(context, site.url)
        opened.append((context, tab))
        return tab

    yield open_one
    for context, _ in opened:
        context.close()
    for _, tab in opened:
        tab.check()
