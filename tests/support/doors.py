"""How a change is asked for at the doors of a server: by its route of REST, by a form of a page."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import httpx

from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.entities.request import Request
from registry_tasks.faces.rest.operations import operations
from support.permissions import DATASET, Facts

ROUTES: Final = {o.asked: o.route for o in operations() if o.route.method == "POST"}
NOWHERE: Final = {"EndSweep", "DecideByCode", TurnOnAccounts.__name__}
"""Changes that have no address: they are done where the store is."""


def send(client: httpx.Client, request: Request, **headers: str) -> httpx.Response:
    """Ask for a change over REST as its route wants it."""
    route = ROUTES[type(request)]
    told = request.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    if not route.stores:
        return client.post(route.path, json=told, headers=headers)
    told["path"] = "file.bin"
    if "name" in told:
        del told["path"]
    headers |= {"Content-Type": "application/octet-stream"}
    return client.post(route.path, params=told, content=b"bytes", headers=headers)


class FormOf(NamedTuple):
    """A form that asks for a deed of support/permissions.py; ``template`` is its route."""

    deed: str
    template: str
    fields: Callable[[Facts], Mapping[str, str]]

    def address(self, facts: Facts) -> str:
        """Where it is sent to."""
        number = "2" if self.deed == "take out of production" else "1"
        named = {"{name:path}": facts.model, "{number:number}": number, "{uuid}": facts.approval}
        address = self.template
        for name, value in named.items():
            address = address.replace(name, value)
        return address


_MODEL: Final = "/models/{name:path}/do/"
_VERSION: Final = "/models/{name:path}/versions/{number:number}/do/"
_DECIDE: Final = "/approvals/{uuid}/decide"
_BOB: Final[Mapping[str, str]] = {"account": "bob"}
_EVIDENCE: Final[Mapping[str, str]] = {"evidence": "0" * 64, "reason": "x"}
FORMS: Final = (
    FormOf("note a version", _VERSION + "note", lambda f: {"text": "x"}),
    FormOf("note a model", _MODEL + "note", lambda f: {"text": "x"}),
    FormOf("tag a version", _VERSION + "tag", lambda f: {"tag": "k", "value": "v"}),
    FormOf("tag a model", _MODEL + "tag", lambda f: {"tag": "k", "value": "v"}),
    FormOf("describe a version", _VERSION + "describe", lambda f: {"text": "x"}),
    FormOf("describe a model", _MODEL + "describe", lambda f: {"text": "x"}),
    FormOf("describe data", "/dataset/describe", lambda f: {"name": DATASET, "owner": "x"}),
    FormOf("point an alias", _VERSION + "alias", lambda f: {"alias": "challenger"}),
    FormOf("point another alias", _VERSION + "alias", lambda f: {"alias": "champion"}),
    FormOf("point an alias", _MODEL + "alias", lambda f: {"alias": "challenger", "version": "2"}),
    FormOf("remove an alias", _MODEL + "alias/remove", lambda f: {"alias": "challenger"}),
    FormOf("take out of production", _VERSION + "promote", lambda f: {"place": "experiment"}),
    FormOf("promote to production", _VERSION + "promote", lambda f: {"place": "production"}),
    FormOf(
        "promote to production elsewhere",
        _VERSION + "promote",
        lambda f: {"place": "production/eu"},
    ),
    FormOf("roll back", _MODEL + "roll-back", lambda f: {}),
    FormOf("reproduce", _VERSION + "rebuild", lambda f: {}),
    FormOf("archive", _VERSION + "archive", lambda f: {}),
    FormOf("restore", _VERSION + "restore", lambda f: {}),
    FormOf("drop bytes", _VERSION + "drop-bytes", lambda f: {}),
    FormOf("approve", _DECIDE, lambda f: {**_EVIDENCE, "choice": "approve"}),
    FormOf("reject", _DECIDE, lambda f: {**_EVIDENCE, "choice": "reject"}),
    FormOf("subscribe", "/subscriptions/add", lambda f: {"name": "hook", "receiver": "prefect"}),
    FormOf("unsubscribe", "/subscriptions/remove", lambda f: {"name": "hook"}),
    FormOf("rotate a secret", "/subscriptions/rotate", lambda f: {"name": "hook"}),
    FormOf("send a sample", "/subscriptions/test", lambda f: {"name": "hook"}),
    FormOf("replay", "/subscriptions/replay", lambda f: {"name": "hook"}),
    FormOf("make a code", "/approvals/{uuid}/code", lambda f: _EVIDENCE),
    FormOf("issue a token for somebody", "/access/tokens/issue", lambda f: _BOB),
    FormOf("revoke somebody's token", "/access/tokens/revoke", lambda f: {"token": f.token}),
    FormOf("add an account", "/access/accounts/add", lambda f: {"account": "eve"}),
    FormOf("close an account", "/access/accounts/close", lambda f: _BOB),
    FormOf(
        "grant a right",
        "/access/rights/grant",
        lambda f: {**_BOB, "role": "viewer", "model": f.model},
    ),
    FormOf(
        "revoke a right",
        "/access/rights/revoke",
        lambda f: {**_BOB, "role": "viewer", "model": f.model},
    ),
)
OF_NOBODY: Final = frozenset({"/login", "/logout"})
"""Forms that change nothing of the registry's."""
