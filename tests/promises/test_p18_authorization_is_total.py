"""P18: whoever comes through whatever door, exactly those may whom the table of roles lets."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import pytest
from starlette.requests import Request as Asking
from starlette.routing import Route
from support.doors import FORMS, NOWHERE, OF_NOBODY, send
from support.http_server import Lodging, asking
from support.permissions import (
    DEEDS,
    FEW,
    OF_EVERYBODY,
    OTHER,
    OWN,
    PEOPLE,
    Facts,
    Guarded,
    Person,
    copy_guarded,
    is_permitted,
)
from support.trials import Trial
from support.verbs import VERBS
from support.world import World, copy_tree

from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.entities.errors import NotPermitted, RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.faces.http import operating
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.declared import OPEN, need_of
from registry_tasks.faces.web import router
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OPENED: Final = {"/health", "/ready", "/login", "/static/{name}"}
"""Anybody may come to these."""
OF_ADMINS: Final = {
    f"/api/v1/{name}" for name in ("accounts", "tokens", "subscriptions", "deliveries")
}
"""Who may read may ask for these, and the verb lets only admins see what is not their own."""
_NAMED: Final = re.compile(r"\{\w+(?::\w+)?\}")
Cell = tuple[str, str, Callable[[], bool]]
"""The name of a deed, of which model, and whether somebody is let."""


class Town(NamedTuple):
    """A registry with people in it, served; whoever asks for it has it as it was at first."""

    template: Path
    guarded: Guarded
    lodging: Lodging
    folder: Path

    def world(self, name: str) -> World:
        copy_tree(self.template, self.folder / name)
        return World(self.folder / name)


@pytest.fixture(scope="module")
def town(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    world, guarded = copy_guarded(template, folder / "template")
    world.close()
    lodging = Lodging(folder / "elsewhere")
    with lodging.opened(world.settings):
        yield Town(world.folder, guarded, lodging, folder)


def test_every_change_at_every_door_is_let_for_exactly_those_who_may(
    town: Town, trial: Trial
) -> None:
    cells, wrong = 0, []
    for person in PEOPLE if trial.full else FEW:
        for door in (_over_rest, _by_forms, _by_verbs):
            world = town.world("walked")
            site = town.lodging.take_in(world.settings).store_url
            with ExitStack() as stack:
                for name, model, act in door(town, world, site, person, stack):
                    cells += 1
                    wrong += [
                        (person.name, *cell) for cell in _look(world, person, name, model, act)
                    ]
            town.lodging.close()
    assert not wrong
    trial.report(
        "P18",
        f"{cells:,} cells: every change by REST, dashboard and verb x person x {{own, other}}",
        "100% as the table of roles has it, no event of what was refused",
    )


def _look(
    world: World, person: Person, name: str, model: str, act: Callable[[], bool]
) -> Iterator[tuple[object, ...]]:
    before, let = _events(world), act()
    if let is not is_permitted(person, DEEDS[name], model):
        yield name, model, let
    if not let and _events(world) != before:
        yield name, model, "it left an event"


def _over_rest(
    town: Town, world: World, site: str, person: Person, stack: ExitStack
) -> Iterator[Cell]:
    client = stack.enter_context(asking(site, town.guarded.secrets[person.name]))
    for model, facts in town.guarded.facts.items():
        for name, deed in DEEDS.items():
            request = deed.ask(facts)
            if type(request).__name__ not in NOWHERE:
                yield name, model, lambda asked=request: send(client, asked).status_code != 403


def _by_forms(
    town: Town, world: World, site: str, person: Person, stack: ExitStack
) -> Iterator[Cell]:
    secret = town.guarded.secrets[person.name]
    client = stack.enter_context(asking(site, secret))
    own = {"form_token": town.lodging.form_token(secret)}

    def is_let(address: str, fields: dict[str, str]) -> bool:
        return client.post(address, data=fields).status_code != 403

    for model, facts in town.guarded.facts.items():
        for form in FORMS:
            asked = form.address(facts), {**form.fields(facts), **own}
            yield form.deed, model, lambda asked=asked: is_let(*asked)


def _by_verbs(
    town: Town, world: World, site: str, person: Person, stack: ExitStack
) -> Iterator[Cell]:
    settings = replace(world.settings, token=town.guarded.secrets[person.name])

    def is_let(request: Any) -> bool:
        with Registry(settings) as registry:
            try:
                VERBS[type(request)](registry, request)
            except NotPermitted:
                return False
            except RegistryError:  # whatever else is in the way is of the change itself
                return True
        return True

    for model, facts in town.guarded.facts.items():
        for name, deed in DEEDS.items():
            request = deed.ask(facts)
            if not isinstance(request, TurnOnAccounts):
                yield name, model, lambda asked=request: is_let(asked)


def test_every_route_answers_only_whom_it_is_for(town: Town, trial: Trial) -> None:
    world, cells, wrong = town.world("routes"), 0, []
    site = town.lodging.take_in(world.settings).store_url
    with ExitStack() as stack:
        strangers = [
            stack.enter_context(asking(site, token)) for token in (None, PREFIX + "x" * 43, "x")
        ]
        people = [
            (person, stack.enter_context(asking(site, town.guarded.secrets[person.name])))
            for person in (PEOPLE if trial.full else FEW)
        ]
        for route in town.lodging.routes():
            own = set(route.methods or ())
            for method in METHODS if trial.full else sorted(own):
                for address in {_address(route, facts) for facts in town.guarded.facts.values()}:
                    asked = method, address, need_of(route), method in own
                    told = [(None, _status(client, *asked[:2])) for client in strangers]
                    told += [
                        (person, _status(client, *asked[:2]))
                        for person, client in (people if method in own else people[:1])
                    ]
                    cells += len(told)
                    wrong += [
                        (*asked, person and person.name, status)
                        for person, status in told
                        if not _is_right(person, status, *asked)
                    ]
    town.lodging.close()
    assert not wrong
    trial.report(
        "P18",
        f"{cells:,} cells: every route x its methods x person or stranger x {{own, other}}"
        + (", other methods x one person and strangers" if trial.full else ""),
        f"only {len(OPENED)} addresses are open to strangers",
    )


def _is_right(
    person: Person | None,
    status: int,
    method: str,
    address: str,
    need: Permission | str | None,
    is_served: bool,
) -> bool:
    if status >= 500:
        return False
    if need == OPEN:
        return status not in (401, 403)
    is_let = person is not None and _may_somehow(person, need)
    if not is_served:  # another route may have its address
        return is_let or status in (303, 401, 403, 404, 405, 429)
    if person is None:
        return status in ((401, 429) if _is_for_programs(address) else (303, 429))
    if is_let and address in OF_ADMINS:
        return (status == 403) is not (person.name == "admin-of-all")
    return (status == 403) is not is_let and status != 401


def _may_somehow(person: Person, need: Permission | str | None) -> bool:
    """Whether there is anything for which somebody may come through a route."""
    if need in OF_EVERYBODY:
        return bool(person.rights)
    deeds = [deed for deed in DEEDS.values() if deed.needs is need]
    assert deeds, need
    return any(is_permitted(person, deed, model) for deed in deeds for model in (OWN, OTHER))


def _is_for_programs(address: str) -> bool:
    return address.startswith(("/api/", "/metrics"))


def _status(client: httpx.Client, method: str, address: str) -> int:
    return client.request(method, address).status_code


def _address(route: Route, facts: Facts) -> str:
    named = {"{name:path}": facts.model, "{number:number}": "1", "{uuid}": facts.run}
    return _NAMED.sub(lambda found: named.get(found[0], "x"), route.path)


def _events(world: World) -> int:
    path = world.store_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    return found


def test_every_form_has_its_cells() -> None:
    sent = {page.path for page in router.ROUTES if page.method == "POST"}
    assert sent == {form.template for form in FORMS} | OF_NOBODY


def test_only_these_routes_are_open(town: Town) -> None:
    opened = {route.path for route in town.lodging.routes() if need_of(route) == OPEN}
    assert opened - {"/logout"} == OPENED


def test_a_route_that_does_not_say_what_it_needs_fails_the_build(
    monkeypatch: pytest.MonkeyPatch, sqlite_world: World
) -> None:
    async def endpoint(request: Asking) -> None: ...

    monkeypatch.setattr(operating, "ROUTES", (*operating.ROUTES, ("/unsaid", endpoint)))
    with pytest.raises(RuntimeError, match="do not say what they need: /unsaid"):
        create_app(ServerConfig(sqlite_world.settings))
