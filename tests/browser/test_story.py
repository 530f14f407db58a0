"""What people do: search, open, compare, ask, approve as another person, use, take back."""

import pytest
from playwright.sync_api import Page, expect
from support.browser import Tab
from support.site import ADMIN, APPROVER, AUTHOR, KITE, VIEWER

from .conftest import OpenTab, Site

pytestmark = pytest.mark.slow


def test_a_version_comes_into_production_and_is_taken_back(
    own_site: Site, open_tab: OpenTab
) -> None:
    author = open_tab(own_site, AUTHOR)
    _find(author.open("/"))
    _compare(author.page)
    _ask(author)
    assert own_site.stages(KITE)[2] == "staging"
    expect(author.open("/approvals").locator("main")).to_contain_text(f"{KITE}@2")

    _approve(open_tab(own_site, APPROVER))
    assert own_site.stages(KITE) == {1: "experiment", 2: "production", 3: "experiment"}

    viewer = open_tab(own_site, VIEWER)
    expect(viewer.open("/").locator("main")).to_contain_text(f"{KITE}@2")
    page = viewer.open(f"/models/{KITE}/versions/2")
    expect(page.locator(".head")).to_contain_text("production")

    _take_back(open_tab(own_site, ADMIN))
    assert own_site.stages(KITE) == {1: "production", 2: "experiment", 3: "experiment"}


def test_an_author_cannot_approve_of_their_own(own_site: Site, open_tab: OpenTab) -> None:
    own_site.grant(AUTHOR, "approver")
    author = open_tab(own_site, AUTHOR)
    _ask(author)
    _open_request(author)

    assert author.page.get_by_role("button", name="Approve", exact=True).is_disabled()
    assert own_site.stages(KITE)[2] == "staging"


def test_a_rejection_needs_a_reason_and_ends_the_request(own_site: Site, open_tab: OpenTab) -> None:
    _ask(open_tab(own_site, AUTHOR))
    approver = open_tab(own_site, APPROVER)
    page = _open_request(approver)

    page.get_by_role("button", name="Reject", exact=True).click()
    lacks = "field => field.validity.valueMissing && field === document.activeElement"
    assert page.get_by_label("Reason").evaluate(lacks), "the browser asks for it"
    expect(page.locator("main")).not_to_contain_text("It was rejected")

    page.get_by_label("Reason").fill("not before the summer")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator("main")).to_contain_text("It was rejected")
    assert own_site.stages(KITE)[2] == "staging"


def test_the_whole_story_by_keyboard_alone(own_site: Site, open_tab: OpenTab) -> None:
    author = open_tab(own_site, AUTHOR).open("/")
    author.keyboard.press("/")
    author.keyboard.type(KITE)
    author.keyboard.press("Enter")
    author.wait_for_url("**/models?q=*")
    _press(author, "link", KITE)
    author.wait_for_url(f"**/models/{KITE}")
    _press(author, "link", f"{KITE}@2", "@2")
    author.wait_for_url("**/versions/2*")
    _press(author, "summary", "Request promotion", key="Space")
    _reach(author, "select", "To")
    author.keyboard.type("production")
    _reach(author, "textbox", "Reason")
    author.keyboard.type("it is better")
    _press(author, "button", "Request promotion")
    expect(author.locator(".head")).to_contain_text("waiting")

    approver = open_tab(own_site, APPROVER).open("/approvals")
    _press(approver, "link", f"Look at {KITE}@2 to production")
    approver.wait_for_url("**/approvals/*")
    _reach(approver, "textbox", "Reason")
    approver.keyboard.type("the numbers hold")
    _press(approver, "button", "Approve")
    expect(approver.locator("main")).to_contain_text("promoted")

    admin = open_tab(own_site, ADMIN).open(f"/models/{KITE}")
    _press(admin, "summary", "Roll back production", key="Space")
    _reach(admin, "textbox", "Reason")
    admin.keyboard.type("it squeaks")
    _press(admin, "button", "Roll back")
    expect(admin.get_by_role("status")).to_contain_text("Done")
    assert own_site.stages(KITE) == {1: "production", 2: "experiment", 3: "experiment"}


def _find(page: Page) -> None:
    page.get_by_role("searchbox").first.fill(KITE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=KITE, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(KITE)


def _compare(page: Page) -> None:
    for number in (1, 2):
        page.get_by_role("checkbox", name=f"Compare {KITE}@{number}").check()
    page.get_by_role("button", name="Compare chosen").click()
    page.wait_for_url("**/compare?*")
    expect(page.locator("main")).to_contain_text("0.8")
    expect(page.locator("main")).to_contain_text("0.7")


def _ask(tab: Tab) -> None:
    page = tab.open(f"/models/{KITE}/versions/2")
    page.locator("summary", has_text="Request promotion").click()
    opened = page.locator("details[open]")
    opened.get_by_label("To").select_option(label="production")
    opened.get_by_label("Reason").fill("for the weekend")
    opened.get_by_role("button", name="Request promotion").click()
    expect(page.locator(".head")).to_contain_text("waiting")


def _open_request(tab: Tab) -> Page:
    page = tab.open("/approvals")
    row = page.locator("tr", has_text=f"{KITE}@2")
    row.locator("a[href^='/approvals/']").click()
    page.wait_for_url("**/approvals/*")
    return page


def _approve(tab: Tab) -> None:
    page = _open_request(tab)
    main = page.locator("main")
    for shown in (f"{KITE}@1", f"{KITE}@2", "for the weekend", "auc"):
        expect(main).to_contain_text(shown)
    page.get_by_label("Reason").fill("the numbers hold")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(main).to_contain_text("It was promoted")


def _take_back(tab: Tab) -> None:
    page = tab.open(f"/models/{KITE}")
    page.locator("summary", has_text="Roll back production").click()
    opened = page.locator("details[open]")
    opened.get_by_label("Reason").fill("it squeaks")
    opened.get_by_role("button", name="Roll back").click()
    expect(page.get_by_role("status")).to_contain_text("Done")


_FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e);
    const label = e.labels && e.labels[0] ? e.labels[0].innerText : '';
    return {
        role: {A: 'link', BUTTON: 'button', SUMMARY: 'summary', SELECT: 'select'}[e.tagName] || 'textbox',
        name: (e.getAttribute('aria-label') || label || e.innerText || '').trim().split('\\n')[0],
        seen: style.outlineStyle !== 'none' && style.outlineWidth !== '0px'
            || style.boxShadow !== 'none',
    };
}"""


def _reach(page: Page, role: str, *names: str) -> None:
    """Press Tab until the focus, which must always be seen, is on something with such a name."""
    passed = []
    for _ in range(250):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None:
            continue
        assert focused["seen"], f"the focus cannot be seen on {focused}"
        if focused["role"] == role and focused["name"] in names:
            return
        passed.append(focused["name"])
    raise AssertionError(f"no {role} {names} among {passed}")


def _press(page: Page, role: str, *names: str, key: str = "Enter") -> None:
    _reach(page, role, *names)
    page.keyboard.press(key)
