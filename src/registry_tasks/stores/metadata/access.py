"""Find out who acts: asked once for each opening of a store, so it loads no SQLAlchemy."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, NamedTuple

from registry_tasks.entities.access import Identity, Right
from registry_tasks.entities.errors import TokenRefused
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query

_HAS_ACCOUNTS: Final = "SELECT 1 FROM account LIMIT 1"
_OPEN_ACCOUNT: Final = "SELECT id FROM account WHERE name = ? AND closed_at IS NULL"
_TOKEN: Final = """
SELECT t.id, t.parent_id, a.id, a.name, t.expires_at, a.closed_at, t.revoked_at, p.revoked_at
FROM token t JOIN account a ON a.id = t.account_id LEFT JOIN token p ON p.id = t.parent_id
WHERE t.sha256 = ?
"""
_RIGHTS: Final = """
SELECT m.name, r.role, r.stage, r.alias FROM access_right r LEFT JOIN model m ON m.id = r.model_id
WHERE r.account_id = ? ORDER BY r.id
"""


class KnownToken(NamedTuple):
    """A token that holds, by row ids, and whose it is."""

    id: int
    parent_id: int | None
    account_id: int
    account: str
    expires_at: datetime


def has_accounts(query: Query) -> bool:
    """Whether the registry asks who acts."""
    return bool(query(_HAS_ACCOUNTS, ()))


def identify(query: Query, token: str | None, user: str) -> Identity:
    """Return who acts: the token's account, or the system's ``user`` where there are no accounts.

    Raises: TokenRefused.
    """
    if not has_accounts(query):
        return Identity(actor=user)
    if not token:
        raise TokenRefused("there is no token")
    known = get_token(query, token)
    return Identity(actor=known.account, rights=rights_of(query, known.account_id))


def get_token(query: Query, token: str) -> KnownToken:
    """Return what a secret is. Raises TokenRefused for one that is unknown, over or revoked."""
    rows = query(_TOKEN, (digest_of(token),))
    if not rows:
        raise TokenRefused("the token is not known")
    token_id, parent, account_id, account, expires_at, closed_at, *revoked = rows[0]
    if closed_at is not None:
        raise TokenRefused("the account was closed")
    if any(moment is not None for moment in revoked):
        raise TokenRefused("the token was revoked")
    until = to_time(expires_at)
    if until <= datetime.now(UTC):
        raise TokenRefused(f"the token expired on {until:%Y-%m-%d}")
    return KnownToken(token_id, parent, account_id, account, until)


def rights_of(query: Query, account_id: int) -> tuple[Right, ...]:
    """Return what an account was granted."""
    return tuple(
        Right(model=model, role=role, stage=stage, alias=alias)
        for model, role, stage, alias in query(_RIGHTS, (account_id,))
    )


def identity_of(query: Query, account: str) -> Identity:
    """Return what somebody may now, which is nothing if the account was closed, or is none."""
    found = query(_OPEN_ACCOUNT, (account,))
    return Identity(actor=account, rights=rights_of(query, found[0][0]) if found else ())


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed."""
    return sha256(secret.encode(errors="replace")).hexdigest()
