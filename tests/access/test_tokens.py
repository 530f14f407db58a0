"""Tokens: who holds one is known by it, until it is over; and nothing keeps its secret."""

from datetime import timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from support.world import World

from registry_tasks.entities.access import (
    AccountKind,
    AddAccount,
    CloseAccount,
    IssuedToken,
    IssueToken,
    RevokeToken,
    Right,
    Role,
)
from registry_tasks.entities.errors import InvalidSetting, NotPermitted, TokenNotFound, TokenRefused
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.access.accounts import add_account, close_account
from registry_tasks.registry.access.tokens import (
    SESSION,
    authenticate,
    issue_token,
    list_tokens,
    log_in,
    revoke_token,
)
from registry_tasks.registry.catalogue.show import list_history, list_models
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import accounts, tables as t

from .conftest import As

VIEWER = Right(role=Role.VIEWER)


@pytest.fixture
def admin(root: IssuedToken, acting: As) -> Registry:
    return acting(root.secret)


@pytest.fixture
def bob(admin: Registry) -> IssuedToken:
    add_account(admin, AddAccount(account="bob", rights=(VIEWER,)))
    return issue_token(admin, IssueToken(account="bob", label="laptop", days=7))


def short(admin: Registry, lasts: timedelta) -> IssuedToken:
    """A token of bob that lasts as long as no request can ask for."""
    with admin.metadata.writing("root") as tx:
        account_id, _ = accounts.get(tx.connection, "bob")
        made = accounts.issue(tx, account_id, "bob", "", lasts)
        tx.commit()
    return made


def test_a_token_is_random_and_only_its_hash_is_kept(admin: Registry, bob: IssuedToken) -> None:
    secrets = {issue_token(admin, IssueToken(account="bob")).secret for _ in range(20)}
    assert len(secrets) == 20
    assert all(s.startswith("rt_") and len(s) == 3 + 43 for s in secrets)  # 32 bytes in base64
    with admin.metadata.reading() as connection:
        kept = set(connection.execute(sa.select(t.token.c.sha256)).scalars())
    assert {sha256(s.encode()).hexdigest() for s in secrets} < kept
    assert bob.token.expires_at - bob.token.created_at == timedelta(days=7)
    assert bob.secret not in repr(bob) and bob.secret not in str(bob)


def test_a_token_that_is_over_lets_nobody_in(admin: Registry, bob: IssuedToken, acting: As) -> None:
    assert acting(bob.secret).identity.actor == "bob"
    gone = short(admin, timedelta(seconds=-1))
    revoked = issue_token(admin, IssueToken(account="bob"))
    opened = acting(revoked.secret)
    assert list_models(opened)
    revoke_token(admin, RevokeToken(token=revoked.token.uuid))
    for secret, why in (
        (gone.secret, "the token expired on"),
        (revoked.secret, "the token was revoked"),
        ("rt_" + "A" * 43, "the token is not known"),
        (bob.secret + "x", "the token is not known"),
        (bob.secret[:-1], "the token is not known"),
        (sha256(bob.secret.encode()).hexdigest(), "the token is not known"),
        ("\udcff'; DROP TABLE token; --", "the token is not known"),
        ("", "there is no token"),
    ):
        with pytest.raises(TokenRefused, match=why) as refused:
            list_models(acting(secret))
        assert not secret or secret not in str(refused.value)
    with pytest.raises(TokenRefused, match="revoked"):  # what is open is asked at each change
        issue_token(opened, IssueToken(account="bob"))


def test_people_make_tokens_for_themselves_and_programs_do_not(
    admin: Registry, bob: IssuedToken, acting: As
) -> None:
    assert issue_token(acting(bob.secret), IssueToken(account="bob")).token.created_by == "bob"
    with pytest.raises(NotPermitted, match="may not manage access"):
        issue_token(acting(bob.secret), IssueToken(account="root"))
    kind = AccountKind.SERVICE
    add_account(admin, AddAccount(account="ci", kind=kind, rights=(VIEWER,)))
    service = issue_token(admin, IssueToken(account="ci"))
    with pytest.raises(NotPermitted):
        issue_token(acting(service.secret), IssueToken(account="ci"))
    assert [token.account for token in list_tokens(acting(service.secret), "ci")] == ["ci"]


def test_one_sees_and_revokes_ones_own_tokens_only(
    admin: Registry, root: IssuedToken, bob: IssuedToken, acting: As
) -> None:
    registry = acting(bob.secret)
    assert [token.label for token in list_tokens(registry, "bob")] == ["laptop"]
    for account in (None, "root"):
        with pytest.raises(NotPermitted):
            list_tokens(registry, account)
    with pytest.raises(NotPermitted):
        revoke_token(registry, RevokeToken(token=root.token.uuid))
    assert len(list_tokens(admin)) == 2
    first = list_tokens(admin, limit=1)[0]
    assert list_tokens(admin, before=first.uuid)[0].account == "root"
    revoked = revoke_token(registry, RevokeToken(token=bob.token.uuid))
    assert revoked.revoked_at is not None
    assert revoke_token(admin, RevokeToken(token=bob.token.uuid)) == revoked
    with pytest.raises(TokenNotFound):
        revoke_token(admin, RevokeToken(token="0"))
    with pytest.raises(InvalidSetting, match="name a token by its id") as refused:
        RevokeToken(token=root.secret)
    assert root.secret[:12] not in str(refused.value)
    kinds = [e.kind for e in list_history(admin, kinds=(EventKind.TOKEN_REVOKED,))]
    assert len(kinds) == 1, "what is worthless already has no second event"


def test_a_session_ends_with_its_token_and_after_half_a_day(
    admin: Registry, bob: IssuedToken
) -> None:
    session = log_in(admin, bob.secret)
    assert session.token.session and session.token.account == "bob"
    assert session.token.expires_at - session.token.created_at == SESSION == timedelta(hours=12)
    who, known = authenticate(admin, session.secret)
    assert (who.actor, who.rights, known) == ("bob", (VIEWER,), session.token)
    brief = short(admin, timedelta(minutes=5))
    ends = log_in(admin, brief.secret).token.expires_at
    assert ends == brief.token.expires_at
    again = log_in(admin, session.secret)  # of a session: no longer than it, and with it
    assert again.token.expires_at <= session.token.expires_at
    assert session.token not in list_tokens(admin, "bob")
    revoke_token(admin, RevokeToken(token=bob.token.uuid))
    for secret in (session.secret, again.secret):
        with pytest.raises(TokenRefused, match="revoked"):
            authenticate(admin, secret)


def test_logging_out_ends_the_session_and_not_the_token(
    admin: Registry, bob: IssuedToken, acting: As
) -> None:
    session = log_in(admin, bob.secret)
    before = len(list_history(admin, limit=1000))
    revoke_token(acting(session.secret), RevokeToken(token=session.token.uuid))
    assert len(list_history(admin, limit=1000)) == before, "sessions have no events"
    with pytest.raises(TokenRefused):
        authenticate(admin, session.secret)
    assert authenticate(admin, bob.secret)[0].actor == "bob"


def test_a_closed_account_has_no_sessions(admin: Registry, bob: IssuedToken) -> None:
    session = log_in(admin, bob.secret)
    close_account(admin, CloseAccount(account="bob"))
    with pytest.raises(TokenRefused, match="closed"):
        authenticate(admin, session.secret)
    with pytest.raises(TokenRefused, match="closed"):
        log_in(admin, bob.secret)


def test_no_event_and_no_answer_that_is_kept_has_a_secret(
    world: World, admin: Registry, root: IssuedToken, bob: IssuedToken
) -> None:
    session = log_in(admin, bob.secret)
    revoke_token(admin, RevokeToken(token=bob.token.uuid, key="once"))
    with admin.metadata.reading() as connection:
        rows = [
            repr(row)
            for table in t.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
        ]
    assert len(rows) > 20
    for secret in (root.secret, bob.secret, session.secret):
        assert not [row for row in rows if secret[3:] in row]
    assert not world.registry().settings.token
