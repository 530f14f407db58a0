"""P3: exactly one production, whoever promotes and whoever dies; one order explains every call."""

from pathlib import Path

import pytest
from support.judging import Evidence, judge, look
from support.load import WRITERS, Storm, database, fairness, prepare
from support.trials import Trial
from support.world import World

from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.registry.ledger.mirror import sync

pytestmark = pytest.mark.slow
KILL_EVERY_S = 0.15
LEAST_SHARE = 0.25  # of the mean: so much has everybody done, whoever else was about


@pytest.mark.storm
@pytest.mark.parametrize(
    ("processes", "short_s", "full_s"),
    [(8, 6, 300), pytest.param(32, 6, 30, marks=pytest.mark.gate)],
)
def test_one_order_explains_what_all_saw(
    world: World, trial: Trial, tmp_path: Path, processes: int, short_s: int, full_s: int
) -> None:
    seconds = trial.size(short_s, full_s)
    prepare(world)
    before = look(world)
    mixes = [WRITERS] * processes
    storm = Storm(world, tmp_path / "calls", mixes, seconds, trial.seed, KILL_EVERY_S)

    killed = storm.run()

    evidence = Evidence(before, storm.calls(), look(world))
    steps = judge(evidence)
    tidy_up(world.registry())
    sync(world.registry())
    assert examine(world.registry()) == ()
    found = fairness(evidence.calls, WRITERS, range(processes))
    # A few seconds are a handful of calls each: then that each had a turn is all that can be said.
    assert found.least_share >= (LEAST_SHARE if trial.full else 0.01)
    trial.report("P3", *told(world, evidence, storm, sum(killed), steps))


def told(
    world: World, evidence: Evidence, storm: Storm, killed: int, steps: int
) -> tuple[str, str]:
    calls = evidence.calls
    found = fairness(calls, WRITERS, range(len(storm.mixes)))
    again = sum(call.tries > 1 for call in calls)
    unknown = sum(call.unknown for call in calls)
    locked = sum(call.error == "StoreLocked" for call in calls)
    n = (
        f"{database(world)}, {len(storm.mixes)} processes, {storm.seconds} s, {len(calls)} calls, "
        f"{killed} SIGKILL"
    )
    return n, (
        f"1 production at most, 0 torn, linearizable ({steps} steps, {unknown} calls with unknown "
        f"end, {again} made again with their key), replay equal to state, {locked} locked, "
        f"least share {found.least_share:.0%}, longest {found.longest_s:.1f} s"
    )
