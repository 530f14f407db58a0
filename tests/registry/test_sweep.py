"""Sweeps without a pipeline: the language of spaces, what is refused, what is drawn, what is read."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue
from support.pipelines import Project
from support.sweeping import SLOPES, begin_trial, sweep_start
from support.world import Recorded, World

from registry_tasks.analysis.suggestions import suggest
from registry_tasks.entities.errors import (
    InvalidDocument,
    InvalidSetting,
    InvalidSpace,
    MetricNotFound,
    ModelNotFound,
    SweepNotFound,
    UnknownParameter,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.sweep import (
    MAX_KEYS,
    MAX_PARALLEL,
    MAX_TRIALS,
    MAX_VALUES,
    Choice,
    EndSweep,
    Integers,
    Sampler,
    StartSweep,
    Sweep,
    SweepPlan,
    SweepRecord,
    Trial,
)
from registry_tasks.registry.experiments.search_space import read_space, read_space_file
from registry_tasks.registry.experiments.sweep import (
    end_sweep,
    list_sweeps,
    missing_trials,
    plan_sweep,
    show_sweep,
)
from registry_tasks.registry.experiments.train import fail
from registry_tasks.rules.sampling import best_of, grid_point, grid_size, random_point
from registry_tasks.settings import Settings

UUID = "5d8b8b1e-3c57-4a4e-9a53-0f5f6fd7c4b1"
KEY = "mower.slope"


def test_the_language_of_spaces(tmp_path: Path) -> None:
    file = tmp_path / "space.yaml"
    file.write_text(
        "mower.slope: choice(0.5, yes please, [1, 2])\n"
        "data: {seed: 'int(1, 7, 3)'}\n"
        "rate: loguniform(1e-4, 1)\nshare: uniform(0, 1)\nname: plain\nsizes: [1, 2]\n"
    )
    space = read_space_file(file)
    assert space["mower.slope"] == Choice(values=(0.5, "yes please", [1, 2]))
    assert space["data.seed"] == Integers(low=1, high=7, step=3)
    assert (space["rate"].kind, space["share"].kind) == ("loguniform", "uniform")
    assert space["name"] == Choice(values=("plain",))
    assert space["sizes"] == read_space({"sizes": "choice(1, 2)"})["sizes"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("choice()", "it has 0 values"),
        ([], "it has 0 values"),
        (f"choice({', '.join(map(str, range(1001)))})", "it has 1,001 values"),
        ("choice(.nan)", "cannot be read"),
        ("uniform(.nan, 1)", "cannot be read"),
        ("uniform(0, 1e999)", "cannot be read"),
        ("uniform(1, 1)", "the first must be lower"),
        ("uniform(a, 1)", "is no number"),
        ("uniform(true, 2)", "is no number"),
        ("uniform(0)", "is none of choice"),
        ("loguniform(0, 1)", "must be above 0"),
        ("int(1.5, 3)", "is no whole number"),
        ("int(1, 3, 0)", "its step is 0"),
        (f"int(0, {10**400})", "beyond 2"),
        (f"uniform(0, {10**400})", "beyond all numbers"),
        ("normal(0, 1)", "is none of choice"),
        ("choice([1)", "cannot be read"),
        ("[1", "cannot be read"),
        (".nan", "cannot be read"),
        ("choice(" + "1" * 100_000 + ")", "100,000 are allowed"),
    ],
)
def test_what_is_no_space_is_refused(told: JsonValue, why: str) -> None:
    with pytest.raises(InvalidSpace, match=why) as refused:
        read_space({KEY: told})
    assert refused.value.key == KEY


@pytest.mark.parametrize("value", ["a\0b", 2**64, "\ud800"])
def test_a_choice_that_no_database_keeps_is_refused_before_a_trial(value: JsonValue) -> None:
    with pytest.raises(InvalidDocument) as refused:
        StartSweep(model="mower", space={"seed": Choice(values=(1, value))})
    assert refused.value.path == "$.seed[1]"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"- 1", "keys and values"),
        (b"\xff", "UTF-8"),
        (b"a: [", "not YAML"),
        (b" " * 100_001, "bytes"),
    ],
)
def test_a_file_that_is_no_space_is_refused(tmp_path: Path, text: bytes, why: str) -> None:
    (tmp_path / "space.yaml").write_bytes(text)
    with pytest.raises(InvalidSetting, match=why):
        read_space_file(tmp_path / "space.yaml")
    with pytest.raises(InvalidSetting, match="No such file"):
        read_space_file(tmp_path / "none.yaml")


def test_a_grid_has_every_point_once_and_no_more_than_allowed() -> None:
    space = read_space({"a": "choice(x, y)", "b": "int(0, 4, 2)"})
    points = [grid_point(space, n) for n in range(grid_size(space))]
    assert points[:4] == [
        {"a": "x", "b": 0},
        {"a": "x", "b": 2},
        {"a": "x", "b": 4},
        {"a": "y", "b": 0},
    ]
    assert len({tuple(p.values()) for p in points}) == 6
    with pytest.raises(InvalidSpace, match="cannot go over uniform"):
        grid_size(read_space({"a": "uniform(0, 1)"}))
    with pytest.raises(InvalidSpace, match=r"1,001 points; 1,000 are allowed"):
        grid_size(read_space({"a": f"int(0, {MAX_TRIALS})"}))


def test_random_points_lie_within_and_are_the_same_again() -> None:
    space = read_space(
        {
            "a": "uniform(-1, 1)",
            "b": "loguniform(1e-4, 1)",
            "c": "int(3, 10, 3)",
            "d": "choice(1, 2)",
        }
    )
    points = [random_point(space, 7, n) for n in range(200)]
    assert points == [random_point(space, 7, n) for n in range(200)]
    assert points != [random_point(space, 8, n) for n in range(200)]
    assert all(-1 <= p["a"] <= 1 and 1e-4 <= p["b"] <= 1 for p in points)  # type: ignore[operator]
    assert {p["c"] for p in points} == {3, 6, 9}
    assert {p["d"] for p in points} == {1, 2}
    assert 60 < sum(p["b"] < 1e-2 for p in points) < 140  # type: ignore[operator]


def plan(space: dict[str, Any], **more: Any) -> SweepPlan:
    told = {"commit": "1" * 40, "sampler": Sampler.OPTUNA, "trials": 30, "metric": "loss"}
    told |= {"higher_is_better": False, "seed": 3, "parallel": 2}
    return SweepPlan(space=read_space(space), **(told | more))


def trial(number: int, parameters: dict[str, Any], value: float | None) -> Trial:
    status = RunStatus.FAILED if value is None else RunStatus.FINISHED
    return Trial(
        number=number,
        parameters=parameters,
        run=str(number),
        status=status,
        value=value,
        failure=None,
    )


@pytest.mark.slow
def test_optuna_is_told_what_came_out_and_does_better_than_chance() -> None:
    """The best of 30 lies nearer to where the loss is least than the first ten, drawn by chance."""
    made = plan({"a": "uniform(0, 100)", "b": "choice([1], two)", "c": "int(0, 10, 5)"})
    trials: list[Trial] = []
    for start in range(0, 30, 2):
        batch = range(start, start + 2)
        points = suggest(made, batch, trials)
        assert points == suggest(made, batch, trials[::-1]), "a function of what was told"
        for number, point in zip(batch, points, strict=True):
            loss = abs(float(point["a"]) - 37) + (point["b"] != [1])  # type: ignore[arg-type]
            trials.append(trial(number, point, None if number == 5 else loss))
    assert all(
        p.parameters["b"] in ([1], "two") and p.parameters["c"] in (0, 5, 10) for p in trials
    )
    values = [math.inf if t.value is None else t.value for t in trials]
    assert sum(v < 15 for v in values[10:]) > 10
    assert min(values[10:]) < min(values[:10])


def test_the_best_is_by_value_then_by_number() -> None:
    trials = tuple(trial(n, {}, v) for n, v in enumerate((None, 2.0, 1.0, 2.0)))
    for higher, number in ((True, 1), (False, 2)):
        best = best_of(trials, higher_is_better=higher)
        assert best is not None
        assert best.number == number
    assert best_of(trials[:1], higher_is_better=True) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "error", "why"),
    [
        ({"space": {"mower.slop": "choice(1)"}}, UnknownParameter, "did you mean mower.slope"),
        ({"space": {KEY: "choice(1, 2)"}, "trials": 3}, InvalidSetting, "as many trials as"),
        ({"space": {KEY: "uniform(0, 1)"}}, InvalidSpace, "cannot go over uniform"),
        ({"model": "nobody", "space": {KEY: "choice(1)"}}, ModelNotFound, "nobody"),
        ({"space": {KEY: "choice(1)"}, "metric": "taste"}, InvalidSetting, "--higher or --lower"),
    ],
)
def test_what_cannot_go_well_is_refused_at_once(
    project: Project, asked: dict[str, Any], error: type[Exception], why: str
) -> None:
    told = {"model": "mower"} | asked | {"space": read_space(asked["space"])}
    with pytest.raises(error, match=why):
        plan_sweep(project.registry(), StartSweep(**told))


def test_uncommitted_changes_are_refused_and_a_commit_is_not(project: Project) -> None:
    (project.root / "train.py").write_text("changed\n")
    asked = StartSweep(model="mower", space=read_space({KEY: "choice(1.0, 2.0)"}))
    with pytest.raises(InvalidSetting, match=r"train.py is not committed"):
        plan_sweep(project.registry(), asked)
    start = plan_sweep(project.registry(), asked.model_copy(update={"commit": "HEAD"}))
    assert start.plan.commit == project.git("rev-parse", "HEAD")
    assert (start.plan.metric, start.plan.higher_is_better, start.plan.trials) == ("rmse", False, 2)


def test_a_metric_that_the_newest_run_lacks_is_refused(project: Project) -> None:
    project.finished_run(metrics={"loss": 1.0})
    asked = StartSweep(model="mower", space=read_space({KEY: "choice(1.0)"}), metric="rmse")
    with pytest.raises(MetricNotFound, match="'rmse'; there is loss"):
        plan_sweep(project.registry(), asked)


def test_an_empty_space_and_no_trials_are_refused() -> None:
    with pytest.raises(InvalidSpace, match="0 parameters"):
        StartSweep(model="mower", space={})
    with pytest.raises(InvalidSpace, match="101 parameters"):
        StartSweep(model="mower", space=read_space({str(n): 1 for n in range(101)}))
    for trials in (0, MAX_TRIALS + 1):
        with pytest.raises(ValueError, match="trials"):
            StartSweep(model="mower", space=read_space({KEY: 1}), trials=trials)


def test_what_a_sweep_lacks_and_what_it_came_to(world: World) -> None:
    start, registry = sweep_start(UUID), world.registry()
    with pytest.raises(SweepNotFound):
        show_sweep(registry, UUID)
    finished = begin_trial(world, start, 0)
    world.finish_run(finished, Recorded(model="mower", content=b"0", metrics={"auc": 0.5}))
    fail(registry, begin_trial(world, start, 1), "no")
    lost = begin_trial(world, start, 2)
    again = begin_trial(world, start, 2)
    world.finish_run(again, Recorded(model="mower", content=b"2", metrics={"auc": 0.7}))
    found = show_sweep(registry, UUID)
    assert [(t.number, t.value, t.status) for t in found.trials] == [
        (2, 0.7, "finished"),
        (0, 0.5, "finished"),
        (1, None, "failed"),
    ]
    assert found.trials[0].run == again != lost
    assert found.trials[2].failure == "no"
    (batch,) = missing_trials(registry, start)
    assert [t.number for t in batch] == [1, 3]
    assert [t.parameters[KEY] for t in batch] == [SLOPES[1], SLOPES[3]]

    ended = end_sweep(registry, EndSweep(sweep=UUID, key="once"))
    assert end_sweep(registry, EndSweep(sweep=UUID, key="once")) == ended
    event = world.history()[-1]
    assert event.kind == EventKind.SWEEP_ENDED
    assert event.after == {"uuid": UUID, "best": 2, "finished": 2, "failed": 1}
    assert list_sweeps(registry, "mower") == (ended,)
    assert list_sweeps(registry, before=UUID) == ()
    with pytest.raises(ModelNotFound):
        list_sweeps(registry, "nobody")
    with pytest.raises(SweepNotFound):
        list_sweeps(registry, before="nothing")


def test_the_address_of_a_cluster_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_DASK", "tcp://host:8786")
    assert Settings.load().dask == "tcp://host:8786"
    monkeypatch.setenv("REGISTRY_DASK", "host")
    with pytest.raises(InvalidSetting, match="tcp://host:port"):
        Settings.load()


def test_the_page_on_sweeps_shows_their_json() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sweeps.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    document = json.loads(example)
    assert SweepRecord.model_validate(document).model_dump(mode="json").keys() == document.keys()
    assert set(document["sweep"]) == set(Sweep.model_fields)
    assert all(set(trial) == set(Trial.model_fields) for trial in document["trials"])
    for number in (MAX_TRIALS, MAX_VALUES, MAX_KEYS, MAX_PARALLEL):
        assert f"{number:,} " in page
