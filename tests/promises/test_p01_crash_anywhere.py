"""P1: whatever kills a writing verb, and wherever: one effect after a retry, nothing half done."""

from collections import Counter
from pathlib import Path

import pytest
from crash.case import Case
from crash.cases import ALL, CASES, FAR, NEW_STORE, STORES
from crash.fixtures import Templates, crew, templates
from crash.places import FarPlace, Place
from crash.random_kills import struggle
from crash.surviving import SELDOM, Fate, Tally, endure
from crash.tracing import Traced, name_of
from support.crew import Crew
from support.databases import Postgres
from support.disk import Action
from support.s3 import S3Server, rclone
from support.trials import Trial

__all__ = ["crew", "rclone", "templates"]  # fixtures
_GATE = pytest.mark.gate
_SHORT, _SHORT_FAR = 2, 1
"""In a short trial, at how many points of each case; a world far away takes long to put back."""
_FULL = 3
"""In a full trial, at how many at least, however few a case has."""
_FAR_IN_SHORT = frozenset({"back_up", "recover", "move_in", "share", "run", "register_a_run"})
"""What a short trial kills far from store and objects too: whole stores, and where both are used."""
_EVERY_FAR = {
    **dict.fromkeys(("back_up", "recover", "move_store"), 700),
    **dict.fromkeys(("rebuild", "repair"), 500),
    "run": 400,
    "share": 120,
    **dict.fromkeys(("move_in", "foresee", "plan_sweep", "tidy_up", "register_a_run"), 200),
    **dict.fromkeys(("evaluate", "reproduce", "judge", "put_back"), 200),
}
"""In a full trial, every how manieth point far from store and objects."""
_OFTEN = frozenset({"register", "promote", "archive", "roll_back", "delete", "approve"})
"""What a full trial kills at every other of its Python calls: the verbs that P1 names, and approving."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_kill_at_every_point(name: str, crew: Crew, templates: Templates, trial: Trial) -> None:
    """Dies before the n-th thing that Python does."""
    fate = _fate(trial, None, _every(name))
    tally = _together(crew.all_do(endure, name, Place(), templates(name), fate))
    _check_verbs(ALL[name], tally)
    _tell(trial, f"{name}: SIGKILL at its Python calls", tally)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [*CASES, *(pytest.param(n, marks=_GATE) for n in ALL if n not in CASES)]
)
def test_a_kill_at_every_change_on_disk(
    name: str, crew: Crew, templates: Templates, trial: Trial
) -> None:
    """The same with Git and SQLite inside: the group dies before their n-th system call."""
    fate = _fate(trial, Action.KILL, min(64, 12 * _every(name)))
    tally = _together(crew.all_do(endure, name, Place(), templates(name), fate))
    _tell(trial, f"{name}: SIGKILL of the group at system calls", tally)


@pytest.mark.slow
@pytest.mark.gate
@pytest.mark.parametrize("name", CASES)
def test_a_kill_in_the_midst_of_a_write(
    name: str, crew: Crew, templates: Templates, trial: Trial
) -> None:
    """Half of the bytes of the n-th write are on disk, and the group is dead."""
    fate = _fate(trial, Action.TEAR, 48)
    tally = _together(crew.all_do(endure, name, Place(), templates(name), fate))
    _tell(trial, f"{name}: SIGKILL in half a write", tally)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [n if n in _FAR_IN_SHORT else pytest.param(n, marks=_GATE) for n in FAR]
)
def test_a_kill_far_from_store_and_objects(
    name: str,
    crew: Crew,
    templates: Templates,
    postgres: Postgres,
    rclone: S3Server,
    trial: Trial,
) -> None:
    """The same with PostgreSQL and a bucket."""
    url = postgres.migrated()
    fate = _fate(trial, None, _EVERY_FAR.get(name, 160), _SHORT_FAR)
    tally = _together(crew.all_do(endure, name, FarPlace(url, rclone), templates(name), fate))
    postgres.drop(url)
    _check_verbs(FAR[name], tally)
    _tell(trial, f"{name} on PostgreSQL and S3: SIGKILL at its Python calls", tally)


@pytest.mark.slow
def test_kills_at_random(crew: Crew, template: Path, trial: Trial) -> None:
    kills = trial.size(10, 150)
    done = crew.all_do(struggle, Place(), template, kills, trial.seed)
    told = sum(one.acknowledged for one in done)
    assert sum(one.kills for one in done) == kills
    assert told > kills / 2, "too little was answered to tell whether it stays"
    trial.report(
        "P1",
        n=f"{kills} SIGKILLs of a process group amid a mix of 10 verbs, {told} answers before",
        figure="0 lost, 0 half done, 0 stuck, all retries converge",
    )


@pytest.mark.slow
@pytest.mark.gate
def test_kills_at_random_far_from_store_and_objects(
    crew: Crew, template: Path, postgres: Postgres, rclone: S3Server, trial: Trial
) -> None:
    url = postgres.migrated()
    done = crew.all_do(struggle, FarPlace(url, rclone), template, 20, trial.seed)
    postgres.drop(url)
    told = sum(one.acknowledged for one in done)
    assert told > 0
    trial.report(
        "P1",
        n=f"20 SIGKILLs of a process group on PostgreSQL and S3, {told} answers before",
        figure="0 lost, 0 half done, 0 stuck, all retries converge",
    )


def _fate(trial: Trial, action: Action | None, every: int, short: int = _SHORT) -> Fate:
    """Every point if so asked, every how manieth in a full trial, few in a short one."""
    if trial.every_point:
        return Fate(action)
    if trial.full:
        return Fate(action, every=every, least=_FULL, seed=trial.seed)
    return Fate(action, every=SELDOM, least=short, seed=trial.seed)


def _every(name: str) -> int:
    """Say at every how manieth of its Python calls: the gate has half an hour for all promises."""
    if name in CASES:
        return 2 if name in _OFTEN else 20
    return 80 if name in NEW_STORE else 130 if name in STORES else 70


def _check_verbs(case: Case, tally: Tally) -> None:
    """All that the case calls was at work where it was killed, and nothing else was."""
    verbs = {name_of(verb) for verb in case.verbs}
    assert tally.traced.outermost <= verbs <= tally.traced.all


def _together(tallies: list[Tally]) -> Tally:
    refused = sum((tally.refused for tally in tallies), start=Counter[str]())
    traced = Traced(*(frozenset().union(*seen) for seen in zip(*(t.traced for t in tallies))))
    points, cycles = max(t.points for t in tallies), sum(t.cycles for t in tallies)
    return Tally(points, cycles, refused, traced)


def _tell(trial: Trial, what: str, tally: Tally) -> None:
    assert tally.cycles > 0
    trial.report(
        "P1",
        n=f"{what}: {tally.cycles} of {tally.points}",
        figure="0 lost, 0 half done, 0 stuck, all retries converge",
    )
