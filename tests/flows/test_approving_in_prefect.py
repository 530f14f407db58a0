"""Approvals as Prefect shows them, on a real server with a real worker."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import httpx
import pytest
from support.approving import all_of, ask_people, now, waiting
from support.desk import DASHBOARD, Desk, deploy_flows, working
from support.office import Office
from support.patience import until
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.access import IssueToken
from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.faces.prefect_api import PrefectApi
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.lifecycle.approvals import list_approvals

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Staffed(Desk):
    """A desk in an office."""

    office: Office

    def client(self, name: str) -> Client:
        secret = self.office._secrets[name]
        return Client(replace(self.world.settings, token=secret))

    def waiting(self) -> Approval:
        (found,) = list_approvals(self.office.as_("root"))
        return found


@pytest.fixture
def desk(
    sqlite_world: World, prefect: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Staffed]:
    deploy_flows(sqlite_world)
    office = Office(sqlite_world)
    token = issue_token(office.as_("root"), IssueToken(account="robot")).secret
    monkeypatch.setenv("PREFECT_API_URL", prefect["PREFECT_API_URL"])
    with working(sqlite_world, {**prefect, "REGISTRY_TOKEN": token}) as log:
        yield Staffed(sqlite_world, PrefectApi(prefect["PREFECT_API_URL"]), log, office)


@pytest.fixture
def desk_of_nobody(sqlite_world: World, prefect: Mapping[str, str]) -> Iterator[Desk]:
    """No accounts: everybody is the system's user."""
    deploy_flows(sqlite_world)
    ask_people(sqlite_world, "gate: approved, author_may_approve: true")
    with working(sqlite_world, prefect) as log:
        yield Desk(sqlite_world, PrefectApi(prefect["PREFECT_API_URL"]), log)


def test_people_decide_with_prefect_beside_them(desk: Staffed) -> None:
    # 1. the promotion leaves a request and ends, by a name and with a link
    first = desk.run("promote/promote", ref="mower@1", to="production")
    asked = desk.waiting()
    assert first.state is not None, desk.log.read_text()
    assert (first.state.type, first.state.name) == ("COMPLETED", "AwaitingApproval")
    page = f"{DASHBOARD}/approvals/{asked.uuid}"
    assert first.state.message is not None
    assert page in first.state.message
    assert first.name == "promote mower@1 to production"
    assert f"({page})" in desk.shown(first)
    assert asked.evidence_sha256 in desk.shown(first)

    # 2. the decision promotes at once, and one run shows it
    began = time.monotonic()
    seen = {"evidence_sha256": asked.evidence_sha256, "reason": "fine"}
    with desk.client("grace") as grace:
        assert grace.approve(asked.uuid, **seen).outcome is Closing.PROMOTED
        promoted_s = time.monotonic() - began
        assert grace.approve(asked.uuid, **seen).outcome is Closing.PROMOTED
    (going_on,) = desk.runs(asked.uuid)
    assert going_on.name == "mower@1 to production, approved by grace"
    done = until(lambda: desk.ended(going_on.id))
    shown_s = time.monotonic() - began
    print(f"approve to production {promoted_s:.2f} s, to the end of its run {shown_s:.2f} s")
    assert done.state is not None
    assert done.state.type == "COMPLETED", desk.log.read_text()
    assert done.name == going_on.name
    assert "mower@1 to production: promoted" in desk.shown(done)
    assert len(desk.runs(asked.uuid)) == 1

    # 3. the form decides for nobody without a code, and with one for its owner, once
    second = _second_version(desk)
    wanted = {"request": second.uuid, "decision": "approve", "reason": "by the form"}
    refused = desk.run("decide/approval", **wanted, evidence=second.evidence_sha256)
    assert refused.state is not None
    assert refused.state.type == "FAILED"
    assert "no code says who decides" in str(refused.state.message)
    assert desk.office.now(second).decisions == ()
    with desk.client("linus") as linus:
        code = linus.approval_code(second.uuid, evidence_sha256=second.evidence_sha256).code
    decided = desk.run("decide/approval", **wanted, code=code)
    assert decided.state is not None
    assert decided.state.type == "COMPLETED", desk.log.read_text()
    now = desk.office.now(second)
    assert (now.outcome, [d.by for d in now.decisions]) == (Closing.PROMOTED, ["linus"])
    again = desk.run("decide/approval", **wanted, code=code)
    assert again.state is not None
    assert again.state.type == "FAILED"
    assert not re.search(re.escape(code), desk.log.read_text())
    assert examine(desk.office.as_("root")) == ()


def _second_version(desk: Staffed) -> Approval:
    """Another version that waits; the robot's work."""
    file = desk.office.world.folder / "model.bin"
    file.write_bytes(b"another")
    with desk.client("robot") as robot:
        made = robot.register(file, model="mower", metrics={"auc": 0.8})
        robot.promote(made.version.ref, "staging")
        with pytest.raises(AwaitingApproval):
            robot.promote(made.version.ref, "production")
    return desk.waiting()


def test_where_nobody_has_accounts_the_form_decides_for_the_systems_user(
    desk_of_nobody: Desk,
) -> None:
    desk, wanted = desk_of_nobody, "decide/approval"
    _the_form_says_what_its_fields_are(desk)

    # 1. yes, to what was seen
    asked = waiting(desk.world, 1)
    fields = {"request": asked.uuid, "reason": "by the page", "code": ""}
    unseen = desk.run(wanted, **fields, decision="approve", evidence="")
    assert unseen.state is not None
    assert unseen.state.type == "FAILED"
    assert now(desk.world, asked).decisions == ()
    seen = fields | {"evidence": asked.evidence_sha256}
    assert desk.submit(wanted, **seen, decision="perhaps").is_client_error
    sent = desk.submit(wanted, **seen, decision="approve")
    sent.raise_for_status()
    approved = until(lambda: desk.ended(sent.json()["id"]))
    assert approved.state is not None
    assert approved.state.type == "COMPLETED", desk.log.read_text()
    found = now(desk.world, asked)
    assert (found.outcome, found.approved_by) == (Closing.PROMOTED, ("ada",))
    assert desk.world.stages() == {1: "production"}

    # 2. no
    asked = waiting(desk.world, 2)
    no = {"request": asked.uuid, "reason": "no", "evidence": asked.evidence_sha256}
    rejected = desk.run(wanted, **no, decision="reject")
    assert rejected.state is not None
    assert rejected.state.type == "COMPLETED", desk.log.read_text()
    assert [a.outcome for a in all_of(desk.world)] == [Closing.REJECTED, Closing.PROMOTED]
    assert desk.world.stages() == {1: "production", 2: "staging"}


def _the_form_says_what_its_fields_are(desk: Desk) -> None:
    told = httpx.get(f"{desk.prefect.url}/deployments/name/decide/approval", timeout=60).json()
    fields = told["parameter_openapi_schema"]["properties"]
    assert fields["decision"]["enum"] == ["approve", "reject"]
    assert set(told["parameter_openapi_schema"]["required"]) == {"request", "decision", "reason"}
    assert "ten minutes" in fields["code"]["description"]
    assert "SHA-256" in fields["evidence"]["description"]
