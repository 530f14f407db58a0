"""P22: whatever one client does, the server stays small and whole, and the others are answered."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from support.attacking import ATTACKS
from support.http_server import asking
from support.site import AUTHOR, VIEWER, let_people_in
from support.trials import Trial
from support.worker_processes import served, workers_in
from support.world import MODEL, World

pytestmark = pytest.mark.slow
WORKERS: Final = 2
MOST_MEMORY: Final = 512 << 20
BIG: Final = 32 << 20
"""Of a file that is read by those who do not listen: more than what lies on the way."""
FLOOR_MS: Final = 60.0
"""What a wait may grow by on a machine that the attacker and others share."""
DEADLINE_S: Final = 90
POLITE: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("/api/v1/resolve", {"ref": f"{MODEL}@production"}),
    ("/api/v1/version", {"ref": f"{MODEL}@1"}),
    (f"/models/{MODEL}", {}),
    (f"/models/{MODEL}/versions/1", {}),
    ("/api/v1/search/versions", {"filter": "metrics.auc > 0.5"}),
    ("/health", {}),
)


class Server:
    """A served world, as those who watch it see it."""

    def __init__(self, url: str, pid: int, log: Path, tokens: dict[str, str]) -> None:
        self.url, self.pid, self.log, self.tokens = url, pid, log, tokens

    def peak_bytes(self) -> int:
        """What all processes had in memory at most, each at its own worst moment."""
        return sum(map(_peak_bytes, _family(self.pid)))

    def failures(self) -> int:
        """How often it answered that it failed, by its own count."""
        with asking(self.url, self.tokens[VIEWER]) as client:
            told = client.get("/metrics").text
        return round(sum(map(float, re.findall(r'requests_total\{.*status="5\d\d"\} (\S+)', told))))

    @contextmanager
    def under(self, attacks: Sequence[str], seconds: float) -> Iterator[dict[str, Counter[str]]]:
        """Attack it meanwhile; what was answered is there afterwards."""
        command = [sys.executable, "-m", "support.attacking", self.url, self.tokens[AUTHOR]]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        attacker = subprocess.Popen(
            [*command, str(seconds), *attacks], env=environment, stdout=subprocess.PIPE, text=True
        )
        told: dict[str, Counter[str]] = {}
        try:
            yield told
            said, _ = attacker.communicate(timeout=DEADLINE_S)
            assert attacker.returncode == 0
            told.update({name: Counter(found) for name, found in json.loads(said).items()})
        finally:
            attacker.kill()
            attacker.wait()

    def be_polite(self, goes_on: Callable[[], bool]) -> list[float]:
        """Ask for what one asks for all day, one after the other; returns ms. All is answered."""
        times: list[float] = []
        while goes_on() or not times:
            with asking(self.url, self.tokens[VIEWER]) as client:  # any worker may take it
                for path, asked in POLITE:
                    times.append(_ask(client, path, asked))
                    time.sleep(0.002)
        return times


@pytest.fixture
def server(sqlite_world: World) -> Iterator[Server]:
    sqlite_world.version(1)
    sqlite_world.raise_to(f"{MODEL}@1", "staging", "production")
    sqlite_world.version(2, content=os.urandom(BIG))
    tokens = let_people_in(sqlite_world)
    with served(sqlite_world, WORKERS) as (url, process, log):
        yield Server(url, process.pid, log, tokens)


def test_an_attacker_is_alone_with_what_they_do(server: Server, trial: Trial) -> None:
    whole = workers_in(server.log)
    quiet_ms = _p95(server.be_polite(_for(trial.size(1, 5))))
    rounds = [(name,) for name in ATTACKS] if trial.full else []
    told, waits = Counter[str](), {}
    for names in (*rounds, ATTACKS):
        seconds = trial.size(4, 20 if names is ATTACKS else 3)
        with server.under(names, seconds) as answered:
            waits[", ".join(names)] = _p95(server.be_polite(_for(seconds)))
        for name, found in answered.items():
            assert not [status for status in found if status.startswith("5")], (name, found)
            told += found
    assert server.peak_bytes() < MOST_MEMORY
    assert workers_in(server.log) == whole
    assert set(whole) <= set(_family(server.pid))
    assert server.failures() == 0
    worst = max(waits, key=waits.__getitem__)
    if trial.full:
        slow = {
            name: ms for name, ms in waits.items() if ms > max(2 * quiet_ms, quiet_ms + FLOOR_MS)
        }
        assert not slow, (quiet_ms, waits)
    counted = ", ".join(f"{count:,} {status}" for status, count in sorted(told.items()))
    trial.report(
        "P22",
        f"{len(ATTACKS)} kinds of attack on {WORKERS} workers: {counted}",
        f"at most {server.peak_bytes() >> 20} MB in all processes together, no worker lost, 0 5xx; "
        f"p95 of the others {quiet_ms:.0f} ms, at worst {waits[worst]:.0f} ms",
    )


def _ask(client: httpx.Client, path: str, asked: dict[str, Any]) -> float:
    began = time.perf_counter()
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return 1000 * (time.perf_counter() - began)


def _for(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def _p95(times_ms: list[float]) -> float:
    return statistics.quantiles(times_ms, n=20)[-1]


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024
