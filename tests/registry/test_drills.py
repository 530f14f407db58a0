"""Drills: what comes first, what is looked at, what a failed look says."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from support.stories import FOUND
from support.wheels import put_wheel
from support.world import World

from registry_tasks.entities.drill import DueDrill, Looked
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import InvalidCursor, ModelNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.drill import (
    judge,
    keep_drill,
    look_at,
    plan_drills,
    why_not_rebuilt,
)
from registry_tasks.registry.catalogue.drills import list_drills, list_risks
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.exact_environments import ask_for
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.rules.drilling import choose, judge_rebuild, verdict_of

from .test_drop_bytes import take_away

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WELL = FOUND.model_copy(
    update={"environment": Looked.PASSED, "rebuild": Looked.PASSED, "failure": ""}
)
drills = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.integers(0, 99)),
    unique_by=lambda pair: pair[0],
    max_size=12,
)


def _due(found: list[tuple[int, int | None]], model: str) -> list[DueDrill]:
    return [
        DueDrill(
            version=f"{model}@{number}",
            last=None if days is None else NOW - timedelta(days=days),
            expected_cpu_s=1.0,
        )
        for number, days in found
    ]


@given(production=drills, archived=drills, sample=st.integers(0, 5), seed=st.integers(0, 9))
def test_all_of_production_and_so_many_of_the_archived_longest_waiting_first(
    production: list[tuple[int, int | None]],
    archived: list[tuple[int, int | None]],
    sample: int,
    seed: int,
) -> None:
    ours, theirs = _due(production, "mower"), _due(archived, "edger")

    chosen = choose(ours, theirs, sample, seed)

    assert {d.version for d in chosen} >= {d.version for d in ours}
    assert len(chosen) == len(ours) + min(sample, len(theirs))
    waited = [(d.last or datetime.min.replace(tzinfo=UTC)) for d in chosen]
    assert waited == sorted(waited)
    left = [d for d in theirs if d not in chosen]
    taken = [d for d in theirs if d in chosen]
    never = [d for d in left if d.last is None]
    assert not never or all(d.last is None for d in taken)
    assert choose(ours, theirs, sample, seed) == chosen


@pytest.mark.parametrize(
    ("now", "before", "looked"),
    [
        (Verdict.IDENTICAL, [], Looked.PASSED),
        (Verdict.EQUIVALENT, [Verdict.EQUIVALENT], Looked.PASSED),
        (Verdict.EQUIVALENT, [Verdict.EQUIVALENT, Verdict.IDENTICAL], Looked.FAILED),
        (Verdict.DIFFERENT, [], Looked.FAILED),
    ],
)
def test_a_rebuild_is_judged_by_those_before_it(
    now: Verdict, before: list[Verdict], looked: Looked
) -> None:
    assert judge_rebuild(now, before)[0] is looked


def test_one_failed_look_fails_and_one_unknown_is_no_pass() -> None:
    assert verdict_of(WELL) is Looked.PASSED
    for one in ("bytes", "environment", "rebuild"):
        assert verdict_of(WELL.model_copy(update={one: Looked.FAILED})) is Looked.FAILED
        assert verdict_of(WELL.model_copy(update={one: Looked.LEFT_OUT})) is Looked.UNKNOWN


def test_what_was_not_reached_comes_first_the_next_time(world: World) -> None:
    for number in (1, 2, 3, 4):
        world.version(number)
    world.raise_to("mower@1", "staging", "production")
    for number in (2, 3):
        archive(world.registry(), Archive(ref=f"mower@{number}"))
    delete(world.registry(), Delete(ref="mower@3", reason="a mistake"))

    def order() -> list[str]:
        return [due.version for due in plan_drills(world.registry(), "mower", 5, 0)]

    assert sorted(order()) == ["mower@1", "mower@2"]
    keep_drill(world.registry(), "mower@1", WELL)
    assert order() == ["mower@2", "mower@1"]
    keep_drill(world.registry(), "mower@2", WELL)
    assert order() == ["mower@1", "mower@2"]
    (first, _) = plan_drills(world.registry(), None, 1, 0)
    assert first.expected_cpu_s == WELL.cpu_s  # what the last drill took
    only_looked = {"rebuild": Looked.LEFT_OUT, "cpu_s": 0.01}
    keep_drill(world.registry(), "mower@1", WELL.model_copy(update=only_looked))
    expected = {
        due.version: due.expected_cpu_s for due in plan_drills(world.registry(), None, 1, 0)
    }
    assert expected["mower@1"] == WELL.cpu_s  # what the last one with a rebuild took
    with pytest.raises(ModelNotFound):
        plan_drills(world.registry(), "nothing", 1, 0)


def test_a_failed_drill_is_a_risk_until_a_better_one(world: World) -> None:
    world.version(1)
    made = keep_drill(world.registry(), "mower@1", FOUND)

    assert made.verdict is Looked.FAILED
    assert list_drills(world.registry(), "mower", failing=True) == (made,)
    (risk,) = list_risks(world.registry())
    assert risk.ref == "mower@1" and FOUND.failure in risk.why
    assert world.kinds()[-1] is EventKind.VERSION_DRILL_FAILED

    keep_drill(world.registry(), "mower@1", WELL)
    assert world.kinds()[-1] is EventKind.VERSION_DRILLED

    assert list_drills(world.registry(), failing=True) == ()
    assert list_risks(world.registry(), "mower") == ()
    assert [d.verdict for d in show(world.registry(), "mower@1").drills] == ["passed", "failed"]


def test_pages_of_risks_and_drills_lead_to_all(world: World) -> None:
    """Also where one kind of risk ends and the next begins."""
    for number in (1, 2, 3):
        world.reproduced(world.version(number), Verdict.DIFFERENT)
        keep_drill(world.registry(), f"mower@{number}", FOUND)
    keep_drill(world.registry(), "mower@3", WELL)
    for size in (1, 2, 3, 4):
        risks = page = list_risks(world.registry(), limit=size)
        while page:
            page = list_risks(world.registry(), before=risks[-1].id, limit=size)
            risks += page
        assert risks == list_risks(world.registry())
        assert [risk.ref for risk in risks] == [f"mower@{n}" for n in (3, 2, 1, 2, 1)]
        made = rest = list_drills(world.registry(), limit=size)
        while rest:
            rest = list_drills(world.registry(), before=made[-1].id, limit=size)
            made += rest
        assert [drill.version for drill in made] == [f"mower@{n}" for n in (3, 3, 2, 1)]
    for odd in ("", "mower@1", "drill-", "drill-x", "grade-1 "):
        with pytest.raises(InvalidCursor):
            list_risks(world.registry(), before=odd)


def test_risks_are_named_with_every_reason(world: World) -> None:
    file = world.folder / "model.bin"
    file.write_bytes(b"by hand")
    register_file(world.registry(), RegisterFile(model="mower", path=str(file), metrics={"auc": 1}))
    world.raise_to("mower@1", "staging", "production")
    world.reproduced(world.version(2), Verdict.DIFFERENT)
    world.reproduced(world.version(3), Verdict.DIFFERENT)
    delete(world.registry(), Delete(ref="mower@3", reason="a mistake"))

    assert [(risk.ref, risk.why) for risk in list_risks(world.registry())] == [
        ("mower@1", "in production, grade F: no pipeline made it"),
        ("mower@2", "its last rebuild came out different"),
    ]


def test_bytes_that_are_missing_fail_and_a_remote_that_is_away_says_nothing(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    world.version(1, also=(b"on the way",))
    assert look_at(world.registry(), "mower@1").bytes is Looked.PASSED

    take_away(world, b"on the way")
    found = look_at(world.registry(), "mower@1")
    assert (found.bytes, found.files) == (Looked.FAILED, 2)
    assert any("on-the-way/0" in why for why in found.failures)

    assert isinstance(world.remote, Path)
    world.remote.rename(world.folder / "unmounted")
    assert look_at(world.registry(), "mower@1").bytes is Looked.UNKNOWN


def test_what_nobody_can_rebuild_is_unknown(sqlite_world: World) -> None:
    file = sqlite_world.folder / "model.bin"
    file.write_bytes(b"by hand")
    register_file(sqlite_world.registry(), RegisterFile(model="mower", path=str(file)))
    sqlite_world.version(2)

    why = why_not_rebuilt(sqlite_world.registry(), "mower@1")

    assert why is not None and why.looked is Looked.UNKNOWN
    assert why_not_rebuilt(sqlite_world.registry(), "mower@2") is None
    sqlite_world.reproduced(sqlite_world.resolve("mower@2"), Verdict.IDENTICAL)
    assert judge(sqlite_world.registry(), "mower@2", Verdict.IDENTICAL).looked is Looked.PASSED


def test_packages_that_are_gone_from_the_index_fail(
    sqlite_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of wheels is the index: the real uv is asked, and no network."""
    put_wheel(tmp_path, "lawn", "1.2")
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))
    registry = sqlite_world.registry()

    there = ask_for(registry, _environment(lawn="1.2"))
    gone = ask_for(registry, _environment(lawn="1.3"))
    none = ask_for(registry, _environment())

    assert (there.looked, there.packages, there.why) == (Looked.PASSED, 1, "")
    assert gone.looked is Looked.FAILED and "lawn==1.3" in gone.why
    assert none.looked is Looked.UNKNOWN


@pytest.mark.slow
def test_an_index_that_does_not_answer_says_nothing(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_NO_CACHE", "1")

    asked = ask_for(sqlite_world.registry(), _environment(lawn="1.2"))

    assert asked.looked is Looked.UNKNOWN and asked.why


def _environment(**packages: str) -> Environment:
    return Environment(python="3.11.7", platform="linux", packages=packages, files={})
