"""Every way to write takes a key: one effect, one answer, from the SDK and the command line."""

from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest
import typer

from registry_tasks import Client, errors
from registry_tasks.faces.cli.app import app

from .conftest import Cli

pytestmark = pytest.mark.slow

MODEL = "flight-delay"
WRITING = {
    "register", "promote", "rollback", "archive", "restore", "describe", "hold", "release",
    "delete", "note", "tag",
}  # fmt: skip


def test_every_writing_command_and_method_takes_a_key() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    aliases = commands["alias"].commands
    for command in (*(commands[name] for name in WRITING), aliases["set"], aliases["remove"]):
        assert "--key" in [option for p in command.params for option in p.opts], command.name
    for name in (*WRITING, "point_alias", "remove_alias"):
        assert "key" in signature(getattr(Client, name)).parameters, name


@pytest.mark.parametrize(
    "arguments",
    [
        ("register", "FILE", "--model", "other"),
        ("promote", f"{MODEL}@3", "--to", "staging"),
        ("archive", f"{MODEL}@3"),
        ("archive", "--policy", MODEL),
        ("describe", f"{MODEL}@1", "text"),
        ("describe", MODEL, "text"),
        ("note", f"{MODEL}@1", "text"),
        ("tag", f"{MODEL}@1", "a=b"),
        ("schema", "put", MODEL, "FILE.json"),
        ("hold", f"{MODEL}@1", "--reason", "case 7"),
        ("release", f"{MODEL}@1", "--reason", "closed"),
        ("delete", f"{MODEL}@3", "--reason", "bad"),
        ("alias", "set", f"{MODEL}@1", "hero"),
        ("alias", "remove", MODEL, "challenger"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_command_with_a_key_is_carried_out_once(
    told: Client, cli: Cli, model_file: Path, arguments: tuple[str, ...]
) -> None:
    schema = model_file.with_suffix(".json")
    schema.write_text("{}")
    files = {"FILE": str(model_file), "FILE.json": str(schema)}
    line = [files.get(word, word) for word in arguments]
    first = cli(*line, "--key", "k1", "--json")
    assert first.code == 0, first.err
    history = told.history(MODEL)
    again = cli(*line, "--key", "k1", "--json")
    assert (again.code, again.out) == (0, first.out)
    assert told.history(MODEL) == history
    misused = cli("describe", f"{MODEL}@1", "something else", "--key", "k1")
    assert misused.code == 4
    assert "key 'k1' was used for another" in misused.err


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.describe(f"{MODEL}@1", "text", key="k1"),
        lambda client: client.rollback(MODEL, key="k1"),
        lambda client: client.hold(f"{MODEL}@1", reason="case 7", key="k1"),
        lambda client: client.delete(f"{MODEL}@3", reason="bad", key="k1"),
        lambda client: client.remove_alias(MODEL, "challenger", key="k1"),
    ],
    ids=["describe", "rollback", "hold", "delete", "remove_alias"],
)
def test_a_method_with_a_key_is_carried_out_once(
    told: Client, call: Callable[[Client], object]
) -> None:
    try:
        made = call(told)
    except errors.NothingToRollBack:
        told.promote(f"{MODEL}@1", "experiment")
        made = call(told)
    history = told.history(MODEL)
    assert call(told) == made
    assert told.history(MODEL) == history


def test_a_deleted_version_is_shown_as_such(told: Client, cli: Cli) -> None:
    ref = f"{MODEL}@3"
    cli("hold", ref, "--reason", "case 7")
    assert cli("delete", ref, "--reason", "bad data").code == 5
    assert "HELD since" in cli("show", ref).out
    assert "by tester: case 7" in cli("show", ref).out
    assert cli("release", ref, "--reason", "closed").out == f"{ref} is not held\n"
    said = cli("delete", ref, "--reason", "bad\x1b data").out
    assert said.startswith(f"{ref} (v2.0.0) was deleted ") and r"bad\x1b data" in said
    assert r"by tester: bad\x1b data" in cli("show", ref).out
    gone = cli("resolve", ref, "--json")
    assert gone.code == 3 and "was deleted by tester" in gone.err
    assert cli("download", ref).code == cli("promote", ref, "--to", "staging").code == 3
    listed = [v["number"] for v in cli("versions", MODEL, "--json").document["items"]]
    assert listed == [2, 1]
    assert " deleted " in cli("versions", MODEL, "--deleted").out
    assert cli("delete", ref).code == 2  # a reason must be given
    assert cli("delete", ref, "--reason", " ").code == 2
