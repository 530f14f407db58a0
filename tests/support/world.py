"""A whole registry in a folder: a real Git project, a real store, a real remote, no DVC.

Runs are written through the store as ``record`` writes them, so that a test of a verb pays for
no pipeline.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5, sha256
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import uuid4

from registry_tasks.entities.access import Identity
from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.comparison import Bootstrap, Comparison
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.entities.run import RUN_REFS, Cost, Origin, Point, RunResult, RunStart
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.registry.catalogue.resolve_past import resolve
from registry_tasks.registry.catalogue.show import list_history, list_versions
from registry_tasks.registry.grading import settle_grade
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import events, evidence, runs
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.models import put_model
from registry_tasks.stores.metadata.query import through

MODEL = "mower"
POLICY = """
registry:
  models:
    mower:
      environments: [eu, us]
      evaluation: {metric: auc, higher_is_better: true}
      stages:
        production: [{gate: metric, metric: auc, at_least: 0.5}]
        guarded: [{gate: approved, author_may_approve: true}]
      aliases: {champion: production}
"""
SIGNATURE = Signature(
    inputs=(Column(name="x", type="float64"),), outputs=(Column(name="y", type="float64"),)
)
_OPEN: Final = 20  # at once: a PostgreSQL server has 100 connections
Kind = TypeVar("Kind", bound="World")
_PERSON = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


@dataclass
class Recorded:
    """What a run is made from and came to; tests change one thing of it."""

    model: str = MODEL
    content: bytes = b"a model"
    also: tuple[bytes, ...] = ()  # what the pipeline made on the way
    code: Mapping[str, str] = field(default_factory=lambda: {"train.py": "1" * 32})
    commands: Mapping[str, str] = field(default_factory=lambda: {"train": "python train.py"})
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"trees": 3})
    data: Mapping[str, str] = field(default_factory=lambda: {"data.csv": "2" * 32})
    packages: Mapping[str, str] = field(default_factory=lambda: {"numpy": "2.0"})
    metrics: Mapping[str, float] = field(default_factory=lambda: {"auc": 0.7})
    points: tuple[Point, ...] = ()
    signature: Signature | None = SIGNATURE
    uncommitted: tuple[str, ...] = ()
    lock_files: Mapping[str, str] = field(default_factory=lambda: {"uv.lock": "3" * 64})
    datasets: tuple[DatasetUse, ...] = ()


class World:
    """A registry below ``folder``; each ``registry()`` is as fresh as in a new process.

    ``caller`` is for a store with accounts: who acts, as a server has found out.
    """

    caller: Identity | None = None

    def __init__(self, folder: Path, store_url: str | None = None) -> None:
        self.folder, self.root, self.state = folder, folder / "project", folder / "state"
        self.remote: Path | Bucket = folder / "remote"
        self.s3_deadline_s = 60.0
        self.also: dict[str, Any] = {}  # settings that few tests need
        self.store_url = store_url or f"sqlite:///{self.state / 'registry.db'}"
        self._opened: list[Registry] = []

    @property
    def settings(self) -> Settings:
        return Settings(
            project=self.root,
            state=self.state,
            store_url=self.store_url,
            remote=self.remote,
            cache=self.folder / "downloads",
            actor="ada",
            s3_deadline_s=self.s3_deadline_s,
            **self.also,
        )

    def variables(self) -> dict[str, str]:
        """The settings as a process is given them."""
        named = ("project", "state", "remote", "cache", "actor", "git_remote")
        told = {name: getattr(self.settings, name) for name in named} | {"store": self.store_url}
        return {f"REGISTRY_{name.upper()}": str(value or "") for name, value in told.items()}

    def registry(self) -> Registry:
        """Open one, and close the one so many before it; whoever still uses that opens it again."""
        if len(self._opened) >= _OPEN:
            self._opened[-_OPEN].close()
        made = Registry(self.settings, self.caller)
        self._opened.append(made)
        return made

    def close(self) -> None:
        """Close what is open, as before a fork."""
        while self._opened:
            self._opened.pop().metadata.close()

    def beside(self, root: Path, kind: type[Kind]) -> Kind:
        """Another checkout over the same store, closed with this one."""
        made = kind(self.folder, self.store_url)
        made.root, made._opened, made.also = root, self._opened, self.also
        return made

    # ---------------------------------------------------------------- the project

    def make_project(self, policy: str = POLICY) -> None:
        self.root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        (self.root / ".git" / "info").mkdir(exist_ok=True)
        self.commit({"params.yaml": policy, "train.py": "pass\n"})

    def git(self, *arguments: str) -> str:
        """Run the user's own Git, as a person with a name."""
        done = subprocess.run(
            ["git", *_PERSON, *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"git {arguments}: {done.stderr}"
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str]) -> str:
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=change")
        return self.git("rev-parse", "HEAD")

    def set_policy(self, policy: str) -> None:
        """``policy`` is what stands below ``registry: models: mower:``."""
        indented = "".join(f"      {line}\n" for line in policy.strip().splitlines())
        self.commit({"params.yaml": f"registry:\n  models:\n    {MODEL}:\n{indented}"})

    # ---------------------------------------------------------------- runs and versions

    def begin_run(self, model: str = MODEL, uncommitted: tuple[str, ...] = ()) -> str:
        registry, uuid = self.registry(), str(uuid4())
        head = registry.repository.head()
        origin = Origin(
            project=self.root.name,
            repository=repository_name(registry),
            base_commit=head,
            uncommitted=uncommitted,
        )
        start = RunStart(uuid=uuid, model=model, experiment="default", origin=origin, flow_run=None)
        with registry.metadata.writing("ada") as tx:
            runs.start(tx, put_model(tx, model), start)
            tx.commit()
        return uuid

    def finish_run(self, uuid: str, made: Recorded) -> None:
        registry = self.registry()
        head = registry.repository.head()
        commit = self.git("commit-tree", f"{head}^{{tree}}", "-p", head, "-m", uuid)
        registry.repository.create_ref(f"{RUN_REFS}/{uuid}", commit)
        record = self.record_of(made, commit)
        with registry.metadata.writing("ada") as tx:
            runs.finish(tx, runs.get_row(tx.connection, uuid).id, record)
            tx.commit()

    def record_of(self, made: Recorded, commit: str | None) -> RunResult:
        artifact = self._store(made.content)
        on_the_way = tuple(
            self._store(content).model_copy(update={"path": f"on-the-way/{number}"})
            for number, content in enumerate(made.also)
        )
        environment = Environment(
            python="3.11", platform="linux", packages=made.packages, files=made.lock_files
        )
        return RunResult(
            commit=commit,
            recipe=Recipe(
                code=made.code,
                commands=made.commands,
                resolved=str(sorted(made.commands.items())),
                parameters=made.parameters,
                data=made.data,
                environment=environment.digest(),
            ),
            environment=environment,
            parameters=made.parameters,
            metrics=made.metrics,
            points=made.points,
            datasets=made.datasets,
            manifest=Manifest(artifacts=(artifact, *on_the_way)),
            cost=Cost(duration_s=1.0, cpu_s=1.0, peak_memory_bytes=1),
            model_path=artifact.path,
            model_format="file",
            signature=made.signature,
        )

    def _store(self, content: bytes) -> Artifact:
        digest = md5(content, usedforsecurity=False).hexdigest()
        source = self.folder / f"bytes-{digest}-{uuid4()}"  # others may write the same
        source.write_bytes(content)
        objects = self.registry().objects
        objects.create()
        objects.put(source, digest)
        return Artifact(
            path="model.bin",
            md5=digest,
            sha256=sha256(content).hexdigest(),
            size_bytes=len(content),
            home=Home.REMOTE,
            stage="train",
        )

    def finished_run(self, **changed: Any) -> str:
        made = Recorded(**changed)
        uuid = self.begin_run(made.model, made.uncommitted)
        self.finish_run(uuid, made)
        return uuid

    def register(self, **changed: Any) -> Registration:
        return register(self.registry(), RegisterRun(run=self.finished_run(**changed)))

    def version(self, number: int, **changed: Any) -> ModelVersion:
        """Register a version whose bytes and parameters are its own."""
        own = {"content": f"model {number}".encode(), "parameters": {"trees": number}}
        return self.register(**(own | changed)).version

    def raise_to(self, ref: str, *stages: str) -> None:
        for stage in stages:
            promote(self.registry(), Promote(ref=ref, to=stage))

    def raise_to_in(self, environment: str, ref: str, *stages: str) -> None:
        for stage in stages:
            promote(self.registry(), Promote(ref=ref, to=stage, environment=environment))

    # ---------------------------------------------------------------- evidence

    def compare(self, version: ModelVersion, incumbent: ModelVersion, low: float) -> None:
        """Keep that the improvement of ``version`` is at least ``low``."""
        boot = Bootstrap(
            candidate=0.8,
            incumbent=0.7,
            difference=low + 0.01,
            low=low,
            high=low + 0.02,
            confidence=0.95,
            resamples=1000,
            seed=0,
            rows=10,
        )
        registry = self.registry()
        with registry.metadata.writing("ada") as tx:
            made = Comparison(
                run=version.run,
                incumbent=incumbent.ref,
                incumbent_uuid=incumbent.uuid,
                holdout="data.csv",
                holdout_sha256="0" * 64,
                metric="auc",
                higher_is_better=True,
                bootstrap=boot,
                at=tx.at,
                by="ada",
            )
            held = get_version(through(tx.connection), Reference.parse(incumbent.ref))
            run = runs.get_row(tx.connection, version.run).id
            evidence.add_comparison(tx, run, held.id, made)
            told = made.model_dump(mode="json")
            events.append(tx, EventKind.RUN_COMPARED, model=held.model_id, run=run, after=told)
            tx.commit()

    def reproduced(
        self,
        version: ModelVersion,
        verdict: Verdict,
        differences: tuple[Difference, ...] = (),
        pushed_to: str | None = None,
    ) -> None:
        """Keep a verdict as ``reproduce`` does, perhaps with what a later sync saw."""
        registry = self.registry()
        with registry.metadata.writing("ada") as tx:
            made = Reproduction(
                version=version.ref,
                verdict=verdict,
                first_different_stage=differences[0].stage if differences else None,
                differences=differences,
                outputs=1,
                duration_s=0.1 + 0.2,
                at=tx.at,
                by="ada",
            )
            stored = get_version(through(tx.connection), Reference.parse(version.ref))
            evidence.add_reproduction(tx, stored.id, made)
            told = made.model_dump(mode="json", exclude={"at", "by", "version"})
            kind = EventKind.VERSION_REPRODUCED
            events.append(tx, kind, model=stored.model_id, version=stored.id, after=told)
            settle_grade(tx, stored.id, pushed_to)
            tx.commit()

    # ---------------------------------------------------------------- looking

    def resolve(self, ref: str) -> ModelVersion:
        if self.caller is not None:  # the light road asks for a token
            return resolve(self.registry(), ref)
        resolver = Resolver(self.settings)
        try:
            return resolver.resolve(ref)
        finally:
            resolver.close()

    def stages(self, model: str = MODEL) -> dict[int, str]:
        """Number -> stage in the default environment."""
        found = list_versions(self.registry(), model, limit=1000)
        return {version.number: version.stage for version in reversed(found)}

    def kinds(self, subject: str = MODEL) -> list[EventKind]:
        """What happened, oldest first."""
        return [event.kind for event in self.history(subject)]

    def history(self, subject: str = MODEL) -> list[Any]:
        return list(reversed(list_history(self.registry(), subject, limit=10_000)))


def copy_tree(source: Path, target: Path) -> None:
    """Make ``target`` what ``source`` is, times included, so that Git's index stays true."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


MakeWorld = Callable[..., World]


@contextmanager
def worlds(template: Path, folder: Path) -> Iterator[MakeWorld]:
    """Hand out a maker of copies of the template in the folder, by name and store; it closes them."""
    made: list[World] = []

    def make(name: str = "world", store_url: str | None = None) -> World:
        copy_tree(template, folder / name)
        made.append(World(folder / name, store_url))
        return made[-1]

    try:
        yield make
    finally:
        for world in made:
            world.close()


def plain_git(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment in which Git knows nothing of who runs the tests."""
    kept = {k: v for k, v in environment.items() if not k.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
