"""Accounts, rights and tokens against the history: each change of them has an event."""

import json
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.access import SESSION
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.finding import FindingKind
from registry_tasks.stores.metadata import tables as t

_KINDS: Final = (
    EventKind.ACCOUNT_ADDED,
    EventKind.ACCOUNT_CLOSED,
    EventKind.RIGHT_GRANTED,
    EventKind.RIGHT_REVOKED,
    EventKind.TOKEN_ISSUED,
    EventKind.TOKEN_REVOKED,
)
Standing = dict[str, str]
"""What there is -> how it stands; rights stand or are not there."""


def access_complaints(connection: sa.Connection) -> Iterator[tuple[FindingKind, str, str]]:
    """Give what no event tells of, what one tells of that is gone, and what stands differently.

    A token that is gone is none of them: an export leaves tokens out. Sessions and one-time codes have
    no events: they are held against the token that they were made with.
    """
    told, found = _told(connection), _found(connection)
    for what in sorted(told.keys() | found.keys()):
        where = f"access: {what}"
        if what not in told:
            yield FindingKind.ROW_UNKNOWN, where, "no event tells of it"
        elif what not in found:
            if not what.startswith("token "):
                yield FindingKind.ROW_MISSING, where, "it is not there; by its history it is"
        elif told[what] != found[what]:
            how = f"it is {found[what]}; by its history it is {told[what]}"
            yield FindingKind.ROW_DIFFERS, where, how
    for uuid, why in _forged_sessions(connection):
        yield FindingKind.ROW_DIFFERS, f"access: session {uuid}", why


def _told(connection: sa.Connection) -> Standing:
    standing: Standing = {}
    e = t.event.c
    query = sa.select(e.kind, e.before, e.after).where(e.kind.in_(_KINDS)).order_by(e.sequence)
    for kind, before, after in connection.execute(query):
        match kind, after, before:
            case EventKind.ACCOUNT_ADDED, {"account": account, "kind": of}, _:
                standing[f"account {account}"] = f"open, a {of}"
            case EventKind.ACCOUNT_CLOSED, {"account": account}, _:
                standing[f"account {account}"] = standing.get(f"account {account}", "open").replace(
                    "open", "closed"
                )
            case EventKind.RIGHT_GRANTED, {"account": account, "right": right}, _:
                standing[_right(account, right)] = "there"
            case EventKind.RIGHT_REVOKED, _, {"account": account, "right": right}:
                standing.pop(_right(account, right), None)
            case EventKind.TOKEN_ISSUED, {"uuid": uuid, "account": account}, _:
                standing[f"token {uuid}"] = f"held by {account}"
            case EventKind.TOKEN_REVOKED, {"uuid": uuid, "account": account}, _:
                standing[f"token {uuid}"] = f"revoked of {account}"
    return standing


def _found(connection: sa.Connection) -> Standing:
    name, right, token = t.account.c.name, t.access_right.c, t.token.c
    standing = {
        f"account {row.name}": f"{'closed' if row.closed_at else 'open'}, a {row.kind}"
        for row in connection.execute(sa.select(t.account))
    }
    rights = (
        sa.select(name.label("account"), t.model.c.name, right.role, right.stage, right.alias)
        .join(t.account, t.account.c.id == right.account_id)
        .outerjoin(t.model, t.model.c.id == right.model_id)
    )
    for row in connection.execute(rights):
        said = {"model": row.name, "role": row.role, "stage": row.stage, "alias": row.alias}
        standing[_right(row.account, {k: v for k, v in said.items() if v is not None})] = "there"
    tokens = (
        sa.select(token.uuid, token.revoked_at, name)
        .join(t.account, t.account.c.id == token.account_id)
        .where(token.parent_id.is_(None))
    )
    for uuid, revoked_at, holder in connection.execute(tokens):
        standing[f"token {uuid}"] = f"{'revoked of' if revoked_at else 'held by'} {holder}"
    return standing


def _forged_sessions(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Give what no login makes: a session of somebody else, of a session, or one that lasts longer."""
    session, parent = t.token.c, t.token.alias("parent")
    query = (
        sa.select(
            *(session.uuid, session.created_at, session.expires_at),
            (session.account_id != parent.c.account_id).label("is_anothers"),
            parent.c.parent_id.is_not(None).label("is_of_session"),
            sa.and_(
                session.expires_at > parent.c.expires_at, session.sha256.not_like("code:%")
            ).label("outlives"),
        )
        .join(parent, parent.c.id == session.parent_id)
        .order_by(session.id)
    )
    for row in connection.execute(query):
        if row.is_anothers:
            yield row.uuid, "its account is not that of the token that it was begun with"
        elif row.is_of_session:
            yield row.uuid, "it was begun with a session, and belongs to no token"
        elif row.outlives or row.expires_at - row.created_at > SESSION:
            yield row.uuid, f"it lasts until {row.expires_at:%Y-%m-%d %H:%M}, longer than it may"


def _right(account: str, right: dict[str, Any]) -> str:
    return f"right {json.dumps(right, sort_keys=True)} of {account}"
