"""Real stores in temporary folders, made through the faces themselves."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registry_tasks import Client, connect
from registry_tasks.entities.comparison import Bootstrap, Comparison
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events, evidence, lineage, runs, versions
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through

MODEL = "flight-delay"
POLICY = """\
registry:
  models:
    flight-delay:
      environments: [eu]
      evaluation: {metric: auc, higher_is_better: true, seed: 7}
      stages:
        staging: [{gate: metric, metric: auc, at_least: 0.6}]
        production: [{gate: better-than-production}]
      aliases: {champion: production}
"""


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON that it printed."""
        return json.loads(self.out)


Cli = Callable[..., Answer]


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nothing of the developer's own settings or checkout is seen; state is in tmp_path."""
    before = dict(os.environ)
    for name in ("PROJECT", "STORE", "REMOTE", "CACHE", "DEBUG"):
        monkeypatch.delenv(f"REGISTRY_{name}", raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("REGISTRY_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("REGISTRY_ACTOR", "tester")
    yield home
    os.environ.clear()  # commands that run flows set variables for the tasks
    os.environ.update(before)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in this process, as ``registry`` would."""

    def call(*arguments: str) -> Answer:
        capsys.readouterr()
        code = run(list(arguments))
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def client() -> Iterator[Client]:
    """A client of the store in tmp_path, which need not be there yet."""
    with connect() as opened:
        yield opened


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    """A file to register."""
    path = tmp_path / "model.txt"
    path.write_text("weights\n")
    return path


@pytest.fixture(scope="session")
def made_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with one version of one model, to copy."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "model.txt").write_text("weights\n")
    with _connected(folder) as client:
        client.register(folder / "model.txt", model=MODEL, metrics={"auc": 0.7})
    return folder


@pytest.fixture(scope="session")
def made_told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project and a state folder with everything that a version can have, to copy."""
    folder = tmp_path_factory.mktemp("told")
    _make_project(folder / "home")
    with _connected(folder) as client:
        _tell(client, folder / "model.txt")
        _add_evidence(Registry(client.settings))
    return folder


@pytest.fixture
def one(made_one: Path, client: Client) -> Client:
    """A store with one version of one model."""
    shutil.copytree(made_one / "state", client.settings.state)
    return client


@pytest.fixture
def told(made_told: Path, alone: Path) -> Iterator[Client]:
    """A store in a project, with three versions, one in production, and a refusal."""
    shutil.copytree(made_told / "home", alone, dirs_exist_ok=True)
    shutil.copytree(made_told / "state", alone.parent / "state")
    with connect() as opened:
        yield opened


def _connected(folder: Path) -> Client:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REGISTRY_PROJECT", str(folder / "home"))
        patch.setenv("REGISTRY_STATE", str(folder / "state"))
        patch.setenv("REGISTRY_ACTOR", "tester")
        settings = connect().settings
    return Client(settings if (folder / "home").exists() else replace(settings, project=None))


def _tell(opened: Client, model_file: Path) -> None:
    signature = Signature(
        inputs=(Column(name="hour", type="int64"), Column(name="carrier", type="str")),
        outputs=(Column(name="late", type="float64"),),
    )
    for number, auc in ((1, 0.7), (2, 0.75)):
        model_file.write_text(f"weights {number}\n")
        opened.register(
            model_file,
            model=MODEL,
            format="text",
            parameters={"learning_rate": 0.1 / number, "months": ["2013-01", "2013-02"]},
            metrics={"auc": auc},
            tags={"season": "winter"},
            description=f"Version {number}",
            signature=signature,
        )
    opened.promote(f"{MODEL}@1", "staging")
    opened.promote(f"{MODEL}@1", "production", reason="the first")
    opened.promote(f"{MODEL}@2", "staging")
    with pytest.raises(GateFailed):
        opened.promote(f"{MODEL}@2", "production", reason="try")
    opened.point_alias(f"{MODEL}@2", "challenger")
    opened.register(model_file, model=MODEL, format="text", metrics={"auc": 0.75})


def _make_project(folder: Path) -> None:
    folder.mkdir()
    (folder / "params.yaml").write_text(POLICY)
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "params.yaml"),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "policy"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def _add_evidence(registry: Registry) -> None:
    """What only a pipeline can make: a comparison, a reproduction, data that a run was made from."""
    now = datetime(2026, 1, 2, tzinfo=UTC)
    with registry.metadata.writing("tester") as tx:
        query = through(tx.connection)
        old, new = (get_version(query, Reference.number(MODEL, n)) for n in (1, 2))
        bootstrap = Bootstrap(
            candidate=0.75, incumbent=0.7, difference=0.05, low=0.03, high=0.07,
            confidence=0.95, resamples=1000, seed=7, rows=2000,
        )  # fmt: skip
        compared = Comparison(
            run=new.version.run, incumbent=old.version.ref, incumbent_uuid=old.version.uuid,
            holdout="data/raw/2013-03", holdout_sha256="0" * 64, metric="auc",
            higher_is_better=True, bootstrap=bootstrap, at=now, by="tester",
        )  # fmt: skip
        row = runs.get_row(tx.connection, new.version.run)
        evidence.add_comparison(tx, row.id, old.id, compared)
        differs = Difference(
            stage="train", what="model.txt", recorded=new.version.sha256, found="f" * 64
        )
        evidence.add_reproduction(
            tx,
            new.id,
            Reproduction(
                version=new.version.ref,
                verdict=Verdict.EQUIVALENT,
                first_different_stage="train",
                differences=(differs,),
                outputs=1,
                duration_s=12.5,
                at=now,
                by="tester",
            ),
        )
        raw = Node(kind=NodeKind.DATASET, id=f"data/raw/2013-01@{'a' * 32}.dir")
        features = Node(kind=NodeKind.DATASET, id=f"data/features/2013-01.csv@{'b' * 32}")
        made = Node(kind=NodeKind.RUN, id=new.version.run)
        edges = (
            Edge(source=raw, target=features, by="features@2013-01"),
            Edge(source=features, target=made, by="train"),
        )
        lineage.add_edges(tx, edges)
        again = runs.get_row(tx.connection, old.version.run)
        versions.confirm(tx, new.id, again.id)
        events.append(
            tx,
            EventKind.VERSION_CONFIRMED,
            model=new.model_id,
            version=new.id,
            run=again.id,
            after={"confirmed_at": tx.at.isoformat()},
        )
        tx.commit()
    sync(registry)
    registry.metadata.close()


@pytest.fixture
def python() -> Callable[[str], str]:
    """Run a program in a new interpreter and return what it printed."""

    def call(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        return done.stdout

    return call
