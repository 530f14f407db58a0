"""Deciding about a promotion in the dashboard."""

import re

import pytest
from support.town import Town
from support.visiting import Visitor

from registry_tasks.entities.approval import Choice, Closing, DecideByCode
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.approval_codes import decide_by_code
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval

pytestmark = pytest.mark.slow


def production(town: Town) -> int:
    return show(town.registry(), "kite@production").version.number


def ask(town: Town) -> str:
    """Let the author ask for kite 2 in production; returns the page to decide."""
    author = town.person("ada")
    page = author.open("/models/kite/versions/2")
    sent = author.send(
        page,
        "/models/kite/versions/2/do/promote",
        place="production/default",
        reason="it is better",
    )
    return str(sent.answer.headers["location"]).partition("?")[0]


def test_what_waits_is_in_the_inbox_and_shows_its_evidence(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    inbox = person.open("/approvals")
    assert address in inbox.links
    assert "it is better" in inbox.text
    page = person.open(address)
    found = show_approval(town.registry(), address.rpartition("/")[2])
    for said in ("kite@2 to production", "kite@1", "metric auc", "better", "0 of 1"):
        assert said in page.text
    form = page.form(f"{address}/decide")
    assert form.fields["evidence"] == found.approval.evidence_sha256
    (gate,) = person.rows(f"{address}?format=csv")
    assert gate[:2] == ["metric auc", "passed"]


def test_another_person_approves_and_it_is_in_production(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    sent = person.send(person.open(address), f"{address}/decide", choice="approve", reason="yes")
    assert "It was promoted" in person.follow(sent).text
    assert production(town) == 2
    found = show_approval(town.registry(), address.rpartition("/")[2]).approval
    assert [(d.by, d.choice, d.reason) for d in found.decisions] == [
        ("bea", Choice.APPROVED, "yes")
    ]
    assert address not in person.open("/approvals").links
    assert "Nothing waits" in person.open("/approvals?subject=kite").text
    (row,) = person.rows("/approvals?subject=kite&show=all&format=csv")
    assert (row[1], row[9]) == ("kite@2", "promoted")


def test_deciding_needs_a_reason(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    page = person.open(address)
    assert page.form(f"{address}/decide").required == {"reason"}
    person.send(page, f"{address}/decide", choice="approve", status=400)
    assert len(list_approvals(town.registry(), "kite")) == 1
    refused = person.send(page, f"{address}/decide", choice="reject", status=400)
    assert "reason" in refused.text.lower()
    again = person.send(refused, f"{address}/decide", choice="reject", reason="too soon")
    assert "It was rejected" in person.follow(again).text
    found = show_approval(town.registry(), address.rpartition("/")[2]).approval
    assert found.outcome is Closing.REJECTED
    assert production(town) == 1


def test_neither_author_nor_viewer_can_approve(town: Town) -> None:
    address = ask(town)
    admin = town.person("olga")
    author, viewer = town.person("ada"), town.person("vic")
    assert "Approving takes" in viewer.open(address).text or "vic" in viewer.open(address).text
    assert not [f for f in viewer.open(address).forms if f.action.endswith("/decide")]
    _post(viewer, address, 403)
    _post(author, address, 403)
    assert production(town) == 1
    page = admin.open(address)
    sent = admin.send(page, f"{address}/decide", choice="approve", reason="yes")
    assert "It was promoted" in admin.follow(sent).text


def test_what_changed_since_voids_it_and_says_so(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    page = person.open(address)
    policy = (town.world.root / "params.yaml").read_text().replace("at_least: 0.5", "at_least: 0.6")
    town.world.commit({"params.yaml": policy})
    assert "does not hold any more" in person.open(address).text
    refused = person.send(page, f"{address}/decide", choice="approve", reason="yes", status=409)
    assert "voided" in refused.text
    assert production(town) == 1
    assert list_approvals(town.registry(), "kite") == ()


def test_one_decides_about_what_one_was_shown(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    page = person.open(address)
    page.form(f"{address}/decide").fields["evidence"] = "0" * 64
    refused = person.send(page, f"{address}/decide", choice="approve", reason="yes", status=409)
    assert "0" * 8 in refused.text
    assert production(town) == 1


def test_a_code_for_prefect_is_shown_once_to_whoever_may_approve(town: Town) -> None:
    address = ask(town)
    person = town.person("bea")
    page = person.open(address)
    made = person.send(page, f"{address}/code", status=200)
    (code,) = re.findall(r"rt_once_[\w-]{43}", made.text)
    assert "decides once, as bea" in made.text
    assert code not in person.open(address).text
    again = person.send(page, f"{address}/code", status=409)
    assert "rt_once_" not in again.text
    _post(town.person("vic"), address, 403, "code")

    uuid = address.rpartition("/")[2]
    asked = DecideByCode(approval=uuid, code=code, choice=Choice.APPROVED, reason="x")
    assert decide_by_code(town.registry(), asked).outcome is Closing.PROMOTED
    assert production(town) == 2


def test_there_is_no_page_of_a_request_that_is_not_there(quiet_town: Town) -> None:
    assert "nothing" in quiet_town.person("vic").open("/approvals/nothing", 404).text


def _post(visitor: Visitor, address: str, status: int, form: str = "decide") -> None:
    """Send the form that somebody was not given."""
    token = visitor.open("/access").form("/logout").fields["form_token"]
    digest = "0" * 64
    content = {"form_token": token, "evidence": digest, "choice": "approve", "reason": "x"}
    headers = {"Origin": visitor.site, "Sec-Fetch-Site": "same-origin"}
    answer = visitor.client.post(f"{address}/{form}", data=content, headers=headers)
    assert answer.status_code == status, answer.text[:600]
