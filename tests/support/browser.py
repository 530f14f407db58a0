"""A real Chromium, and a tab of it that keeps what went wrong in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

Until = Literal["load", "networkidle"]
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DESK: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 844}
_AS_ROOT: Final = ("--no-sandbox",)  # Chromium's own sandbox needs a user that is not root
_QUIET: Final = ("--disable-background-networking", "--no-first-run", "--disable-dev-shm-usage")


def find_browser() -> str:
    """Return a browser's path; without one the test is skipped, and fails where CI runs it."""
    named = os.environ.get("REGISTRY_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found and Path(found).exists():
        return found
    told = f"no browser: {named or ', '.join(NAMES)}; apt install chromium or set REGISTRY_CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser for a while."""
    path = find_browser()
    root = _AS_ROOT if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*root, *_QUIET])
        try:
            yield browser
        finally:
            browser.close()


def log_in(page: Page, site: str, token: str) -> None:
    """Log somebody in as people do."""
    page.goto(f"{site}/login")
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/")


class Tab:
    """A page of a site, all that its console said and whatever it asked of anybody else."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site, self.page = site, context.new_page()
        self.said: list[str] = []
        self.foreign: list[str] = []
        self._expected: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", self._refuse_dialog)
        context.on("request", self._see)

    def open(self, address: str, until: Until = "networkidle", status: int = 200) -> Page:
        """Go to an address of the site; it must answer so, by itself as a page that is there."""
        if status != 200:
            self.expect(str(status))
        answer = self.page.goto(f"{self.site}{address}", wait_until=until)
        assert answer is not None and answer.status == status, f"{address}: {answer}"
        return self.page

    def expect(self, part: str) -> None:
        """Take what the console says for right if it holds this, such as a refusal's status."""
        self._expected.append(part)

    def check(self) -> None:
        """Raise if the console said anything or somebody else was asked."""
        assert not self.wrong, "\n".join(self.wrong)
        assert not self.foreign, self.foreign

    @property
    def wrong(self) -> list[str]:
        """What its console said that nobody expected."""
        return [line for line in self.said if not any(part in line for part in self._expected)]

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{self.page.url}: {message.type}: {message.text}")

    def _see(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(self.site).netloc:
            self.foreign.append(request.url)

    def _refuse_dialog(self, dialog: Any) -> None:
        self.said.append(f"a dialog was opened: {dialog.message}")
        dialog.dismiss()
