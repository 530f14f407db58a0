"""Text that somebody stored is shown as text, whatever it holds, wherever it is shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from support import hostile
from support.pages import PAGES, Address
from support.site import ADMIN
from support.world import MODEL, World, copy_tree

from .conftest import OpenTab, Site, serve_copy

pytestmark = pytest.mark.slow
HOSTILE: Final = {
    **PAGES,
    "version": lambda _: f"/models/{MODEL}/versions/2",
    "model-kite": lambda _: f"/models/{MODEL}/versions/3",
    "compare": lambda _: f"/compare?ref={MODEL}@1&ref={MODEL}@2",
    "lineage": lambda _: f"/lineage?subject={MODEL}@2",
}
_FOUND: Final = """() => {
    const found = [];
    if (window.broken !== undefined) found.push(`a text ran: ${window.broken}`);
    const bad = {
        'script:not([src]):not([type="application/json"])': 'a script',
        'iframe, object, embed, base, meta[http-equiv], math, style': 'an element',
        'svg script, foreignObject, textarea + script, title ~ b': 'markup in markup',
        'img[src=x]': 'an image',
    };
    for (const [selector, what] of Object.entries(bad))
        for (const e of document.querySelectorAll(selector))
            found.push(`${what}: ${e.outerHTML.slice(0, 150)}`);
    for (const e of document.querySelectorAll('*'))
        for (const a of e.attributes) {
            if (/^on/i.test(a.name)) found.push(`a handler: ${e.outerHTML.slice(0, 150)}`);
            if (/^(href|src|action|formaction|xlink:href)$/i.test(a.name)
                && /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(a.value))
                found.push(`an address: ${e.outerHTML.slice(0, 150)}`);
        }
    return found;
}"""


@pytest.fixture(scope="module")
def hostile_site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose every text would like to be a program."""
    folder = tmp_path_factory.mktemp("hostile")
    copy_tree(template, folder / "filled")
    hostile.fill(World(folder / "filled"))
    yield from serve_copy(folder / "filled", folder / "world")


@pytest.mark.parametrize("address", HOSTILE.values(), ids=HOSTILE)
def test_what_is_stored_is_only_shown(
    hostile_site: Site, open_tab: OpenTab, address: Address
) -> None:
    page = open_tab(hostile_site, ADMIN).open(hostile_site.address(address))

    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert not page.evaluate(_FOUND)


def test_the_texts_are_there_to_be_shown(hostile_site: Site, open_tab: OpenTab) -> None:
    """Else the test above would hold for pages that show nothing."""
    for address in (f"/models/{MODEL}", f"/models/{MODEL}/versions/2", "/history"):
        page = open_tab(hostile_site, ADMIN).open(address)
        assert hostile.MARK in page.locator("main").inner_text(), address
