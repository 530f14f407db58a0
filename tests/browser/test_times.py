"""Times are the reader's own, with UTC on hover; what is only drawn or filled in says which it is."""

from datetime import datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import expect
from support.site import ADMIN

from .conftest import OpenTab, Site

pytestmark = pytest.mark.slow
TOKYO: Final = "Asia/Tokyo"
AHEAD: Final = timedelta(hours=9)


def test_times_are_the_readers_with_utc_on_hover(site: Site, open_tab: OpenTab) -> None:
    page = open_tab(site, ADMIN, timezone_id=TOKYO).open("/history")

    shown: list[list[str]] = page.eval_on_selector_all(
        "main time", "found => found.map(e => [e.dateTime, e.title, e.innerText])"
    )
    assert shown
    for at, hovered, text in shown:
        utc = datetime.fromisoformat(at)
        assert hovered == f"{utc:%Y-%m-%d %H:%M:%S} UTC"
        assert text == f"{utc + AHEAD:%Y-%m-%d %H:%M}"
    expect(page.locator("footer")).to_contain_text(f"Times are {TOKYO}; hover shows UTC.")
    for filled in ("Since (UTC)", "Until (UTC)"):
        expect(page.get_by_label(filled)).to_be_visible()


def test_without_script_times_say_that_they_are_utc(site: Site, open_tab: OpenTab) -> None:
    tab = open_tab(site, ADMIN, timezone_id=TOKYO, java_script_enabled=False)

    texts = tab.open("/history").locator("main time").all_inner_texts()
    assert texts
    assert all(text.endswith(" UTC") for text in texts)


def test_what_a_chart_tells_has_the_readers_time_and_utc(site: Site, open_tab: OpenTab) -> None:
    page = open_tab(site, ADMIN, timezone_id=TOKYO).open("/models/kite")

    point = page.locator(".chart a[aria-label*='entered production']").first
    told = point.get_attribute("aria-label") or ""
    point.focus()
    expect(page.get_by_role("tooltip")).to_have_text(told)
    here, _, there = told.partition("entered production ")[2].partition(" by ")[0].partition(" (")
    utc = datetime.strptime(there, "%Y-%m-%d %H:%M UTC)")
    assert here == f"{utc + AHEAD:%Y-%m-%d %H:%M}"
