"""``registry deployment``, ``lineage``, ``code`` and ``sync`` as people and programs call them."""

import json
from pathlib import Path

import pytest

from registry_tasks import Client, errors

from .conftest import Cli

REF = "flight-delay@2"
HERE = ("--environment", "prod-eu", "--place", "scoring API")


@pytest.mark.slow
def test_a_deployment_begins_is_listed_and_ends(told: Client, cli: Cli) -> None:
    begun = cli("deployment", "start", REF, *HERE, "--reason", "canary")
    assert begun.code == 0
    assert begun.out.startswith(f"{REF} at scoring API in prod-eu since ")
    assert "canary" in cli("deployment", "list", "flight-delay").out
    (item,) = cli("deployment", "list", "--json").document["items"]
    grade = told.resolve(REF).grade
    assert (item["version"], item["grade"], item["until"]) == (REF, grade, None)
    assert cli("deployment", "list").out.splitlines()[2].split()[:2] == [REF, grade]
    assert cli("archive", "flight-delay@3").code == 0
    replaced = cli("deployment", "start", "flight-delay@1", *HERE, "--replace", "--json").document
    assert [over["uuid"] for over in replaced["ended"]] == [item["uuid"]]
    refused = cli("delete", "flight-delay@1", "--reason", "no")
    assert refused.code == 5
    assert cli("deployment", "end", "flight-delay@1", *HERE).code == 0
    assert cli("deployment", "list", "--json").document == {"items": []}
    over = cli("deployment", "list", "--all", "--json").document["items"]
    assert [each["version"] for each in over] == ["flight-delay@1", REF]
    then = cli("deployment", "list", "--at", item["since"], "--json").document["items"]
    assert [each["version"] for each in then] == [REF]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("start", REF, "--environment", "Prod EU", "--place", "x"), 2, "name of an environment"),
        (("start", REF, "--environment", "eu", "--place", "a\tb"), 2, "printable"),
        (("start", REF, "--environment", "eu"), 2, "--place"),
        (("start", "flight-delay@99", *HERE), 3, "no such version"),
        (("end", REF, *HERE), 3, "no deployment"),
        (("start", REF, *HERE, "--since", "9999-01-01T00:00Z"), 2, "still to come"),
        (("start", REF, *HERE, "--since", "2026-01-01T00:00"), 2, "--since"),
        (("end", REF, *HERE, "--until", "yesterday"), 2, "--until"),
        (("list", "nobody"), 3, "nobody"),
        (("list", "--at", "yesterday"), 2, "--at"),
        (("list", "--at", "2026-01-01T00:00"), 2, "zone"),
    ],
)
def test_what_is_wrong_is_said(
    told: Client, cli: Cli, arguments: tuple[str, ...], code: int, says: str
) -> None:
    answer = cli("deployment", *arguments)
    assert (answer.code, says in answer.err) == (code, True), answer.err


def test_lineage_goes_both_ways(told: Client, cli: Cli) -> None:
    told.start_deployment(REF, environment="prod-eu", place="API")
    back = cli("lineage", REF).out.splitlines()
    assert back[0] == f"{REF} v1.1.0, grade {told.resolve(REF).grade}"
    assert "DVC stage features@2013-01" in back[-2]
    assert cli("lineage", REF, "--forward").out.splitlines()[1] == "└─ API in prod-eu"
    data = f"data/raw/2013-01@{'a' * 32}.dir"
    assert cli("lineage", "--dataset", data).out.splitlines()[-1].endswith("API in prod-eu")
    cut = cli("lineage", "--dataset", data, "--depth", "1", "--json").document
    assert (cut["is_whole"], cut["direction"]) == (False, "forward")
    assert cli("lineage", "--dataset", data, "--back").out.splitlines()[-1].strip() == (
        "nothing is on record"
    )
    run = told.resolve(REF).run
    assert cli("lineage", run).out.splitlines()[0] == f"run {run}"
    assert told.lineage(run, "forward").nodes[-1].label == "API in prod-eu"
    assert told.dataset_lineage(data, depth=1).is_whole is False
    with pytest.raises(errors.InvalidSetting, match="back or forward"):
        told.lineage(REF, "up")


def test_lineage_needs_one_thing_to_start_from(told: Client, cli: Cli, tmp_path: Path) -> None:
    for arguments in (
        (),
        (REF, "--dataset", "x@y"),
        (REF, "--to", str(tmp_path / "x")),
        ("--dataset", "x@y", "--openlineage"),
        (REF, "--depth", "0"),
    ):
        assert cli("lineage", *arguments).code == 2
    assert cli("lineage", "--dataset", "x@y").code == 3


def test_openlineage_events_go_to_a_file_that_is_not_there_yet(
    told: Client, cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "events.jsonl"
    printed = cli("lineage", REF, "--openlineage")
    assert cli("lineage", REF, "--openlineage", "--to", str(file)).code == 0
    lines = file.read_text().splitlines()
    assert lines == printed.out.splitlines() == list(told.openlineage(REF))
    assert [json.loads(line)["eventType"] for line in lines] == ["START", "COMPLETE"]
    assert cli("lineage", REF, "--openlineage", "--to", str(file)).code == 2
    below = cli("lineage", REF, "--openlineage", "--to", str(file / "x"))
    assert (below.code, f"{file} is there already" in below.err) == (2, True)


def test_a_file_has_no_code(told: Client, cli: Cli) -> None:
    answer = cli("code", REF)
    assert (answer.code, "no DVC pipeline made it" in answer.err) == (3, True)
    with pytest.raises(errors.CodeNotRecorded):
        told.code(REF)


def test_sync_says_what_it_graded(told: Client, cli: Cli) -> None:
    assert cli("sync", "--json").document["regraded"] == []


def test_the_grade_at_birth_is_shown_beside_the_one_now(told: Client, cli: Cli) -> None:
    shown = cli("show", REF, "--json").document
    assert (shown["version"]["grade"], shown["grade_at_birth"]) == ("F", "F")
