"""One-time codes: kept as sessions are, by what they hash to, and worth nothing without a token."""

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.approval import Approval
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.access import digest_of
from registry_tasks.stores.metadata.accounts import revoke_token
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.store import Transaction

_BYTES: Final = 32
_T: Final = t.token.c
_A: Final = t.account.c


class Code(NamedTuple):
    """A code that was found: whose it is, and why it is worth nothing, if so."""

    id: int
    account: str
    worthless: str | None


def issue(
    tx: Transaction, account: str, approval: Approval, lasts: timedelta
) -> tuple[str, datetime] | None:
    """Make a code for somebody about a request; returns it and until when it holds.

    None for somebody who has no token that holds, with which it would end.
    """
    code, expires_at = f"{PREFIX}once_{secrets.token_urlsafe(_BYTES)}", tx.at + lasts
    root = sa.func.coalesce(_T.parent_id, _T.id)
    holds = (_A.name == account, _T.revoked_at.is_(None), _T.expires_at > tx.at)
    query = sa.select(_T.account_id, root).join(t.account, _A.id == _T.account_id).where(*holds)
    token = tx.connection.execute(query.order_by(_T.id.desc()).limit(1)).first()
    if token is None:
        return None
    account_id, parent = token
    row = {
        "uuid": str(uuid4()),
        "account_id": account_id,
        "sha256": _kept(code, approval),
        "label": f"code for {approval.uuid}",
        "created_at": tx.at,
        "created_by": tx.actor,
        "expires_at": expires_at,
        "revoked_at": None,
        "parent_id": parent,
    }
    insert_one(tx.connection, t.token, row)
    return code, expires_at


def find(tx: Transaction, code: str, approval: Approval) -> Code | None:
    """Return the code that was made for this request and its evidence, None if there is none."""
    parent = t.token.alias()
    query = (
        sa.select(
            *(_T.id, _A.name, _T.expires_at, _T.revoked_at),
            *(_A.closed_at, parent.c.revoked_at.label("parent_revoked_at")),
        )
        .join(t.account, _A.id == _T.account_id)
        .join(parent, parent.c.id == _T.parent_id)
        .where(_T.sha256 == _kept(code, approval))
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        return None
    why = None
    if row.revoked_at is not None:
        why = "the code was used already"
    elif row.expires_at <= tx.at:
        why = f"the code expired at {row.expires_at:%H:%M:%S} UTC"
    elif row.closed_at is not None or row.parent_revoked_at is not None:
        why = f"{row.name} may not act any more"
    return Code(row.id, row.name, why)


def spend(tx: Transaction, code: Code) -> None:
    """Make a code worthless."""
    revoke_token(tx, code.id)


def _kept(code: str, approval: Approval) -> str:
    """Return what is kept of a code: bound to a request and its evidence, and no token's hash."""
    return f"code:{digest_of(f'{approval.uuid} {approval.evidence_sha256} {code}')}"
