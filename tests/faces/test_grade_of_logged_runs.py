"""Provenance grade E from end to end: a run that was logged in a checkout, outside DVC."""

import subprocess
from pathlib import Path

import pytest

from registry_tasks import Client

from .conftest import MODEL, POLICY, Cli

REF = f"{MODEL}@4"
REASON = (
    "no DVC pipeline made it, so nothing can make it again; "
    "its commit only says what was checked out"
)
GATED = POLICY.replace("{gate: metric, metric: auc, at_least: 0.6}", "{gate: grade, at_least: D}")


def git(folder: Path, *arguments: str) -> str:
    person = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    command = ["git", *person, *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def logged(told: Client, alone: Path, cli: Cli, model_file: Path) -> str:
    """Register a run that was logged in the project, beside three files; what it has to tell."""
    git(alone, "clone", "--quiet", "--bare", ".", "../bare.git")
    git(alone, "remote", "add", "origin", "../bare.git")
    with told.log_run(MODEL, parameters={"rate": 0.1}) as run:
        run.log_metric("auc", 0.9)
        run.log_model(model_file)
    made = cli("register-run", run.uuid, "--json")
    assert made.code == 0, made.err
    assert made.document["version"]["grade"] == "E"
    return git(alone, "rev-parse", "HEAD")


@pytest.mark.slow
def test_it_is_shown_everywhere_and_no_push_changes_it(logged: str, alone: Path, cli: Cli) -> None:
    git(alone, "push", "--quiet", "origin", "main")
    assert cli("sync", "--json").document["regraded"] == []
    record = cli("show", REF, "--json").document
    assert (record["version"]["grade"], record["grade_at_birth"]) == ("E", "E")
    assert record["grade_reasons"] == [REASON]
    assert record["version"]["commit"] is None
    assert record["run"]["origin"]["base_commit"] == logged
    text = cli("show", REF).out
    assert "grade E" in text.splitlines()[0]
    assert f"grade E: {REASON}" in " ".join(text.split())
    listed = cli("versions", MODEL, "--json").document["items"]
    assert [v["grade"] for v in listed] == ["E", "F", "F", "F"]
    found = cli("search", "versions", "grade <= 'E'", "--json").document["items"]
    assert [v["number"] for v in found] == [4]
    assert cli("search", "versions", "grade <= 'D'", "--json").document["items"] == []


@pytest.mark.slow
def test_a_gate_refuses_it(logged: str, alone: Path, cli: Cli) -> None:
    (alone / "params.yaml").write_text(GATED)
    git(alone, "commit", "--quiet", "--all", "--message=grades")
    refused = cli("promote", REF, "--to", "staging")
    assert refused.code == 5
    assert f"its provenance grade is E: {REASON}" in " ".join(refused.err.split())
    assert cli("resolve", REF, "--json").document["stages"] == {"default": "experiment"}


@pytest.mark.slow
def test_git_gives_it_back(logged: str, alone: Path, cli: Cli) -> None:
    other = f"sqlite:///{alone.parent / 'rebuilt.db'}"
    made = cli("rebuild", "--from-git", "--into", other)
    assert made.code == 0, made.err
    before, after = (
        cli(*where, "show", REF, "--json").document for where in ((), ("--store", other))
    )
    for name in ("grade_reasons", "grade_at_birth"):
        assert after[name] == before[name]
    assert after["version"]["grade"] == "E"
