"""What is printed: for people, without tricks, and quietly when nobody reads any more."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry_tasks import Client
from registry_tasks.faces.cli.output import cell, plain, size
from registry_tasks.stores.metadata.schema import REVISIONS

from .conftest import Cli

pytestmark = pytest.mark.slow

M = "flight-delay"
HOSTILE = "[red]x[/red] \x1b[2J\x1b]0;title\x07 \x9b1m \u202egpj.exe :smile:"
REGISTRY = Path(sys.executable).with_name("registry")


def test_stored_text_cannot_play_tricks(one: Client, cli: Cli) -> None:
    one.describe(f"{M}@1", HOSTILE + "\nsecond line")
    one.archive(f"{M}@1", HOSTILE)
    shown = "[red]x[/red] \\x1b[2J\\x1b]0;title\\x07 \\x9b1m \\u202egpj.exe :smile:"
    page = cli("show", f"{M}@1").out
    assert f"  {shown}\n  second line\n" in page
    assert shown in cli("history", M).out
    assert cli("show", f"{M}@1", "--json").document["description"].startswith(HOSTILE)


def test_names_in_errors_cannot_play_tricks(one: Client, cli: Cli) -> None:
    answer = cli("resolve", f"{M}@\x1b[2J[red]")
    assert "\x1b" not in answer.err
    assert "[red]" in answer.err


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "-"),
        (True, "yes"),
        (0.1 + 0.2, "0.3"),
        (["a", 1], '["a", 1]'),
        ("two\nlines", "two\\nlines"),
        ("\udcff", "\\udcff"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "2026-01-02 03:04 UTC"),
    ],
)
def test_a_cell_is_one_line_for_people(value: object, shown: str) -> None:
    assert cell(value) == shown
    assert plain("tabs\tand\nlines stay") == "tabs\tand\nlines stay"


def test_sizes_are_read_by_people() -> None:
    assert [size(n) for n in (5, 2048, 3 << 20, 5 << 40)] == [
        "5 bytes", "2.0 KiB", "3.0 MiB", "5.0 TiB",
    ]  # fmt: skip


def test_compare_shows_what_differs_and_all_if_asked(told: Client, cli: Cli) -> None:
    page = cli("compare", f"{M}@1", f"{M}@2", f"{M}@3").out
    assert "learning_rate" in page
    assert "platform" not in page
    assert "platform" in cli("compare", f"{M}@1", f"{M}@2", "--all").out
    assert cli("compare", f"{M}@1", f"{M}@champion").out == "nothing differs\n"
    told.register("params.yaml", model="near", metrics={"auc": 0.7123456789})
    told.register("params.yaml", model="near", metrics={"auc": 0.7123456788}, parameters={"a": 1})
    assert "0.7123456789" in cli("compare", "near@1", "near@2").out


def test_lineage_is_a_tree_both_ways(told: Client, cli: Cli) -> None:
    run, grade = told.resolve(f"{M}@2").run, told.resolve(f"{M}@2").grade
    raw, features = f"data/raw/2013-01@{'a' * 32}.dir", f"data/features/2013-01.csv@{'b' * 32}"
    assert cli("lineage", f"{M}@2").out.splitlines() == [
        f"{M}@2 v1.1.0, grade {grade}",
        f"└─ run {run}",
        "   └─ DVC stage train",
        f"      └─ {features}",
        "         └─ DVC stage features@2013-01",
        f"            └─ {raw}",
    ]
    assert cli("lineage", "--dataset", raw).out.splitlines() == [
        raw,
        "└─ DVC stage features@2013-01",
        f"   └─ {features}",
        "      └─ DVC stage train",
        f"         └─ run {run}",
        f"            └─ {M}@2 v1.1.0, grade {grade}",
    ]
    assert cli("lineage", "--dataset", "data/raw@0").code == 3


def test_lists_go_on_where_they_ended(told: Client, cli: Cli) -> None:
    first = cli("versions", M, "--limit", "2").out
    assert f"older ones: registry versions {M} --before 2" in first
    rest = cli("versions", M, "--before", "2", "--json").document["items"]
    assert [item["number"] for item in rest] == [1]
    assert "older ones" in cli("history", M, "--limit", "3").out


def test_a_table_is_whole_when_it_is_piped(told: Client) -> None:
    done = _registry("history", M)
    assert done.returncode == 0
    assert "…" not in done.stdout
    assert "\x1b" not in done.stdout


def test_a_reader_that_leaves_early_is_no_error(told: Client) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    for command in (("history", M), ("resolve", f"{M}@1"), ("models", "--json")):
        done = subprocess.run(
            [REGISTRY, *command], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (141, "")
    os.close(writer)


def test_letters_that_the_terminal_lacks_are_escaped(one: Client) -> None:
    one.describe(f"{M}@1", "größer → 好")
    done = _registry("show", f"{M}@1", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "gr\\xf6\\xdfer \\u2192 \\u597d" in done.stdout


def test_the_unexpected_is_one_sentence_unless_debugging(
    one: Client, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("surprise\nand a page of SQL")

    monkeypatch.setattr("registry_tasks.registry.catalogue.show.list_models", broken)
    answer = cli("models")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "error: unexpected RuntimeError: surprise; set REGISTRY_DEBUG=1 and run it again to see where\n"
    )
    monkeypatch.setenv("REGISTRY_DEBUG", "1")
    assert "Traceback" in cli("models").err


def test_ctrl_c_is_130(one: Client, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("registry_tasks.registry.catalogue.show.list_models", interrupted)
    answer = cli("models")
    assert answer.code == 130
    assert answer.err.startswith("error: interrupted")
    assert json.loads(cli("models", "--json").err)["error"] == "Interrupted"


def test_the_program_itself_ends_with_the_code(one: Client) -> None:
    done = _registry("resolve", f"{M}@9", "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["error"] == "NotFound"
    assert _registry("--version").stdout == f"0.1.0 (schema {REVISIONS[-1]})\n"


def _registry(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [REGISTRY, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
