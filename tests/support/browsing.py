"""Fixtures of tests in a browser: one browser and one served registry for all.

Whoever changes something has a registry alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from support.pages import OVER, UNDER_WAY, Address
from support.site import ADMIN, KITE, ask_people, let_people_in, served
from support.small_prefect import small_prefect
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
    """A site to look at, beside a Prefect that knows two rebuilds; nobody changes it."""
    folder = tmp_path_factory.mktemp("site") / "world"
    with rebuilding() as prefect:
        yield from serve_copy(filled, folder, ask_people, prefect_url=prefect)


@pytest.fixture(scope="session")
def bare_site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site without accounts at which nothing is registered; nobody changes it."""
    folder = tmp_path_factory.mktemp("bare") / "world"
    copy_tree(template, folder)
    world = World(folder)
    with served(world.root, world.variables()) as url:
        made = Site(world, url, {})
        yield made
    made.close()
    world.close()


@pytest.fixture
def own_site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A site to change."""
    yield from serve_copy(filled, tmp_path / "world")


@contextmanager
def rebuilding() -> Iterator[str]:
    """Run a Prefect that knows a rebuild that goes on and one that is over; gives its address."""
    with small_prefect() as prefect:
        for uuid, state in ((UNDER_WAY, "RUNNING"), (OVER, "COMPLETED")):
            run = prefect.keep(uuid, {"ref": f"{KITE}@2"})
            run["state"] = {"type": state, "name": state.capitalize(), "message": "as it was told"}
            run["start_time"] = "2026-01-01T00:00:00Z"
        prefect.runs[OVER]["end_time"] = "2026-01-01T01:00:00Z"
        yield prefect.url


def serve_copy(
    filled: Path,
    folder: Path,
    before: Callable[[World], None] = World.close,
    prefect_url: str | None = None,
) -> Iterator[Site]:
    """Serve a copy of a world, to which people are let in after what was ``before``."""
    copy_tree(filled, folder)
    world = World(folder)
    before(world)
    tokens = let_people_in(world)
    with served(world.root, world.variables(), prefect_url=prefect_url) as url:
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
