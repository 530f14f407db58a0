"""Access: one's own tokens; and for admins who may do what, and everybody's tokens."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from fastapi import Request, Response

from registry_tasks.entities.access import (
    DAYS,
    Account,
    AccountKind,
    AddAccount,
    CloseAccount,
    GrantRight,
    IssuedToken,
    IssueToken,
    RevokeRight,
    RevokeToken,
    Right,
    Role,
    Token,
)
from registry_tasks.entities.errors import InvalidSetting, RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Caller, Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Filled, Form, carry_out, number
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.access.accounts import (
    add_account,
    close_account,
    grant_right,
    list_accounts,
    revoke_right,
)
from registry_tasks.registry.access.tokens import issue_token, list_tokens, revoke_token
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import may

_PAGE: Final = 50
_ACCOUNTS: Final = ("account", "kind", "rights", "created_at", "created_by", "closed_at")
_TOKENS: Final = (
    *("token", "account", "label", "session", "created_at", "created_by"),
    *("expires_at", "revoked_at"),
)
_HERE: Final = "/access?done=1"


@needs(Permission.OWN_TOKENS)
def access_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    after: str = "",
    whose: str = "",
    before: str | None = None,
) -> Response:
    """Show one's own tokens, and to admins all accounts; ``whose`` is ``all`` or an account."""
    asked = {"after": after, "whose": whose, "before": before}
    return _page(request, registry, caller, asked)


@needs(Permission.OWN_TOKENS)
def issue(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Make a token; its secret is in this answer, and nowhere else."""
    try:
        account = filled.find("account") or registry.actor
        days = number(filled, "days") or DAYS
        label = filled.text("label").strip()
        asked = IssueToken(account=account, label=label, days=days, key=filled.key)
        made = issue_token(registry, asked)
    except RegistryError as error:
        return _refused(request, registry, caller, filled, error)
    return _page(request, registry, caller, {}, made=made)


@needs(Permission.OWN_TOKENS)
def revoke(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Make a token worthless."""
    asked = partial(RevokeToken, token=filled.text("token"), key=filled.key)
    return _change(request, registry, caller, filled, lambda: revoke_token(registry, asked()))


@needs(Permission.ACCESS)
def add(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Add an account, with a right if one is filled in."""

    def act() -> None:
        rights = (_right(filled),) if filled.find("role") else ()
        kind = AccountKind.SERVICE if filled.text("kind") == "service" else AccountKind.PERSON
        asked = AddAccount(account=_account(filled), kind=kind, rights=rights, key=filled.key)
        add_account(registry, asked)

    return _change(request, registry, caller, filled, act)


@needs(Permission.ACCESS)
def close(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Close an account for good."""
    reason = filled.text("reason")

    def act() -> None:
        asked = CloseAccount(account=_account(filled), reason=reason, key=filled.key)
        close_account(registry, asked)

    return _change(request, registry, caller, filled, act)


@needs(Permission.ACCESS)
def grant(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Let an account do something."""
    return _change_right(request, registry, caller, filled, grant_right, GrantRight)


@needs(Permission.ACCESS)
def take_away(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Take a right away."""
    return _change_right(request, registry, caller, filled, revoke_right, RevokeRight)


def _account(filled: Form) -> str:
    return filled.text("account").strip()


def _right(filled: Form) -> Right:
    """Read a right: a role, or what may be moved. Raises InvalidSetting."""
    said = {name: filled.find(name) for name in ("model", "role", "stage", "alias")}
    try:
        return Right.model_validate(said)
    except ValueError as error:
        first = str(error.errors()[0]["msg"]) if hasattr(error, "errors") else str(error)
        named = ", ".join(f"{name} {text}" for name, text in said.items() if text)
        raise InvalidSetting("right", named[:200], first.removeprefix("Value error, ")) from None


def _change_right(
    request: Request,
    registry: Registry,
    caller: Caller,
    filled: Form,
    change: Callable[[Registry, Any], Account],
    asks: type[GrantRight | RevokeRight],
) -> Response:
    def act() -> Account:
        said = {"reason": filled.text("reason"), "key": filled.key}
        return change(registry, asks(account=_account(filled), right=_right(filled), **said))

    return _change(request, registry, caller, filled, act)


def _change(
    request: Request,
    registry: Registry,
    caller: Caller,
    filled: Form,
    act: Callable[[], object],
) -> Response:
    return carry_out(act, then=_HERE, refused=partial(_refused, request, registry, caller, filled))


def _refused(
    request: Request, registry: Registry, caller: Caller, filled: Form, error: RegistryError
) -> Response:
    return _page(request, registry, caller, {}, problem=error, filled=filled)


def _page(
    request: Request,
    registry: Registry,
    caller: Caller,
    asked: dict[str, Any],
    *,
    made: IssuedToken | None = None,
    problem: RegistryError | None = None,
    filled: Form = NOTHING,
) -> Response:
    if caller.identity.rights is None:
        return render(request, caller, "access_off.html", user=registry.actor)
    is_admin = may(caller.identity, Permission.ACCESS)
    whose = (asked.get("whose") or registry.actor) if is_admin else registry.actor
    account = None if whose == "all" else whose
    tokens = Table("tokens", _TOKENS, partial(_token_rows, registry, account))
    tables = (tokens, Table("accounts", _ACCOUNTS, partial(_account_rows, registry)))
    is_file = made is None and problem is None
    if is_file and (file := csv_of(request, *tables[: 1 + is_admin])):
        return file
    before, after = asked.get("before"), asked.get("after") or ""
    listed = list_tokens(registry, account, before=before, limit=_PAGE)
    people = list_accounts(registry, after=after, limit=_PAGE) if is_admin else ()
    return render(
        request,
        caller,
        "access.html",
        problem=problem,
        filled=filled,
        made=made,
        user=registry.actor,
        is_admin=is_admin,
        whose=whose,
        tokens=listed,
        accounts=people,
        roles=Role,
        days=DAYS,
        more_tokens=_next(listed, "/access", whose=whose) if listed else None,
        first_tokens=before and with_query("/access", whose=whose),
        more_accounts=(
            with_query("/access", after=people[-1].name) if len(people) == _PAGE else None
        ),
        first_accounts=after and "/access",
    )


def _next(listed: tuple[Token, ...], address: str, **said: str) -> str | None:
    full = len(listed) == _PAGE
    return with_query(address, before=listed[-1].uuid, **said) if full else None


def _token_rows(registry: Registry, account: str | None) -> Iterator[tuple[object, ...]]:
    def ask(before: str | None) -> Sequence[Token]:
        return list_tokens(registry, account, before=before, limit=_PAGE)

    for t in each(ask, lambda token: token.uuid):
        yield (
            *(t.uuid, t.account, t.label, t.session, t.created_at, t.created_by),
            *(t.expires_at, t.revoked_at),
        )


def _account_rows(registry: Registry) -> Iterator[tuple[object, ...]]:
    def ask(after: str | None) -> Sequence[Account]:
        return list_accounts(registry, after=after or "", limit=_PAGE)

    yield from map(_account_row, each(ask, lambda account: account.name))


def _account_row(account: Account) -> tuple[object, ...]:
    rights = "; ".join(map(str, account.rights))
    made = (account.created_at, account.created_by, account.closed_at)
    return (account.name, str(account.kind), rights, *made)


ROUTES: Final = (
    page("/access", access_page),
    form("/access/tokens/issue", issue),
    form("/access/tokens/revoke", revoke),
    form("/access/accounts/add", add),
    form("/access/accounts/close", close),
    form("/access/rights/grant", grant),
    form("/access/rights/revoke", take_away),
)
