"""With accounts on, who may do what is the same on both roads, and so is how a no is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from support.http_server import serving
from support.site import ADMIN, APPROVER, AUTHOR, VIEWER, let_people_in
from support.world import World

from registry_tasks import Client, connect, errors
from registry_tasks.entities.access import Right, Role

from .conftest import elsewhere

pytestmark = pytest.mark.slow

LET_IN: Final = "mower@1"
KITES: Final = "kim"
"""May do what makes kites, and move them to staging and by one alias, and nothing else."""
As = Callable[[str | None], Client]


class Served:
    """A registry with people in it, as each of them sees it on either road."""

    def __init__(self, world: World, url: str, tokens: dict[str, str], place: Path) -> None:
        self.world, self.url, self.tokens, self._place = world, url, tokens, place
        self._opened: list[Client] = []

    def local(self, name: str | None) -> Client:
        return self._open(replace(self.world.settings, token=self._secret(name)))

    def http(self, name: str | None) -> Client:
        return self._open(elsewhere(self.url, self._place, self._secret(name)))

    def close(self) -> None:
        for client in self._opened:
            client.close()

    def _secret(self, name: str | None) -> str | None:
        return None if name is None else self.tokens.get(name, name)

    def _open(self, settings: Any) -> Client:
        self._opened.append(Client(settings))
        return self._opened[-1]


@pytest.fixture
def served(world: World, tmp_path: Path) -> Iterator[Served]:
    tokens = let_people_in(world)
    with Client(replace(world.settings, token=tokens[ADMIN])) as admin:
        made = (Right(role=Role.DEVELOPER, model="kite"), Right(stage="staging", model="kite"))
        admin.add_account(KITES, rights=(*made, Right(alias="hero", model="kite")))
        tokens[KITES] = admin.issue_token(KITES).secret
    with serving(world.settings) as url:
        made = Served(world, url, tokens, tmp_path / "elsewhere")
        yield made
        made.close()


@pytest.fixture(params=["local", "http"])
def acting(request: pytest.FixtureRequest, served: Served) -> As:
    """Opens the registry as somebody, on one road and on the other."""
    opened: As = getattr(served, request.param)
    return opened


@pytest.mark.parametrize(
    ("who", "call"),
    [
        (None, lambda c: c.resolve(LET_IN)),
        (None, lambda c: c.note(LET_IN, "x")),
        ("rgs_not-a-token", lambda c: c.models()),
        (VIEWER, lambda c: c.tokens()),
        (AUTHOR, lambda c: c.accounts()),
        (AUTHOR, lambda c: c.grant_right(AUTHOR, Right(role=Role.ADMIN))),
        (ADMIN, lambda c: c.close_account(ADMIN)),
        (KITES, lambda c: c.note(LET_IN, "x")),
        (KITES, lambda c: c.promote("mower@4", "staging")),
        (KITES, lambda c: c.promote("kite@3", "production")),
        (KITES, lambda c: c.point_alias("kite@3", "champion")),
        (KITES, lambda c: c.log_run("mower")),
    ],
)
def test_a_no_is_told_alike_and_changes_nothing(
    served: Served, who: str | None, call: Callable[[Client], Any]
) -> None:
    before = served.local(ADMIN).history("mower", limit=1000)
    with pytest.raises((errors.Forbidden, errors.Refused)) as local:
        call(served.local(who))
    with pytest.raises(type(local.value)) as http:
        call(served.http(who))
    assert (http.value.args, str(http.value)) == (local.value.args, str(local.value))
    assert served.local(ADMIN).history("mower", limit=1000) == before
    assert not any(secret in str(http.value) for secret in served.tokens.values())


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.promote("mower@4", "staging"),
        lambda c: c.point_alias(LET_IN, "hero"),
        lambda c: c.note(LET_IN, "x"),
        lambda c: c.log_run("mower"),
        lambda c: c.register(__file__, model="mower"),
        lambda c: c.add_account("eve"),
    ],
)
def test_who_may_only_look_changes_nothing_on_either_road(
    acting: As, call: Callable[[Client], Any]
) -> None:
    with pytest.raises(errors.NotPermitted) as caught:
        call(acting(VIEWER))
    assert caught.value.actor == VIEWER


def test_whoever_has_a_right_acts_under_their_own_name(acting: As) -> None:
    assert acting(VIEWER).resolve(LET_IN).number == 1
    acting(AUTHOR).promote("mower@4", "staging", reason="better")
    assert acting(VIEWER).history("mower", limit=1)[0].actor == AUTHOR


def test_people_decide(acting: As) -> None:
    with pytest.raises(errors.AwaitingApproval):
        acting(AUTHOR).promote("kite@2", "production")
    (asked,) = acting(VIEWER).approvals("kite")
    seen = acting(APPROVER).approval(asked.uuid).approval.evidence_sha256
    with pytest.raises(errors.NotPermitted):
        acting(VIEWER).approve(asked.uuid, evidence_sha256=seen, reason="mine")
    code = acting(APPROVER).approval_code(asked.uuid, evidence_sha256=seen)
    assert (code.approval, code.account) == (asked.uuid, APPROVER)
    acting(APPROVER).approve(asked.uuid, evidence_sha256=seen, reason="looks right")
    assert acting(VIEWER).resolve("kite@production").number == 2
    assert acting(VIEWER).approvals("kite") == ()


def test_an_admin_manages_access(acting: As) -> None:
    admin = acting(ADMIN)
    made = admin.add_account("eve", rights=(Right(role=Role.VIEWER, model="mower"),), key="k")
    assert admin.add_account("eve", rights=made.rights, key="k") == made
    secret = admin.issue_token("eve", label="laptop", days=3).secret
    assert acting(secret).resolve(LET_IN).number == 1
    right = Right(alias="hero", model="mower")
    assert right in admin.grant_right("eve", right, "asked for").rights
    acting(secret).point_alias(LET_IN, "hero")
    assert right not in admin.revoke_right("eve", right).rights
    with pytest.raises(errors.NotPermitted):
        acting(secret).point_alias("mower@2", "hero")
    assert {account.name for account in admin.accounts()} >= {"eve", ADMIN, VIEWER}
    (token,) = acting(secret).tokens("eve")
    assert token.label == "laptop"
    admin.revoke_token(token.uuid)
    with pytest.raises(errors.TokenRefused):
        acting(secret).models()
    assert admin.close_account("eve", "left").closed_at is not None


def test_a_token_comes_from_the_call_or_the_environment(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(served.url, token=served.tokens[VIEWER]) as client:
        assert client.resolve(LET_IN).number == 1
    monkeypatch.setenv("REGISTRY_STORE", served.url)
    monkeypatch.setenv("REGISTRY_TOKEN", served.tokens[VIEWER])
    with connect() as client:
        assert client.resolve(LET_IN).number == 1
        assert served.tokens[VIEWER] not in repr(client.settings)


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "umläut"])
def test_what_cannot_be_a_token_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(errors.InvalidSetting, match="REGISTRY_TOKEN") as caught:
        connect("http://127.0.0.1:9", token=token)
    assert token not in str(caught.value)
