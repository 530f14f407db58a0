"""What happened, and which version a name meant when, for people and programs."""

from registry_tasks import Client

from .conftest import Cli

M = "flight-delay"


def test_history_says_what_was_said_before_and_after(told: Client, cli: Cli) -> None:
    told.tag(f"{M}@1", {"team": "ops", "season": "summer"})
    told.tag(M, {"site": "jfk"})
    told.describe(f"{M}@1", related=["trimmer", "edger"], links=["doi:10.1/x"])
    told.describe(f"{M}@1", document={"rows": 1000, "share": 0.25, "ok": True, "by": {"a": [1]}})
    told.describe(f"{M}@1", "x" * 1000, team="")
    told.put_schema(M, {"type": "object"})
    told.hold(f"{M}@1", reason="case 7")
    told.remove_alias(M, "challenger")
    rows = [line.split("   ") for line in cli("history", M).out.splitlines()[2:]]
    told_by = [tuple(word.strip() for word in row if word.strip()) for row in rows]
    facts = {(row[3], *row[-3:-1]) for row in told_by}
    assert facts >= {
        ("version.tagged", "tags season=winter", "tags team=ops season=summer"),
        ("model.tagged", "tags -", "tags site=jfk"),
        ("version.described", "related -, links -", "related trimmer; edger, links doi:10.1/x"),
        ("version.described", "document -", "document rows=1000 share=0.25 ok=yes by=a=1"),
        ("schema.put", "schema -", "schema type=object, differing 0"),
        ("version.held", "held no", "held yes"),
        ("alias.removed", "alias challenger, version 2", "-"),
        ("version.promoted", "stage staging", "stage production"),
        ("version.refused", "stage staging", "stage staging, refused production, gates better-than-production failed"),
    }  # fmt: skip
    (long,) = (row for row in facts if "xxx" in row[2])
    assert long == (
        "version.described",
        "description Version 1, team -",
        f"description {'x' * 37}..., team -",
    )


def test_history_can_be_of_some_kinds(told: Client, cli: Cli) -> None:
    kinds = ("--kind", "version.promoted", "--kind", "alias.moved")
    found = cli("history", M, *kinds, "--json").document["items"]
    everything = cli("history", M, "--json").document["items"]
    assert found == [e for e in everything if e["kind"] in kinds]
    assert len({e["kind"] for e in found}) == 2
    page = cli("history", M, *kinds, "--limit", "2").out
    assert page.splitlines()[-1] == (
        f"older ones: registry history {M} {' '.join(kinds)} --before {found[1]['sequence']}"
    )
    of_one = cli("history", f"{M}@2", "--kind", "version.promoted", "--json").document["items"]
    assert [(e["version"], e["kind"]) for e in of_one] == [(2, "version.promoted")]
    assert cli("history", M, "--kind", "version.held", "--json").document["items"] == []
    refused = cli("history", M, "--kind", "version.promotet")
    assert refused.code == 2
    assert "kind='version.promotet'" in refused.err
    assert "version.promoted" in refused.err


def test_which_version_was_in_production_when(told: Client, cli: Cli) -> None:
    told.promote(f"{M}@3", "staging", reason="the next")
    new, old = cli("tenures", f"{M}@staging", "--json").document["items"][:2]
    assert (new["version"], new["until"], new["reason"]) == (f"{M}@3", None, "the next")
    assert (old["version"], old["until"]) == (f"{M}@2", new["since"])
    page = cli("tenures", f"{M}@staging", "--limit", "2").out.splitlines()
    assert page[0].split() == ["version", "since", "until", "by", "why"]
    assert page[2].split()[0] == f"{M}@3"
    assert "now" in page[2]
    assert page[-1] == f"older ones: registry tenures {M}@staging --before {old['sequence']}"
    answer = cli("tenures", f"{M}@2")
    assert (answer.code, "name a stage or an alias" in answer.err) == (2, True)
    assert cli("tenures", f"{M}@nobody").code == 3


def test_history_of_everything_by_who_and_when(told: Client, cli: Cli) -> None:
    everything = cli("history", "--json", "--limit", "10000").document["items"]
    assert {e["model"] for e in everything} >= {M}
    assert [e["sequence"] for e in everything] == list(range(len(everything), 0, -1))
    actor = everything[0]["actor"]
    assert cli("history", "--actor", "nobody", "--json").document["items"] == []
    page = cli("history", "--actor", actor, "--since", "2020-01-01T00:00Z", "--limit", "2").out
    assert M in page.splitlines()[2]
    assert page.splitlines()[-1] == (
        f"older ones: registry history --actor {actor} --since 2020-01-01T00:00Z"
        f" --before {everything[1]['sequence']}"
    )
    assert cli("history", "--until", "2020-01-01T00:00Z", "--json").document["items"] == []
    refused = cli("history", "--since", "yesterday")
    assert (refused.code, "write it as" in refused.err) == (2, True)
