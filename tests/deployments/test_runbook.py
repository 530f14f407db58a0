"""The runbook's commands do what it says, each in the order in which it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from support.world import World, copy_tree

from registry_tasks.faces.cli.app import run

pytestmark = pytest.mark.slow
PAGE = (Path(__file__).resolve().parents[2] / "deployments" / "README.md").read_text()
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def commands(section: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", SECTIONS[section], re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("registry ")]


@pytest.fixture
def world(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which everything happened once, as somebody at a terminal in its checkout has it."""
    copy_tree(filled, tmp_path / "world")
    made = World(tmp_path / "world")
    for name, value in made.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(made.root)
    return made


def carry_out(line: str, **places: str) -> None:
    for name, value in places.items():
        line = re.sub(rf"\b{name}\b", shlex.quote(value), line)
    words = shlex.split(line)
    assert run(words[1:]) == 0, line


def test_looking_upgrading_and_backing_up(world: World, tmp_path: Path) -> None:
    for line in ("registry doctor --quick", "registry sync"):
        assert f"\n{line}\n" in PAGE
        carry_out(line)
    lines = commands("Upgrade") + commands("Back up and restore")[:1]
    assert len(lines) == 4
    for line in lines:
        carry_out(line, FOLDER=str(tmp_path / "backup"))


def test_a_backup_comes_back_to_an_empty_place(world: World, tmp_path: Path) -> None:
    backup, *back = commands("Back up and restore")
    carry_out(backup, FOLDER=str(tmp_path / "backup"))
    world.close()
    for file in world.state.glob("registry.db*"):
        file.unlink()

    for line in back:
        carry_out(line, FOLDER=str(tmp_path / "backup"))


def test_a_version_is_rolled_back(world: World) -> None:
    before = world.stages()
    (line,) = commands("Roll back")
    carry_out(line, MODEL="mower")
    assert world.stages() != before


def test_a_token_is_rotated(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out("registry access start ada")
    secret = re.search(r"rt_\S+", capsys.readouterr().out)
    assert secret is not None
    monkeypatch.setenv("REGISTRY_TOKEN", secret[0])
    make, show, revoke = commands("Rotate tokens and secrets")
    carry_out(make, NAME="ada")
    made = re.search(r"rt_\S+", capsys.readouterr().out)
    carry_out(f"{show} --json", NAME="ada")
    ids = re.findall(r'"uuid": "([^"]+)"', capsys.readouterr().out)
    carry_out(revoke, ID=ids[-1])

    assert made is not None
    assert len(ids) == 2


def test_every_command_of_the_runbook_is_tried_here_or_named_as_not() -> None:
    tried = {"Upgrade", "Back up and restore", "Rotate tokens and secrets", "Roll back"}
    left = {"A dead worker": ["registry sync"]}
    found = {name: commands(name) for name in SECTIONS if commands(name)}
    assert {n: c for n, c in found.items() if n not in tried} == left
