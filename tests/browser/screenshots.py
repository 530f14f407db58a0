"""`make screenshots`: every page as a picture, wide and narrow, light and dark, over four stores.

``people`` has accounts and a promotion to decide, ``bare`` has nothing and nobody, ``demo`` is what
`make demo` made in this checkout, ``large`` has 200,000 versions of one model. The checkout's own
store is only read.
"""

import argparse
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from places import settings_in
from playwright.sync_api import Browser
from searching import SearchStores
from support.browser import DESK, PHONE, Tab, chromium, log_in
from support.browsing import rebuilding
from support.pages import MORE, OF_ALL, PAGES, STATUSES
from support.site import ADMIN, ask_people, fill, let_people_in, served
from support.world import World

from registry_tasks.registry.catalogue.datasets import list_datasets
from registry_tasks.registry.catalogue.show import list_runs, list_versions
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

ROOT: Final = Path(__file__).parents[2]
TARGET: Final = ROOT / "build" / "screenshots"
LARGE: Final = ROOT / "build" / "large"
VERSIONS: Final = 200_000
SCREENS: Final = {"1280": DESK, "390": PHONE}
SCHEMES: Final = ("light", "dark")


class Shown(NamedTuple):
    """A served store, its pages by name, and the token of who looks."""

    name: str
    url: str
    pages: Mapping[str, str]
    token: str | None = None


def main() -> None:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--only", choices=("people", "bare", "demo", "large"))
    parser.add_argument("--page", help="only pages whose name holds this", default="")
    asked = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    stores = {"people": _people, "bare": _bare, "demo": _demo, "large": _large}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name, store in stores.items():
            if asked.only in (None, name):
                with store(Path(folder) / name) as shown:
                    _draw(browser, shown, asked.page)


def _draw(browser: Browser, shown: Shown, wanted: str) -> None:
    for scheme in SCHEMES:
        for width, screen in SCREENS.items():
            context = browser.new_context(viewport=screen, color_scheme=scheme)
            tab = Tab(context, shown.url)
            if shown.token is not None:
                log_in(tab.page, shown.url, shown.token)
            for name, address in shown.pages.items():
                if wanted in name:
                    path = TARGET / f"{shown.name}-{name}-{width}-{scheme}.png"
                    page = tab.open(address, status=STATUSES.get(name, 200))
                    page.screenshot(path=path, full_page=True)
                    print(path.relative_to(ROOT), flush=True)
            context.close()
            for line in tab.wrong:
                print(f"  the console says: {line}")


@contextmanager
def _people(folder: Path) -> Iterator[Shown]:
    world = _migrated(folder)
    fill(world)
    ask_people(world)
    pages = {name: of(world.registry()) for name, of in {**PAGES, **MORE}.items()}
    tokens = let_people_in(world)
    with (
        rebuilding() as prefect,
        served(world.root, world.variables(), prefect_url=prefect) as url,
    ):
        yield Shown("people", url, pages, tokens[ADMIN])


@contextmanager
def _bare(folder: Path) -> Iterator[Shown]:
    world = _migrated(folder)
    with served(world.root, world.variables()) as url:
        yield Shown("bare", url, OF_ALL)


def _migrated(folder: Path) -> World:
    world = World(folder)
    world.make_project()
    world.registry().metadata.migrate()
    return world


@contextmanager
def _demo(folder: Path) -> Iterator[Shown]:
    """Look at a copy of the checkout's store: this release may have to migrate it first."""
    settings = Settings.load()
    made = settings.state / "registry.db"
    if not made.exists():
        raise SystemExit(f"{made} is not there: `make demo` makes it")
    folder.mkdir()
    copy = folder / "registry.db"
    with sqlite3.connect(made) as store, sqlite3.connect(copy) as target:
        store.backup(target)
    url = f"sqlite:///{copy}"
    with Registry(replace(settings, store_url=url)) as registry:
        registry.metadata.migrate()
        pages = _pages_of(registry, "flight-delay")
    root = settings.project or ROOT
    with served(root, {"REGISTRY_STORE": url, "REGISTRY_PROJECT": str(root)}) as served_at:
        yield Shown("demo", served_at, pages)


@contextmanager
def _large(_: Path) -> Iterator[Shown]:
    """Make the store once; it takes a minute."""
    state = LARGE / "state"
    if not (LARGE / "bare.db").exists():
        LARGE.mkdir(parents=True, exist_ok=True)
        SearchStores(LARGE, VERSIONS).close()
    variables = {"REGISTRY_STATE": str(state)}
    with Registry(settings_in(state)) as registry:
        pages = _pages_of(registry, "hot")
    with served(LARGE, variables) as url:
        yield Shown("large", url, pages)


def _pages_of(registry: Registry, model: str) -> dict[str, str]:
    """Return the pages that show most of a model."""
    newest = list_versions(registry, model, limit=20)
    ref = f"{model}@{newest[0].number}"
    pages = {
        **OF_ALL,
        "model": f"/models/{model}",
        "version": f"/models/{model}/versions/{newest[0].number}",
        "compare": f"/compare?{'&'.join(f'ref={model}@{v.number}' for v in newest)}",
        "lineage": f"/lineage?subject={ref}",
        "run": f"/runs/{list_runs(registry, model, limit=1)[0].uuid}",
    }
    for dataset in list_datasets(registry)[:1]:
        pages["dataset"] = f"/dataset?name={quote(dataset.name)}"
    return pages


if __name__ == "__main__":
    main()
