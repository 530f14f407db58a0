"""``registry access``: who may do what, and the tokens by which they are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from registry_tasks.entities.access import DAYS, MAX_DAYS, IssuedToken, Right, Role, Token
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.faces.cli.options import Json, Key, Limit, Reason
from registry_tasks.faces.cli.output import cell, print_items, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask

if TYPE_CHECKING:
    from registry_tasks.entities.access import Account

Name = Annotated[str, typer.Argument(metavar="NAME", help="An account.")]
MaybeName = Annotated[str | None, typer.Argument(metavar="[NAME]", help="An account; else all.")]
MaybeRole = Annotated[
    Role | None, typer.Argument(metavar="[ROLE]", help="viewer, developer, approver or admin.")
]
Stage = Annotated[
    str | None,
    typer.Option("--stage", metavar="NAME", help="To move one stage: production-eu; '*': all."),
]
Alias = Annotated[
    str | None, typer.Option("--alias", metavar="NAME", help="To move one alias; '*': all.")
]
OfModel = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Of this model only; else of all.")
]
Service = Annotated[bool, typer.Option("--service", help="A program, which cannot approve.")]
Days = Annotated[
    int, typer.Option("--days", metavar="N", min=1, max=MAX_DAYS, help="How long it holds.")
]
Label = Annotated[str, typer.Option("--label", metavar="TEXT", help="What the token is for.")]
TokenId = Annotated[str, typer.Argument(metavar="ID", help="As `registry access tokens` says.")]
After = Annotated[str, typer.Option("--after", metavar="NAME", help="Go on after this account.")]
BeforeToken = Annotated[
    str | None, typer.Option("--before", metavar="ID", help="Go on below this token.")
]

access = typer.Typer(
    help="Say who may do what, and give out tokens.", pretty_exceptions_enable=False
)


@access.command("start")
def start(context: typer.Context, name: Name, days: Days = DAYS, json: Json = False) -> None:
    """Let nobody act without a token from now on; NAME is the first admin."""
    from registry_tasks.entities.access import TurnOnAccounts
    from registry_tasks.registry.access.accounts import turn_on_accounts

    request = TurnOnAccounts(account=name, days=days)
    _show_secret(ask(context, turn_on_accounts, request), json=json)


@access.command("add")
def add(
    context: typer.Context,
    name: Name,
    role: MaybeRole = None,
    model: OfModel = None,
    service: Service = False,
    key: Key = None,
    json: Json = False,
) -> None:
    """Add an account, with a role if one is named."""
    from registry_tasks.entities.access import AccountKind, AddAccount
    from registry_tasks.registry.access.accounts import add_account

    if model is not None and role is None:
        raise InvalidSetting("--model", model, "name the role that it is for")
    rights = () if role is None else (Right(role=role, model=model),)
    kind = AccountKind.SERVICE if service else AccountKind.PERSON
    request = AddAccount(account=name, kind=kind, rights=rights, key=key)
    _show(ask(context, add_account, request), json=json)


@access.command("close")
def close(
    context: typer.Context, name: Name, reason: Reason = "", key: Key = None, json: Json = False
) -> None:
    """Close an account for good, its tokens with it."""
    from registry_tasks.entities.access import CloseAccount
    from registry_tasks.registry.access.accounts import close_account

    request = CloseAccount(account=name, reason=reason, key=key)
    _show(ask(context, close_account, request), json=json)


@access.command("grant")
def grant(
    context: typer.Context,
    name: Name,
    role: MaybeRole = None,
    stage: Stage = None,
    alias: Alias = None,
    model: OfModel = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Give a role, or the right to move one stage or one alias."""
    from registry_tasks.entities.access import GrantRight
    from registry_tasks.registry.access.accounts import grant_right

    right = Right(role=role, stage=stage, alias=alias, model=model)
    request = GrantRight(account=name, right=right, reason=reason, key=key)
    _show(ask(context, grant_right, request), json=json)


@access.command("revoke")
def revoke(
    context: typer.Context,
    name: Name,
    role: MaybeRole = None,
    stage: Stage = None,
    alias: Alias = None,
    model: OfModel = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Take a role, or the right to move a stage or an alias."""
    from registry_tasks.entities.access import RevokeRight
    from registry_tasks.registry.access.accounts import revoke_right

    right = Right(role=role, stage=stage, alias=alias, model=model)
    request = RevokeRight(account=name, right=right, reason=reason, key=key)
    _show(ask(context, revoke_right, request), json=json)


@access.command("list")
def list_(
    context: typer.Context, after: After = "", limit: Limit = 100, json: Json = False
) -> None:
    """List accounts with what they may."""
    from registry_tasks.registry.access.accounts import list_accounts

    found = ask(context, list_accounts, after=after, limit=limit)
    if json:
        print_items(found)
    else:
        _table_of_accounts(found)


@access.command("token")
def token(
    context: typer.Context, name: Name, label: Label = "", days: Days = DAYS, json: Json = False
) -> None:
    """Make a token of an account; its secret is shown once."""
    from registry_tasks.entities.access import IssueToken
    from registry_tasks.registry.access.tokens import issue_token

    request = IssueToken(account=name, label=label, days=days)
    _show_secret(ask(context, issue_token, request), json=json)


@access.command("tokens")
def tokens(
    context: typer.Context,
    name: MaybeName = None,
    before: BeforeToken = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List tokens by id, newest first; nothing shows their secrets."""
    from registry_tasks.registry.access.tokens import list_tokens

    found = ask(context, list_tokens, name, before=before, limit=limit)
    if json:
        print_items(found)
    else:
        _table_of_tokens(found)


@access.command("revoke-token")
def revoke_token(
    context: typer.Context, token: TokenId, key: Key = None, json: Json = False
) -> None:
    """Make a token worthless, and the sessions that it began."""
    from registry_tasks.entities.access import RevokeToken
    from registry_tasks.registry.access.tokens import revoke_token

    made = ask(context, revoke_token, RevokeToken(token=token, key=key))
    if json:
        print_json(made)
    else:
        print_text(f"token {made.uuid} of {made.account} is revoked")


def _show(account: "Account", *, json: bool) -> None:
    if json:
        print_json(account)
        return
    if account.closed_at is not None:
        print_text(f"{account.name} was closed {cell(account.closed_at)}")
        return
    may = "; ".join(map(str, account.rights)) or "nothing yet: `registry access grant`"
    print_text(f"{account.name} ({account.kind}): {may}")


def _show_secret(made: IssuedToken, *, json: bool) -> None:
    if json:
        print_json(made)
        return
    print_text(
        made.secret,
        f"This token of {made.token.account} holds until {cell(made.token.expires_at)}. "
        "It is shown once and kept nowhere.",
        "Programs take it from the environment: export REGISTRY_TOKEN=...; the dashboard asks for it.",
    )


def _table_of_accounts(found: "Sequence[Account]") -> None:
    columns = ("account", "kind", "may", "created", "closed")
    rows = (
        (a.name, a.kind, "; ".join(map(str, a.rights)) or "-", a.created_at, a.closed_at)
        for a in found
    )
    print_table(columns, rows, giving=("created", "closed", "may"))


def _table_of_tokens(found: Sequence[Token]) -> None:
    columns = ("id", "account", "label", "created", "by", "expires", "revoked")
    rows = (
        (t.uuid, t.account, t.label or "-", t.created_at, t.created_by, t.expires_at, t.revoked_at)
        for t in found
    )
    print_table(columns, rows, giving=("by", "created", "label"))
