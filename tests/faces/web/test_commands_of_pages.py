"""Commands that pages show can be typed: the command line reads each of them, Python runs the rest."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from support.world import MODEL, World
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

import registry_tasks
from registry_tasks import Trust
from registry_tasks.entities.errors import UntrustedFormat
from registry_tasks.faces.cli.app import app
from registry_tasks.faces.sdk import loading
from registry_tasks.faces.web.usage import LOADED, commands

SOURCES: Final = Path(registry_tasks.__file__).parent
TEMPLATES: Final = SOURCES / "faces" / "web" / "templates"
ANYTHING: Final = "kite@1"
_SHOWN: Final = (
    re.compile(r"<code>(registry [^<]*)</code>"),
    re.compile(r'"((?:[^"]*&& )?registry [^"]*"(?: ~ [a-z._]+)?(?: ~ "[^"]*")?)'),
)
_TOLD: Final = re.compile(r"`(registry [^`\n]*)`")


def shown() -> Iterator[tuple[str, str]]:
    """Give each command that a template shows, or that any sentence of ours tells, and where."""
    for file in sorted(TEMPLATES.glob("*.html")):
        text = file.read_text("utf-8")
        yield from ((file.name, _filled(found)) for form in _SHOWN for found in form.findall(text))
    for file in sorted(SOURCES.rglob("*.py")):
        for found in _TOLD.findall(file.read_text("utf-8")):
            yield file.name, _filled(found)


def _filled(command: str) -> str:
    """Put something where a page puts a name."""
    command = command.replace("{self.right}", "developer")
    told = re.sub(r'" ~ [a-z._]+(?: ~ ")?', ANYTHING, command)
    return re.sub(r"{{.*?}}|{[^}]*}", ANYTHING, told).rstrip('"').strip()


def test_there_are_commands_to_read() -> None:
    found = {where for where, _ in shown()}
    assert {"overview.html", "version_evidence.html", "model.html", "access_off.html"} <= found


@pytest.mark.parametrize(("where", "command"), sorted(set(shown())))
def test_the_command_line_reads_what_a_page_shows(where: str, command: str) -> None:
    for part in re.split(r" && | \| head.*", command):
        if part:
            _read(shlex.split(part))


def _read(words: list[str]) -> None:
    """Let the command line read a command without doing it; a mere name of one is enough."""
    assert words[0] == "registry"
    if words[1:] == ["--version"]:  # it answers before there is a command
        return
    here: Any = get_command(app)
    context = here.make_context("registry", words[1:])
    rest = context._protected_args + context.args
    while isinstance(here, TyperGroup) and rest:
        name, found, rest = here.resolve_command(context, rest)
        assert found is not None, name
        if not rest:
            return
        here, context = found, found.make_context(name, rest, parent=context)
        rest = [*context._protected_args, *context.args] if isinstance(here, TyperGroup) else []


@pytest.mark.parametrize(
    "command", ["promote kite@1 production", "register 0123", "deployment begin", "none", "show"]
)
def test_a_command_that_lacks_something_is_not_read(command: str) -> None:
    with pytest.raises(TyperException):
        _read(["registry", *command.split(), *(["--nothing"] if command == "show" else [])])


@pytest.mark.slow
def test_what_is_shown_for_python_runs(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = sqlite_world.version(1)
    for name, value in sqlite_world.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(sqlite_world.root)
    told: dict[str, Any] = {}
    exec(commands(version)[0].text, told)  # noqa: S102 - it is ours
    assert Path(told["path"]).read_bytes() == b"model 1"


@pytest.mark.parametrize("form", ["lightgbm", "skops", "file", "joblib", "pickle", "onnx"])
@pytest.mark.slow
def test_loading_is_shown_for_what_can_be_loaded(sqlite_world: World, form: str) -> None:
    version = sqlite_world.version(1).model_copy(update={"model_format": form})
    is_offered = f'registry.load("{MODEL}@1")' in commands(version)[0].text
    with pytest.raises(UntrustedFormat) as refused:
        loading.load(version, b"no model", Trust.FORMAT_ONLY)
    is_known = "no readable" in str(refused.value)
    assert is_offered == is_known == (form in LOADED)
