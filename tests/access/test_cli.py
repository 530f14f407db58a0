"""Who may do what, from the command line: the story that docs/access.md tells."""

import json

import pytest
from support.world import World

from registry_tasks.entities.errors import Forbidden
from registry_tasks.faces.cli.app import run
from registry_tasks.faces.cli.exit_codes import EXIT_CODES

FORBIDDEN = EXIT_CODES[Forbidden]

pytestmark = pytest.mark.usefixtures("without_prefect")


@pytest.mark.slow
def test_the_story_of_the_page(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sqlite_world.version(1)
    for name, value in sqlite_world.variables().items():
        monkeypatch.setenv(name, value)

    def say(*words: str, code: int = 0) -> str:
        assert run(list(words)) == code
        told = capsys.readouterr()
        return told.out if code == 0 else told.err

    root = say("access", "start", "ada").splitlines()
    assert root[0].startswith("rt_") and len(root[0]) == 46
    assert "It is shown once and kept nowhere" in root[1] and "REGISTRY_TOKEN" in root[2]
    assert "there is no token" in say("models", code=FORBIDDEN)
    monkeypatch.setenv("REGISTRY_TOKEN", f" {root[0]}\n")  # as a file of secrets has it
    assert "developer of mower" in say("access", "add", "bob", "developer", "--model", "mower")
    bob = json.loads(say("access", "token", "bob", "--label", "laptop", "--json"))
    assert "stage staging of mower" in say(
        "access", "grant", "bob", "--stage", "staging", "--model", "mower", "--reason", "joins"
    )
    assert "all models" in say("access", "list") and "laptop" in say("access", "tokens", "bob")
    monkeypatch.setenv("REGISTRY_TOKEN", bob["secret"])
    say("promote", "mower@1", "--to", "staging")
    refused = say("promote", "mower@1", "--to", "production", code=FORBIDDEN)
    assert "`registry access grant bob --stage production --model mower`" in refused
    assert "bob" in say("history", "mower")
    monkeypatch.setenv("REGISTRY_TOKEN", root[0])
    assert "is revoked" in say("access", "revoke-token", bob["token"]["uuid"])
    assert "nothing yet" not in say(
        "access", "revoke", "bob", "--stage", "staging", "--model", "mower"
    )
    assert "was closed" in say("access", "close", "bob", "--reason", "left")
    assert say("access", "grant", "ada", "viewer", "--stage", "x", code=2).startswith("error: ")
    pasted = say("access", "revoke-token", bob["secret"], code=2)
    assert bob["secret"] not in pasted and "rt_..." in pasted
    for words in (
        ("access", "close", bob["secret"]),
        ("note", bob["secret"], "x"),
        (bob["secret"],),
    ):
        run(list(words))
        told = capsys.readouterr()
        assert bob["secret"] not in told.out + told.err
