"""What axe-core, which ships inside its package, finds wrong on a page."""

from pathlib import Path
from typing import Final

import axe_playwright_python
from playwright.sync_api import Page

_AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_SERIOUS: Final = ("serious", "critical")
_RUN: Final = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def faults(page: Page) -> list[str]:
    """Return what is serious. The program comes through the debugger, so the page's policy stays."""
    page.evaluate(_AXE)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['html'][:200]}"
        for found in page.evaluate(_RUN)
        if found["impact"] in _SERIOUS
        for node in found["nodes"]
    ]
