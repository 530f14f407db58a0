"""The commands that there are, and whether what a message tells somebody to run is one."""

import shlex
import subprocess
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from registry_tasks.faces.cli.app import app

PROGRAMS = {"registry", "git", "dvc"}


def all_commands() -> dict[str, Any]:
    """Every command by what is typed, those of a group by both words."""
    return dict(_below(typer.main.get_command(app), ""))


def _below(command: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, one in command.commands.items():
        if hasattr(one, "commands"):
            yield from _below(one, f"{before}{name} ")
        else:
            yield f"{before}{name}", one


def command_of(line: str) -> str:
    """Name the command of a line, which may say first where the store is."""
    words = line.split()
    words = words[2:] if words[0] == "--store" else words
    known = all_commands()
    return next(name for name in (" ".join(words[:2]), words[0]) if name in known)


def check_command(text: str) -> None:
    """Raise unless it is a command of ours, or of Git or DVC, with options that there are."""
    program, *words = shlex.split(text)
    assert program in PROGRAMS, text
    if program == "registry":
        _parse(words)
    else:
        while words[0] == "-C":
            words = words[2:]
        done = subprocess.run(
            [program, words[0], "-h"], capture_output=True, text=True, check=False
        )
        assert f"usage: {program} {words[0]}" in done.stdout.lower(), text


def _parse(words: list[str]) -> None:
    """Parse as the program does, and do nothing."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    outer = group.make_context("registry", words)
    name, command, rest = group.resolve_command(outer, [*outer._protected_args, *outer.args])
    assert command is not None
    command.make_context(name, rest, parent=outer)
