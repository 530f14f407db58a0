"""A registry under attack: served among canaries, with enough of everything to be used up."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final
from uuid import uuid4

import pytest

from registry_tasks.entities.access import AddAccount, Identity, Right, Role
from registry_tasks.entities.approval import Approval
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.run import Origin, RunStart
from registry_tasks.registry.catalogue.datasets import list_dataset_states, list_datasets
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.sweep import list_sweeps
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import accounts, runs
from registry_tasks.stores.metadata.models import get_model
from support.attacks import INJECTED
from support.canaries import Canaries, surrounded
from support.openings import Opening, all_openings
from support.plain_http import Line, Shot, Told
from support.site import ADMIN, KITE, let_people_in
from support.world import World

SPARE: Final = "spare"
PEOPLE: Final = tuple(f"person-{number}" for number in range(30))
ASKING: Final = 4
"""How many ask at a time."""
_WITHOUT_PREFECT = b"no Prefect server is named"
_TYPES: Final = {
    *("application/json", "application/problem+json", "application/octet-stream"),
    *("text/html", "text/csv", "text/plain", "text/css", "text/javascript", "image/svg+xml", ""),
}
Attack = tuple[Opening, str]


@dataclass
class Place:
    """A registry under attack."""

    world: World
    canaries: Canaries
    url: str
    token: str
    openings: tuple[Opening, ...]
    names: dict[str, Any]
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    tried: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def line(self, token: str | None = None) -> Line:
        """Open a connection of the admin's, or of somebody else's."""
        said = self.token if token is None else token
        return Line(self.url, {"Authorization": f"Bearer {said}"} if said else {})

    def attack(self, attacks: Sequence[Attack]) -> None:
        """Try each attack and look at each answer."""
        with ThreadPoolExecutor(ASKING) as pool:
            list(pool.map(self._try, (attacks[part::ASKING] for part in range(ASKING))))

    def ask(self, line: Line, shot: Shot, name: str, text: str = "") -> Told:
        """Ask, and look whether that is an answer that may be given to anybody who asks so."""
        told = line.ask(shot)
        with self._lock:
            self.tried += 1
            self.statuses[told.status] += 1
        if problem := self._problem(told, text):
            self.wrong.append(f"{name}: {problem}: {shot}: {told.status} {told.body[:300]!r}")
        return told

    def check(self) -> int:
        """Raise if anything was not as it must be; return how many commands the server ran."""
        wrong, self.wrong = self.wrong, []
        assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:20])
        return self.canaries.check()

    def _try(self, attacks: Iterable[Attack]) -> None:
        with self.line() as line:
            for opening, text in attacks:
                aimed = self.canaries.aim(text)
                self.ask(line, opening.shoot(aimed), opening.name, aimed)

    def _problem(self, told: Told, text: str) -> str | None:
        headers, kind = told.headers, told.headers.get("content-type", "").partition(";")[0]
        if not 200 <= told.status < 500 and _WITHOUT_PREFECT not in told.body:
            return "an answer that nobody foresaw"
        if found := self.canaries.leaked(told.head) or self.canaries.leaked(told.body):
            return f"{found} is in it"
        if INJECTED in headers or "set-cookie" in headers or kind not in _TYPES:
            return f"headers of somebody else's choice: {told.head!r}"
        if "x-request-id" not in headers:  # what is no HTTP is answered by who reads HTTP
            is_told = (told.status, kind) == (400, "application/problem+json")
            return None if is_told else "it went past the edge"
        if headers["x-content-type-options"] != "nosniff":
            return "it may be taken for something else"
        if "default-src 'none'" not in headers["content-security-policy"]:
            return "it may run scripts"
        if kind == "text/html" and "<" in text and text.encode(errors="replace") in told.body:
            return "markup is in a page"
        if (to := headers.get("location", "/")) and (to[0] != "/" or to[1:2] == "/"):
            return f"it leads to {to}"
        return None


@contextmanager
def attacked(world: World) -> Iterator[Place]:
    names = _fill(world)
    tokens = let_people_in(world)
    admin = Identity(actor=ADMIN, rights=(Right(role=Role.ADMIN),))
    with Registry(world.settings, admin) as registry, registry.metadata.writing(ADMIN) as tx:
        for name in PEOPLE:
            accounts.add(tx, AddAccount(account=name))
        tx.commit()
    with surrounded(world, tokens) as (canaries, url):
        yield Place(world, canaries, url, tokens[ADMIN], all_openings(names), names)
    world.close()


def _fill(world: World) -> dict[str, Any]:
    """Add things to be used up; returns arguments that lead to something."""
    for number in range(1, 7):
        world.version(number, model=SPARE)
    registry = world.registry()
    waiting = _ask(world)
    data = list_datasets(registry)[0].name
    finished = list_runs(registry, KITE)[0].uuid
    going = [str(uuid4()) for _ in range(400)]
    with registry.metadata.writing("ada") as tx:
        origin = Origin(project="here", repository="", base_commit=None)
        for uuid in going:
            start = RunStart(
                uuid=uuid, model=KITE, experiment="default", origin=origin, flow_run=None
            )
            runs.start(tx, get_model(tx.connection, KITE), start)
        tx.commit()
    return {
        "ref": f"{KITE}@2", "refs": [f"{KITE}@1", f"{KITE}@2"], "model": KITE, "metric": "auc",
        "subject": f"{KITE}@2", "before": f"{KITE}@1", "after": f"{KITE}@2", "filter": "number > 0",
        "form": "requirements", "name": data, "dataset": data, "run": _each(going),
        "state": f"{data}@{list_dataset_states(registry, data)[0].md5}", "uuid": finished,
        "sweep uuid": list_sweeps(registry)[0].uuid, "account": _each(PEOPLE), "key": None,
        "register-run run": finished, "run-file name": _each(f"plots/{n}.png" for n in going),
        "approval": waiting.uuid, "evidence_sha256": waiting.evidence_sha256,
        "page name": KITE, "page number": 2, "page uuid": finished,
        "archive ref": f"{SPARE}@1", "restore ref": f"{SPARE}@1", "hold ref": f"{SPARE}@2",
        "release ref": f"{SPARE}@2", "delete ref": _each(f"{SPARE}@{n}" for n in range(3, 7)),
    }  # fmt: skip


def _ask(world: World) -> Approval:
    """Let a promotion wait for people."""
    with pytest.raises(AwaitingApproval) as caught:
        promote(world.registry(), Promote(ref=f"{KITE}@2", to="production", reason="better"))
    return show_approval(world.registry(), caught.value.approval).approval


def _each(of: Iterable[str]) -> Callable[[], str]:
    """Give one after the other, whoever asks."""
    left, lock = cycle(of), threading.Lock()

    def one() -> str:
        with lock:
            return next(left)

    return one
