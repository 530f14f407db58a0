"""How many requests a second a served registry of 200,000 versions answers, and how fast.

python benchmarks/rest_load.py                          ours alone, a minute each
python benchmarks/rest_load.py --mlflow bin/mlflow      and MLflow's server for the same question
python benchmarks/rest_load.py --mlflow bin/mlflow --mlflow-store mlflow.db

Each question is asked over eight connections that stay open, a page also over one, so that none waits
for another. Times are a client's, on the machine that also
serves, and beside them the server's own, from when a request has come to when its answer has gone, as
its log tells; the CPU of a request is what all server processes took for it, which a busy machine
changes least. Without a store of its own MLflow gets one with a hundred versions, which is to its advantage.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]

from searching import MODEL, SearchStores
from support.http_load import Load, ask
from support.site import served

VERSIONS: Final = 200_000
CONNECTIONS: Final = 8
WORKERS: Final = 2
_TICK_MS: Final = 1000 / os.sysconf("SC_CLK_TCK")
_DEADLINE_S: Final = 120
_OURS: Final = f"/api/v1/resolve?ref={MODEL}@champion"
_THEIRS: Final = "/api/2.0/mlflow/registered-models/alias?name={}&alias={}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path, default=ROOT / "build" / "large")
    parser.add_argument("--mlflow", type=Path, help="the program of an installed MLflow")
    parser.add_argument("--mlflow-store", type=Path, help="with a model `hot` whose alias is there")
    parser.add_argument("--mlflow-alias", default="production")
    asked = parser.parse_args()
    ours = measure_ours(asked.store, asked.seconds)
    if asked.mlflow:
        with _mlflow(asked.mlflow, asked.mlflow_store) as (url, process):
            path = _THEIRS.format("hot", asked.mlflow_alias)
            theirs = _measure("MLflow: resolve an alias", url, [path], asked.seconds, process)
        print(f"ours answers {ours.per_second / theirs.per_second:.1f} times as many a second")


def measure_ours(store: Path, seconds: float) -> Load:
    """Ask for everything that has a target; returns what came of resolving."""
    if not (store / "bare.db").exists():
        store.mkdir(parents=True, exist_ok=True)
        SearchStores(store, VERSIONS).close()
    known = {"REGISTRY_STATE": str(store / "state")}
    with served(store, known, f"--workers={WORKERS}") as url:
        process, log = _server_at(url), store / "state" / "logs" / "server.log"
        pages = [f"/models/{MODEL}/versions/{n}" for n in range(1, VERSIONS, VERSIONS // 997)]
        resolved = _measure("resolve over REST", url, [_OURS], seconds, process, log=log)
        _measure("a version's page", url, pages, seconds, process, log=log)
        one = {"connections": 1, "log": log}
        _measure("the same, one at a time", url, pages, seconds / 4, process, **one)
    return resolved


def _measure(
    name: str,
    url: str,
    paths: list[str],
    seconds: float,
    process: int,
    *,
    connections: int = CONNECTIONS,
    log: Path | None = None,
) -> Load:
    ask(url, paths, connections=connections, seconds=2)  # warm
    before, told = _cpu_ms(process), log.stat().st_size if log else 0
    load = ask(url, paths, connections=connections, seconds=seconds)
    cpu_ms = (_cpu_ms(process) - before) / max(1, len(load.times_ms))
    own = f", the server's own median {_median_ms(log, told):.2f} ms" if log else ""
    print(f"{name:<28}{load}, {cpu_ms:.2f} ms of CPU a request{own}", flush=True)
    if load.failures:
        raise SystemExit(f"{len(load.failures)} failures, such as {load.failures[0]}")
    return load


def _median_ms(log: Path, told: int) -> float:
    """Return what a request took by the lines of the server's log after so many bytes."""
    with log.open("rb") as file:
        file.seek(told)
        lines = [line for line in file if b'"route"' in line and line.endswith(b"\n")]
    return statistics.median(json.loads(line)["ms"] for line in lines)


@contextmanager
def _mlflow(program: Path, store: Path | None) -> Iterator[tuple[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "mlflow.db"
        if store is not None:
            database.write_bytes(store.read_bytes())
        port = _free_port()
        options = [f"--backend-store-uri=sqlite:///{database}", f"--port={port}"]
        process = subprocess.Popen(
            [str(program), "server", *options, f"--workers={WORKERS}"],
            cwd=folder,
            env={**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(lambda: _call(f"{url}/api/2.0/mlflow/registered-models/search"))
            if store is None:
                _fill_mlflow(url)
            yield url, process.pid
        finally:
            process.terminate()
            process.wait(_DEADLINE_S)


def _fill_mlflow(url: str) -> None:
    api = f"{url}/api/2.0/mlflow"
    _call(f"{api}/registered-models/create", {"name": "hot"})
    for _ in range(100):
        _call(f"{api}/model-versions/create", {"name": "hot", "source": "s3://bucket/model"})
    alias = {"name": "hot", "alias": "production", "version": "50"}
    _call(f"{api}/registered-models/alias", alias)


def _call(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)


def _wait(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while True:
        try:
            holds()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _server_at(url: str) -> int:
    """Return the process that holds our server's workers."""
    port = f"--port={url.rpartition(':')[2]}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if port in words and not any(b"leash" in word for word in words):
            return int(folder.name)
    raise SystemExit(f"no process serves {url}")


def _cpu_ms(process: int) -> float:
    """Return what a process and its children have taken so far."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(words[1])
        ticks[int(folder.name)] = int(words[11]) + int(words[12])
    ours = {process}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return _TICK_MS * sum(ticks.get(pid, 0) for pid in ours)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main()
