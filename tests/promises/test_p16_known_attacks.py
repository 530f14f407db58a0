"""P16, P20: what broke into other registries does not work here, wherever a text or a file gets in.

One served registry among canaries (support/canaries.py), asked by its admin, who may do all. The
attacks are numbered in the families of support/attacks.py and in support/hostile_files.py.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import uuid4

import pytest
from support.attacks import ADDRESSES, FAMILIES, INJECTED, count
from support.canaries import Canaries, surrounded
from support.databases import Postgres
from support.hostile_files import HostileFile, hostile_files
from support.malformed import malformed
from support.openings import BYTES, Opening, all_openings, bodies, query
from support.plain_http import Line, Shot, Told
from support.site import ADMIN, KITE, MODEL, fill, let_people_in
from support.strangers import doors, knocks
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.entities.access import AddAccount, Identity, Right, Role
from registry_tasks.entities.approval import Approval
from registry_tasks.entities.environment_record import EnvironmentForm
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.run import Origin, RunStart
from registry_tasks.faces.routes import BASE, FILE
from registry_tasks.registry.catalogue.datasets import list_dataset_states, list_datasets
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.sweep import list_sweeps
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import accounts, runs
from registry_tasks.stores.metadata.models import get_model

pytestmark = pytest.mark.slow
SPARE: Final = "spare"
PEOPLE: Final = tuple(f"person-{number}" for number in range(30))
ASKING: Final = 4
"""How many ask at a time."""
_TYPES: Final = {
    *("application/json", "application/problem+json", "application/octet-stream"),
    *("text/html", "text/csv", "text/plain", "text/css", "text/javascript", "image/svg+xml", ""),
}
_OF_MODELS: Final = (
    *("model", "versions", "runs", "experiments", "schema", "archiving/plan", "sweeps"),
)
_OF_SUBJECTS: Final = ("notes", "history", "lineage", "/lineage", "/history")
_OF_VERSIONS: Final = ("version", "environment", "openlineage", "code", "file", "tenures")
_OF_ALL: Final = (
    *("models", "history", "datasets", "deployments", "approvals", "accounts", "tokens"),
    *("/", "/models", "/history", "/datasets", "/approvals", "/access", "/sweeps", "/runs"),
)
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
        self.tried += 1
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
                told = self.ask(line, opening.shoot(aimed), opening.name, aimed)
                self.statuses[told.status] += 1

    def _problem(self, told: Told, text: str) -> str | None:
        headers, kind = told.headers, told.headers.get("content-type", "").partition(";")[0]
        if not 200 <= told.status < 500:
            return "an answer that nobody foresaw"
        if found := self.canaries.leaked(told.head) or self.canaries.leaked(told.body):
            return f"{found} is in it"
        if INJECTED in headers or "set-cookie" in headers or kind not in _TYPES:
            return f"headers of somebody else's choice: {told.head!r}"
        if "x-request-id" not in headers:  # what is no HTTP is answered by who reads HTTP
            return None if (told.status, kind) == (400, "text/plain") else "it went past the edge"
        if headers["x-content-type-options"] != "nosniff":
            return "it may be taken for something else"
        if "default-src 'none'" not in headers["content-security-policy"]:
            return "it may run scripts"
        if kind == "text/html" and "<" in text and text.encode(errors="replace") in told.body:
            return "markup is in a page"
        if (to := headers.get("location", "/")) and (to[0] != "/" or to[1:2] == "/"):
            return f"it leads to {to}"
        return None


@pytest.fixture(scope="module")
def place(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A registry in which everything happened, and enough of everything to be used up."""
    folder = tmp_path_factory.mktemp("attacked")
    copy_tree(filled, folder / "world")
    with _placed(World(folder / "world")) as made:
        yield made


@pytest.fixture
def place_on_postgresql(template: Path, postgres: Postgres, tmp_path: Path) -> Iterator[Place]:
    """The same over PostgreSQL."""
    copy_tree(template, tmp_path / "world")
    world = World(tmp_path / "world", postgres.migrated())
    fill(world)
    with _placed(world) as made:
        yield made


@contextmanager
def _placed(world: World) -> Iterator[Place]:
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


# ---------------------------------------------------------------- texts


def test_no_text_that_broke_into_others_does_anything_here(place: Place, trial: Trial) -> None:
    _attack_with_texts(place, trial, "SQLite", readers=5, writers=3)


@pytest.mark.gate
def test_nor_does_any_over_postgresql(place_on_postgresql: Place, trial: Trial) -> None:
    _attack_with_texts(place_on_postgresql, trial, "PostgreSQL", readers=2, writers=1)


def _attack_with_texts(
    place: Place, trial: Trial, database: str, *, readers: int, writers: int
) -> None:
    """Try so many texts of each family at each place; then read all that they left."""
    chance = Random(trial.seed)
    attacks = [
        (opening, text)
        for opening, family in product(place.openings, FAMILIES.values())
        for text in chance.sample(family.texts, writers if opening.changes else readers)
    ]
    chance.shuffle(attacks)
    before = place.tried
    place.attack(attacks[: trial.size(450, len(attacks))])
    done = place.statuses[200]
    assert done > place.statuses.total() / 20, f"hardly anything was let in: {place.statuses}"

    _plant(place, chance, trial.size(3, 60))
    _read_all(place, trial.size(2, 40))
    ran = place.check()
    trial.report(
        "P16",
        f"{database}, {place.tried - before:,} requests, of {count()} texts in {len(FAMILIES)} families at "
        f"each of {len(place.openings)} places of the API and the pages",
        f"0 secrets told, 0 files written or read, 0 connections, 0 5xx; {done:,} were carried out, "
        f"{ran:,} commands ran, all Git's",
    )


def _plant(place: Place, chance: Random, many: int) -> None:
    """Let texts become runs and versions, as far as each gets, so that they are read back."""
    texts = sorted({text for family in FAMILIES.values() for text in family.texts})
    with place.line() as line:
        for text in chance.sample(texts, many):
            aimed = place.canaries.aim(text)
            for shot in _life_of(aimed):
                place.ask(line, shot, "a run", aimed)


def _life_of(text: str) -> Iterator[Shot]:
    """A run from its begin to its version, with a text wherever one may be."""
    run = str(uuid4())
    url = {"kind": "vcs", "url": text, "vcs": text, "commit": text, "hash": text}
    environment = {
        "python": text, "platform": text, "packages": {text: text, "a": "1"},
        "files": {text: text}, "direct_urls": {text: url, "a": url},
    }  # fmt: skip
    hardware = {"cpu": text, "cores": 1, "memory_bytes": 1}
    cost = {"duration_s": 1, "cpu_s": 1, "peak_memory_bytes": 1}
    signature = json.dumps({"inputs": [{"name": text, "type": text}], "outputs": []})
    origin = {"project": text[:100], "repository": "", "base_commit": None, "uncommitted": [text]}
    yield _post("run/begin", run=run, model=SPARE, parameters={text: text}, origin=origin)
    yield _post("run/begin", run=run, model=SPARE)  # if it was refused
    for part in ("parameters", "metrics", "points", "importance"):
        yield _post("run/log", run=run, **{part: {text: [[1, 2]] if part == "points" else 1}})
    model = {"run": run, "role": "model", "path": "a", "format": text, "signature": signature}
    for name in (text, "model.bin"):
        yield Shot("POST", query(f"{BASE}/run/file", {**model, "name": name}), BYTES, b"model")
    yield Shot("POST", query(f"{BASE}/run/file", {"run": run, "path": "a", "name": "m",
                                                  "role": "model"}), BYTES, run.encode())  # fmt: skip
    yield _post("run/finish", run=run, cost=cost, environment=environment, hardware=hardware)
    yield _post("register-run", run=run, description=text, tags={"a": text})
    yield _post("register-run", run=run)


def _post(path: str, **body: Any) -> Shot:
    told = json.dumps(body).encode()
    return Shot("POST", f"{BASE}/{path}".encode(), {"Content-Type": "application/json"}, told)


def _read_all(place: Place, many: int) -> None:
    """Ask every question about what the attacks left, and open every page of it."""
    with place.line() as line:
        for path, of in _questions(line, many):
            address = path if path[0] == "/" else f"{BASE}/{path}"
            place.ask(line, Shot("GET", query(address, of)), "read back")


def _questions(line: Line, many: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for model in (KITE, MODEL, SPARE):
        of = {"model": model}
        yield from ((path, of) for path in _OF_MODELS)
        yield from (("trend", {**of, "metric": "auc"}), (f"/models/{model}", {}))
        yield "/runs", {"q": f"model = '{model}'"}
        told = line.ask(Shot("GET", query(f"{BASE}/versions", {**of, "limit": many})))
        refs = [f"{model}@{version['number']}" for version in json.loads(told.body)]
        for subject in (model, *refs):
            yield from ((path, {"subject": subject}) for path in _OF_SUBJECTS)
        for ref in refs:
            yield from ((path, {"ref": ref}) for path in _OF_VERSIONS)
            yield from (("environment/file", {"ref": ref, "form": f}) for f in EnvironmentForm)
            yield "diff", {"before": f"{KITE}@1", "after": ref}
            yield "compare", {"refs": [f"{KITE}@1", ref]}
            yield "/compare", {"ref": [f"{KITE}@1", ref]}
            yield f"/models/{ref.replace('@', '/versions/')}", {}
    yield from ((path, {}) for path in _OF_ALL)


def test_no_address_that_a_client_names_is_asked(place: Place, trial: Trial) -> None:
    chance = Random(trial.seed)
    attacks = [
        (opening, text)
        for opening in place.openings
        for text in chance.sample(ADDRESSES, trial.size(1, 12))
    ]
    chance.shuffle(attacks)

    before = place.tried
    place.attack(attacks[: trial.size(150, len(attacks))])

    place.check()
    trial.report(
        "P20",
        f"{place.tried - before:,} requests, of {len(ADDRESSES)} addresses at each of {len(place.openings)} places",
        "0 connections and 0 names looked up, as listener and server tell",
    )


# ---------------------------------------------------------------- bodies and doors


def test_no_body_is_read_in_two_ways(place: Place, trial: Trial) -> None:
    """A25 A33 A36 A52: aliases, doubled names, fields that say who acts, what is no JSON."""
    tried = 0
    with place.line() as line:
        for operation, body in list(bodies(place.names))[:: trial.size(4, 1)]:
            for what, shot in malformed(operation.route.path, body):
                told = place.ask(line, shot, what)
                taken = f"{what}: {shot}: {told.status} {told.body[:300]!r}"
                assert told.status in (400, 413, 415), taken
                tried += 1
    place.check()
    trial.report("P16", f"{tried:,} bodies that two readers read in two ways", "0 taken")


def test_no_door_is_open_to_who_is_not_known(place: Place, trial: Trial) -> None:
    """A16-A22 A24 A29-A33 A36-A38: every way around the guard, at every route."""
    known = doors(place.world.settings)
    chosen = [knock for door in known for knock in knocks(place.url, door)]
    Random(trial.seed).shuffle(chosen)
    tried = chosen[: trial.size(250, len(chosen))]
    with place.line("") as line:
        for what, shot in tried:
            told = place.ask(line, shot, what)
            assert told.status >= 300, f"{what}: {shot}: {told.status} {told.body[:300]!r}"
    place.check()
    trial.report("P16", f"{len(tried):,} knocks at {len(known)} routes without a token", "0 let in")


# ---------------------------------------------------------------- files


def test_no_file_does_anything(place: Place, trial: Trial) -> None:
    """A5 A8 A34 A40-A45 A48 A51 A54: kept and given back byte for byte; never opened, never shown."""
    command = place.canaries.aim("echo new > @NEW@")
    files, before = hostile_files(command)[:: trial.size(4, 1)], place.tried
    with place.line() as line:
        for number, file in enumerate(files):
            model = f"hostile/{number}"
            for shot in _uploads(file, model, place.canaries, whole=trial.full):
                place.ask(line, shot, file.name)
            ref = {"ref": f"{model}@1"}
            for asked in (ref, {**ref, "name": file.name}):
                shot = Shot("GET", query(FILE, asked))
                _check_only_bytes(place.ask(line, shot, file.name), file)
            for path in (f"{BASE}/version?ref={model}@1", f"/models/{model}/versions/1"):
                place.ask(line, Shot("GET", path.encode()), file.name)
    place.check()
    trial.report(
        "P16",
        f"{place.tried - before:,} requests with {len(files)} hostile files",
        "0 unpickled, unpacked, run or shown; each came back byte for byte, as bytes",
    )


def _uploads(file: HostileFile, model: str, canaries: Canaries, *, whole: bool) -> Iterator[Shot]:
    address = f"{BASE}/register-file"
    asked = {"model": model, "path": file.name, "format": file.format}
    yield Shot("POST", query(address, asked), BYTES, file.content)
    for name in ("../@NAME@", "@NEW@", f"..%2f{file.name}", f"{file.name}/.", "\0")[
        : 5 if whole else 1
    ]:
        yield Shot(
            "POST", query(address, {**asked, "path": canaries.aim(name)}), BYTES, file.content
        )
    if whole:
        for kind in ("skops", "pickle"):
            told = {**asked, "format": kind, "parameters": json.dumps({"of": kind})}
            yield Shot("POST", query(address, told), BYTES, file.content)
    run = str(uuid4())
    yield _post("run/begin", model=model, run=run)
    for role in ("model", "plot", "artifact"):
        told = {"run": run, "path": "x", "name": f"{role}/{file.name}", "role": role}
        yield Shot("POST", query(f"{BASE}/run/file", told), BYTES, file.content)


def _check_only_bytes(told: Told, file: HostileFile) -> None:
    assert told.status == 200, told
    assert told.body == file.content, file.name
    assert told.headers["content-type"] == "application/octet-stream"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.headers["content-disposition"].startswith("attachment;")
    assert told.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
