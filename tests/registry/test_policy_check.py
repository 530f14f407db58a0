"""All that is wrong with a params.yaml is told at once, with the line where it stands."""

from dataclasses import replace

import pytest
from support.approving import ask_people
from support.world import World

from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.entities.policy_replay import PolicyMistake
from registry_tasks.registry.access.accounts import turn_on_accounts
from registry_tasks.registry.lifecycle.check_policy import check_policy
from registry_tasks.registry.registry import Registry

WRONG = """\
registry:
  models:
    mower:
      environments: [eu, eu, default]
      evaluation: {metric: auc, higher_is_better: maybe}
    edger:
      stages:
        latest: []
        production:
          - {gate: metric, metric: auc}
          - {gate: better-than-production}
          - {gate: soaked, hours: 24, stage: canary}
          - {gate: approved}
          - {gate: approved}
      aliases: {champion: nowhere, latest: production}
    kite:
      stages: {staging: [{gate: metric, metric: auc, at_least: 0.5}]}
    spade:
      stages:
        production:
          - {gate: magic}
    "Bad Name": {}
    rake: {stages: {production: [{gate: grade, at_least: B}]}}
"""


def told(found: tuple[PolicyMistake, ...]) -> list[tuple[str | None, int | None, str]]:
    return [(one.model, one.line, one.reason) for one in found]


def test_every_mistake_of_every_model_is_told_with_its_line(sqlite_world: World) -> None:
    found = check_policy(sqlite_world.registry(), text=WRONG)

    assert found.models == ("mower", "edger", "kite", "spade", "Bad Name", "rake")
    lines = {(model, line) for model, line, _ in told(found.mistakes)}
    assert lines >= {
        *(("mower", 5), ("edger", 8), ("edger", 10), ("edger", 11), ("edger", 12), ("edger", 9)),
        *(("edger", 15), ("kite", 17), ("spade", 21)),
    }
    assert not any(model == "rake" for model, _ in lines)
    reasons = [reason for model, _, reason in told(found.mistakes) if model == "edger"]
    assert len(reasons) == 7
    assert any("has no bound" in reason for reason in reasons)
    assert any("needs evaluation" in reason for reason in reasons)
    assert any("there is no stage canary" in reason for reason in reasons)
    (kite,) = (reason for model, _, reason in told(found.mistakes) if model == "kite")
    assert "production has no gate" in kite


def test_environments_are_named_once_and_beside_the_default_one(sqlite_world: World) -> None:
    text = "registry: {models: {rake: {environments: [eu, eu, default], stages: {production: "
    text += "[{gate: grade, at_least: B}]}}}}"
    reasons = [m.reason for m in check_policy(sqlite_world.registry(), "rake", text).mistakes]
    assert reasons == [
        "environments: eu stands there twice",
        "environments: default is always there",
    ]


def test_one_model_is_checked_alone_and_must_be_there(sqlite_world: World) -> None:
    assert check_policy(sqlite_world.registry(), "rake", WRONG).mistakes == ()
    (lacks,) = check_policy(sqlite_world.registry(), "moon", WRONG).mistakes
    assert (lacks.model, lacks.reason) == ("moon", "params.yaml has no policy of it")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("registry: [", "it is not YAML"),
        ("registry: 3", "'models' must stand in a mapping"),
        ("registry: {models: [mower]}", "'models' must be a mapping"),
        ("- a", "'registry' must stand in a mapping"),
    ],
)
def test_a_file_that_is_none_is_one_mistake(sqlite_world: World, text: str, reason: str) -> None:
    found = check_policy(sqlite_world.registry(), text=text)
    assert len(found.mistakes) == 1
    assert reason in found.mistakes[0].reason


def test_what_head_has_is_checked_if_no_text_is_given(sqlite_world: World) -> None:
    assert check_policy(sqlite_world.registry()).models == ("mower",)
    assert check_policy(sqlite_world.registry()).mistakes == ()


def test_where_there_are_accounts_authors_do_not_approve_of_their_own(
    sqlite_world: World,
) -> None:
    ask_people(sqlite_world, "gate: approved, author_may_approve: true")
    sqlite_world.version(1)
    assert check_policy(sqlite_world.registry()).mistakes == ()
    root = turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    with Registry(replace(sqlite_world.settings, token=root.secret)) as registry:
        (one,) = check_policy(registry).mistakes
    assert "author_may_approve is for registries without accounts" in one.reason
