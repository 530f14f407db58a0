"""Promoting: gates decide on what the store holds, and a refusal leaves everything as it was."""

import pytest
from support.replay import replay
from support.world import SIGNATURE, World

from registry_tasks.entities.annotation import Describe
from registry_tasks.entities.errors import (
    CurrentMoved,
    GateFailed,
    IllegalMove,
    InvalidPolicy,
    ModelNotFound,
    VersionNotFound,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Promote, Transition
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.signature import Column
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.promote import promote


def to_staging(world: World, number: int = 1, **options: object) -> Transition:
    return promote(world.registry(), Promote(ref=f"mower@{number}", to="staging", **options))


def gate(world: World, text: str, stage: str = "staging") -> None:
    evaluation = "evaluation: {metric: auc, higher_is_better: true}"
    world.set_policy(f"{evaluation}\nstages: {{{stage}: [{{{text}}}]}}")


@pytest.mark.slow
def test_the_version_in_production_makes_room(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging")
        moved = promote(world.registry(), Promote(ref=f"mower@{number}", to="production"))

    assert [(m.ref, m.source, m.target) for m in moved.moves] == [
        ("mower@1", "production", "experiment"),
        ("mower@2", "staging", "production"),
    ]
    assert moved.aliases == {"champion": "mower@2"}
    assert world.resolve("mower@production") == world.resolve("mower@champion")
    assert replay(world.history()) == world.stages() == {1: "experiment", 2: "production"}


def test_promoting_twice_is_promoting_once(world: World) -> None:
    world.version(1)
    first = to_staging(world)
    again = to_staging(world)

    assert (len(first.moves), again.moves) == (1, ())
    assert world.kinds().count(EventKind.VERSION_PROMOTED) == 1


@pytest.mark.slow
def test_each_environment_has_a_production_of_its_own(world: World) -> None:
    for number, environment in ((1, "default"), (2, "eu")):
        world.version(number)
        for stage in ("staging", "production"):
            request = Promote(ref=f"mower@{number}", to=stage, environment=environment)
            promote(world.registry(), request)

    assert world.resolve("mower@production").number == 1
    assert world.resolve("mower@production-eu").number == 2
    assert world.resolve("mower@champion").number == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "measured", "bound", "way"),
    [
        ("gate: metric, metric: auc, at_least: 0.9", "0.7", ">= 0.9", "auc is 0.7"),
        ("gate: metric, metric: auc, at_most: 0.5", "0.7", "<= 0.5", "auc is 0.7"),
        ("gate: metric, metric: f1, at_least: 0.5", "missing", ">= 0.5", "the run has auc"),
        ("gate: described, characters: 20", "0", ">= 20 characters", "registry describe mower@1"),
        ("gate: reproduced", "never", "identical", "registry reproduce mower@1"),
    ],
)
def test_a_failed_gate_leaves_the_version_where_it_was(
    sqlite_world: World, text: str, measured: str, bound: str, way: str
) -> None:
    world = sqlite_world
    world.version(1)
    gate(world, text)
    before, tags = world.stages(), world.git("tag")

    with pytest.raises(GateFailed) as caught:
        to_staging(world, reason="please")

    assert way in str(caught.value)
    assert (world.stages(), world.git("tag")) == (before, tags)
    (attempt,) = show(world.registry(), "mower@1").attempts
    assert (attempt.promoted, attempt.reason, attempt.by) == (False, "please", "ada")
    assert attempt.judged_by.commit == world.git("rev-parse", "HEAD")
    (result,) = attempt.gates
    assert (result.measured, result.bound) == (measured, bound)
    assert world.history()[-1].kind == EventKind.VERSION_REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "gate: metric, metric: auc, at_least: 0.7",
        "gate: metric, metric: auc, at_least: 0.5, at_most: 0.9",
        "gate: described, characters: 5",
        "gate: reproduced, verdicts: [identical, equivalent]",
        "gate: better-than-production",
        "gate: signature-compatible",
    ],
)
def test_a_gate_that_holds_lets_it_through(sqlite_world: World, text: str) -> None:
    world = sqlite_world
    version = world.version(1)
    describe(world.registry(), Describe(ref="mower@1", text="five words of plain text"))
    world.reproduced(version, Verdict.EQUIVALENT)
    gate(world, text)

    assert to_staging(world).gates[0].outcome == "passed"


def test_every_gate_judges_even_after_one_failed(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    world.set_policy("stages: {staging: [{gate: described}, {gate: reproduced}]}")

    with pytest.raises(GateFailed, match=r"gate 'described'.*gate 'reproduced'"):
        to_staging(world)


def test_the_last_reproduction_counts(sqlite_world: World) -> None:
    world = sqlite_world
    version = world.version(1)
    world.reproduced(version, Verdict.IDENTICAL)
    world.reproduced(version, Verdict.DIFFERENT)
    gate(world, "gate: reproduced")

    with pytest.raises(GateFailed, match="last reproduction: different"):
        to_staging(world)


@pytest.mark.slow
@pytest.mark.parametrize(("low", "passes"), [(0.001, True), (0.0, False), (-0.1, False)])
def test_the_lower_end_must_beat_production(sqlite_world: World, low: float, passes: bool) -> None:
    world = sqlite_world
    one, two = world.version(1), world.version(2)
    world.raise_to("mower@1", "staging", "production")
    gate(world, "gate: better-than-production")
    world.compare(two, one, low)

    if passes:
        to_staging(world, 2)
    else:
        with pytest.raises(GateFailed, match="improvement"):
            to_staging(world, 2)


@pytest.mark.slow
def test_a_comparison_by_another_metric_than_policy_names_does_not_count(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    one, two = world.version(1), world.version(2)
    world.raise_to("mower@1", "staging", "production")
    world.compare(two, one, 0.5)
    evaluation = "evaluation: {metric: log_loss, higher_is_better: false}"
    world.set_policy(f"{evaluation}\nstages: {{staging: [{{gate: better-than-production}}]}}")

    with pytest.raises(GateFailed, match="not compared with mower@1"):
        to_staging(world, 2)


@pytest.mark.slow
def test_a_comparison_with_a_former_production_is_void(sqlite_world: World) -> None:
    world = sqlite_world
    one, two, _ = (world.version(number) for number in (1, 2, 3))
    world.raise_to("mower@1", "staging", "production")
    world.compare(two, one, 0.5)
    world.raise_to("mower@3", "staging", "production")
    gate(world, "gate: better-than-production")

    with pytest.raises(GateFailed, match=r"not compared with mower@3.*registry evaluate mower@2"):
        to_staging(world, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (None, "mower@2 has no signature"),
        (
            SIGNATURE.model_copy(update={"outputs": (Column(name="y", type="int64"),)}),
            "the outputs changed",
        ),
        (
            SIGNATURE.model_copy(
                update={"inputs": (*SIGNATURE.inputs, Column(name="z", type="float64"))}
            ),
            "new or changed inputs: z",
        ),
    ],
)
def test_callers_of_production_must_be_able_to_call_it(
    sqlite_world: World, signature: object, reason: str
) -> None:
    world = sqlite_world
    world.version(1)
    world.version(2, signature=signature)
    world.raise_to("mower@1", "staging", "production")
    gate(world, "gate: signature-compatible")

    with pytest.raises(GateFailed, match=reason):
        to_staging(world, 2)


@pytest.mark.slow
def test_a_dropped_input_does_no_harm(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    world.version(2, signature=SIGNATURE.model_copy(update={"inputs": ()}))
    world.raise_to("mower@1", "staging", "production")
    gate(world, "gate: signature-compatible")

    to_staging(world, 2)


# ------------------------------------------------------------------------------ refusals


def test_production_without_any_gate_is_an_error(world: World) -> None:
    world.version(1)
    for policy in (
        "stages: {}",
        "stages: {production: []}",
        "stages: {staging: [{gate: described}]}",
    ):
        world.set_policy(policy)
        with pytest.raises(InvalidPolicy, match="production has no gate; list at least one"):
            promote(world.registry(), Promote(ref="mower@1", to="production"))


@pytest.mark.slow
def test_stages_cannot_be_skipped(world: World) -> None:
    world.version(1)
    with pytest.raises(IllegalMove, match="from experiment it can go to staging"):
        promote(world.registry(), Promote(ref="mower@1", to="production"))
    with pytest.raises(IllegalMove):
        promote(world.registry(), Promote(ref="mower@1", to="nowhere"))
    with pytest.raises(IllegalMove):
        promote(world.registry(), Promote(ref="mower@1", to="archived"))
    assert world.stages() == {1: "experiment"}
    assert show(world.registry(), "mower@1").attempts == ()


@pytest.mark.slow
@pytest.mark.parametrize(("expected", "found"), [(0, "version 1, not nobody"), (7, "version 1")])
def test_who_expects_another_current_changes_nothing(
    world: World, expected: int, found: str
) -> None:
    world.version(1)
    world.version(2)
    to_staging(world, 1)

    with pytest.raises(CurrentMoved, match=f"holds {found}"):
        to_staging(world, 2, expect_current=expected)
    assert world.stages() == {1: "staging", 2: "experiment"}
    to_staging(world, 2, expect_current=1)


def test_an_empty_place_can_be_expected(world: World) -> None:
    world.version(1)
    with pytest.raises(CurrentMoved, match="holds nobody, not version 3"):
        to_staging(world, expect_current=3)
    to_staging(world, expect_current=0)


def test_unknown_things_are_named(world: World) -> None:
    world.version(1)
    for ref, error, told in (
        ("mover@1", ModelNotFound, "did you mean mower"),
        ("mower@9", VersionNotFound, "no such version"),
        ("mower@v9.0.0", VersionNotFound, "no such version"),
        ("mower@hero", VersionNotFound, "no such stage or alias"),
        ("mower@production", VersionNotFound, "no version is in production"),
        ("mower@archived", VersionNotFound, "name one by its number"),
        ("sha256:" + "0" * 64, VersionNotFound, "no version has this id or digest"),
    ):
        with pytest.raises(error, match=told):
            promote(world.registry(), Promote(ref=ref, to="staging"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("stages: {staging: [{gate: magic}]}", "magic"),
        ("stages: {staging: [{gate: metric}]}", "metric"),
        ("stages: {staging: [{gate: metric, metric: auc}]}", "no bound; give at_least or at_most"),
        ("stages: {staging: [{gate: better-than-production}]}", "needs evaluation"),
        ("stages: {staging: [{gate: metric, metric: auc, at_least: x}]}", "at_least"),
        ("stages: {staging: [{gate: metric, metric: auc, at_least: .nan}]}", "JSON"),
        ("stages: {staging: [{gate: reproduced, verdicts: []}]}", "verdicts"),
        ("stages: {staging: [{gate: described, charakters: 3}]}", "charakters"),
        ("stages: {Staging: []}", "Staging"),
        ("stages: {latest: [{gate: described}]}", "latest"),
        ("stages: {archived: [{gate: described}]}", "archived"),
        ("stages: [staging]", "stages"),
        ("stagez: {}", "stagez"),
        ("aliases: {latest: production}", "latest"),
        ("aliases: {staging: production}", "staging"),
        ("aliases: {v2: production}", "v2"),
        ("aliases: {champion: produktion}", "none of production, staging"),
        ("aliases: {champion: archived}", "archived"),
        ("retention: {keep_stale: -1}", "keep_stale"),
        ("reproduction_tolerance: .inf", "JSON"),
        ("evaluation: {metric: auc}", "higher_is_better"),
        ("stages: {staging: [", "not YAML"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(
    sqlite_world: World, policy: str, told: str
) -> None:
    world = sqlite_world
    world.version(1)
    world.set_policy(policy)

    with pytest.raises(InvalidPolicy) as caught:
        to_staging(world)

    assert told in str(caught.value)
    assert world.stages() == {1: "experiment"}


def test_a_policy_that_is_not_text_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    (world.root / "params.yaml").write_bytes(b"registry: \xff\xfe")
    world.commit({})
    with pytest.raises(InvalidPolicy):
        to_staging(world)


def test_an_uncommitted_policy_does_not_count(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    gate(world, "gate: described")
    (world.root / "params.yaml").write_text("registry: {}\n")

    with pytest.raises(GateFailed):
        to_staging(world)


def test_a_tag_that_is_in_the_way_does_not_undo_the_change(
    sqlite_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = sqlite_world
    other = world.git("rev-parse", "HEAD")
    world.commit({"more.txt": "more"})
    world.git("tag", "mower@v1.0.0", other)

    made = world.version(1)
    to_staging(world)

    assert "not all of it is in Git yet" in caplog.text
    assert world.stages() == {1: "staging"}
    assert world.git("rev-parse", "mower@v1.0.0") == other != made.commit
    assert "mower#staging#" in world.git("tag")  # it holds up nothing behind it
