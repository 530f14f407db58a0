"""Tokens: make one, for a program or a browser, see which there are, make one worthless."""

from datetime import timedelta

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.access import (
    SESSION,
    AccountKind,
    Identity,
    IssuedToken,
    IssueToken,
    RevokeToken,
    Token,
)
from registry_tasks.entities.errors import AccountClosed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.carry_out import carry_out, check_first, transact
from registry_tasks.registry.permit import check_now, check_on
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import accounts, events
from registry_tasks.stores.metadata.access import get_token, has_accounts, rights_of
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def issue_token(registry: Registry, request: IssueToken) -> IssuedToken:
    """Make a token, whose secret is told here and kept nowhere.

    A program makes none for itself: what has leaked from it would live on in another one. Raises:
    NotPermitted, AccountsOff, AccountNotFound, AccountClosed, SecretTold.
    """

    def act(tx: Transaction) -> IssuedToken:
        check_on(tx, request.account)
        _check_own(registry, tx.connection, request.account)
        account_id, found = accounts.get(tx.connection, request.account)
        if found.kind is AccountKind.SERVICE:
            check_now(registry, tx.connection, Permission.ACCESS)
        check_first(registry, tx, request)
        if found.closed_at is not None:
            raise AccountClosed(request.account)
        return issue(tx, account_id, request)

    return transact(registry, act)


def issue(tx: Transaction, account_id: int, request: IssueToken) -> IssuedToken:
    """Write a token of an account, and the event, which has no secret."""
    lasts = timedelta(days=request.days)
    made = accounts.issue(tx, account_id, request.account, request.label, lasts)
    told = made.token.model_dump(mode="json", include={"uuid", "account", "label", "expires_at"})
    events.append(tx, EventKind.TOKEN_ISSUED, after=told)
    return made


def revoke_token(registry: Registry, request: RevokeToken) -> Token:
    """Make a token worthless, and the sessions that it began; one that is, stays so.

    Raises: NotPermitted, TokenNotFound.
    """

    def act(tx: Transaction) -> Token:
        token_id, found = accounts.get_token(tx.connection, request.token)
        _check_own(registry, tx.connection, found.account)
        if found.revoked_at is not None:
            return found
        revoked_at = accounts.revoke_token(tx, token_id)
        if not found.session:
            told: JsonValue = {"uuid": found.uuid, "account": found.account}
            events.append(tx, EventKind.TOKEN_REVOKED, after=told)
        return found.model_copy(update={"revoked_at": revoked_at})

    return carry_out(registry, request, act, Token)


def list_tokens(
    registry: Registry, account: str | None = None, *, before: str | None = None, limit: int = 100
) -> tuple[Token, ...]:
    """Return an account's tokens, newest first, everybody's if None; ``before`` is an id.

    Raises NotPermitted: without the right to manage access one sees one's own.
    """
    with registry.metadata.reading() as connection:
        _check_own(registry, connection, account)
        return accounts.list_tokens(connection, account, before=before, limit=limit)


def log_in(registry: Registry, secret: str) -> IssuedToken:
    """Begin a browser's session with a token: it ends with it, and after half a day.

    Raises: TokenRefused.
    """

    def act(tx: Transaction) -> IssuedToken:
        known = get_token(through(tx.connection), secret)
        lasts = min(SESSION, known.expires_at - tx.at)
        parent = known.parent_id or known.id
        return accounts.issue(tx, known.account_id, known.account, "browser", lasts, parent)

    return transact(registry, act)


def authenticate(registry: Registry, secret: str) -> tuple[Identity, Token]:
    """Return whom a token or a session stands for, and what is known of it.

    Raises: TokenRefused.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        known = get_token(query, secret)
        who = Identity(actor=known.account, rights=rights_of(query, known.account_id))
        return who, accounts.get_token_by_id(connection, known.id)


def asks_who(registry: Registry) -> bool:
    """Whether the registry has accounts, so that nobody acts without a token."""
    with registry.metadata.reading() as connection:
        return has_accounts(through(connection))


def _check_own(registry: Registry, connection: sa.Connection, account: str | None) -> None:
    is_own = account == registry.actor
    check_now(registry, connection, Permission.OWN_TOKENS if is_own else Permission.ACCESS)
