"""P19: no other site changes anything through the session of whoever has it open beside this one."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import pytest
from support.doors import FORMS, NOWHERE, ROUTES, send
from support.http_server import Lodging, asking
from support.permissions import DEEDS, OWN, copy_guarded
from support.trials import Trial
from support.world import World

from registry_tasks.entities.access import Identity
from registry_tasks.faces.http.caller import COOKIE
from registry_tasks.registry.access.tokens import log_in
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow
OPEN: Final = "/login"
"""It changes nothing without a token of its own, which no other site has."""
Send = Callable[[httpx.Client, Mapping[str, str], Mapping[str, str]], httpx.Response]
"""Sends a change with more headers, and a form with more fields."""


class Change(NamedTuple):
    """A change that somebody may make: where, and how it is asked for."""

    path: str
    name: str
    send: Send


class Sites(NamedTuple):
    """A registry, its server, and who is logged in at it: an admin, twice."""

    world: World
    url: str
    session: str
    token: str  # of that session's forms
    other: str  # of the other session's
    changes: tuple[Change, ...]
    paths: frozenset[str]  # of all routes that change something


@pytest.fixture
def sites(template: Path, tmp_path: Path) -> Iterator[Sites]:
    world, guarded = copy_guarded(template, tmp_path / "world")
    lodging = Lodging(tmp_path / "elsewhere")
    with lodging.opened(world.settings):
        url = lodging.take_in(world.settings).store_url
        with Registry(world.settings, Identity(actor="server")) as registry:
            session, other = (log_in(registry, guarded.admin).secret for _ in range(2))
        changes = (*_over_rest(guarded.facts[OWN]), *_by_forms(guarded.facts[OWN]))
        paths = frozenset(r.path for r in lodging.routes() if "POST" in (r.methods or ()))
        tokens = map(lodging.form_token, (session, other))
        yield Sites(world, url, session, *tokens, changes, paths)
        lodging.close()
    world.close()


def test_a_session_alone_changes_nothing_at_any_address(sites: Sites, trial: Trial) -> None:
    """Then with the form's token each of them is let in: it was the token that was missing."""
    assert {change.path for change in sites.changes} | {OPEN} == sites.paths
    own = {"X-Form-Token": sites.token}, {"form_token": sites.token}
    home = {"Origin": sites.url, "Sec-Fetch-Site": "same-origin"}
    ways: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
        "nothing said": ({}, {}),
        "from here, without a token": (home, {}),
        "an empty token": ({"X-Form-Token": ""}, {"form_token": ""}),
        "another session's token": ({"X-Form-Token": sites.other}, {"form_token": sites.other}),
        "the session as its token": (
            {"X-Form-Token": sites.session},
            {"form_token": sites.session},
        ),
        "the token, from another site": (own[0] | {"Origin": "https://example.org"}, own[1]),
        "the token, from no site": (own[0] | {"Origin": "null"}, own[1]),
        "the token, across sites": (own[0] | {"Sec-Fetch-Site": "cross-site"}, own[1]),
        "the token, from a neighbour": (own[0] | {"Sec-Fetch-Site": "same-site"}, own[1]),
    }
    before, asked = _newest(sites.world), 0
    with asking(sites.url) as client:
        client.cookies.set(COOKIE, sites.session)
        for way, (headers, fields) in ways.items():
            for change in sites.changes:
                asked += 1
                answer = change.send(client, headers, fields)
                assert answer.status_code == 403, (change.name, way, answer.text)
        assert _newest(sites.world) == before
        for change in sites.changes:
            if change.path != "/logout":
                answer = change.send(client, own[0] | home, own[1])
                assert answer.status_code not in (401, 403), (change.name, answer.text)
    assert _newest(sites.world) > before
    trial.report(
        "P19",
        f"{len(sites.paths) - 1} routes that change something, {len(sites.changes)} changes x "
        f"{len(ways)} ways of another site, with a session's cookie: {asked:,} requests",
        "403 each, no event; with the form's token each is let in",
    )


def test_another_site_logs_nobody_in(sites: Sites) -> None:
    with asking(sites.url) as client:
        for headers in ({"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = client.post(OPEN, data={"token": sites.session}, headers=headers)
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers


def _over_rest(facts: Any) -> Iterator[Change]:
    for name, deed in DEEDS.items():
        request = deed.ask(facts)
        if type(request).__name__ in NOWHERE:
            continue

        def over_rest(
            client: httpx.Client,
            headers: Mapping[str, str],
            fields: Mapping[str, str],
            request: Any = request,
        ) -> httpx.Response:
            return send(client, request, **headers)

        yield Change(ROUTES[type(request)].path, f"REST: {name}", over_rest)


def _by_forms(facts: Any) -> Iterator[Change]:
    forms = [(form.template, form.address(facts), dict(form.fields(facts))) for form in FORMS]
    for path, address, said in (*forms, ("/logout", "/logout", {})):

        def by_form(
            client: httpx.Client,
            headers: Mapping[str, str],
            fields: Mapping[str, str],
            address: str = address,
            said: Mapping[str, str] = said,
        ) -> httpx.Response:
            sent = {name: value for name, value in headers.items() if name != "X-Form-Token"}
            return client.post(address, data={**said, **fields} or {"x": "y"}, headers=sent)

        yield Change(path, f"form: {address}", by_form)


def _newest(world: World) -> int:
    with Registry(world.settings, Identity(actor="root")) as registry:
        return list_history(registry, limit=1)[0].sequence
