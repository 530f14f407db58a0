"""Flows whose promotions wait for people: they end well, and whoever approves does the rest."""

from dataclasses import replace

import pytest
from support.pipelines import Project

from registry_tasks.entities.approval import Approve
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.lifecycle.approve import approve
from registry_tasks.registry.registry import Registry

from .conftest import StartFlow

pytestmark = pytest.mark.slow


def test_retraining_ends_awaiting_and_holds_no_worker(
    project: Project, start_flow: StartFlow
) -> None:
    text = (project.root / "params.yaml").read_text()
    gates = "production: [{gate: better-than-production}, {gate: approved}]"
    wanted = text.replace("production: [{gate: better-than-production}]", gates)
    assert wanted != text
    project.commit({"params.yaml": wanted})

    first = start_flow("retrain", model="mower")
    answer = first.result()

    (asked,) = list_approvals(project.registry())
    waits = {"ref": "mower@1", "stage": "production", "approval": asked.uuid, "people": 1}
    assert (answer["reached"], answer["refusal"], answer["awaiting"]) == (["staging"], None, waits)
    assert "Traceback" not in first.log.read_text()
    again = start_flow("promote", ref="mower@1")
    assert again.result() == waits
    assert "Traceback" not in again.log.read_text()
    assert project.kinds().count(EventKind.APPROVAL_REQUESTED) == 1
    assert project.stages() == {1: "staging"}

    grace = Registry(replace(project.settings, actor="grace"))
    approve(
        grace, Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
    )
    grace.close()

    assert project.stages() == {1: "production"}
    assert project.resolve("mower@champion").number == 1
