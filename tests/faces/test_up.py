"""`registry up`: one command, one Ctrl-C, nothing left; what cannot go well is said at once."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.http_server import elsewhere
from support.patience import until
from support.visiting import Visitor
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.faces.web.links import version_url
from registry_tasks.registry.access.accounts import turn_on_accounts

from .conftest import Cli

pytestmark = pytest.mark.slow
_DEADLINE_S = 180
_COMMAND = "from registry_tasks.faces.cli.app import main; main()"
_FLOW = """
from pathlib import Path
from prefect import flow

@flow
def hello(name: str) -> None:
    Path("said.txt").write_text(f"hello {name}")

@flow
def reproduce(ref: str) -> None:
    Path("rebuilt.txt").write_text(ref)
"""
_DEPLOYMENTS = """
deployments:
  - name: greeting
    entrypoint: flows/hello.py:hello
    parameters: {name: moon}
    schedules: [{cron: "0 3 * * *", timezone: UTC, active: false}]
    work_pool: {name: registry}
  - name: reproduce
    entrypoint: flows/hello.py:reproduce
    work_pool: {name: registry}
"""


class Up:
    """A `registry up` in progress."""

    def __init__(self, world: World, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "up", *options],
            cwd=world.root,
            env={**os.environ, **world.variables()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._state = str(world.state)

    def address_of(self, name: str) -> str:
        """Read what it prints until it tells where something is."""
        assert self.process.stdout is not None
        told = []
        for line in self.process.stdout:
            told.append(line)
            if line.startswith(f"{name}: "):
                return line.removeprefix(f"{name}: ").strip()
        raise AssertionError("".join(told))

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Ask it to end; returns its exit code and what it said at last."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=_DEADLINE_S)
        return self.process.returncode, said

    def children(self) -> list[int]:
        """Return the processes that serve this registry, however they came to be."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes()
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            mine = f"REGISTRY_STATE={self._state}".encode() in environment.split(b"\0")
            if mine and state != "Z" and int(folder.name) != self.process.pid:
                found.append(int(folder.name))
        return found


StartUp = Callable[..., Up]


@pytest.fixture
def up() -> Iterator[StartUp]:
    started: list[Up] = []

    def start(world: World, *options: str) -> Up:
        started.append(Up(world, *options))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()
        until(lambda one=one: not one.children())


def fetch(address: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
    """Return a JSON answer, None if nobody gives one."""
    data = None if body is None else json.dumps(body).encode()
    told = {"content-type": "application/json", **(headers or {})}
    asked = urllib.request.Request(address, data, told)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)
    except (OSError, urllib.error.URLError):
        return None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_request_to_end_ends_all(
    sqlite_world: World, up: StartUp, number: signal.Signals
) -> None:
    started = up(sqlite_world, "--no-prefect", "--port=0")
    address = started.address_of("dashboard and API")
    assert fetch(f"{address}/health") is not None

    code, said = started.end(number)

    assert (code, said.splitlines()[-1]) == (0, "ended")
    assert not started.children()
    assert fetch(f"{address}/health") is None


def test_nothing_survives_when_it_is_killed(sqlite_world: World, up: StartUp) -> None:
    started = up(sqlite_world, "--no-prefect", "--port=0")
    address = started.address_of("dashboard and API")

    started.end(signal.SIGKILL)

    until(lambda: not started.children())
    assert fetch(f"{address}/health") is None


def test_a_server_that_is_killed_answers_again_at_the_same_address(
    sqlite_world: World, up: StartUp
) -> None:
    started = up(sqlite_world, "--no-prefect", "--port=0")
    address = started.address_of("dashboard and API")

    for child in started.children():
        os.kill(child, signal.SIGKILL)

    until(lambda: fetch(f"{address}/health") is not None)
    code, said = started.end(signal.SIGINT)
    assert code == 0
    assert "dashboard and API is started again" in said


def test_a_taken_port_is_said_before_anything_starts(sqlite_world: World, up: StartUp) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        for options in ((f"--port={port}",), ("--port=0", f"--prefect-port={port}")):
            started = up(sqlite_world, *options)
            said, _ = started.process.communicate(timeout=_DEADLINE_S)

            assert started.process.returncode == 6
            assert f"port {port} of 127.0.0.1 cannot be had" in said
            assert not (sqlite_world.state / "logs").exists()


def test_without_accounts_nobody_else_is_let_in(sqlite_world: World, up: StartUp) -> None:
    started = up(sqlite_world, "--no-prefect", "--port=0", "--host=0.0.0.0")
    said, _ = started.process.communicate(timeout=_DEADLINE_S)

    assert started.process.returncode != 0
    assert "`registry access start NAME`" in said
    assert not started.children()


def test_it_prints_the_names_that_people_use(sqlite_world: World, up: StartUp) -> None:
    turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    everywhere = ("--no-prefect", "--port=0", "--host=0.0.0.0")

    refused = up(sqlite_world, *everywhere, "--name=localhost")
    said, _ = refused.process.communicate(timeout=_DEADLINE_S)
    assert (refused.process.returncode, "`--plain-http`" in said) == (5, True)
    assert not refused.children()

    started = up(sqlite_world, *everywhere, "--name=localhost", "--plain-http")
    address = started.address_of("dashboard and API")
    assert re.fullmatch(r"http://localhost:\d+", address)
    assert httpx.get(f"{address}/login", trust_env=False).status_code == 200
    assert started.end(signal.SIGTERM)[0] == 0


def test_logs_of_children_are_nobody_elses(sqlite_world: World, up: StartUp) -> None:
    up(sqlite_world, "--no-prefect", "--port=0").address_of("dashboard and API")
    logs = sqlite_world.state / "logs"

    assert logs.stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in logs.iterdir()] == [
        ("server.log", 0o600)
    ]


def test_only_the_worker_knows_the_token(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry_tasks.faces.up.plans import Asked, make_plans

    monkeypatch.setenv("REGISTRY_TOKEN", "a secret")
    (sqlite_world.root / "flows").mkdir()
    asked = Asked(host="127.0.0.1", port=1, workers=1, prefect_port=2)

    plans = {plan.name: plan for plan in make_plans(sqlite_world.settings, asked)}

    knows = {name for name, plan in plans.items() if "a secret" in plan.environment.values()}
    assert knows == {"worker for flows"}
    assert "a secret" not in repr(plans)


def test_without_a_checkout_there_is_no_worker(tmp_path: Path, cli: Cli) -> None:
    from registry_tasks.faces.up.plans import Asked, make_plans
    from registry_tasks.settings import Settings

    asked = Asked(host="127.0.0.1", port=1, workers=1, prefect_port=2)

    plans = make_plans(Settings.load(str(tmp_path / "state")), asked)

    assert [plan.name for plan in plans] == ["dashboard and API", "Prefect"]


def test_a_prefect_server_of_ones_own_is_not_started_again(sqlite_world: World) -> None:
    from registry_tasks.faces.up.plans import Asked, make_plans

    (sqlite_world.root / "flows").mkdir()
    named = Asked(
        host="127.0.0.1", port=1, workers=1, prefect_url="https://prefect.example.org/api"
    )
    _, worker = make_plans(sqlite_world.settings, named)

    assert worker.environment["PREFECT_API_URL"] == "https://prefect.example.org/api"
    assert "--deploy" not in worker.command


def test_flows_of_the_checkout_are_started_by_prefect_and_by_a_page(
    sqlite_world: World, up: StartUp
) -> None:
    ref = sqlite_world.version(1).ref
    files = {"flows/hello.py": _FLOW, "deployments/prefect.yaml": _DEPLOYMENTS}
    sqlite_world.commit(files)
    started = up(sqlite_world, "--port=0", "--prefect-port=0", "--workers=1")
    site = started.address_of("dashboard and API")
    address = started.address_of("Prefect")
    assert fetch(f"{address}/api/deployments/filter", {}) is None, "without a token: forged"
    prefect = Prefect(address)
    until(lambda: len(prefect.ask("deployments/filter")) == 2)
    found = {told["name"]: told for told in prefect.ask("deployments/filter")}
    assert not found["greeting"]["schedules"][0]["active"]
    prefect.ask(f"deployments/{found['greeting']['id']}/create_flow_run")
    with Visitor(site) as visitor:
        page = version_url(ref)
        sent = visitor.send(visitor.open(f"{page}?view=evidence"), f"{page}/do/rebuild")
        progress = sent.answer.headers["location"]
        assert progress in visitor.open(f"{page}?view=evidence").links
        until(lambda: "Completed" in visitor.open(progress).text)
    with Client(elsewhere(site, sqlite_world.folder / "elsewhere")) as client:
        begun = client.reproduce(ref)
        until(lambda: client.rebuild_run(begun.uuid).state == "completed")

    until(lambda: (sqlite_world.root / "said.txt").exists())
    assert (sqlite_world.root / "said.txt").read_text() == "hello moon"
    assert (sqlite_world.root / "rebuilt.txt").read_text() == ref
    assert started.end(signal.SIGTERM)[0] == 0
    assert not started.children()


class Prefect:
    """Prefect's API as its page uses it, which asks for a token against forgery first."""

    def __init__(self, address: str) -> None:
        client = "11111111-2222-3333-4444-555555555555"
        token = fetch(f"{address}/api/csrf-token?client={client}")["token"]
        self._address = address
        self._headers = {"Prefect-Csrf-Client": client, "Prefect-Csrf-Token": token}

    def ask(self, path: str) -> Any:
        return fetch(f"{self._address}/api/{path}", {}, self._headers)
