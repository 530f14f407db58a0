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
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import pytest
from support.attacking import ATTACKS, BEGUN
from support.http_server import asking
from support.site import AUTHOR, VIEWER, let_people_in
from support.trials import Trial
from support.worker_processes import served, workers_in
from support.world import MODEL, World

from registry_tasks.entities.access import Identity
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.faces.rest.operations import MAX_NODES
from registry_tasks.stores.metadata import lineage

pytestmark = pytest.mark.slow
WORKERS: Final = 2
MOST_MEMORY: Final = 512 << 20
BIG: Final = 32 << 20
"""Of a file that is read by those who do not listen: more than what lies on the way."""
FLOOR_MS: Final = 100.0
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


class Wait(NamedTuple):
    """How long others wait for their answers, at the 95th of a hundred."""

    attacks: Sequence[str]
    quiet_ms: float
    under_ms: float

    @property
    def name(self) -> str:
        return self.attacks[0] if len(self.attacks) == 1 else "all"

    @property
    def ratio(self) -> float:
        return self.under_ms / max(self.quiet_ms, 1.0)

    @property
    def is_long(self) -> bool:
        return self.under_ms > 2 * self.quiet_ms + FLOOR_MS


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
            assert attacker.stdout is not None
            assert attacker.stdout.readline() == f"{BEGUN}\n"
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
    whole, told = workers_in(server.log), Counter[str]()
    singly = [_wait(server, (name,), 2.5, told) for name in ATTACKS if trial.full]
    together = _wait(server, ATTACKS, trial.size(3, 6), told)
    assert server.peak_bytes() < MOST_MEMORY
    assert workers_in(server.log) == whole
    assert set(whole) <= set(_family(server.pid))
    assert server.failures() == 0
    # What others make this machine wait for is not there each time.
    assert not [wait for wait in singly if wait.is_long and _is_long_again(server, wait, told)]
    worst = max(singly, key=lambda wait: wait.ratio, default=together)
    counted = ", ".join(f"{count:,} {status}" for status, count in sorted(told.items()))
    trial.report(
        "P22",
        f"{len(ATTACKS)} kinds of attack on {WORKERS} workers: {counted}",
        f"at most {server.peak_bytes() >> 20} MB in all processes together, no worker lost, 0 5xx; "
        f"p95 of the others {worst.quiet_ms:.0f} ms before and {worst.under_ms:.0f} ms under the "
        f"worst ({worst.name}), {together.under_ms:.0f} ms under all at once",
    )


def test_a_graph_of_very_many_is_not_made_for_a_page(
    server: Server, sqlite_world: World, trial: Trial
) -> None:
    """Those who ask for it at once wait for each other, and for no more than a page can show."""
    many, asked = trial.size(10_000, 33_000), 8
    data = f"data/all.csv@{'7' * 32}"
    sqlite_world.caller = Identity(actor=AUTHOR)
    with sqlite_world.registry().metadata.writing(AUTHOR) as tx:
        lineage.add_edges(tx, tuple(_dependents(data, many)))
        tx.commit()
    quiet_ms = _p95(server.be_polite(_for(1)))
    before = server.peak_bytes()
    with ThreadPoolExecutor(asked) as threads:
        waiting = [threads.submit(_look, server, data) for _ in range(asked)]
        under_ms = _p95(server.be_polite(lambda: not all(one.done() for one in waiting)))
        took = [one.result() for one in waiting]
    with asking(server.url, server.tokens[VIEWER]) as client:
        told = client.get("/api/v1/dataset/lineage", params={"dataset": data}).json()
        assert client.get(
            "/api/v1/dataset/lineage", params={"dataset": data, "nodes": MAX_NODES + 1}
        ).is_client_error
    assert not told["is_whole"]
    assert len([node for node in told["nodes"] if node["kind"] != "stage"]) == MAX_NODES
    assert server.peak_bytes() < MOST_MEMORY
    trial.report(
        "P22",
        f"{asked} pages at once of a graph of {2 * many:,} edges",
        f"the slowest in {max(took):.1f} s; {before >> 20} MB before, at most "
        f"{server.peak_bytes() >> 20} MB; p95 of the others {quiet_ms:.0f} ms before and "
        f"{under_ms:.0f} ms meanwhile",
    )


def _dependents(data: str, many: int) -> Iterator[Edge]:
    root = Node(kind=NodeKind.DATASET, id=data)
    for number in range(many):
        run = Node(kind=NodeKind.RUN, id=f"{number:08d}-0000-4000-8000-000000000000")
        yield Edge(source=root, target=run, by="train")
        yield Edge(source=run, target=Node(kind=NodeKind.VERSION, id=f"{MODEL}@{number + 10}"))


def _look(server: Server, data: str) -> float:
    began = time.perf_counter()
    with asking(server.url, server.tokens[VIEWER]) as client:
        answer = client.get("/lineage", params={"subject": data})
    assert answer.status_code == 200
    assert "There is more" in answer.text
    return time.perf_counter() - began


def _wait(server: Server, attacks: Sequence[str], seconds: float, told: Counter[str]) -> Wait:
    """Measure how long others wait, just before an attack and under it."""
    quiet_ms = _p95(server.be_polite(_for(1)))
    with server.under(attacks, seconds) as answered:
        under_ms = _p95(server.be_polite(_for(seconds)))
    for name, found in answered.items():
        assert not [status for status in found if status.startswith("5")], (name, found)
        told.update(found)
    return Wait(attacks, quiet_ms, under_ms)


def _is_long_again(server: Server, wait: Wait, told: Counter[str]) -> bool:
    return all(_wait(server, wait.attacks, 3, told).is_long for _ in range(3))


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
