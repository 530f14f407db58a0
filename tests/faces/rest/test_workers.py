"""Several worker processes on one store: as safe as one, ended with one signal."""

import os
import re
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from support.http_server import asking
from support.worker_processes import DEADLINE_S, served
from support.world import MODEL, World

from registry_tasks.entities.errors import PortTaken
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.serve import host_names, serve


@pytest.mark.slow
def test_workers_of_one_server_promote_at_once(world: World) -> None:
    for number in range(1, 7):
        world.version(number)
        world.raise_to(f"{MODEL}@{number}", "staging")
    with served(world, 3) as (url, _, log):

        def promote(number: int) -> int:
            told = {"ref": f"{MODEL}@{number % 6 + 1}", "to": "production", "key": f"k{number}"}
            with asking(url) as client:
                return client.post("/api/v1/promote", json=told).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = set(pool.map(promote, range(24)))
        assert statuses <= {200, 422}  # who holds the place already cannot take it
        with asking(url) as client:
            tenures = client.get("/api/v1/tenures", params={"ref": f"{MODEL}@production"}).json()
            until = time.monotonic() + DEADLINE_S  # a request is counted after its answer
            while _counted(client) < 24 and time.monotonic() < until:
                time.sleep(0.05)
            counted = _counted(client)
        lines = log.read_text()
    assert list(world.stages().values()).count("production") == 1
    assert [tenure["until"] for tenure in tenures].count(None) == 1
    assert counted == 24
    assert lines.count('"route": "/api/v1/promote"') == 24
    assert len(set(re.findall(r"Started server process \[(\d+)\]", lines))) == 3
    assert not list(world.state.glob("metrics-*"))


def _counted(client: httpx.Client) -> float:
    """How many promotions were asked for, of any worker."""
    of = r'requests_total\{method="POST",route="/api/v1/promote".*\} ([\d.]+)'
    return sum(map(float, re.findall(of, client.get("/metrics").text)))


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(sqlite_world: World) -> None:
    sqlite_world.version(1)
    with served(sqlite_world, 2) as (url, _, log):
        began = re.compile(r"Started server process \[(\d+)\]")
        killed = int(began.findall(log.read_text())[0])
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + DEADLINE_S
        while len(began.findall(log.read_text())) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        with asking(url) as client:
            for _ in range(20):
                asked = {"ref": f"{MODEL}@1"}
                assert client.get("/api/v1/resolve", params=asked).status_code == 200
        assert len(began.findall(log.read_text())) >= 3


def test_a_port_that_is_taken_is_said(sqlite_world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1"):
            serve(ServerConfig(sqlite_world.settings), port=port)


def test_a_server_is_called_by_its_names() -> None:
    own = ("localhost:8350", "127.0.0.1:8350", "[::1]:8350")
    assert host_names("127.0.0.1", 8350, (), https=False) == own
    behind = host_names("192.0.2.1", 8350, ("models.example.org",), https=True)
    assert behind == ("192.0.2.1:8350", "models.example.org")
    plain = host_names("0.0.0.0", 8350, ("models.lan", "ml.lan:80", "[fd00::1]"), https=False)
    assert set(plain) == {
        *own,
        *("models.lan:8350", "[fd00::1]:8350"),
        *("models.lan", "ml.lan:80", "[fd00::1]"),
    }
    assert "localhost" in host_names("127.0.0.1", 80, (), https=False)
