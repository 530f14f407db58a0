"""Whether what a message tells somebody to run can be run."""

import shlex
import subprocess

import typer
from typer.core import TyperGroup

from registry_tasks.faces.cli.app import app

PROGRAMS = {"registry", "git", "dvc"}


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
