"""The pages on the command line and the SDK say what is."""

import json
import pickle
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np
import pytest
import typer

from registry_tasks import Client, connect
from registry_tasks.faces.cli.app import app
from registry_tasks.faces.cli.exit_codes import EXIT_CODES

from .conftest import Cli

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE: Final = (DOCS / "cli.md").read_text()
SECTIONS: Final = dict(
    re.findall(r"^### ([\w-]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
)
REF: Final = "flight-delay@2"
ARGUMENTS: Final = {
    "models": (),
    "search": ("metrics.auc > 0.7",),
    "facets": (),
    "versions": ("flight-delay",),
    "experiments": (),
    "runs": ("flight-delay",),
    "run": ("UUID",),
    "show": (REF,),
    "compare": ("flight-delay@1", REF),
    "diff": ("flight-delay@1", REF),
    "history": ("flight-delay",),
    "tenures": ("flight-delay@production",),
    "lineage": (REF,),
    "resolve": (REF,),
    "download": (REF,),
    "doctor": (),
    "move-store": ("--to", "sqlite:///moved.db"),
    "export": ("exported",),
    "import-store": ("exported",),
    "backup": ("backups",),
    "recover": ("backups",),
    "promote": ("flight-delay@3", "--to", "staging"),
    "hold": (REF, "--reason", "case 7"),
    "note": (REF, "Looks good"),
    "tag": (REF, "team=ops"),
    "deployment": ("start", REF, "--environment", "prod-eu", "--place", "scoring API"),
    "delete": ("flight-delay@3", "--reason", "bad data"),
    "subscription": ("add", "flows", "prefect"),
    "access": ("add", "bob", "developer", "--model", "flight-delay"),
}


def test_every_command_is_documented_and_nothing_else() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert set(SECTIONS) == commands
    assert {name for name, text in SECTIONS.items() if "```json" in text} == set(ARGUMENTS)


@pytest.mark.slow
@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_json_of_a_command_has_the_documented_shape(
    told: Client, cli: Cli, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", SECTIONS[command], re.DOTALL)
    if command == "doctor":
        next(p for p in told.settings.remote.joinpath("files").rglob("*") if p.is_file()).unlink()
    if command == "recover":
        assert cli("backup", "backups").code == 0
        told.settings.state.joinpath("registry.db").unlink()
    if command == "import-store":
        assert cli("export", "exported").code == 0
        told.settings.state.joinpath("registry.db").unlink()
    if command == "access":
        secret = cli("access", "start", "ada", "--json").document["secret"]
        monkeypatch.setenv("REGISTRY_TOKEN", secret)
    uuid = told.runs("flight-delay")[0].uuid if command == "run" else ""
    answer = cli(command, *(a.replace("UUID", uuid) for a in ARGUMENTS[command]), "--json")
    assert answer.code == (9 if command == "doctor" else 0), answer.err
    check_shape(answer.document, json.loads(example), command)


def check_shape(found: Any, documented: Any, where: str) -> None:
    """Same keys, same kinds; what is null on one side can be anything on the other."""
    if found is None or documented is None:
        return
    if where.endswith((".before", ".after", ".parameters", ".slots", ".tags", ".values", ".rows")):
        return  # it depends on the kind of event, or on the user
    assert type(found) is type(documented), where
    if isinstance(found, dict):
        assert list(found) == list(documented), where
        for key in found:
            check_shape(found[key], documented[key], f"{where}.{key}")
    if isinstance(found, list):
        for item in found:
            for example in documented[:1]:
                check_shape(item, example, f"{where}[]")


def test_every_exit_code_is_documented() -> None:
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert rows == {0, 1, 9, 130, 141, *EXIT_CODES.values()}
    for family, code in EXIT_CODES.items():
        assert f"`{family.__name__}` {code}" in PAGE


def test_help_explains_itself(cli: Cli) -> None:
    page = cli("--help").out
    assert [panel for panel in ("Train", "Look", "Move", "Care") if f"─ {panel} ─" in page] == [
        "Train", "Look", "Move", "Care",
    ]  # fmt: skip
    assert "REF names a version" in page
    rows = [line for line in page.splitlines() if re.match(r"│ [a-z][a-z-]* ", line)]
    assert len(rows) == len(SECTIONS), "one line a command, at 80 columns"
    assert all(row.rstrip(" │").endswith(".") for row in rows)
    assert cli().out == page


@pytest.mark.slow
def test_every_command_has_help(cli: Cli) -> None:
    for command in SECTIONS:
        assert cli(command, "--help").code == 0


@pytest.mark.parametrize(
    ("page", "count"), [("annotations.md", 6), ("provenance.md", 4), ("policy.md", 2)]
)
def test_the_commands_of_a_page_run(
    told: Client, cli: Cli, alone: Path, page: str, count: int
) -> None:
    (alone / "facts.json").write_text('{"rows": 1000}')
    now = datetime.now(UTC).isoformat()
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) == count
    for command in commands:
        program, *words = shlex.split(command.replace("2026-03-02T14:05Z", now), comments=True)
        answer = cli(*words)
        assert (program, answer.code) == ("registry", 0), f"{command}: {answer.err}"


def test_the_examples_of_the_page_on_runs_run(alone: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", (DOCS / "runs.md").read_text(), re.DOTALL)
    assert len(examples) == 2
    exec(compile("\n".join(examples), "runs.md", "exec"), {})  # noqa: S102


def test_the_examples_of_the_sdk_page_run(alone: Path) -> None:
    x = np.arange(60, dtype=float).reshape(30, 2)
    options = {"verbosity": -1, "min_data_in_leaf": 2, "num_threads": 1}
    lightgbm.train(options, lightgbm.Dataset(x, x[:, 0]), num_boost_round=2).save_model("model.txt")
    Path("model.pkl").write_bytes(pickle.dumps({"answer": 42}))
    examples = re.findall(r"```python\n(.*?)```", (DOCS / "sdk.md").read_text(), re.DOTALL)
    assert len(examples) > 3
    exec(compile("\n".join(examples), "sdk.md", "exec"), {})  # noqa: S102


def test_the_examples_of_the_page_on_serving_run(alone: Path) -> None:
    x = np.arange(60, dtype=float).reshape(30, 2)
    options = {"verbosity": -1, "min_data_in_leaf": 2, "num_threads": 1}
    lightgbm.train(options, lightgbm.Dataset(x, x[:, 0]), num_boost_round=2).save_model("model.txt")
    connect().register("model.txt", model="delay", format="lightgbm")
    page = (DOCS / "serving.md").read_text().replace("flight-delay@production", "delay@latest")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    exec(compile("\n".join(examples), "serving.md", "exec"), {"predict": None})  # noqa: S102
