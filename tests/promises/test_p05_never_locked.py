"""P5: SQLite never tells a caller that it is locked, and lets everybody have a turn."""

from pathlib import Path

import pytest
from support.judging import Evidence, judge, look
from support.load import READERS, READS, WRITERS, Fairness, Storm, fairness, prepare
from support.trials import Trial
from support.world import World

pytestmark = pytest.mark.slow
WRITES = tuple(verb for verb in WRITERS if verb not in READS)
P99_S = 2.0
LEAST_SHARE = 0.5  # of the mean: so much has everybody done, whoever else was about


@pytest.mark.parametrize(
    ("writers", "short_s", "full_s"),
    [(8, 5, 30), pytest.param(32, 5, 30, marks=pytest.mark.gate)],
)
def test_nobody_is_locked_out(
    sqlite_world: World, trial: Trial, tmp_path: Path, writers: int, short_s: int, full_s: int
) -> None:
    world, seconds, readers = sqlite_world, trial.size(short_s, full_s), 8
    prepare(world)
    before = look(world)
    mixes = [{v: WRITERS[v] for v in WRITES}] * writers + [READERS] * readers
    storm = Storm(world, tmp_path / "calls", mixes, seconds, trial.seed)

    storm.run()

    calls = storm.calls()
    steps = judge(Evidence(before, calls, look(world)))
    written = fairness(calls, WRITES, range(writers))
    read = fairness(calls, READS, range(writers, writers + readers))
    locked = sum(call.error == "StoreLocked" for call in calls)
    trial.report(
        "P5",
        n=f"SQLite, {writers} writers and {readers} readers, {seconds} s, {len(calls)} calls",
        figure=f"{locked} locked, linearizable ({steps} steps); "
        f"writers: {told(written)}; readers: {told(read)}",
    )
    # A few seconds are a handful of calls each: then that each had a turn is all that can be said.
    least = LEAST_SHARE if trial.full else 0.01
    assert min(written.least_share, read.least_share) >= least
    if trial.full and writers == 8:
        assert max(written.p99_s, read.p99_s) < P99_S


def told(found: Fairness) -> str:
    slowest = max(found.by_verb, key=lambda verb: found.by_verb[verb][1])
    p50 = max(p50 for p50, _ in found.by_verb.values())
    return (
        f"{found.calls} calls, p50 {p50 * 1000:.0f} ms, p99 {found.p99_s * 1000:.0f} ms "
        f"({slowest}), longest {found.longest_s:.2f} s, least share {found.least_share:.0%}"
    )
