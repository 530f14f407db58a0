"""Accounts: turned on once, added, closed, given rights; nobody is locked out or let in by mistake."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from support.world import World

from registry_tasks.entities.access import (
    SESSION,
    AccountKind,
    AddAccount,
    CloseAccount,
    GrantRight,
    Identity,
    IssuedToken,
    IssueToken,
    RevokeRight,
    RevokeToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.errors import (
    AccountClosed,
    AccountExists,
    AccountNotFound,
    AccountsOff,
    AccountsOn,
    InvalidSetting,
    KeyNotAllowed,
    KeyReused,
    LastAdmin,
    MalformedName,
    NotPermitted,
    SecretTold,
    TokenRefused,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.access.accounts import (
    add_account,
    close_account,
    grant_right,
    list_accounts,
    revoke_right,
    turn_on_accounts,
)
from registry_tasks.registry.access.tokens import issue_token, list_tokens, log_in, revoke_token
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.show import list_history, list_models
from registry_tasks.registry.permit import check_request
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import tables as t

from .conftest import As

ADMIN = Right(role=Role.ADMIN)
VIEWER = Right(role=Role.VIEWER)
DEVELOPER = Right(role=Role.DEVELOPER, model="mower")
NOTE = AddNote(subject="mower@1", text="x")


def told(registry: Registry, *kinds: EventKind) -> list[tuple[str, str, object, object]]:
    """Actor, kind, before and after of events about access, oldest first."""
    found = list_history(registry, limit=1000)
    wanted = kinds or [k for k in EventKind if k.partition(".")[0] in ("account", "right", "token")]
    return [(e.actor, e.kind, e.before, e.after) for e in reversed(found) if e.kind in wanted]


@pytest.mark.slow
def test_without_accounts_the_system_user_may_do_everything(world: World, acting: As) -> None:
    world.version(1)
    made = add_note(acting("rt_anything"), NOTE)
    assert made.by == "ada"
    for act in (
        lambda: add_account(world.registry(), AddAccount(account="bob")),
        lambda: close_account(world.registry(), CloseAccount(account="bob")),
        lambda: grant_right(world.registry(), GrantRight(account="bob", right=VIEWER)),
        lambda: revoke_right(world.registry(), RevokeRight(account="bob", right=VIEWER)),
        lambda: issue_token(world.registry(), IssueToken(account="bob")),
    ):
        with pytest.raises(AccountsOff, match="`registry access start NAME`"):
            act()
    assert list_accounts(world.registry()) == ()


def test_from_the_first_account_on_nobody_acts_without_a_token(
    world: World, root: IssuedToken, acting: As
) -> None:
    with pytest.raises(TokenRefused, match="there is no token"):
        list_models(world.registry())
    with pytest.raises(TokenRefused):
        add_note(world.registry(), NOTE)
    with pytest.raises(TokenRefused):
        world.resolve("mower@1")
    assert add_note(acting(root.secret), NOTE).by == "root"
    (account,) = list_accounts(acting(root.secret))
    assert (account.name, account.kind, account.rights) == ("root", AccountKind.PERSON, (ADMIN,))
    assert [kind for _, kind, _, _ in told(acting(root.secret))] == [
        EventKind.ACCOUNT_ADDED,
        EventKind.RIGHT_GRANTED,
        EventKind.TOKEN_ISSUED,
    ]
    assert told(acting(root.secret))[0][0] == "ada", "who turned them on"


def test_a_process_that_goes_on_is_asked_at_its_next_change(world: World) -> None:
    world.version(1)
    busy = world.registry()
    add_note(busy, NOTE)
    turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    with pytest.raises(TokenRefused):
        add_note(busy, NOTE)


def test_accounts_are_turned_on_once(world: World, root: IssuedToken, acting: As) -> None:
    for registry in (world.registry(), acting(root.secret)):
        for name in ("root", "eve"):
            with pytest.raises(AccountsOn):
                turn_on_accounts(registry, TurnOnAccounts(account=name))


def test_an_admin_is_let_in_again_when_no_admin_can_come_in(
    world: World, root: IssuedToken, acting: As
) -> None:
    add_account(acting(root.secret), AddAccount(account="bob", rights=(VIEWER,)))
    issue_token(acting(root.secret), IssueToken(account="bob"))  # of no admin
    revoke_token(acting(root.secret), RevokeToken(token=root.token.uuid))
    with pytest.raises(AccountsOn):
        turn_on_accounts(world.registry(), TurnOnAccounts(account="bob"))
    again = turn_on_accounts(world.registry(), TurnOnAccounts(account="root", days=1))
    assert again.token.label == "no admin had a token that held"
    assert len(list_accounts(acting(again.secret))) == 2
    with pytest.raises(AccountsOn):
        turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))


def test_an_account_is_added_once_and_its_name_is_never_given_again(
    root: IssuedToken, acting: As
) -> None:
    registry = acting(root.secret)
    made = add_account(registry, AddAccount(account="ci", kind=AccountKind.SERVICE, key="k"))
    assert (made.kind, made.created_by, made.rights) == (AccountKind.SERVICE, "root", ())
    again = add_account(registry, AddAccount(account="ci", kind=AccountKind.SERVICE, key="k"))
    assert again == made
    close_account(registry, CloseAccount(account="ci", reason="gone"))
    with pytest.raises(AccountExists, match="also a closed one's"):
        add_account(registry, AddAccount(account="ci"))
    with pytest.raises(MalformedName):
        AddAccount(account="Ada Lovelace")


def test_a_closed_account_never_acts_again(root: IssuedToken, acting: As) -> None:
    registry = acting(root.secret)
    add_account(registry, AddAccount(account="bob", rights=(DEVELOPER,)))
    bob = issue_token(registry, IssueToken(account="bob"))
    opened = acting(bob.secret)
    add_note(opened, NOTE)
    closed = close_account(registry, CloseAccount(account="bob", reason="left"))
    assert closed.closed_at is not None
    assert close_account(registry, CloseAccount(account="bob")) == closed
    with pytest.raises(TokenRefused, match="the account was closed"):
        add_note(opened, NOTE)
    with pytest.raises(AccountClosed):
        issue_token(registry, IssueToken(account="bob"))
    with pytest.raises(AccountClosed):
        grant_right(registry, GrantRight(account="bob", right=VIEWER))
    assert told(registry, EventKind.ACCOUNT_CLOSED) == [
        ("root", EventKind.ACCOUNT_CLOSED, None, {"account": "bob"})
    ]


@pytest.mark.slow
def test_a_right_is_given_once_and_taken_away_at_once(root: IssuedToken, acting: As) -> None:
    registry = acting(root.secret)
    add_account(registry, AddAccount(account="bob", rights=(VIEWER, VIEWER)))
    bob = acting(issue_token(registry, IssueToken(account="bob")).secret)
    with pytest.raises(NotPermitted, match="grant bob developer --model mower"):
        add_note(bob, NOTE)
    for _ in range(2):
        made = grant_right(registry, GrantRight(account="bob", right=DEVELOPER, reason="joins"))
        assert made.rights == (VIEWER, DEVELOPER)
    assert add_note(bob, NOTE).by == "bob"
    for _ in range(2):
        left = revoke_right(registry, RevokeRight(account="bob", right=DEVELOPER))
        assert left.rights == (VIEWER,)
    with pytest.raises(NotPermitted):
        add_note(bob, NOTE)
    right = {"account": "bob", "right": {"model": "mower", "role": "developer"}}
    assert told(registry, EventKind.RIGHT_GRANTED)[-1][2:] == (None, right)
    assert told(bob) == told(registry), "whoever may read sees who was let do what"
    assert told(registry, EventKind.RIGHT_REVOKED) == [
        ("root", EventKind.RIGHT_REVOKED, right, None)
    ]
    with pytest.raises(AccountNotFound):
        grant_right(registry, GrantRight(account="eve", right=VIEWER))


@pytest.mark.slow
def test_a_caller_of_a_server_has_the_rights_of_now(root: IssuedToken, acting: As) -> None:
    """A long request ends with what its caller may at its end, not at its beginning."""
    registry = acting(root.secret)
    add_account(registry, AddAccount(account="bob", rights=(DEVELOPER,)))
    bob = acting(issue_token(registry, IssueToken(account="bob")).secret)
    served = bob.acting_as(bob.identity)
    add_note(served, NOTE)
    revoke_right(registry, RevokeRight(account="bob", right=DEVELOPER))
    with served.metadata.reading() as connection, pytest.raises(NotPermitted):
        check_request(served, connection, NOTE)
    close_account(registry, CloseAccount(account="bob"))
    with pytest.raises(NotPermitted):
        add_note(served, NOTE)
    unknown = registry.acting_as(Identity(actor="eve", rights=(ADMIN,)))  # an older store is back
    with pytest.raises(NotPermitted):
        add_note(unknown, NOTE)


@pytest.mark.slow
def test_a_right_of_a_model_that_is_not_there_makes_it(root: IssuedToken, acting: As) -> None:
    registry = acting(root.secret)
    new = Right(role=Role.DEVELOPER, model="hedger")
    revoke_right(registry, RevokeRight(account="root", right=new))
    assert [m.name for m in list_models(registry)] == ["mower"], "taking away makes nothing"
    add_account(registry, AddAccount(account="bob", rights=(new,)))
    found = {m.name: m.versions for m in list_models(registry)}
    assert found == {"mower": 1, "hedger": 0}
    bob = acting(issue_token(registry, IssueToken(account="bob")).secret)
    assert add_note(bob, AddNote(subject="hedger", text="ours")).by == "bob"


@pytest.mark.slow
def test_the_last_admin_stays(root: IssuedToken, acting: As) -> None:
    registry = acting(root.secret)
    own = Right(role=Role.ADMIN, model="mower")
    add_account(registry, AddAccount(account="bob", rights=(own,)))  # of one model only
    add_account(registry, AddAccount(account="eve", rights=(ADMIN,)))
    close_account(registry, CloseAccount(account="eve"))
    for act in (
        lambda: close_account(registry, CloseAccount(account="root")),
        lambda: revoke_right(registry, RevokeRight(account="root", right=ADMIN)),
    ):
        with pytest.raises(LastAdmin, match="make somebody else an admin first"):
            act()
    grant_right(registry, GrantRight(account="bob", right=ADMIN))
    assert close_account(registry, CloseAccount(account="root")).closed_at is not None


def test_a_right_is_one_thing() -> None:
    for facts in ({}, {"role": "viewer", "stage": "staging"}, {"stage": "*", "alias": "*"}):
        with pytest.raises(ValueError, match="name one of role, stage and alias"):
            Right(**facts)
    with pytest.raises(InvalidSetting, match="input should be 'viewer'"):
        GrantRight(account="bob", right={"role": "king"})


def test_accounts_are_turned_on_without_a_key(world: World, acting: As) -> None:
    world.version(1)
    with pytest.raises(KeyNotAllowed):
        turn_on_accounts(world.registry(), TurnOnAccounts(account="root", key="k"))
    assert list_accounts(world.registry()) == ()
    root = turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    assert len(list_tokens(acting(root.secret))) == 1


def test_with_one_key_one_token_is_made_and_told_once(world: World, acting: As) -> None:
    world.version(1)
    root = turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    registry = acting(root.secret)
    made = issue_token(registry, IssueToken(account="root", key="k"))
    for _ in range(2):
        with pytest.raises(SecretTold, match="take a new key for another") as told:
            issue_token(registry, IssueToken(account="root", key="k"))
        assert made.secret not in str(told.value)
    with pytest.raises(KeyReused):
        add_note(registry, AddNote(subject="mower@1", text="x", key="k"))
    add_note(registry, AddNote(subject="mower@1", text="x", key="n"))
    with pytest.raises(KeyReused):
        issue_token(registry, IssueToken(account="root", key="n"))
    assert {one.uuid for one in list_tokens(registry)} == {root.token.uuid, made.token.uuid}


def test_a_refused_token_leaves_its_key_free(world: World, acting: As) -> None:
    world.version(1)
    registry = acting(turn_on_accounts(world.registry(), TurnOnAccounts(account="root")).secret)
    with pytest.raises(AccountNotFound):
        issue_token(registry, IssueToken(account="bob", key="k"))
    add_account(registry, AddAccount(account="bob"))
    assert issue_token(registry, IssueToken(account="bob", key="k")).secret


def test_the_doctor_tells_what_no_event_tells_of(
    world: World, root: IssuedToken, acting: As
) -> None:
    registry = acting(root.secret)
    add_account(registry, AddAccount(account="bob", rights=(DEVELOPER,)))
    revoked = issue_token(registry, IssueToken(account="bob"))
    revoke_token(registry, RevokeToken(token=revoked.token.uuid))
    close_account(registry, CloseAccount(account="bob"))
    add_account(registry, AddAccount(account="eve", rights=(VIEWER,)))
    assert [f.what for f in examine(registry) if f.where.startswith("access")] == []
    now = datetime.now(UTC)
    with registry.metadata.writing("eve") as tx:
        right = {"account_id": 3, "role": "admin"}
        tx.connection.execute(sa.insert(t.access_right), right)
        tx.connection.execute(sa.delete(t.access_right).where(t.access_right.c.role == "viewer"))
        token = {"uuid": "made", "account_id": 3, "sha256": "0", "label": "", "created_at": now}
        token |= {"created_by": "eve", "expires_at": now + timedelta(days=1)}
        tx.connection.execute(sa.insert(t.token), token)
        tx.connection.execute(sa.update(t.account).where(t.account.c.id == 3).values(closed_at=now))
        tx.commit()
    found = {(f.kind, f.where): f.what for f in examine(registry) if f.where.startswith("access")}
    assert found == {
        ("row.unknown", 'access: right {"role": "admin"} of eve'): "no event tells of it",
        ("row.missing", 'access: right {"role": "viewer"} of eve'): (
            "it is not there; by its history it is"
        ),
        ("row.unknown", "access: token made"): "no event tells of it",
        ("row.differs", "access: account eve"): (
            "it is closed, a person; by its history it is open, a person"
        ),
    }


def test_the_doctor_tells_of_sessions_that_no_login_made(
    world: World, root: IssuedToken, acting: As
) -> None:
    registry = acting(root.secret)
    add_account(registry, AddAccount(account="bob", rights=(VIEWER,)))
    bobs = issue_token(registry, IssueToken(account="bob", days=1))
    brief = log_in(registry, bobs.secret)
    assert [f.what for f in examine(registry) if f.where.startswith("access")] == []
    now = datetime.now(UTC)
    with registry.metadata.writing("bob") as tx:
        ids = {r.uuid: r for r in tx.connection.execute(sa.select(t.token))}
        token, session, admins = (ids[made.token.uuid] for made in (bobs, brief, root))
        until = now + timedelta(hours=1)
        for uuid, account, parent, ends in (
            ("good", token.account_id, token.id, until),
            ("anothers", admins.account_id, token.id, until),
            ("of-session", session.account_id, session.id, until),
            ("outlives", token.account_id, token.id, token.expires_at + timedelta(hours=1)),
            ("too-long", admins.account_id, admins.id, now + SESSION + timedelta(hours=1)),
        ):
            row = {"uuid": uuid, "account_id": account, "sha256": uuid, "label": "browser"}
            row |= {"created_at": now, "created_by": "bob", "expires_at": ends, "parent_id": parent}
            tx.connection.execute(sa.insert(t.token), row)
        tx.commit()
    found = {f.where: f.what for f in examine(registry) if f.where.startswith("access")}
    assert {where.rpartition(" ")[2] for where in found} == {
        *("anothers", "of-session", "outlives", "too-long"),
    }
    assert "not that of the token" in found["access: session anothers"]
    assert "begun with a session" in found["access: session of-session"]
    assert all(
        "longer than it may" in found[f"access: session {w}"] for w in ("outlives", "too-long")
    )
