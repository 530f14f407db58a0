"""How long it takes from "approve" to production: by hand, through a server, with Prefect beside.

python benchmarks/approving.py [--times 20]

One registry on SQLite, one approval a version. Without Prefect the time ends when the version is in
production, which is before the answer. With a warm worker it also ends when the flow run that shows
the promotion in Prefect is over.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from support.approving import ask_people, now, waiting
from support.desk import Desk, deploy_flows, working
from support.http_server import elsewhere
from support.patience import until
from support.prefect_server import prefect_server
from support.shared import Shared
from support.worker_processes import served
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.faces.prefect_api import PrefectApi
from registry_tasks.settings import Settings

_MAIN: Final = "from registry_tasks.faces.cli.app import main; main()"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    os.environ.pop("PREFECT_API_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        Shared.folder = Path(folder)
        world = _make_world(Path(folder) / "world")
        told = "without Prefect, `registry approve`, Python's start included"
        began_s = _cpu_s()
        _tell(told, [_timed(world, n, _by_hand(world)) for n in range(times)])
        print(f"  of it CPU, registering included: {(_cpu_s() - began_s) / times:.2f} s")
        with served(world, 1) as (url, _, _):
            there = elsewhere(url, Path(folder) / "elsewhere")
            told = "without Prefect, over HTTP to a server"
            _tell(told, [_timed(world, n, _by(there)) for n in range(times, 2 * times)])
        _beside_prefect(world, Path(folder) / "prefect", range(2 * times, 3 * times))
        world.close()


def _beside_prefect(world: World, home: Path, numbers: range) -> None:
    deploy_flows(world)
    with prefect_server(home) as prefect:
        os.environ.update(prefect)
        settings = replace(world.settings, prefect_api=prefect["PREFECT_API_URL"])
        with working(world, prefect) as log:
            desk = Desk(world, PrefectApi(prefect["PREFECT_API_URL"]), log)
            promoted, shown = [], []
            for number in numbers:
                asked, began = waiting(world, number + 1), time.monotonic()
                _by(settings)(asked)
                promoted.append(time.monotonic() - began)
                (run,) = desk.runs(asked.uuid)
                until(lambda run=run: desk.ended(run.id))
                shown.append(time.monotonic() - began)
    _tell("a warm worker beside it: promoted", promoted)
    _tell("a warm worker beside it: its flow run has ended", shown)


def _cpu_s() -> float:
    """CPU seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _make_world(folder: Path) -> World:
    world = World(folder)
    world.make_project()
    world.registry().metadata.migrate()
    world.registry().objects.create()
    ask_people(world, "gate: approved, author_may_approve: true")
    return world


def _timed(world: World, number: int, approve: Callable[[Approval], None]) -> float:
    """Seconds that it takes to approve of another version and to have it in production."""
    asked, began = waiting(world, number + 1), time.monotonic()
    approve(asked)
    took = time.monotonic() - began
    assert now(world, asked).outcome is Closing.PROMOTED
    return took


def _by(settings: Settings) -> Callable[[Approval], None]:
    def approve(asked: Approval) -> None:
        with Client(settings) as client:
            client.approve(asked.uuid, evidence_sha256=asked.evidence_sha256, reason="fine")

    return approve


def _by_hand(world: World) -> Callable[[Approval], None]:
    def approve(asked: Approval) -> None:
        told = ("approve", asked.uuid, "--evidence", asked.evidence_sha256, "--reason", "fine")
        command = [sys.executable, "-c", _MAIN, *told]
        environment = {**os.environ, **world.variables()}
        subprocess.run(command, cwd=world.root, env=environment, check=True, capture_output=True)

    return approve


def _tell(what: str, seconds: list[float]) -> None:
    middle, most = statistics.median(seconds), max(seconds)
    print(f"{what}: median {middle:.2f} s, at most {most:.2f} s of {len(seconds)}", flush=True)


if __name__ == "__main__":
    main()
