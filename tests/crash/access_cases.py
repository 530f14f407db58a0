"""Cases of the verbs that say who may do what. In these worlds ada acts, who may do everything."""

from contextlib import suppress
from functools import partial

import sqlalchemy as sa
from support.world import World

from registry_tasks.entities.access import (
    AddAccount,
    CloseAccount,
    GrantRight,
    Identity,
    IssueToken,
    RevokeRight,
    RevokeToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.approval import Choice, Closing, DecideByCode, IssueCode
from registry_tasks.entities.errors import (
    AccountsOn,
    ApprovalClosed,
    AwaitingApproval,
    CodeRefused,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.access.accounts import (
    add_account,
    close_account,
    grant_right,
    list_accounts,
    revoke_right,
    turn_on_accounts,
)
from registry_tasks.registry.access.tokens import issue_token, list_tokens, revoke_token
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.lifecycle.approval_codes import decide_by_code, issue_code
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata import tables as t

from .case import KEY, Act, Case, ask

_VIEWER = Right(role=Role.VIEWER)
_ADMIN = Right(role=Role.ADMIN)


class KnownWorld(World):
    """A world with accounts, or soon with some."""

    caller = Identity(actor="ada")


def _to_turn_on(world: World) -> Act:
    world.version(1)
    return _turn_on


def _turn_on(world: World) -> object:
    """A second time it has been done, if the first one was; its secret is lost with the answer."""
    with suppress(AccountsOn):
        turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    return None


def _on(world: World) -> None:
    (account,) = list_accounts(world.registry())
    assert (account.name, account.rights) == ("root", (_ADMIN,))
    _told(world, EventKind.ACCOUNT_ADDED, EventKind.RIGHT_GRANTED, EventKind.TOKEN_ISSUED)


def _turned_on(world: World) -> None:
    _to_turn_on(world)
    _turn_on(world)


def _to_add(world: World) -> Act:
    _turned_on(world)
    return ask(add_account, AddAccount(account="bob", rights=(_VIEWER,), key=KEY))


def _added(world: World) -> None:
    assert [(a.name, a.rights) for a in list_accounts(world.registry())] == [
        ("bob", (_VIEWER,)),
        ("root", (_ADMIN,)),
    ]
    _told(world, *[EventKind.ACCOUNT_ADDED, EventKind.RIGHT_GRANTED] * 2, EventKind.TOKEN_ISSUED)


def _with_bob(world: World) -> None:
    _turned_on(world)
    add_account(world.registry(), AddAccount(account="bob", rights=(_VIEWER,)))


def _to_close(world: World) -> Act:
    _with_bob(world)
    return ask(close_account, CloseAccount(account="bob", reason="left", key=KEY))


def _closed(world: World) -> None:
    assert [a.name for a in list_accounts(world.registry()) if a.closed_at] == ["bob"]
    _once(world, EventKind.ACCOUNT_CLOSED)


def _to_grant(world: World) -> Act:
    _with_bob(world)
    right = Right(alias="champion", model="new")  # of a model that it makes
    return ask(grant_right, GrantRight(account="bob", right=right, key=KEY))


def _granted(world: World) -> None:
    assert len(list_accounts(world.registry())[0].rights) == 2
    _once(world, EventKind.RIGHT_GRANTED, more=2)
    _once(world, EventKind.MODEL_CREATED, more=1)


def _to_revoke(world: World) -> Act:
    _with_bob(world)
    return ask(revoke_right, RevokeRight(account="bob", right=_VIEWER, key=KEY))


def _revoked(world: World) -> None:
    assert list_accounts(world.registry())[0].rights == ()
    _once(world, EventKind.RIGHT_REVOKED)


def _to_issue(world: World) -> Act:
    _with_bob(world)
    return partial(_issue, IssueToken(account="bob", label="laptop"))


def _issue(request: IssueToken, world: World) -> object:
    issue_token(world.registry(), request)
    return None  # what is new each time


def _issued(world: World) -> None:
    """It has no key: whoever lost the secret with the answer makes another one."""
    made = len(list_tokens(world.registry(), "bob"))
    assert made in (1, 2)
    _once(world, EventKind.TOKEN_ISSUED, more=made)


def _to_end(world: World) -> Act:
    _to_issue(world)(world)
    (token,) = list_tokens(world.registry(), "bob")
    return ask(revoke_token, RevokeToken(token=token.uuid, key=KEY))


def _ended(world: World) -> None:
    (token,) = list_tokens(world.registry(), "bob")
    assert token.revoked_at is not None
    _once(world, EventKind.TOKEN_REVOKED)


_APPROVER = Right(role=Role.APPROVER)
_GRACE = Identity(actor="grace", rights=(_APPROVER,))
_ROOT = Identity(actor="root", rights=(_ADMIN,))


def _to_code(world: World) -> Act:
    return partial(_code, IssueCode(**_asked(world)))


def _asked(world: World) -> dict[str, str]:
    """Let the first admin ask for what grace may approve of."""
    world.set_policy("stages: {production: [{gate: approved}]}\naliases: {champion: production}")
    world.raise_to(world.version(1).ref, "staging")
    _turn_on(world)
    add_account(world.registry(), AddAccount(account="grace", rights=(_APPROVER,)))
    issue_token(world.registry(), IssueToken(account="grace"))
    with suppress(AwaitingApproval):
        root = world.registry().acting_as(_ROOT)
        promote(root, Promote(ref="mower@1", to="production"))
    (waits,) = list_approvals(world.registry())
    return {"approval": waits.uuid, "evidence_sha256": waits.evidence_sha256}


def _code(request: IssueCode, world: World) -> object:
    issue_code(world.registry().acting_as(_GRACE), request)
    return None  # what is new each time


def _codes(world: World) -> None:
    """It has no key: whoever lost it with the answer makes another one."""
    with world.registry().metadata.reading() as connection:
        kept = connection.execute(sa.select(t.token.c.sha256, t.token.c.revoked_at)).all()
    made = [row for row in kept if row.sha256.startswith("code:")]
    assert len(made) in (1, 2)
    assert all(row.revoked_at is None for row in made)
    _sound(world)


def _to_use_code(world: World) -> Act:
    asked = _asked(world)
    made = issue_code(world.registry().acting_as(_GRACE), IssueCode(**asked))
    return partial(_use_code, IssueCode(**asked), made.code)


def _use_code(asked: IssueCode, code: str, world: World) -> object:
    """Who died after it was spent makes another one, and finds out whether it had its effect."""
    registry = world.registry()
    said = {"approval": asked.approval, "choice": Choice.APPROVED}
    try:
        decide_by_code(registry, DecideByCode(**said, code=code, reason="x"))
    except CodeRefused:
        with suppress(ApprovalClosed):
            again = issue_code(registry.acting_as(_GRACE), asked)
            decide_by_code(registry, DecideByCode(**said, code=again.code, reason="x"))
    return None


def _used(world: World) -> None:
    (done,) = list_approvals(world.registry(), over=True)
    assert (done.outcome, [d.by for d in done.decisions]) == (Closing.PROMOTED, ["grace"])
    assert world.stages() == {1: "production"}
    _sound(world)


def _told(world: World, *kinds: EventKind) -> None:
    about = [e.kind for e in list_history(world.registry(), limit=1000) if e.model is None]
    assert sorted(about) == sorted(kinds)
    _sound(world)


def _once(world: World, kind: EventKind, more: int = 0) -> None:
    found = [e.kind for e in list_history(world.registry(), limit=1000)]
    assert found.count(kind) == 1 + more
    _sound(world)


def _sound(world: World) -> None:
    assert [f for f in examine(world.registry()) if f.where.startswith("access")] == []


ACCESS = {
    "turn_on": Case(_to_turn_on, _on, (turn_on_accounts,), (TurnOnAccounts,), kind=KnownWorld),
    "add_account": Case(_to_add, _added, (add_account,), (AddAccount,), kind=KnownWorld),
    "close_account": Case(_to_close, _closed, (close_account,), (CloseAccount,), kind=KnownWorld),
    "grant_right": Case(_to_grant, _granted, (grant_right,), (GrantRight,), kind=KnownWorld),
    "revoke_right": Case(_to_revoke, _revoked, (revoke_right,), (RevokeRight,), kind=KnownWorld),
    "issue_token": Case(_to_issue, _issued, (issue_token,), (IssueToken,), kind=KnownWorld),
    "issue_code": Case(_to_code, _codes, (issue_code,), (IssueCode,), kind=KnownWorld),
    "decide_by_code": Case(
        _to_use_code, _used, (decide_by_code,), (DecideByCode,), kind=KnownWorld
    ),
    "revoke_token": Case(_to_end, _ended, (revoke_token,), (RevokeToken,), kind=KnownWorld),
}
"""Who may do what."""
