"""Requests for approval that are decided while something dies: the decider, Prefect, a flow, a server."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import httpx

from registry_tasks import Client
from registry_tasks.entities.approval import Approval, Approve, Closing
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.policy import Approved
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.care.sync import sync
from registry_tasks.registry.lifecycle import approve as approving
from registry_tasks.registry.lifecycle.requesting import open_request
from registry_tasks.registry.lifecycle.weighing import weigh
from registry_tasks.registry.policies import policy_over
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through
from support.approving import acting, now, say_yes, waiting
from support.patience import until
from support.prefect_server import PrefectServer
from support.worker_processes import answers, free_port
from support.world import World

_FLOWS: Final = Path(__file__).parents[2] / "flows"
_RUN: Final = """
import json, sys
sys.path.insert(0, "flows")
from promote import promote
promote(**json.loads(sys.argv[1]))
"""
_DECIDING_S: Final = 0.15  # about what a decision takes, with its promotion
_LOADING_S: Final = 2.0  # less than a flow takes to load Prefect


class Pending:
    """A world whose requests people decide about, beside a Prefect that may be away."""

    def __init__(self, world: World, roll: random.Random, prefect: PrefectServer | None) -> None:
        self.world, self.roll, self.prefect = world, roll, prefect
        self.numbers, self.flow_takes_s = 0, 12.0
        away = f"http://127.0.0.1:{free_port()}/api"
        self.url = away if prefect is None else prefect.environment()["PREFECT_API_URL"]
        shutil.copytree(_FLOWS, world.root / "flows", dirs_exist_ok=True)

    def wait(self) -> Approval:
        """Let another version wait for production."""
        self.numbers += 1
        return waiting(self.world, self.numbers)

    def wait_long_since(self) -> Approval:
        """Let another version wait as one does that nobody decided about in time."""
        self.numbers += 1
        ref = f"mower@{self.numbers}"
        self.world.version(self.numbers)
        self.world.raise_to(ref, "staging")
        registry = self.world.registry()
        with registry.metadata.writing("ada") as tx:
            tx.at -= timedelta(days=15)
            candidate = get_version(through(tx.connection), Reference.parse(ref))
            request = Promote(ref=ref, to="production")
            judging = policy_over(registry, "mower", candidate)
            case = weigh(tx.connection, candidate, request, judging, tx.at)
            made = open_request(tx, case, case.people or Approved())
            tx.commit()
        return made

    def decide(self, asked: Approval, how: str = "approve", who: str = "grace") -> None:
        """Decide as the command line does; whatever is refused counts as said."""
        with Client(replace(self.world.settings, actor=who)) as client:
            try:
                seen = {"evidence_sha256": asked.evidence_sha256, "reason": "by chance"}
                getattr(client, how)(asked.uuid, **seen)
            except RegistryError:
                return

    def in_child(self, *acts: Callable[[], None]) -> list[int]:
        """Begin each in a process of its own."""
        self.world.close()
        children = []
        for act in acts:
            child = os.fork()
            if child == 0:
                try:
                    act()
                finally:
                    os._exit(0)
            children.append(child)
        return children

    def killed_at_chance(self, asked: Approval, how: str = "approve") -> None:
        (child,) = self.in_child(lambda: self.decide(asked, how))
        time.sleep(self.roll.uniform(0, _DECIDING_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def decide_and_die(self, asked: Approval) -> None:
        """Decide, and die before anything comes of it."""
        request = Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
        approving._approve(acting(self.world, "grace"), request)

    def at_once(self, *acts: Callable[[], None]) -> None:
        for child in self.in_child(*acts):
            os.waitpid(child, 0)

    def promoted(self, asked: Approval) -> int:
        """How often it entered production."""
        return sum(
            event.kind == EventKind.VERSION_PROMOTED and event.after["stage"] == "production"
            for event in self.world.history(asked.version)
        )

    def flow_killed(self, **parameters: object) -> bool:
        """Kill the flow that goes on, somewhere; returns whether it was alive until then."""
        flow = subprocess.Popen(
            [sys.executable, "-c", _RUN, json.dumps(parameters)],
            cwd=self.world.root,
            env=os.environ | self.world.variables() | self._known(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(self.roll.uniform(_LOADING_S, self.flow_takes_s))
        os.killpg(flow.pid, signal.SIGKILL)
        was_alive = flow.wait() == -signal.SIGKILL
        if not was_alive:  # a quick machine: be sooner the next time
            self.flow_takes_s = max(_LOADING_S, self.flow_takes_s / 2)
        return was_alive

    def server_killed(self, asked: Approval) -> float:
        """Kill the server as somebody approves over HTTP; returns seconds from its coming back."""
        port = free_port()
        server = self._serve(port)
        there = replace(self.world.settings, store_url=f"http://127.0.0.1:{port}", actor="x")

        def approve() -> None:
            with Client(there) as client:
                client.approve(asked.uuid, evidence_sha256=asked.evidence_sha256)

        (child,) = self.in_child(approve)
        time.sleep(self.roll.uniform(0, 4 * _DECIDING_S))
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        os.waitpid(child, 0)
        if not now(self.world, asked).is_decided:
            return 0.0
        server = self._serve(port)
        began = time.monotonic()
        try:
            until(lambda: now(self.world, asked).outcome)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        return time.monotonic() - began

    def _serve(self, port: int) -> subprocess.Popen[bytes]:
        server = subprocess.Popen(
            [sys.executable, "-m", "registry_tasks.faces.http.serve", f"--port={port}"],
            env=os.environ | self.world.variables() | self._known(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: answers(f"http://127.0.0.1:{port}/ready"))
        return server

    def _known(self) -> dict[str, str]:
        return {"PREFECT_API_URL": self.url} if self.prefect is None else self.prefect.environment()

    def deploy(self) -> None:
        """Tell Prefect of the flow ``promote``; there is no worker, so its runs stay scheduled."""
        flow = httpx.post(f"{self.url}/flows/", json={"name": "promote"}, timeout=60).json()
        told = {"name": "promote", "flow_id": flow["id"], "enforce_parameter_schema": False}
        assert httpx.post(f"{self.url}/deployments/", json=told, timeout=60).is_success

    def runs(self) -> list[str]:
        """The keys of all runs of the flow that go on from a request."""
        keys: list[str] = []
        while True:
            asked = {"limit": 100, "offset": len(keys), "sort": "ID_DESC"}
            page = httpx.post(f"{self.url}/flow_runs/filter", json=asked, timeout=60).json()
            keys += [run["idempotency_key"] or "" for run in page]
            if len(page) < 100:
                return [key for key in keys if key]

    # ---------------------------------------------------------------- what happens

    def one(self, what: str) -> tuple[Approval, bool]:
        """Let one request go through something; returns it, and whether it has to be promoted."""
        asked = self.wait()
        match what:
            case "approved":
                self.decide(asked)
            case "approver killed":
                self.killed_at_chance(asked)
                self._recover(asked)
            case "rejecter killed":
                self.killed_at_chance(asked, "reject")
                self.decide(asked, "reject")
            case "approved twice":
                both = ("grace", "linus") if self.roll.random() < 0.5 else ("grace", "grace")
                self.at_once(*(lambda who=who: self.decide(asked, who=who) for who in both))
            case "approved and rejected":
                self.at_once(
                    lambda: self.decide(asked), lambda: self.decide(asked, "reject", "linus")
                )
            case "overtaken":  # by a change of the evidence, between the request and the decision
                self.decide(self.wait())
                self.decide(asked)
        found = now(self.world, asked)
        yes = found.is_decided and all(d.choice == "approved" for d in found.decisions)
        return asked, yes and found.outcome is not Closing.VOIDED

    def _recover(self, asked: Approval) -> None:
        """Go on by chance: ask again, sync, or decide if nobody has."""
        if now(self.world, asked).is_decided and self.roll.random() < 0.5:
            sync(acting(self.world, "bob"))
        else:
            say_yes(self.world, asked)
