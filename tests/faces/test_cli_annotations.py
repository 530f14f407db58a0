"""What people say, from the command line: written, shown, and refused with a way out."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry_tasks import Client, errors

from .conftest import Cli

pytestmark = pytest.mark.slow

M = "flight-delay"
REF = f"{M}@2"


def written(folder: Path, value: Any, name: str = "facts.json") -> str:
    (folder / name).write_text(value if isinstance(value, str) else json.dumps(value))
    return str(folder / name)


def test_a_profile_is_changed_field_by_field(told: Client, cli: Cli, alone: Path) -> None:
    facts = written(alone, {"rows": 3})
    line = ("--purpose", "rosters", "--owner", "ada", "--team", "ops", "--document", facts)
    more = ("--related", "taxi-delay", "--related", "other", "--link", "doi:10.1/x")
    assert cli("describe", REF, "Better", *line, *more).out == f"described {REF}\n"
    assert cli("describe", M, "Minutes late", *line).out == f"described {M}\n"
    said = told.show(REF).profile
    assert (said.description, said.owner, said.related) == (
        "Better",
        "ada",
        ("taxi-delay", "other"),
    )
    assert cli("describe", REF, "--related", "", "--owner", "").code == 0
    profile = told.show(REF).profile
    assert (profile.related, profile.owner, profile.team) == ((), "", "ops")
    page = cli("show", REF).out
    assert "  purpose      rosters\n" in page and '  document     {"rows": 3}\n' in page
    assert cli("describe", REF, "x", "--json").document["number"] == 2
    assert cli("describe", M, "x", "--json").document["slots"] == {"production": 1, "staging": 2}


def test_a_models_page_shows_all_of_it(told: Client, cli: Cli) -> None:
    cli("describe", M, "Minutes late\nat the gate", "--team", "ops")
    cli("tag", M, "site=jfk")
    cli("note", REF, "good\n\x1b[31mred")
    cli("note", M, "all of it")
    page = cli("show", M).out
    for line in (
        f"{M}  3 versions\n", "  Minutes late\n  at the gate\n", "  team         ops\n",
        "  tags         site=jfk\n", f"  production  {M}@1\n", f"  champion    {M}@1\n",
        "     2  v1.1.0     F  staging, challenger  ", f" tester on {REF}\n",
        "    \\x1b[31mred\n", f" tester on {M}\n    all of it\n",
    ):  # fmt: skip
        assert line in page, page
    document = cli("show", M, "--json").document
    assert list(document) == ["model", "profile", "tags", "json_schema", "notes", "newest"]
    assert document["model"]["name"] == M and document["tags"] == {"site": "jfk"}
    assert [version["number"] for version in document["newest"]] == [3, 2, 1]


def test_notes_and_tags(told: Client, cli: Cli) -> None:
    assert cli("note", REF, "first").out == f"noted {REF}\n"
    cli("note", M, "second")
    listed = cli("notes", M, "--limit", "1").out
    assert "  second\n" in listed and f"older ones: registry notes {M} --before " in listed
    assert [n["text"] for n in cli("notes", M, "--json").document["items"]] == ["second", "first"]
    assert "  first\n" in cli("show", REF).out
    assert cli("tag", REF, "team=ops", "--remove", "season").out == f"{REF}: team=ops\n"
    assert cli("tag", REF, "--remove", "team").out == f"{REF}: no tags\n"
    kinds = [item["kind"] for item in cli("history", REF, "--json").document["items"]]
    assert kinds[:3] == ["version.tagged", "version.tagged", "version.noted"]


def test_a_schema_holds_documents(told: Client, cli: Cli, alone: Path) -> None:
    shape = written(alone, {"properties": {"rows": {"type": "integer"}}}, "shape.json")
    wrong = written(alone, {"rows": "many"})
    cli("describe", REF, "--document", wrong)
    refused = cli("schema", "put", M, shape)
    assert refused.code == 5 and f"{REF} at $.rows" in refused.err
    assert cli("schema", "show", M).code == 3
    put = cli("schema", "put", M, shape, "--existing", "may-differ")
    assert put.code == 0 and f"  {REF} at $.rows: 'many' is not of type 'integer'\n" in put.out
    shown = cli("schema", "show", M, "--json").document
    assert list(shown) == ["model", "json_schema", "differing_count", "differing"]
    answer = cli("describe", f"{M}@1", "--document", wrong, "--json")
    assert answer.code == 2 and f"document of {M}@1 refused at $.rows" in answer.err
    assert "held to one" in cli("show", M).out
    assert cli("schema", "remove", M, "--json").document["differing_count"] == 0
    assert cli("describe", f"{M}@1", "--document", wrong).code == 0


@pytest.mark.parametrize(
    ("line", "code", "told_of"),
    [
        (("describe", REF), 2, "at least one field"),
        (("describe", "nobody", "x"), 3, "no registered model"),
        (("describe", f"{M}@9", "x"), 3, "no such version"),
        (("describe", REF, "--owner", "a\nb"), 2, "on one line"),
        (("describe", REF, "--owner", "\u0430da"), 2, "which look alike"),
        (("describe", REF, "--link", "javascript:alert(1)"), 2, "begins with https://"),
        (("describe", REF, "--related", "../up"), 2, "cannot be the name of a model"),
        (("describe", REF, "--document", "nowhere.json"), 2, "No such file"),
        (("note", REF, " "), 2, "it says nothing"),
        (("note", "a@b@c", "x"), 2, "cannot read the reference"),
        (("tag", REF), 2, "at least one tag"),
        (("tag", REF, "../up=1"), 2, "cannot be written"),
        (("tag", REF, "a"), 2, "write it as key=value"),
        (("tag", REF, "a=1", "a=2"), 2, "is given twice"),
        (("schema", "show", M), 3, "registry schema put"),
        (("schema", "put", M, "nowhere.json"), 2, "No such file"),
        (("schema", "put", M, "params.yaml"), 2, "not JSON"),
        (("resolve", f"{M}@production", "--at", "2026-03-02T14:05"), 2, "without its zone"),
        (("resolve", f"{M}@production", "--at", "noon"), 2, "write it as 2026-03-02T14:05Z"),
        (("resolve", f"{M}@production", "--at", "2013-01-01T00:00Z"), 3, "named no version at"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_says_why(
    told: Client, cli: Cli, line: tuple[str, ...], code: int, told_of: str
) -> None:
    before = told.history(M)
    answer = cli(*line)
    assert (answer.code, told_of in answer.err) == (code, True), answer.err
    assert told.history(M) == before


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ('{"a": NaN}', "refused at $.a: nan is no number of JSON"),
        ('{"a": [1, -Infinity]}', "refused at $.a[1]"),
        ('{"a": "' + "x" * 10_000_000 + '"}', "more than the 1,000,000 bytes"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "deeper"),
        ("[1]", "it is no object of JSON"),
        ("{", "not JSON"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "'c' is there twice in one object"),
        ('{"a": "\\ud800"}', "cannot be stored"),
    ],
    ids=["nan", "infinite", "10 MB", "deep", "list", "cut", "twice", "surrogate"],
)
def test_a_document_that_is_none_is_refused(
    told: Client, cli: Cli, alone: Path, text: str, told_of: str
) -> None:
    answer = cli("describe", REF, "--document", written(alone, text))
    assert answer.code == 2 and told_of in answer.err, answer.err[:300]
    assert told.show(REF).profile.document == {}


def test_what_a_name_meant_is_told_as_it_was(told: Client, cli: Cli) -> None:
    moved = next(e for e in told.history(M) if e.kind == "alias.moved" and e.version == 2)
    told.promote(REF, "experiment")
    told.remove_alias(M, "challenger")
    then = cli("resolve", f"{M}@challenger", "--at", moved.at.isoformat(), "--json").document
    assert (then["number"], then["stages"], then["aliases"]) == (
        2, {"default": "staging"}, ["challenger"],
    )  # fmt: skip
    version = told.resolve(REF)
    line = f"{REF} {version.uuid} staging sha256:{version.sha256}\n"
    assert cli("resolve", f"{M}@staging", "--at", moved.at.isoformat()).out == line
    assert told.resolve(f"{M}@staging", at=moved.at).ref == REF
    with pytest.raises(errors.VersionNotFound):
        told.resolve(f"{M}@staging", at=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(errors.InvalidSetting, match="without its zone"):
        told.resolve(f"{M}@staging", at="2026-03-02T14:05")


def test_reading_loads_no_schema_library(one: Client, python: Any) -> None:
    program = f"""
import sys
from registry_tasks.faces.cli.app import run
assert run(["show", "{M}@1"]) == 0 and run(["show", "{M}"]) == 0
assert run(["describe", "{M}", "text"]) == 0
print("loaded", *sorted({{"jsonschema", "referencing"}} & set(sys.modules)))
"""
    assert python(program).splitlines()[-1] == "loaded"
