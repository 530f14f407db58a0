"""Every change by everybody: exactly those may whom the table of roles lets.

The table is tests/support/permissions.py; other faces hold themselves to the same one.
"""

import ast
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from support.asking import all_requests
from support.permissions import (
    DEEDS,
    OTHER,
    OWN,
    PEOPLE,
    Facts,
    Guarded,
    Person,
    guard,
    is_permitted,
)
from support.verbs import VERBS
from support.world import World

import registry_tasks.entities
from registry_tasks.entities.access import Role, TurnOnAccounts
from registry_tasks.entities.errors import NotPermitted, RegistryError
from registry_tasks.entities.permission import Permission as P
from registry_tasks.entities.request import Request
from registry_tasks.registry.catalogue import note
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.registry.permit import check_request
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import PERMISSIONS

pytestmark = pytest.mark.slow

SOURCE: Final = Path(str(registry_tasks.entities.__file__)).parents[1] / "registry"
WAYS_TO_CHANGE: Final = frozenset({".writing", ".halted", ".receiving", ".migrate"})
CHANGED_WITHOUT_A_REQUEST: Final = {
    "carry_out.py": "asks for every request",
    "access/accounts.py": "turning on asks nobody, by what it does",
    "access/tokens.py": "issuing asks in its transaction; logging in shows a token",
    "lifecycle/approval_codes.py": "making and using one ask in their transactions",
    "experiments/train.py": "asks for RECORD; a run that died is ended by whoever comes",
    "experiments/record.py": "asks for RECORD",
    "experiments/evaluate.py": "asks for RECORD",
    "experiments/reproduce.py": "asks for RECORD",
    "outward/deliver.py": "sends what happened, for whoever may read",
    "outward/own_prefect.py": "whoever runs the server chose its Prefect",
    "outward/subscriptions.py": "what answers with a secret asks in its transaction",
    "experiments/remake.py": "asks for RECORD: what comes back is what was there",
    "lifecycle/carry_on.py": "lets happen what people approved of, who were asked",
    "catalogue/confirm_pushed.py": "sync: it writes what is so, for whoever may read",
    "ledger/mirror.py": "takes what is written in Git out of the outbox",
    "ledger/log.py": "sync: it claims the rows of this repository",
    "ledger/rebuild.py": "an empty store, or asks for CARE",
    "care/collect.py": "asks for CARE",
    "care/drill.py": "asks for RECORD",
    "care/import_store.py": "an empty store",
    "care/recover.py": "an empty store",
    "care/move_store.py": "asks for CARE",
    "care/migrate.py": "asks for CARE",
    "care/doctor/rows.py": "repair, which asks for CARE",
    "care/doctor/told_rows.py": "repair, which asks for CARE",
    "care/doctor/standing.py": "repair, which asks for CARE",
}
"""Modules that change the store without a request to ask by, and why they may."""


def test_the_roles_give_what_they_always_gave() -> None:
    assert {role: {str(p) for p in given} for role, given in PERMISSIONS.items()} == {
        Role.VIEWER: {"read", "make tokens"},
        Role.DEVELOPER: {"read", "make tokens", "describe", "record"},
        Role.APPROVER: {"read", "make tokens", "describe", "approve"},
        Role.ADMIN: {str(p) for p in P},
    }


def test_the_page_shows_the_same_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "access.md").read_text()
    head, _, *rows = [line for line in page.splitlines() if line.startswith("|")]
    roles = [Role(cell.strip()) for cell in head.split("|")[2:-1]]
    shown: dict[Role, set[str]] = {role: set() for role in roles}
    for row in rows:
        what, *cells = [cell.strip() for cell in row.split("|")[1:-1]]
        for role, cell in zip(roles, cells, strict=True):
            shown[role] |= {what} if cell == "yes" else set()
    assert shown == {role: {str(p) for p in given} for role, given in PERMISSIONS.items()}


def test_every_change_has_cells(tmp_path: Path) -> None:
    blank = Facts(OWN, "run", "running", "sweep", "approval", "token", tmp_path)
    asked = {type(deed.ask(blank)) for deed in DEEDS.values()}
    assert asked == all_requests(), "put it into DEEDS of tests/support/permissions.py"
    assert asked == set(VERBS) | {TurnOnAccounts}


def test_what_a_request_needs_is_what_its_cells_say(tmp_path: Path) -> None:
    blank = Facts(OWN, "run", "running", "sweep", "approval", "token", tmp_path)
    others = {"issue a token for somebody", "revoke somebody's token"}  # of oneself anybody may
    for name, deed in DEEDS.items():
        request = deed.ask(blank)
        assert request.needs is (P.OWN_TOKENS if name in others else deed.needs), name


def test_no_module_changes_the_store_unasked() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if {"transact", "change_store", *WAYS_TO_CHANGE} & set(_called(path))
    }
    assert found == set(CHANGED_WITHOUT_A_REQUEST)


def test_everybody_may_ask_for_exactly_what_their_rights_say(world: World) -> None:
    """Cell by cell, by the one check that every change goes through."""
    guarded = guard(world)
    wrong, cells = [], 0
    for person in PEOPLE:
        registry = _opened(world, guarded, person)
        for model in (OWN, OTHER):
            for name, deed in DEEDS.items():
                cells += 1
                if "token" in name:  # whose it is is looked up by the verb
                    continue
                allowed = _is_let(partial(_check, registry, deed.ask(guarded.facts[model])))
                if allowed is not is_permitted(person, deed, model):
                    wrong.append((person.name, name, model, allowed))
        registry.close()
    assert not wrong
    assert cells == len(PEOPLE) * 2 * len(DEEDS)


def test_somebody_without_any_right_does_not_even_read(world: World) -> None:
    guarded = guard(world)
    with _opened(world, guarded, PEOPLE[-1]) as registry:
        with pytest.raises(NotPermitted, match="nothing may not read"):
            note.list_notes(registry, OWN)
        with (
            closing(Resolver(registry.settings)) as resolver,
            pytest.raises(NotPermitted, match="registry access grant nothing viewer"),
        ):
            resolver.resolve(f"{OWN}@1")


def _check(registry: Registry, request: Request) -> None:
    with registry.metadata.reading() as connection:
        check_request(registry, connection, request)


def _opened(world: World, guarded: Guarded, person: Person) -> Registry:
    return Registry(replace(world.settings, token=guarded.secrets[person.name]))


def _is_let(act: Callable[[], object]) -> bool:
    """Whether somebody is let: whatever else may stand in the way is of the change itself."""
    try:
        act()
    except NotPermitted:
        return False
    except RegistryError:
        return True
    return True


def _called(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = (call.func for call in calls)
    return [f".{n.attr}" if isinstance(n, ast.Attribute) else getattr(n, "id", "") for n in named]
