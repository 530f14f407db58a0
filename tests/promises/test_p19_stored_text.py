"""P19: text that somebody stored is shown as text, whatever it holds, wherever it is shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from support import hostile
from support.browsing import OpenTab, Site, serve_copy
from support.pages import PAGES, views
from support.site import ADMIN
from support.trials import Trial
from support.world import MODEL, World, copy_tree

from registry_tasks.faces.web.history import NOUNS
from registry_tasks.registry.lifecycle.approvals import list_approvals

pytestmark = pytest.mark.slow
HOSTILE: Final = {
    **PAGES,
    "policy": lambda _: f"/policy?model={MODEL}",
    "version": lambda _: f"/models/{MODEL}/versions/2",
    **views(f"/models/{MODEL}/versions/2"),
    "model-kite": lambda _: f"/models/{MODEL}/versions/3",
    "compare": lambda _: f"/compare?ref={MODEL}@1&ref={MODEL}@2",
    "lineage": lambda _: f"/lineage?subject={MODEL}@2",
    "version-waiting": lambda _: f"/models/{MODEL}/versions/1",
    "version-deleted": lambda _: f"/models/{MODEL}/versions/4",
    "approvals-over": lambda _: "/approvals?show=all",
    **{
        f"approval-{number}": lambda registry, number=number: (
            f"/approvals/{list_approvals(registry, over=True)[number].uuid}"
        )
        for number in range(3)
    },
    "approval": lambda registry: f"/approvals/{list_approvals(registry, over=True)[0].uuid}",
    "approval-decided": lambda registry: (
        f"/approvals/{list_approvals(registry, over=True)[1].uuid}"
    ),
    "access-of-all": lambda _: "/access?whose=all",
    **{f"history-of-{noun}": lambda _, noun=noun: f"/history?kind={noun}" for noun in NOUNS},
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


_SHOWN: Final = """texts => {
    const shown = [document.body.textContent, ...[...document.querySelectorAll('*')].flatMap(
        e => [...e.attributes].map(a => a.value))].join('\\n');
    return texts.reduce((sum, text) => sum + shown.split(text).length - 1, 0);
}"""


@pytest.fixture(scope="module")
def hostile_site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose every text would like to be a program."""
    folder = tmp_path_factory.mktemp("hostile")
    copy_tree(template, folder / "filled")
    hostile.fill(World(folder / "filled"))
    for site in serve_copy(folder / "filled", folder / "world"):
        hostile.ask_people(site.world, site.tokens)
        yield site


def test_what_is_stored_is_only_shown(hostile_site: Site, open_tab: OpenTab, trial: Trial) -> None:
    tab, shown = open_tab(hostile_site, ADMIN), 0
    for name, address in HOSTILE.items():
        page = tab.open(hostile_site.address(address), "load")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        assert not page.evaluate(_FOUND), name
        shown += page.evaluate(_SHOWN, list(hostile.TEXTS))
    trial.report(
        "P19",
        f"{len(hostile.TEXTS)} texts in every field that there is, {len(HOSTILE)} pages in "
        f"Chromium, on which they stand {shown:,} times",
        "0 executed, 0 elements or handlers made, 0 requests to anybody else",
    )


def test_the_texts_are_there_to_be_shown(hostile_site: Site, open_tab: OpenTab) -> None:
    """Else the test above would hold for pages that show nothing."""
    tab = open_tab(hostile_site, ADMIN)
    for name in ("model", "version", "approvals", "approval-0", "history-of-version"):
        page = tab.open(hostile_site.address(HOSTILE[name]), "load")
        assert hostile.MARK in page.locator("main").inner_text(), name
    nouns = ("approval", "right", "account", "token", "deployment", "alias", "model", "run")
    for name in ("history", "access-of-all", *(f"history-of-{noun}" for noun in nouns)):
        page = tab.open(hostile_site.address(HOSTILE[name]), "load")
        shown = page.locator("main").inner_text()
        assert any(text in shown for text in hostile.TEXTS), name
