"""The example app, as people run it: it follows production over HTTP, and outlives the registry."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import lightgbm
import numpy as np
import pytest
from support.patience import until
from support.worker_processes import free_port
from support.world import SIGNATURE, World

from registry_tasks import Client, FollowingMiddleware
from registry_tasks.faces.serving.middleware import KEY

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
Start = Callable[..., str]


def learn(folder: Path, slope: float) -> Path:
    rows = np.arange(200.0).reshape(-1, 1)
    data = lightgbm.Dataset(rows, rows[:, 0] * slope)
    settings = {"verbosity": -1, "num_leaves": 4, "objective": "regression", "num_threads": 1}
    model = lightgbm.train(settings, data, num_boost_round=5)
    path = folder / f"slope-{slope}.txt"
    model.save_model(path)
    return path


@pytest.fixture
def start(sqlite_world: World) -> Iterator[Start]:
    """Start a program that answers at an address; none of them survives."""
    begun: list[subprocess.Popen[bytes]] = []

    def run(ready: str, *command: str, **variables: str) -> str:
        with (sqlite_world.folder / f"{len(begun)}.log").open("wb") as log:
            begun.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=ROOT,
                    env=os.environ | sqlite_world.variables() | variables,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )
        url = ready.rpartition("/")[0].partition("/model")[0]
        until(lambda: _answers(ready, begun[-1]))
        return url

    def kill(number: int) -> None:
        os.killpg(begun[number].pid, signal.SIGKILL)
        begun[number].wait()

    run.kill = kill  # type: ignore[attr-defined]
    yield run
    for process in begun:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "it ended; see its log"
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def test_it_follows_and_outlives_the_registry(sqlite_world: World, start: Any) -> None:
    world = sqlite_world
    with Client(world.settings) as client:
        for slope in (1.0, 2.0, 3.0):
            made = client.register(
                learn(world.folder, slope), model="mower", format="lightgbm",
                metrics={"auc": 0.9}, signature=SIGNATURE,
            ).version  # fmt: skip
            if slope == 1.0:
                client.promote(made.ref, "staging")
                client.promote(made.ref, "production")
        port, own = free_port(), free_port()
        registry = f"http://127.0.0.1:{port}"
        serve = ("registry_tasks.faces.http.serve", f"--port={port}")
        start(f"{registry}/ready", *serve)
        app = ("uvicorn", "--app-dir=examples", "serve_model:app", f"--port={own}")
        follows = {"REGISTRY": registry, "FOLLOW": "mower@production", "FOLLOW_EVERY_S": "3600"}
        url = f"http://127.0.0.1:{own}"
        start(f"{url}/model/health", *app, **follows)

        with httpx.Client(base_url=url, timeout=60) as http:

            def ask() -> tuple[str, str, float]:
                answer = http.post("/", json={"rows": [[100.0]]})
                told = answer.json()
                return answer.headers["x-model-version"], told["version"], told["predictions"][0]

            assert ask()[:2] == ("mower@1", "mower@1")
            slow = ask()[2]
            client.promote("mower@2", "staging")
            client.promote("mower@2", "production")
            began = time.monotonic()
            assert http.post("/model/heard").status_code == 202
            until(lambda: ask()[0] == "mower@2")
            print(f"promoted to served, by a call: {time.monotonic() - began:.2f} s")
            assert ask()[2] > 1.5 * slow

            start.kill(0)  # the registry
            http.post("/model/heard")
            until(lambda: http.get("/model/health").json()["problem"])
            assert ask()[0] == "mower@2"
            start.kill(1)  # and the app itself
    again = free_port()
    app = (*app[:3], f"--port={again}")
    url = f"http://127.0.0.1:{again}"
    start(f"{url}/model/health", *app, **follows)
    health = httpx.get(f"{url}/model/health", timeout=60).json()
    assert (health["version"], health["stale"]) == ("mower@2", True)
    assert (
        httpx.post(url, json={"rows": [[1.0]]}, timeout=60).headers["x-model-version"] == "mower@2"
    )


class Life:
    """Stands for a server that runs an app from its beginning to its end."""

    def __init__(self) -> None:
        self.heard = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
        self.said: list[str] = []

    async def receive(self) -> dict[str, str]:
        return self.heard.pop()

    async def send(self, message: Any) -> None:
        self.said.append(message["type"])


class Followed:
    """A following that tells what is asked of it."""

    def __init__(self, fails: bool = False) -> None:
        self.asked: list[str] = []
        self._fails = fails

    def start(self) -> None:
        self.asked.append("start")
        if self._fails:
            raise OSError("no registry and nothing kept")

    def stop(self) -> None:
        self.asked.append("stop")


async def _lives(scope: Any, receive: Any, send: Any) -> None:
    assert (await receive())["type"] == "lifespan.startup"
    await send({"type": "lifespan.startup.complete"})
    assert (await receive())["type"] == "lifespan.shutdown"
    await send({"type": "lifespan.shutdown.complete"})


async def _knows_no_life(scope: Any, receive: Any, send: Any) -> None:
    assert KEY in scope or scope["type"] == "http", "an app that knows requests only"


@pytest.mark.parametrize("app", [_lives, _knows_no_life])
def test_it_follows_from_the_beginning_to_the_end_of_any_app(app: Any) -> None:
    life, followed = Life(), Followed()
    middleware = FollowingMiddleware(app, followed)  # type: ignore[arg-type]
    asyncio.run(middleware({"type": "lifespan"}, life.receive, life.send))
    assert life.said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert followed.asked == ["start", "stop"]


def test_a_server_is_told_that_there_is_nothing_to_serve() -> None:
    life, followed = Life(), Followed(fails=True)
    middleware = FollowingMiddleware(_lives, followed)  # type: ignore[arg-type]
    asyncio.run(middleware({"type": "lifespan"}, life.receive, life.send))
    assert life.said == ["lifespan.startup.failed"]
