"""Accounts: add one, close one, let it do something, take that away again."""

from collections.abc import Callable
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.access import (
    Account,
    AddAccount,
    CloseAccount,
    GrantRight,
    Identity,
    IssuedToken,
    IssueToken,
    RevokeRight,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.errors import (
    AccountClosed,
    AccountExists,
    AccountsOn,
    LastAdmin,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.access.tokens import issue
from registry_tasks.registry.carry_out import carry_out, transact
from registry_tasks.registry.permit import check_no_key, check_now, check_on
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import accounts, events
from registry_tasks.stores.metadata.access import has_accounts
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_ADMIN = Right(role=Role.ADMIN)
_AGAIN: Final = "no admin had a token that held"


def turn_on_accounts(registry: Registry, request: TurnOnAccounts) -> IssuedToken:
    """Add the first account, an admin of all models, and return a token of it.

    From then on nobody does anything in this registry without a token. Where no admin has one
    that holds any more, an account that is an admin gets one again: whoever can open the store
    itself is above accounts, so this gives nobody more than they have. Raises: AccountsOn,
    KeyNotAllowed.
    """
    check_no_key(request, "turning accounts on")

    def act(tx: Transaction) -> IssuedToken:
        if has_accounts(through(tx.connection)):
            return _let_in_again(tx, request)
        account_id = _add(tx, AddAccount(account=request.account, rights=(_ADMIN,)))
        return issue(tx, account_id, IssueToken(account=request.account, days=request.days))

    if registry.caller is not None:
        return transact(registry, act)
    with Registry(registry.settings, Identity(actor=registry.settings.actor)) as unasked:
        return transact(unasked, act)


def add_account(registry: Registry, request: AddAccount) -> Account:
    """Add an account.

    Raises: NotPermitted, AccountsOff, AccountExists, also for one that was closed.
    """

    def act(tx: Transaction) -> Account:
        check_on(tx, request.account)
        if accounts.find_id(tx.connection, request.account) is not None:
            raise AccountExists(request.account)
        _add(tx, request)
        return accounts.get(tx.connection, request.account)[1]

    return carry_out(registry, request, act, Account)


def close_account(registry: Registry, request: CloseAccount) -> Account:
    """Close an account for good; one that is closed stays so.

    Raises: NotPermitted, AccountsOff, AccountNotFound, LastAdmin.
    """

    def close(tx: Transaction, account_id: int, found: Account) -> None:
        if found.closed_at is None:
            _check_not_last(tx, found.name)
            accounts.close(tx, account_id)
            told: JsonValue = {"account": found.name}
            events.append(tx, EventKind.ACCOUNT_CLOSED, reason=request.reason, after=told)

    return _change(registry, request, close)


def grant_right(registry: Registry, request: GrantRight) -> Account:
    """Let an account do something; one that may already stays as it is.

    A model that is not there yet is made by this: so a team can be given a name of its own before
    its first run. Raises: NotPermitted, AccountsOff, AccountNotFound, AccountClosed.
    """

    def grant(tx: Transaction, account_id: int, found: Account) -> None:
        if found.closed_at is not None:
            raise AccountClosed(found.name)
        if request.right not in found.rights:
            _grant(tx, account_id, found.name, request.right, request.reason)

    return _change(registry, request, grant)


def revoke_right(registry: Registry, request: RevokeRight) -> Account:
    """Take a right away; one that is not there stays away.

    Raises: NotPermitted, AccountsOff, AccountNotFound, LastAdmin.
    """

    def revoke(tx: Transaction, account_id: int, found: Account) -> None:
        if request.right == _ADMIN and found.closed_at is None:
            _check_not_last(tx, found.name)
        if accounts.revoke(tx, account_id, request.right):
            told = _told(found.name, request.right)
            events.append(tx, EventKind.RIGHT_REVOKED, reason=request.reason, before=told)

    return _change(registry, request, revoke)


def list_accounts(registry: Registry, *, after: str = "", limit: int = 100) -> tuple[Account, ...]:
    """Return accounts by name; ``after`` is one to go on from. Raises NotPermitted."""
    with registry.metadata.reading() as connection:
        check_now(registry, connection, Permission.ACCESS)
        return accounts.list_accounts(connection, after, limit)


def _change(
    registry: Registry,
    request: CloseAccount | GrantRight | RevokeRight,
    change: Callable[[Transaction, int, Account], None],
) -> Account:
    """Let ``change`` do what was asked for with an account, and return it as it is then."""

    def act(tx: Transaction) -> Account:
        check_on(tx, request.account)
        change(tx, *accounts.get(tx.connection, request.account))
        return accounts.get(tx.connection, request.account)[1]

    return carry_out(registry, request, act, Account)


def _add(tx: Transaction, request: AddAccount) -> int:
    account_id = accounts.add(tx, request)
    told: JsonValue = {"account": request.account, "kind": request.kind.value}
    events.append(tx, EventKind.ACCOUNT_ADDED, after=told)
    for right in dict.fromkeys(request.rights):
        _grant(tx, account_id, request.account, right, "")
    return account_id


def _let_in_again(tx: Transaction, request: TurnOnAccounts) -> IssuedToken:
    is_admin = request.account in accounts.admins(tx.connection)
    if not is_admin or accounts.has_way_in(tx.connection, tx.at):
        raise AccountsOn
    account_id, _ = accounts.get(tx.connection, request.account)
    asked = IssueToken(account=request.account, days=request.days, label=_AGAIN)
    return issue(tx, account_id, asked)


def _grant(tx: Transaction, account_id: int, account: str, right: Right, reason: str) -> None:
    accounts.grant(tx, account_id, right)
    events.append(tx, EventKind.RIGHT_GRANTED, reason=reason, after=_told(account, right))


def _told(account: str, right: Right) -> JsonValue:
    return {"account": account, "right": right.model_dump(mode="json", exclude_none=True)}


def _check_not_last(tx: Transaction, account: str) -> None:
    """A registry that nobody can manage any more would have to be mended by hand."""
    if accounts.admins(tx.connection) == (account,):
        raise LastAdmin(account)
