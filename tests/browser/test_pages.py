"""Every page: sound, silent, usable by everybody, good on a phone, and asking nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from starlette.routing import compile_path
from support.accessible import faults
from support.browser import PHONE, Tab
from support.pages import ALONE, MORE, PAGES, STATUSES, Address
from support.site import ADMIN, VIEWER

from registry_tasks.faces.web.router import ROUTES
from registry_tasks.faces.web.routing import know_numbers

from .conftest import OpenTab, Site

pytestmark = pytest.mark.slow
EVERY: Final[Mapping[str, Address]] = {**PAGES, **MORE, **ALONE}
_UNSEEN: Final = "Object.defineProperty(Document.prototype, 'hidden', {get: () => true})"
"""What goes on is looked at anew every two seconds, but where nobody sees it."""

_ONLY_TO_LOOK_AT: Final = """() => {
    const heading = table => [...table.querySelectorAll('thead th')].map(e => e.innerText).join();
    const tables = [...document.querySelectorAll('main table')].filter(t => t.querySelector('tbody tr'));
    const isFile = table => table.closest('section')?.querySelector("a[href*='format=csv']");
    const known = new Set(tables.filter(isFile).map(heading));
    return tables.map(heading).filter(found => !known.has(found));
}"""


def wider_than_the_screen(page: Page) -> list[str]:
    """Return what makes a page scroll sideways; tables may, within a frame of their own."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > wide + 1)
                .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    return found


def levels(page: Page) -> list[int]:
    """Return the levels of a page's headings, in order."""
    tags: list[str] = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "found => found.map(e => e.tagName)"
    )
    return [int(tag[1]) for tag in tags]


@dataclass
class Place:
    """A page, by its name, and the site that has it."""

    name: str
    site: Site

    @property
    def address(self) -> str:
        return self.site.address(EVERY[self.name])

    def tab(self, open_tab: OpenTab, who: str, **options: Any) -> Tab:
        """Open a tab of somebody's, who is everybody's user where nobody has an account."""
        tab: Tab = open_tab(self.site, who if self.site.tokens else None, **options)
        tab.page.add_init_script(_UNSEEN)
        return tab

    def open(self, tab: Tab) -> Page:
        return tab.open(self.address, status=STATUSES.get(self.name, 200))


@pytest.fixture(params=EVERY)
def place(request: pytest.FixtureRequest) -> Place:
    """Each page, one after the other."""
    site = "bare_site" if request.param in ALONE else "site"
    return Place(request.param, request.getfixturevalue(site))


def test_a_page_is_usable_by_everybody(place: Place, open_tab: OpenTab) -> None:
    """By light and in the dark, by those who hear it, on a phone, and in a spreadsheet."""
    tab = place.tab(open_tab, ADMIN)
    page = place.open(tab)

    assert not faults(page), "light"
    check_that_it_says_what_it_is(page)
    check_tables_as_csv(place.site, page)
    page.emulate_media(color_scheme="dark")
    assert not faults(place.open(tab)), "dark"
    page.set_viewport_size(PHONE)
    assert not wider_than_the_screen(page), "on a phone"


def test_a_command_is_copied_without_tls_as_well(site: Site, open_tab: OpenTab) -> None:
    page = open_tab(site, ADMIN).open("/models/kite/versions/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for take_away in ("() => 0", "() => delete Navigator.prototype.clipboard"):
        page.evaluate(take_away)
        holder = page.locator("[data-copy]").first
        holder.get_by_role("button").click()
        expect(holder.get_by_role("button")).to_have_text("Copied")
        page.locator("input[type=search]").first.fill("")
        page.locator("input[type=search]").first.press("Control+V")
        pasted = page.locator("input[type=search]").first.input_value()
        assert pasted.split() == holder.locator("code").inner_text().split()


def check_that_it_says_what_it_is(page: Page) -> None:
    """Raise unless a page has a title and headings that nothing is missing between."""
    found = levels(page)
    assert found.count(1) == 1
    assert all(deeper <= before + 1 for before, deeper in pairwise(found))
    assert page.title().endswith("Model registry")
    assert page.locator("h1").inner_text().strip()


def check_tables_as_csv(site: Site, page: Page) -> None:
    """Raise unless each table can be had as CSV, beside it or beside another one of its kind."""
    links = page.locator("a[href*='format=csv']")
    for number in range(links.count()):
        answer = page.request.get(
            f"{site.url}{_target(site, links.nth(number).get_attribute('href'), page)}"
        )
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/csv")
        assert "," in answer.text() or answer.text().strip()
    assert links.count() or not page.locator("main table tbody tr").count()
    assert not page.evaluate(_ONLY_TO_LOOK_AT)


def test_a_page_needs_no_script(place: Place, open_tab: OpenTab) -> None:
    page = place.open(place.tab(open_tab, ADMIN, java_script_enabled=False))

    assert len(page.locator("main").inner_text().split()) > 5


def test_a_page_offers_a_viewer_nothing_to_change(place: Place, open_tab: OpenTab) -> None:
    tab = place.tab(open_tab, VIEWER)
    tab.expect(str(STATUSES.get(place.name, 403)))  # who may not see a page is told so
    tab.page.goto(f"{place.site.url}{place.address}")
    offered: list[str] = tab.page.eval_on_selector_all(
        "form[method='post' i]", "found => found.map(e => new URL(e.action).pathname)"
    )

    assert set(offered) <= {"/login", "/logout", "/access/tokens/issue", "/access/tokens/revoke"}


def test_every_page_is_among_these(site: Site) -> None:
    know_numbers()
    asked = [urlsplit(site.address(address)).path for address in EVERY.values()]
    paths = [page.path for page in ROUTES if page.method == "GET"]
    shown = [path for path in paths if not path.startswith("/static/")]

    assert shown
    assert not [
        path for path in shown if not any(compile_path(path)[0].match(one) for one in asked)
    ]


def _target(site: Site, link: str | None, page: Page) -> str:
    assert link is not None
    if link.startswith("?"):
        return f"{urlsplit(page.url).path}{link}"
    return link.removeprefix(site.url)
