"""A store full of versions and runs of which a test knows everything, written straight into it.

The same every time. Every field that a search knows has values, some twice, some nowhere.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.parameters import parameter_row
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

MODELS: Final = ("ants", "bees", "cats/big")
EPOCH: Final = datetime(2013, 5, 30, 12, tzinfo=UTC)
RELEASES: Final = ("4.5", "4.6", "4.6.0.post1", "4.10", "not a release")
DATA: Final = ("flights", "data/raw 1")


@dataclass
class Thing:
    """A run, and the version that was made of it if ``number`` is one."""

    id: int
    model: str
    number: int | None
    semantic: tuple[int, int, int]
    started: datetime
    by: str
    status: str
    experiment: str
    commit: str | None
    format: str
    metrics: dict[str, float]
    params: dict[str, Any]
    packages: dict[str, str]
    python: str
    datasets: dict[str, set[str]]
    duration: float | None
    tags: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    owner: str = ""
    team: str = ""
    description: str = ""
    grade: str = "F"
    deleted: bool = False

    @property
    def uuid(self) -> str:
        """The run's."""
        return f"{self.id:08x}-0000-4000-8000-000000000000"


@dataclass
class Model:
    """A registered model."""

    id: int
    name: str
    created: datetime
    owner: str
    team: str
    description: str
    tags: dict[str, str]


def make(count: int = 90, seed: int = 1) -> tuple[list[Model], list[Thing]]:
    """Make models, and runs of which two thirds are registered."""
    chance = random.Random(seed)
    models = [
        Model(i, name, EPOCH + timedelta(days=i), ("ada", "", "bob")[i - 1], "ops" * (i == 2),
              "Counts them" * (i != 2), {"team": "ops"} if i == 1 else {"season": "winter"})
        for i, name in enumerate(MODELS, 1)
    ]  # fmt: skip
    things, numbers = [], dict.fromkeys(MODELS, 0)
    for row_id in range(1, count + 1):
        thing = _thing(chance, row_id)
        if chance.random() < 0.67 and thing.status == "finished":
            numbers[thing.model] += 1
            thing.number = numbers[thing.model]
            thing.semantic = (1 + thing.number // 12, thing.number % 12, chance.randrange(3))
            _register(chance, thing)
        things.append(thing)
    for name in MODELS:
        _place(chance, [x for x in things if x.model == name and x.number and not x.deleted])
    return models, things


def _thing(chance: random.Random, row_id: int) -> Thing:
    finished = chance.random() < 0.85
    digits = md5(str(row_id // 2).encode(), usedforsecurity=False).hexdigest()
    params: dict[str, Any] = {}
    if chance.random() < 0.8:
        params["train.leaves"] = chance.choice([15, 31, 63, 31.5, "31", "many", True, None])
    if chance.random() < 0.5:
        params["odd key"] = chance.choice([[1, 2], "x", -0.5])
    return Thing(
        id=row_id,
        model=chance.choice(MODELS),
        number=None,
        semantic=(0, 0, 0),
        started=EPOCH + timedelta(hours=7 * (row_id // 2)),  # some at the same time
        by=chance.choice(["ada", "bob", "Zoe"]),
        status="finished" if finished else chance.choice(["failed", "running"]),
        experiment=chance.choice(["default", "sweep"]),
        commit=(digits + digits)[:40] if chance.random() < 0.7 else None,
        format=chance.choice(["lightgbm", "skops"]),
        metrics={k: chance.randrange(12) / 12 for k in ("auc", "val/a.b") if chance.random() < 0.8},
        params=params,
        packages={k: chance.choice(RELEASES) for k in ("lightgbm", "scikit-learn") if chance.random() < 0.7},
        python=chance.choice(["3.9.1", "3.11.7", "3.12.0"]),
        datasets={
            name: {md5(f"{name}{chance.randrange(3)}".encode(), usedforsecurity=False).hexdigest() for _ in range(2)}
            for name in DATA if chance.random() < 0.5
        },
        duration=chance.randrange(10) / 2 if finished else None,
    )  # fmt: skip


def _register(chance: random.Random, thing: Thing) -> None:
    thing.tags = {
        k: v
        for k, v in (("team", chance.choice(["ops", "research", "it's 100%_"])), ("a key", "x"))
        if chance.random() < 0.7
    }
    thing.owner, thing.team = chance.choice([("", ""), ("ada", "ops"), ("eve", "")])
    thing.description = chance.choice(["", "Gradient boosting", "50% of the DATA_set", "naïve"])
    thing.grade = chance.choice("BCDF")
    thing.deleted = chance.random() < 0.1
    thing.stages = {"default": chance.choice(["experiment", "experiment", "archived"])}


def _place(chance: random.Random, there: list[Thing]) -> None:
    chance.shuffle(there)
    for stage, thing in zip(("production", "staging"), there, strict=False):
        thing.stages["default"] = stage
    there[2].stages["eu"] = "production"
    for alias, thing in zip(("champion", "challenger", "night-shift"), there[1:], strict=False):
        thing.aliases.append(alias)
    there[1].aliases.append("blue")
    there[1].aliases.sort()


def write(store: MetadataStore, models: list[Model], things: list[Thing]) -> None:
    """Put everything into an empty store."""
    with store.writing("test") as tx:
        put = _Putting(tx)
        put.models(models)
        for thing in things:
            put.run(thing)
        for thing in things:
            if thing.number is not None:
                put.version(thing)
        tx.commit()


class _Putting:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._ids: dict[tuple[str, Any], int] = {}

    def models(self, models: list[Model]) -> None:
        for m in models:
            said = {"owner": m.owner, "team": m.team, "description": m.description}
            row = {"id": m.id, "name": m.name, "created_at": m.created, **said, **_BLANK}
            self._put(t.model, row)
            for key, value in m.tags.items():
                self._put(t.model_tag, {"model_id": m.id, "key": key, "value": value})
        self._models = {m.name: m.id for m in models}

    def run(self, x: Thing) -> None:
        known = {
            "id": x.id, "uuid": x.uuid, "model_id": self._models[x.model],
            "experiment_id": self._one(t.experiment, name=x.experiment), "status": "running",
            "project": "p", "repository": "r", "uncommitted": [], "started_at": x.started,
            "started_by": x.by,
        }  # fmt: skip
        self._put(t.run, known)
        for key, value in x.params.items():
            self._put(t.parameter, {"run_id": x.id, **parameter_row(key, value)})
        for key, value in x.metrics.items():
            self._put(t.metric, {"run_id": x.id, "key": key, "value": value})
        for name, hashes in x.datasets.items():
            for number, digest in enumerate(sorted(hashes)):
                data = self._one(t.dataset, name=name)
                state = self._one(
                    t.dataset_version, dataset_id=data, md5=digest, size_bytes=1, files=1
                )
                use = {"run_id": x.id, "dataset_version_id": state, "stage": f"stage{number}"}
                self._put(t.dataset_use, use)
        if x.status != "running":
            self._end(x)

    def _end(self, x: Thing) -> None:
        ended = {
            "status": x.status, "ended_at": x.started + timedelta(minutes=1), "commit": x.commit,
            "environment_id": self._environment(x), "environment_files": {}, "model_format": x.format,
            "duration_s": x.duration, "cpu_s": x.duration,
            "peak_memory_bytes": None if x.duration is None else 1,
        }  # fmt: skip
        self._tx.connection.execute(sa.update(t.run).where(t.run.c.id == x.id).values(ended))

    def _environment(self, x: Thing) -> int:
        digest = repr((x.python, sorted(x.packages.items())))
        is_known = ("environment", digest) in self._ids
        row = {"digest": digest, "python": x.python, "platform": "linux"}
        made = self._ids.get(("environment", digest)) or self._one(t.environment, **row)
        self._ids["environment", digest] = made
        for name, version in {} if is_known else x.packages.items():
            of = {"environment_id": made, "name": name, "version": version}
            self._put(t.environment_package, of)
        return made

    def version(self, x: Thing) -> None:
        major, minor, patch = x.semantic
        digest = sha256(str(x.id).encode()).hexdigest()
        row = {
            "id": 1000 + x.id, "uuid": f"v{x.uuid[1:]}", "model_id": self._models[x.model],
            "number": x.number, "major": major, "minor": minor, "patch": patch, "bump": "minor",
            "bump_reasons": [], "run_id": x.id, "project": "p", "repository": "r",
            "commit": x.commit, "recipe_hash": digest, "outputs_hash": digest,
            "model_path": "model.bin", "model_format": x.format, "sha256": digest,
            "md5": digest[:32], "size_bytes": 1, "grade": x.grade, "grade_reasons": [],
            "created_at": x.started, "created_by": x.by,
        }  # fmt: skip
        self._put(t.version, row)
        of = {"version_id": row["id"]}
        for environment, stage in x.stages.items():
            single = stage in ("production", "staging")
            where = {"model_id": row["model_id"], "environment": environment}
            self._put(t.stage_assignment, {**of, **where, "stage": stage, "single": single})
        for name in x.aliases:
            self._put(t.alias, {**of, "model_id": row["model_id"], "name": name})
        for key, value in x.tags.items():
            self._put(t.tag, {**of, "key": key, "value": value})
        if x.owner or x.team or x.description:
            said = {"owner": x.owner, "team": x.team, "description": x.description}
            self._put(t.version_profile, {**of, **said, **_BLANK})
        if x.deleted:
            self._put(t.tombstone, {**of, "reason": "bad", "at": x.started, "by": x.by})

    def _one(self, table: sa.Table, **row: Any) -> int:
        known = (table.name, repr(row))
        if known not in self._ids:
            made = sa.insert(table).values(row).returning(table.c.id)
            self._ids[known] = self._tx.connection.execute(made).scalar_one()
        return self._ids[known]

    def _put(self, table: sa.Table, row: dict[str, Any]) -> None:
        self._tx.connection.execute(sa.insert(table).values(row))


_BLANK: Final[dict[str, Any]] = {"purpose": "", "related": [], "links": [], "document": {}}
