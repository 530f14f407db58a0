"""Fill an empty store with many versions at once, straight into its tables, triggers in place.

The rows are those that registering a file writes: run, recipe, artifact, version, stage, tags,
lineage, events. Only the artifacts' bytes are made up; nothing of them is in the remote.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.environment import Environment
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.recipe import Recipe
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.environments import put_environment
from registry_tasks.stores.metadata.parameters import parameter_row
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

_BATCH = 2000
_UNKNOWN = Environment(python="unknown", platform="unknown", packages={}, files={})

Row = dict[str, Any]


class Seed(NamedTuple):
    """One version as a user would have registered it."""

    model: str
    number: int
    parameters: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]


class Target(NamedTuple):
    """Where an alias points."""

    model: str
    alias: str
    number: int


def seed(settings: Settings, versions: Iterable[Seed], aliases: Iterable[Target]) -> None:
    """Write versions, those of a model in the order of their numbers, and then aliases."""
    store = MetadataStore(settings.store_url)
    store.migrate()
    with store.writing(settings.actor) as tx:
        loader = _Loader(tx)
        remaining = iter(versions)
        while batch := list(islice(remaining, _BATCH)):
            loader.add(batch)
        loader.point(aliases)
        tx.commit()
    store.close()


class _Loader:
    """Counts row ids itself: a version and its run have the same one."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._models: dict[str, int] = {}
        self._ids: dict[tuple[str, int], int] = {}
        self._environment = put_environment(tx, _UNKNOWN)
        self._put(t.experiment, [{"id": 1, "name": "files"}])

    def add(self, batch: list[Seed]) -> None:
        """Write versions in the order in which the triggers allow it: contents, then the end."""
        self._add_models(dict.fromkeys(s.model for s in batch))
        made = list(self._count(batch))
        self._put(t.run, [self._begun(id_, s) for id_, s in made])
        told = ((id_, parameter_row(k, v)) for id_, s in made for k, v in s.parameters.items())
        self._put(t.parameter, [{"run_id": id_, **row} for id_, row in told])
        self._put(t.metric, _entries("run_id", made, lambda s: s.metrics))
        self._put(t.artifact, [{"run_id": id_, **_artifact(s).model_dump()} for id_, s in made])
        self._end([self._ended(id_, s) for id_, s in made])
        self._put(t.version, [self._version(id_, s) for id_, s in made])
        self._put(t.stage_assignment, [self._assignment(id_, s) for id_, s in made])
        self._put(t.tag, _entries("version_id", made, lambda s: s.tags))
        self._put(t.lineage_edge, [self._edge(id_, s) for id_, s in made])
        self._put(t.event, [self._registered(id_, s) for id_, s in made])

    def point(self, aliases: Iterable[Target]) -> None:
        """Point aliases to versions that are there."""
        rows = [
            {"model_id": self._models[a.model], "name": a.alias, "version_id": self._target(a)}
            for a in aliases
        ]
        self._put(t.alias, rows)
        self._put(t.event, [self._event("alias.moved", row) for row in rows])

    def _target(self, alias: Target) -> int:
        return self._ids[alias.model, alias.number]

    def _add_models(self, names: Iterable[str]) -> None:
        fresh = [name for name in names if name not in self._models]
        for name in fresh:
            self._models[name] = len(self._models) + 1
        shared = {"owner": self._tx.actor, "description": "", "created_at": self._tx.at}
        self._put(t.model, [{"id": self._models[name], "name": name, **shared} for name in fresh])
        events = [{"model_id": self._models[name], "name": name} for name in fresh]
        self._put(t.event, [self._event("model.created", row) for row in events])

    def _count(self, batch: list[Seed]) -> Iterator[tuple[int, Seed]]:
        for version in batch:
            id_ = self._ids[version.model, version.number] = len(self._ids) + 1
            yield id_, version

    def _begun(self, id_: int, version: Seed) -> Row:
        return {
            "id": id_,
            "uuid": _run_uuid(version),
            "model_id": self._models[version.model],
            "experiment_id": 1,
            "status": "running",
            "project": "",
            "repository": "",
            "uncommitted": [],
            "started_at": self._tx.at,
            "started_by": self._tx.actor,
        }

    def _ended(self, id_: int, version: Seed) -> Row:
        return {
            "ended": id_,
            "status": "finished",
            "ended_at": self._tx.at,
            "recipe": _recipe(version).model_dump(mode="json"),
            "environment_id": self._environment,
            "environment_files": {},
            "duration_s": 0,
            "cpu_s": 0,
            "peak_memory_bytes": 0,
            **_content(version),
        }

    def _end(self, rows: list[Row]) -> None:
        changed: dict[str, Any] = {k: sa.bindparam(k) for k in rows[0] if k != "ended"}
        update = sa.update(t.run).where(t.run.c.id == sa.bindparam("ended")).values(changed)
        self._tx.connection.execute(update, rows)

    def _version(self, id_: int, version: Seed) -> Row:
        file, first = _artifact(version), version.number == 1
        return {
            "id": id_,
            "uuid": str(uuid4()),
            "model_id": self._models[version.model],
            "number": version.number,
            "major": 1,
            "minor": version.number - 1,
            "patch": 0,
            "bump": "first" if first else "minor",
            "bump_reasons": ["the first version"] if first else ["parameter: param_00"],
            "based_on_id": None if first else self._ids[version.model, version.number - 1],
            "run_id": id_,
            "project": "",
            "repository": "",
            "sha256": file.sha256,
            "md5": file.md5,
            "size_bytes": file.size_bytes,
            "grade": "F",
            "grade_reasons": ["registered without a Git commit and a DVC pipeline"],
            "created_at": self._tx.at,
            "created_by": self._tx.actor,
            **_content(version),
        }

    def _assignment(self, id_: int, version: Seed) -> Row:
        return {
            "version_id": id_,
            "environment": "default",
            "model_id": self._models[version.model],
            "stage": "experiment",
            "single": False,
        }

    @staticmethod
    def _edge(id_: int, version: Seed) -> Row:
        return {
            "source_kind": "run",
            "source_id": _run_uuid(version),
            "target_kind": "version",
            "target_id": f"{version.model}@{version.number}",
            "by": "",
        }

    def _registered(self, id_: int, version: Seed) -> Row:
        known = {"model_id": self._models[version.model], "version_id": id_, "run_id": id_}
        after = {"number": version.number, "stage": "experiment", "tags": dict(version.tags)}
        return self._event("version.registered", known, after)

    def _event(self, kind: str, row: Row, after: Row | None = None) -> Row:
        return {
            "at": self._tx.at,
            "actor": self._tx.actor,
            "kind": kind,
            "model_id": row["model_id"],
            "version_id": row.get("version_id"),
            "run_id": row.get("run_id"),
            "reason": "",
            "before": None,
            "after": after or {"name": row.get("name")},
        }

    def _put(self, table: sa.Table, rows: list[Row]) -> None:
        if rows:
            self._tx.connection.execute(sa.insert(table), rows)


def _entries(
    owner: str, made: list[tuple[int, Seed]], of: Callable[[Seed], Mapping[str, Any]]
) -> list[Row]:
    return [{owner: id_, "key": k, "value": v} for id_, s in made for k, v in of(s).items()]


def _content(version: Seed) -> Row:
    return {
        "recipe_hash": _recipe(version).digest(),
        "outputs_hash": Manifest(artifacts=(_artifact(version),)).digest(),
        "model_path": "model.bin",
        "model_format": "file",
    }


def _recipe(version: Seed) -> Recipe:
    return Recipe(
        code={},
        commands={},
        resolved="",
        parameters=dict(version.parameters),
        data={},
        environment=_UNKNOWN.digest(),
    )


def _artifact(version: Seed) -> Artifact:
    name = f"{version.model}@{version.number}".encode()
    return Artifact(
        path="model.bin",
        md5=hashlib.md5(name, usedforsecurity=False).hexdigest(),
        sha256=hashlib.sha256(name).hexdigest(),
        size_bytes=100_000,
        home=Home.REMOTE,
        stage=None,
    )


def _run_uuid(version: Seed) -> str:
    name = f"run of {version.model}@{version.number}".encode()
    digits = hashlib.md5(name, usedforsecurity=False).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
