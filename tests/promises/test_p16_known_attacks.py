"""P16, P20: what broke into other registries does not work here, wherever a text or a file gets in.

One served registry among canaries (support/canaries.py), asked by its admin, who may do all. The
attacks are numbered in the families of support/attacks.py and in support/hostile_files.py.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import uuid4

import pytest
from support.attacked import SPARE, Place, attacked
from support.attacks import ADDRESSES, FAMILIES, count
from support.canaries import Canaries
from support.databases import Postgres
from support.hostile_files import HostileFile, hostile_files
from support.malformed import malformed
from support.openings import BYTES, bodies, query
from support.plain_http import Line, Shot, Told
from support.site import KITE, MODEL, fill
from support.strangers import doors, knocks
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.entities.environment_record import EnvironmentForm
from registry_tasks.faces.routes import BASE, FILE

pytestmark = pytest.mark.slow
_OF_MODELS: Final = (
    *("model", "versions", "runs", "experiments", "schema", "archiving/plan", "sweeps"),
)
_OF_SUBJECTS: Final = ("notes", "history", "lineage", "/lineage", "/history")
_OF_VERSIONS: Final = ("version", "environment", "openlineage", "code", "file", "tenures")
_OF_ALL: Final = (
    *("models", "history", "datasets", "deployments", "approvals", "accounts", "tokens"),
    *("/", "/models", "/history", "/datasets", "/approvals", "/access", "/sweeps", "/runs"),
)


@pytest.fixture(scope="module")
def place(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A registry in which everything happened, and enough of everything to be used up."""
    folder = tmp_path_factory.mktemp("attacked")
    copy_tree(filled, folder / "world")
    with attacked(World(folder / "world")) as made:
        yield made


@pytest.fixture
def place_on_postgresql(template: Path, postgres: Postgres, tmp_path: Path) -> Iterator[Place]:
    """The same over PostgreSQL."""
    copy_tree(template, tmp_path / "world")
    world = World(tmp_path / "world", postgres.migrated())
    fill(world)
    with attacked(world) as made:
        yield made


# ---------------------------------------------------------------- texts


def test_no_text_that_broke_into_others_does_anything_here(place: Place, trial: Trial) -> None:
    _attack_with_texts(place, trial, "SQLite", readers=2, writers=1)


@pytest.mark.gate
def test_nor_does_any_over_postgresql(place_on_postgresql: Place, trial: Trial) -> None:
    _attack_with_texts(place_on_postgresql, trial, "PostgreSQL", readers=2, writers=1, parts=5)


def _attack_with_texts(
    place: Place, trial: Trial, database: str, *, readers: int, writers: int, parts: int = 1
) -> None:
    """Try so many texts of each family at each place, or a part of it; then read what they left."""
    chance = Random(trial.seed)
    attacks = [
        (opening, text)
        for opening, family in product(place.openings, FAMILIES.values())
        for text in chance.sample(family.texts, writers if opening.changes else readers)
    ]
    chance.shuffle(attacks)
    before = place.tried
    place.attack(attacks[: trial.size(200, len(attacks) // parts)])
    done = place.statuses[200]
    assert done > place.statuses.total() / 20, f"hardly anything was let in: {place.statuses}"

    _plant(place, chance, trial.size(2, 20))
    _read_all(place, trial.size(1, 15))
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
    place.attack(attacks[: trial.size(75, len(attacks))])

    place.check()
    trial.report(
        "P20",
        f"{place.tried - before:,} requests, of {len(ADDRESSES)} addresses at each of {len(place.openings)} places",
        "0 connections, and no name looked up but that of a receiver that an admin named",
    )


# ---------------------------------------------------------------- bodies and doors


def test_no_body_is_read_in_two_ways(place: Place, trial: Trial) -> None:
    """A25 A33 A36 A52: aliases, doubled names, fields that say who acts, what is no JSON."""
    tried = 0
    with place.line() as line:
        for operation, body in list(bodies(place.names))[:: trial.size(8, 1)]:
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
    tried = chosen[: trial.size(125, len(chosen))]
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
    files, before = hostile_files(command)[:: trial.size(8, 1)], place.tried
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
