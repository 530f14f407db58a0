"""Approvals as Prefect shows them, on a real server with a real worker, in a registry with accounts."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import pytest
from support.office import Office
from support.patience import until
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.access import IssueToken
from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.faces.prefect_api import FlowRun, PrefectApi
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.lifecycle.approvals import list_approvals

pytestmark = pytest.mark.slow
ROOT: Final = Path(__file__).parents[2]
DASHBOARD: Final = "https://registry.example.org"
DEPLOYED: Final = """
deployments:
  - name: promote
    entrypoint: flows/promote.py:promote
  - name: approval
    entrypoint: flows/decide.py:decide
"""


class Desk(NamedTuple):
    """An office whose worker runs flows on a Prefect server."""

    office: Office
    prefect: PrefectApi
    log: Path

    def run(self, deployment: str, **parameters: Any) -> FlowRun:
        """Let the worker run a flow to its end."""
        asked = self.prefect.start(deployment, parameters, None)
        return until(lambda: self.ended(asked.id))

    def ended(self, uuid: Any) -> FlowRun | None:
        found = self.prefect.look(uuid)
        return found if found.is_over else None

    def runs(self, request: str) -> list[FlowRun]:
        """All runs that go on from a request."""
        asked = {"flow_runs": {"idempotency_key": {"any_": [request]}}}
        found = httpx.post(f"{self.prefect.url}/flow_runs/filter", json=asked, timeout=60)
        return [FlowRun.model_validate(one) for one in found.json()]

    def shown(self, run: FlowRun) -> str:
        """All that a run shows: texts, tables, links."""
        asked = {"artifacts": {"flow_run_id": {"any_": [str(run.id)]}}}
        found = httpx.post(f"{self.prefect.url}/artifacts/filter", json=asked, timeout=60)
        return "\n".join(str(one["data"]) for one in found.json())

    def client(self, name: str) -> Client:
        secret = self.office._secrets[name]
        return Client(replace(self.office.world.settings, token=secret))

    def waiting(self) -> Approval:
        (found,) = list_approvals(self.office.as_("root"))
        return found


@pytest.fixture
def desk(
    sqlite_world: World, prefect: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    world = sqlite_world
    (world.root / "flows").mkdir()
    for name in ("promote.py", "decide.py"):
        shutil.copy(ROOT / "flows" / name, world.root / "flows" / name)
    world.commit({"deployments/prefect.yaml": DEPLOYED})
    office = Office(world)
    root = office.as_("root")
    token = issue_token(root, IssueToken(account="robot")).secret
    monkeypatch.setenv("PREFECT_API_URL", prefect["PREFECT_API_URL"])
    log = world.folder / "worker.log"
    variables = {
        **os.environ,
        **world.variables(),
        **prefect,
        "REGISTRY_TOKEN": token,
        "REGISTRY_DASHBOARD_URL": DASHBOARD,
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "registry_tasks.faces.up.worker", "--deploy"],
            cwd=world.root,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: _is_up(worker, log))
        yield Desk(office, PrefectApi(prefect["PREFECT_API_URL"]), log)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _is_up(worker: subprocess.Popen[bytes], log: Path) -> bool:
    said = log.read_text()
    assert worker.poll() is None, said
    return "started!" in said


def test_people_decide_with_prefect_beside_them(desk: Desk) -> None:
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


def _second_version(desk: Desk) -> Approval:
    """Another version that waits; the robot's work."""
    file = desk.office.world.folder / "model.bin"
    file.write_bytes(b"another")
    with desk.client("robot") as robot:
        made = robot.register(file, model="mower", metrics={"auc": 0.8})
        robot.promote(made.version.ref, "staging")
        with pytest.raises(AwaitingApproval):
            robot.promote(made.version.ref, "production")
    return desk.waiting()


def test_the_form_has_a_choice_and_says_what_the_fields_are(desk: Desk) -> None:
    told = httpx.get(f"{desk.prefect.url}/deployments/name/decide/approval", timeout=60).json()
    fields = told["parameter_openapi_schema"]["properties"]
    assert fields["decision"]["enum"] == ["approve", "reject"]
    assert set(told["parameter_openapi_schema"]["required"]) == {"request", "decision", "reason"}
    assert "ten minutes" in fields["code"]["description"]
    assert "SHA-256" in fields["evidence"]["description"]
