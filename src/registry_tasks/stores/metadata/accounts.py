"""Accounts, their rights and their tokens."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.access import Account, AddAccount, IssuedToken, Right, Role, Token
from registry_tasks.entities.errors import AccountNotFound, TokenNotFound
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.access import digest_of, rights_of
from registry_tasks.stores.metadata.inserting import insert_one, update_one
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_SECRET_BYTES: Final = 32
_A: Final = t.account.c
_T: Final = t.token.c
_TOKENS: Final = sa.select(t.token, _A.name).join(t.account, _A.id == _T.account_id)


def find_id(connection: sa.Connection, name: str) -> int | None:
    """Return an account's row id, None if there is no such account."""
    found: int | None = connection.execute(sa.select(_A.id).where(_A.name == name)).scalar()
    return found


def get(connection: sa.Connection, name: str) -> tuple[int, Account]:
    """Return an account with its row id. Raises AccountNotFound."""
    row = connection.execute(sa.select(t.account).where(_A.name == name)).one_or_none()
    if row is None:
        raise AccountNotFound(name)
    return row.id, _account(connection, row)


def list_accounts(
    connection: sa.Connection, after: str = "", limit: int = 100
) -> tuple[Account, ...]:
    """Return accounts by name."""
    query = sa.select(t.account).where(_A.name > after).order_by(_A.name).limit(limit)
    return tuple(_account(connection, row) for row in connection.execute(query).all())


def add(tx: Transaction, request: AddAccount) -> int:
    """Write an account; returns its row id."""
    row = {"name": request.account, "kind": request.kind, "created_at": tx.at}
    made = {**row, "created_by": tx.actor, "closed_at": None}
    return insert_one(tx.connection, t.account, made)


def close(tx: Transaction, account_id: int) -> None:
    """Close an account for good."""
    update_one(tx.connection, t.account, {"id": account_id}, {"closed_at": tx.at})


def grant(tx: Transaction, account_id: int, right: Right) -> None:
    """Write a right; a model that does not exist yet is made, so that a right can come before it."""
    model = None if right.model is None else put_model(tx, right.model)
    facts = right.model_dump(exclude={"model"})
    insert_one(
        tx.connection, t.access_right, {"account_id": account_id, "model_id": model, **facts}
    )


def revoke(tx: Transaction, account_id: int, right: Right) -> bool:
    """Take a right away; returns whether it was there."""
    r = t.access_right.c
    of = sa.select(t.model.c.id).where(t.model.c.name == right.model).scalar_subquery()
    model = r.model_id.is_(None) if right.model is None else r.model_id == of
    same = (
        r[name].is_not_distinct_from(getattr(right, name)) for name in ("role", "stage", "alias")
    )
    gone = sa.delete(t.access_right).where(r.account_id == account_id, model, *same)
    return tx.connection.execute(gone).rowcount > 0


def admins(connection: sa.Connection) -> tuple[str, ...]:
    """Return the open accounts that may manage access."""
    r = t.access_right.c
    query = (
        sa.select(_A.name)
        .distinct()
        .join(t.access_right, r.account_id == _A.id)
        .where(r.role == Role.ADMIN, r.model_id.is_(None), _A.closed_at.is_(None))
        .order_by(_A.name)
    )
    return tuple(connection.execute(query).scalars())


def has_way_in(connection: sa.Connection, at: datetime) -> bool:
    """Whether an admin of all models has a token that holds, and so can let others in."""
    query = sa.select(_T.id).join(t.account, _A.id == _T.account_id)
    holds = (_T.parent_id.is_(None), _T.revoked_at.is_(None), _T.expires_at > at)
    query = query.where(*holds, _A.name.in_(admins(connection))).limit(1)
    return connection.execute(query).first() is not None


def issue(
    tx: Transaction,
    account_id: int,
    account: str,
    label: str,
    lasts: timedelta,
    parent: int | None = None,
) -> IssuedToken:
    """Make a token; with a ``parent``, a session that is worth nothing without it."""
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    row = {
        "uuid": str(uuid4()),
        "label": label,
        "created_at": tx.at,
        "created_by": tx.actor,
        "expires_at": tx.at + lasts,
        "revoked_at": None,
    }
    ids = {"account_id": account_id, "sha256": digest_of(secret), "parent_id": parent}
    insert_one(tx.connection, t.token, row | ids)
    return IssuedToken(
        token=Token(account=account, session=parent is not None, **row), secret=secret
    )


def get_token(connection: sa.Connection, uuid: str) -> tuple[int, Token]:
    """Return what is known of a token, with its row id. Raises TokenNotFound."""
    row = connection.execute(_TOKENS.where(_T.uuid == uuid)).one_or_none()
    if row is None:
        raise TokenNotFound(uuid)
    return row.id, _token(row)


def get_token_by_id(connection: sa.Connection, token_id: int) -> Token:
    """Return what is known of a token whose row is known to be there."""
    return _token(connection.execute(_TOKENS.where(_T.id == token_id)).one())


def list_tokens(
    connection: sa.Connection,
    account: str | None = None,
    *,
    before: str | None = None,
    limit: int = 100,
) -> tuple[Token, ...]:
    """Return tokens, no sessions, newest first; ``before`` is the id of one to go on from."""
    query = _TOKENS.where(_T.parent_id.is_(None)).order_by(_T.id.desc()).limit(limit)
    if account is not None:
        query = query.where(_A.name == account)
    if before is not None:
        query = query.where(_T.id < sa.select(_T.id).where(_T.uuid == before).scalar_subquery())
    return tuple(_token(row) for row in connection.execute(query))


def revoke_token(tx: Transaction, token_id: int) -> datetime:
    """Make a token worthless, unless it is already."""
    update_one(tx.connection, t.token, {"id": token_id}, {"revoked_at": tx.at})
    return tx.at


def _account(connection: sa.Connection, row: sa.Row[Any]) -> Account:
    fields = {name: row._mapping[name] for name in Account.model_fields if name != "rights"}
    return Account(rights=rights_of(through(connection), row.id), **fields)


def _token(row: sa.Row[Any]) -> Token:
    fields = {n: row._mapping[n] for n in Token.model_fields if n not in ("account", "session")}
    return Token(account=row.name, session=row.parent_id is not None, **fields)
