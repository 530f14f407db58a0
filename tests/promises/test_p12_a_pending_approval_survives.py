"""P12: what was approved is promoted exactly once, what was not is never, whatever dies meanwhile.

Prefect is away for three minutes and longer while people go on deciding. No worker takes part:
nothing waits for one. A real one shows what happened in tests/flows/test_approving_in_prefect.py,
and dies in test_p12b_retraining_by_itself.py.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from support.approving import ask_people, now
from support.patience import until
from support.pending import Pending
from support.prefect_server import PrefectServer
from support.trials import Trial
from support.world import World

from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.faces.http.tending import EVERY_S, tended
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.lifecycle.approvals import list_approvals

pytestmark = [pytest.mark.slow, pytest.mark.storm]
OUTAGE_S: Final = 60.0
KINDS: Final = (
    *("approver killed",) * 4,
    *("approved", "approved twice", "approved and rejected", "rejecter killed", "overtaken"),
)


@pytest.fixture
def prefect(trial: Trial, tmp_path: Path) -> Iterator[PrefectServer | None]:
    """A server of our own, as it will be killed; in a short trial there is none, so Prefect is away."""
    if not trial.full:
        yield None
        return
    server = PrefectServer(tmp_path)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def test_whatever_dies(
    sqlite_world: World,
    prefect: PrefectServer | None,
    trial: Trial,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, size = sqlite_world, trial.size(9, 45)
    ask_people(world)
    pending = Pending(world, random.Random(trial.seed), prefect)
    monkeypatch.setenv("PREFECT_API_URL", pending.url)
    if prefect is not None:
        pending.deploy()
    seen, tally = list[tuple[Approval, bool]](), Counter[str]()
    away_s, killed_at = 0.0, 0.0
    for number in range(size):
        if prefect is not None and number == size // 3:
            prefect.kill()
            killed_at = time.monotonic()
        if prefect is not None and number == size * 2 // 3:
            time.sleep(max(0.0, killed_at + OUTAGE_S - time.monotonic()))
            away_s = time.monotonic() - killed_at
            prefect.start()
        what = KINDS[number % len(KINDS)]
        seen.append(pending.one(what))
        tally[what] += 1
    for _ in range(trial.size(1, 10)):
        late = pending.wait_long_since()
        pending.decide(late)
        seen.append((late, False))
        tally["expired"] += 1
    every_s = EVERY_S if trial.full else 0.1
    slowest, wanted = 0.0, trial.size(0, 2)
    for _ in range(wanted):
        asked = pending.wait()
        slowest = max(slowest, pending.server_killed(asked))
        if not now(world, asked).is_decided:
            pending.decide(asked)
        seen.append((asked, True))
        tally["server killed"] += 1
    while tally["flow killed"] < wanted:
        asked = pending.wait()
        pending.decide_and_die(asked)
        was_alive = pending.flow_killed(ref=asked.version, to="production", approval=asked.uuid)
        seen.append((asked, True))
        tally["flow killed" if was_alive else "flow too quick"] += 1
        assert tally["flow too quick"] < 5, "no flow was killed"
        slowest = max(slowest, recovery_s(pending, asked))

    began = time.monotonic()
    with tended(world.settings, every_s=every_s, prefect_url=pending.url):
        until(lambda: not [a for a, due in seen if due and now(world, a).outcome is None])
        slowest = max(slowest, time.monotonic() - began)
        ever = list_approvals(world.registry(), over=True, limit=1000)
        promoted = {a.uuid for a in ever if a.outcome is Closing.PROMOTED}
        if prefect is not None:
            until(lambda: set(pending.runs()) >= promoted)

    for asked, due in seen:
        assert pending.promoted(asked) == int(due), (asked, now(world, asked))
        assert (now(world, asked).outcome is Closing.PROMOTED) is due
    if prefect is not None:
        assert sorted(pending.runs()) == sorted(promoted), "one run for each that was promoted"
    assert slowest < 60
    assert not [a for a in list_approvals(world.registry()) if a.is_decided]
    assert examine(world.registry()) == ()
    trial.report(
        "P12",
        n=f"{len(seen)} requests ({', '.join(f'{n} {what}' for what, n in tally.items())}), "
        + (f"Prefect away for {away_s:.0f} s" if prefect else "Prefect away"),
        figure=f"{sum(due for _, due in seen)} promoted, each once; "
        f"{sum(not due for _, due in seen)} never; at most "
        f"{slowest:.1f} s after recovery, looked after every {every_s:.3g} s",
    )


def recovery_s(pending: Pending, asked: Approval) -> float:
    """Seconds until a running server has done what a dead flow had not, before the next one asks."""
    began = time.monotonic()
    with tended(pending.world.settings, prefect_url=pending.url):
        until(lambda: now(pending.world, asked).outcome)
    return time.monotonic() - began
