"""``registry approvals``, ``approval``, ``approve``, ``reject`` as people and programs call them."""

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from registry_tasks import Client, errors

from .conftest import POLICY, Cli
from .test_docs import DOCS, check_shape

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_prefect")]

PAGE: Final = (DOCS / "approvals.md").read_text()
REF: Final = "flight-delay@2"
Become = Callable[[str], None]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Become:
    """Go on as somebody else."""
    return lambda actor: monkeypatch.setenv("REGISTRY_ACTOR", actor)


@pytest.fixture
def uuid(told: Client, alone: Path, cli: Cli) -> str:
    """A promotion that waits for one person."""
    gates = "{gate: metric, metric: auc, at_least: 0.6}, {gate: approved}"
    (alone / "params.yaml").write_text(POLICY.replace("{gate: better-than-production}", gates))
    person = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", *person, "commit", "-qam", "ask people"], cwd=alone, check=True)
    answer = cli("promote", REF, "--to", "production", "--reason", "better on rain")
    assert answer.code == 5
    said = f"{REF} waits for one person to approve of production; it was not moved"
    assert said in answer.err
    (found,) = re.findall(r"`registry approve (\S+) ", answer.err)
    return str(found)


def test_what_waits_is_listed_and_shown(uuid: str, cli: Cli, become: Become) -> None:
    listed = cli("approvals", "flight-delay").out
    assert all(text in listed for text in (uuid, REF, "production", "0 of 1", "tester"))
    page = cli("approval", uuid).out
    assert page.startswith(f"{REF} to production: waits\n")
    assert "candidate flight-delay@2" in page
    assert "production flight-delay@1" in page
    assert "metrics of flight-delay@2\n  auc  0.75" in page
    assert "flight-delay@1 would make room in production" in page
    assert "compared on data/raw/2013-03 (higher is better)" in page
    assert "passed   metric auc: auc is 0.75 (bound: >= 0.6)" in page
    assert "you cannot approve: tester started the run of flight-delay@2" in page
    become("grace")
    assert "you cannot approve" not in cli("approval", uuid).out


def test_who_approves_sees_what(uuid: str, cli: Cli, become: Become) -> None:
    become("grace")
    answer = cli("approve", uuid, "--reason", "go")
    assert answer.code == 0
    assert "candidate flight-delay@2" in answer.out
    assert re.search(r"^grace approved it .* UTC: go$", answer.out, re.MULTILINE)
    assert answer.out.endswith(f"{REF} is in production\n")
    assert cli("approvals").out.count(uuid) == 0
    assert "promoted" in cli("approvals", REF, "--all").out
    assert cli("approval", uuid).out.startswith(f"{REF} to production: promoted ")
    assert cli("resolve", "flight-delay@production", "--json").document["number"] == 2


def test_a_program_names_what_it_saw(uuid: str, cli: Cli, become: Become) -> None:
    become("grace")
    seen = cli("approval", uuid, "--json").document["approval"]["evidence_sha256"]
    other = cli("approve", uuid, "--reason", "go", "--evidence", "0" * 64, "--json")
    assert (other.code, json.loads(other.err)["error"]) == (4, "Conflict")
    assert cli("approve", uuid, "--reason", "go", "--evidence", "short").code == 2
    made = cli("approve", uuid, "--reason", "go", "--evidence", seen, "--json").document
    assert (made["outcome"], made["decisions"][0]["by"]) == ("promoted", "grace")


def test_a_no_closes_it(uuid: str, cli: Cli, become: Become) -> None:
    become("grace")
    assert cli("reject", uuid).code == cli("approve", uuid).code == 2
    answer = cli("reject", uuid, "--reason", "too slow")
    assert answer.code == 0
    assert f"{REF} stays where it is" in answer.out
    late = cli("approve", uuid, "--reason", "go")
    assert (late.code, "was rejected: grace rejected it" in late.err) == (4, True)


def test_an_author_is_refused(uuid: str, cli: Cli) -> None:
    answer = cli("approve", uuid, "--reason", "go")
    assert answer.code == 8
    assert f"Ask somebody else to look at {uuid}" in answer.err
    assert cli("approve", "1", "--reason", "go").code == 3


def test_sync_says_what_it_closed(uuid: str, cli: Cli) -> None:
    assert cli("promote", REF, "--to", "experiment").code == 0
    page = cli("approval", uuid).out
    assert f"this does not hold any more: {REF} cannot go from experiment to production" in page
    done = cli("sync", "--json").document
    assert [(each["uuid"], each["outcome"]) for each in done["closed"]] == [(uuid, "voided")]
    again = cli("promote", REF, "--to", "staging")
    assert again.code == 0
    assert cli("promote", REF, "--to", "production").code == 5
    assert cli("promote", REF, "--to", "experiment").code == 0
    assert f"request for {REF} to production: voided\n" in cli("sync").out


def test_the_client_has_the_same_verbs(uuid: str, told: Client, become: Become) -> None:
    (asked,) = told.approvals("flight-delay")
    record = told.approval(uuid)
    assert (asked, asked.evidence_sha256) == (record.approval, record.evidence.digest())
    with pytest.raises(errors.ApprovalBarred):
        told.approve(uuid, evidence_sha256=asked.evidence_sha256, reason="go")
    done = told.reject(uuid, evidence_sha256=asked.evidence_sha256, reason="taken back", key="1")
    assert told.approvals(REF, over=True) == (done,)


def test_the_json_has_the_documented_shape(uuid: str, cli: Cli, become: Become) -> None:
    (documented,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    example = json.loads(documented)
    check_shape(cli("approval", uuid, "--json").document, example, "approval")
    become("grace")
    made = cli("approve", uuid, "--reason", "go", "--json").document
    check_shape(made, example["approval"], "approve")
    (listed,) = cli("approvals", "--all", "--json").document["items"]
    assert listed == made


def test_the_commands_of_the_page_run(uuid: str, cli: Cli, become: Become) -> None:
    become("grace")
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines():
        program, *words = shlex.split(line.replace("UUID", uuid))
        answer = cli(*words)
        assert (program, answer.code) == ("registry", 0), f"{line}: {answer.err}"
    assert "promoted" in answer.out
