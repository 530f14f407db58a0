"""``registry search`` and its methods: the page on it says what is, mistakes exit 2, little is loaded."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from registry_tasks import Client, errors
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.search import MAX_FILTER, MAX_PAGE, Subject
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.search.fields import FIELDS
from registry_tasks.rules.search.parsing import MAX_COMPARISONS, MAX_DEPTH
from registry_tasks.stores.metadata.search.vocabulary import VOCABULARY

from .conftest import Cli

PAGE: Final = (Path(__file__).parents[2] / "docs" / "search.md").read_text()
M: Final = "flight-delay"


@pytest.fixture
def some(client: Client, model_file: Path) -> Iterator[Client]:
    """Five versions: auc 0.71 to 0.75, every second one of the team ops."""
    for number in range(1, 6):
        model_file.write_text(f"weights {number}")
        client.register(
            model_file, model=M, parameters={"train.num_leaves": number * 10}, metrics={"auc": 0.7 + number / 100},
            tags={"team": "ops" if number % 2 else "it's"},
        )  # fmt: skip
    client.point_alias(f"{M}@4", "champion")
    yield client


def test_the_commands_of_the_page_run(some: Client, cli: Cli) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) == 5
    for command in commands:
        program, *words = shlex.split(command)
        answer = cli(*words)
        assert (program, answer.code) == ("registry", 0), answer.err
        if "--json" in words:
            assert answer.document["items"] == []
            assert answer.document["next"] is None


def test_the_example_for_the_sdk_runs(some: Client, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "search.md", "exec"), {"registry": some})  # noqa: S102
    assert capsys.readouterr().out.splitlines() == [
        f"{M}@5 {{'default': 'experiment'}} () 0.75",
        f"{M}@4 {{'default': 'experiment'}} ('champion',) 0.74",
    ]


def test_the_mistake_on_the_page_is_told_so(some: Client, cli: Cli) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    answer = cli("search", shown.splitlines()[1])
    assert (answer.code, answer.out, answer.err) == (2, "", shown)


def test_the_page_lists_every_field_of_every_subject() -> None:
    table = PAGE.partition("## Fields")[2].partition("## Order")[0]
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|", table, re.MULTILINE)
    listed: dict[str, set[str]] = {subject: set() for subject in Subject}
    for names, subjects in rows:
        for subject in subjects.split(", "):
            listed[subject] |= {n.partition(".")[0] for n in re.findall(r"`([\w.]+)`", names)}
    assert listed == {subject: set(fields) for subject, fields in FIELDS.items()}


def test_every_field_is_kept_somewhere() -> None:
    for subject, fields in FIELDS.items():
        assert set(fields) - {"name"} == set(VOCABULARY[subject]) - {"model_id"}


def test_the_limits_on_the_page_are_those_that_hold() -> None:
    assert f"at most {MAX_FILTER:,} characters and {MAX_COMPARISONS} comparisons" in PAGE
    assert f"nested {MAX_DEPTH} deep" in PAGE
    assert f"50 unless said, {MAX_PAGE} at most" in PAGE


def test_a_table_shows_what_was_asked_about(some: Client, cli: Cli) -> None:
    answer = cli("search", "metrics.auc > 0.72", "--order-by", "metrics.auc desc", "--limit", "2")
    head, _, *rows, more = answer.out.splitlines()
    assert head.split() == [
        *(
            "model",
            "number",
            "semantic",
            "stages",
            "aliases",
            "grade",
            "created",
            "by",
            "metrics.auc",
        )
    ]
    assert [row.split()[1] for row in rows] == ["5", "4"]
    assert "champion" in rows[1]
    again = shlex.split(more.removeprefix("more: registry "))
    assert [row.split()[1] for row in cli(*again).out.splitlines()[2:]] == ["3"]


def test_csv_is_read_back_as_it_was(some: Client, cli: Cli) -> None:
    answer = cli("search", "has tags.team", "--model", M, "--csv", "--limit", "3")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [(row["number"], row["aliases"], row["tags.team"]) for row in rows] == [
        ("5", "", "ops"),
        ("4", "champion", "it's"),
        ("3", "", "ops"),
    ]
    assert answer.err.startswith("there are more: --cursor ")


def test_a_text_in_csv_is_no_formula(some: Client, cli: Cli) -> None:
    some.tag(f"{M}@5", {"sum": '=HYPERLINK("http://x")', "plain": "a=b"})
    found = cli("search", "has tags.sum and has tags.plain and metrics.auc > -1", "--csv").out
    (row,) = csv.DictReader(io.StringIO(found))
    assert row["tags.sum"] == '\'=HYPERLINK("http://x")'
    assert (row["tags.plain"], row["metrics.auc"]) == ("a=b", "0.75")


def test_times_in_csv_are_written_as_in_json(some: Client, cli: Cli) -> None:
    (row, *_) = csv.DictReader(io.StringIO(cli("search", "--csv").out))
    (item, *_) = cli("search", "--json").document["items"]
    assert row["created"] == item["created_at"]
    assert row["created"].endswith("Z")


def test_models_and_runs_are_searched_too(some: Client, cli: Cli) -> None:
    (model,) = cli("search", "models", "alias = 'champion'", "--json").document["items"]
    assert (model["name"], model["versions"], model["aliases"]) == (M, 5, {"champion": 4})
    runs = cli("search", "runs", "params.train.num_leaves between 20 and 30", "--json").document
    assert [run["version"] for run in runs["items"]] == [f"{M}@3", f"{M}@2"]
    assert runs["items"][0]["values"] == {"params.train.num_leaves": 30}
    for subject in Subject:
        assert cli("search", subject.value).code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("metrics.auc >",), "it ends too early"),
        (("models", "metrics.auc > 1"), "models have no field metrics, versions and runs have"),
        (("version", "x"), "write the whole filter as one argument"),
        (("grade = 'A'", "--order-by", "zzz"), "versions have no field zzz"),
        (("--cursor", "abc"), "this cursor was cut"),
        (("--limit", "1001"), "--limit"),
        (("--json", "--csv"), "choose one of --csv and --json"),
        (("models", "--model", "x"), "models are not searched within one"),
        (("--model", "A B"), "cannot be the name of a model"),
    ],
)
def test_a_mistake_exits_2(some: Client, cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    answer = cli("search", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


@pytest.mark.slow
def test_a_search_for_what_nobody_has_says_so(some: Client, cli: Cli) -> None:
    for asked, unknown in {
        "metrics.auk > 0.7 and tags.team = 'ops'": ["metrics.auk"],
        "stage = 'prodution' or alias in ('champion', 'hero')": ["stage 'prodution'", "alias 'hero'"],
        'has params."train.leaves" or has tags.site': ["params.train.leaves", "tags.site"],
        "package.lightgbm < '4' and dataset.\"a b\" = 'md5:" + "0" * 32 + "'": [
            "package.lightgbm", 'dataset."a b"',
        ],
        "metrics.auc > 1 and alias = 'champion'": [],
    }.items():  # fmt: skip
        answer = cli("search", asked + " and metrics.auc > 1")
        page = answer.out.partition("nothing found\n")
        told = [line.removeprefix("  nothing on record has ") for line in page[2].splitlines()]
        assert (answer.code, page[1] != "", told) == (0, True, unknown), answer.out
        assert cli("search", asked + " and metrics.auc > 1", "--json").document["items"] == []
    assert (
        "nothing on record has metrics.auk"
        in cli("search", "alias = 'x'", "--order-by", "metrics.auk").out
    )
    assert "nothing on record has tags.site" in cli("search", "models", "has tags.site").out
    assert "nothing found" not in cli("search", "metrics.auc > 0.7 or metrics.auk > 1").out


def test_an_unknown_model_exits_3(some: Client, cli: Cli) -> None:
    answer = cli("search", "--model", "flight-dela")
    assert answer.code == 3
    assert M in answer.err


def test_text_of_others_plays_no_tricks(some: Client, cli: Cli) -> None:
    some.tag(f"{M}@1", {"team": "\x1b[31mred\nline"})
    answer = cli("search", "tags.team ~ 'red'", "--model", M)
    assert "\x1b" not in answer.out
    assert "\\x1b[31mred\\nline" in answer.out


def test_which_production_versions_contain_a_package(
    some: Client, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question that an advisory asks, as the page on search has it."""
    _run_with(some, {f"{M}@1": "4.5", f"{M}@2": "4.10", f"{M}@3": "4.5.0", f"{M}@4": "4.6"})
    question = next(c for c in re.findall(r'"(stage = .*?)"', PAGE) if "package" in c)
    assert question == "stage = 'production' and package.lightgbm < '4.6'"
    found = cli("search", question, "--json").document["items"]
    assert [(v["number"], v["values"]) for v in found] == [(1, {"package.lightgbm": "4.5"})]
    everywhere = cli("search", "package.lightgbm < '4.6'", "--json").document["items"]
    assert [v["number"] for v in everywhere] == [3, 1]
    assert cli("search", question, "--json").document["missed"] == {}, "version 5 is in no stage"
    ordered = cli("search", "has package.lightgbm", "--order-by", "package.lightgbm desc", "--json")
    assert [v["number"] for v in ordered.document["items"]] == [2, 4, 3, 1]


def test_what_a_search_by_software_cannot_ask_is_counted(some: Client, cli: Cli) -> None:
    _run_with(some, {f"{M}@1": "4.5", f"{M}@2": "nightly build", f"{M}@3": "5"})
    reason = "a version of lightgbm that cannot be compared"
    asked = "package.lightgbm < '4.6' and metrics.auc > 0"
    page = some.search_versions(asked)
    assert [v.number for v in page.items] == [1]
    assert page.missed == {"no recorded software": 2, reason: 1}
    assert some.search_versions(f"{asked} and tags.team = 'ops'").missed == {
        "no recorded software": 1
    }
    assert some.search_runs(asked, model=M).missed == page.missed
    assert cli("search", asked).out.splitlines()[-2:] == [
        "not asked: 2 more have no recorded software",
        f"not asked: 1 more have {reason}",
    ]
    assert some.search_versions("metrics.auc > 0").missed == {}
    assert some.search_versions("python < '3.12'").missed == {"no recorded software": 2}


def _run_with(client: Client, packages: dict[str, str]) -> None:
    """Let runs have had other environments, and version 1 be in production: by hand, in the store."""
    import sqlite3

    from registry_tasks.stores.metadata.environments import put_environment

    made = {}
    with Registry(client.settings) as registry, registry.metadata.writing("test") as tx:
        for ref, number in packages.items():
            environment = Environment(
                python="3.11", platform="linux", packages={"lightgbm": number}, files={}
            )
            made[ref] = put_environment(tx, environment)
        tx.commit()
    store = sqlite3.connect(client.settings.state / "registry.db", isolation_level=None)
    (trigger,) = store.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'run_update_refused'"
    ).fetchone()
    store.execute("DROP TRIGGER run_update_refused")
    for ref, environment_id in made.items():
        uuid = client.resolve(ref).run
        store.execute("UPDATE run SET environment_id = ? WHERE uuid = ?", (environment_id, uuid))
    store.execute(trigger)
    store.execute(
        "UPDATE stage_assignment SET stage = 'production', single = 1 WHERE version_id = "
        "(SELECT id FROM version WHERE number = 1)"
    )
    store.close()


def test_searching_loads_neither_sqlalchemy_nor_anything_heavy(
    one: Client, python: Callable[[str], str]
) -> None:
    program = """
import sys
from registry_tasks import connect
page = connect().search_versions("metrics.auc > 0.5 and package.x is null", order_by="created desc")
assert len(page.items) == 1
print(*sorted({name.partition('.')[0] for name in sys.modules}))
"""
    loaded = set(python(program).split())
    heavy = {
        "prefect",
        "dvc",
        "pandas",
        "numpy",
        "sqlalchemy",
        "alembic",
        "typer",
        "rich",
        "ruamel",
    }
    assert not heavy & loaded
    assert "lark" in loaded


def test_resolving_does_not_load_the_parser(one: Client, python: Callable[[str], str]) -> None:
    program = f"""
import sys
from registry_tasks import connect
connect().resolve("{M}@1")
print("lark" in sys.modules, "packaging" in sys.modules)
"""
    assert python(program).split() == ["False", "False"]


def test_models_are_listed_page_by_page(client: Client, model_file: Path, cli: Cli) -> None:
    for name in ("ants", "bees", "cats"):
        client.register(model_file, model=name)
    assert [m.name for m in client.models(limit=2)] == ["ants", "bees"]
    assert [m.name for m in client.models(after="bees")] == ["cats"]
    answer = cli("models", "--limit", "1", "--after", "ants")
    assert "more: registry models --after bees" in answer.out
    assert [m["name"] for m in json.loads(cli("models", "--json").out)["items"]] == [
        "ants",
        "bees",
        "cats",
    ]


def test_a_client_searches_from_many_threads(some: Client) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def ask(number: int) -> list[int]:
        return [v.number for v in some.search_versions(f"number <= {number}").items]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, [1, 2, 3, 4, 5] * 20))
    assert found == [list(range(n, 0, -1)) for n in [1, 2, 3, 4, 5] * 20]


def test_what_is_no_request_is_an_error_of_ours(some: Client) -> None:
    for call, told in (
        (lambda: some.search_versions(None), "filter='None': input should be a valid string"),  # type: ignore[arg-type]
        (lambda: some.search_runs(limit="many"), "limit='many': input should be a valid integer"),  # type: ignore[arg-type]
        (lambda: some.describe(f"{M}@1", 5), "text='5': input should be a valid string"),  # type: ignore[arg-type]
    ):
        with pytest.raises(errors.InvalidSetting, match=re.escape(told)):
            call()
