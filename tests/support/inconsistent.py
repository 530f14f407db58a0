"""Ways to set store, Git, remote and caches at odds with each other, as no verb ever would."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    PointAlias,
    PutSchema,
)
from registry_tasks.entities.approval import Reject
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.removal import Hold
from registry_tasks.entities.sweep import EndSweep
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.sweep import end_sweep
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.grading import settle_grade
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.lifecycle.approve import reject
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.hold import hold
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through
from support.sweeping import begin_trial, sweep_start
from support.world import World

OLD_S = 3 * 24 * 3600
SWEEP = "11111111-1111-4111-8111-111111111111"


def furnish(world: World) -> World:
    """Three versions, one in production, one that was; whatever is said of them; a full log."""
    read = DatasetUse(name="data.csv", md5="2" * 32, size_bytes=1, files=1, stage="train")
    for number in (1, 2, 3):
        world.commit({})
        world.version(number, datasets=(read,))
    world.raise_to("mower@1", "staging", "production")
    world.raise_to("mower@2", "staging", "production")
    point_alias(world.registry(), PointAlias(ref="mower@3", alias="challenger"))
    describe(world.registry(), Describe(ref="mower@2", text="good", key="once"))
    for number in (1, 2, 3):
        copy_to_cache(world, number)
    say_much(world)
    sync(world.registry())
    return world


def say_much(world: World) -> None:
    """Something of every kind that only events tell of, the most of it of ``mower@2``."""
    registry = world.registry()
    change_tags(registry, ChangeTags(subject="mower@2", put={"team": "ops"}))
    change_tags(registry, ChangeTags(subject="mower", put={"line": "garden"}))
    for subject in ("mower", "mower@2"):
        add_note(registry, AddNote(subject=subject, text=f"{subject} mows"))
    put_schema(registry, PutSchema(model="mower", json_schema={"type": "object"}))
    describe_model(registry, DescribeModel(model="mower", team="garden", document={"blades": 2}))
    describe_dataset(registry, DescribeDataset(name="data.csv", retain_until="2030-01-31"))
    describe_dataset(registry, DescribeDataset(name="data.csv", retain_until="", owner="ada"))
    hold(registry, Hold(ref="mower@2", reason="a case"))
    settled = world.version(2)  # the same content once more
    assert settled.number == 2
    for ref in ("mower@2", "mower@3"):
        start_deployment(registry, StartDeployment(ref=ref, environment="eu", place="API"))
    end_deployment(registry, EndDeployment(ref="mower@2", environment="eu", place="API"))
    with registry.metadata.writing("ada") as tx:
        version = get_version(through(tx.connection), Reference.parse("mower@3"))
        assert settle_grade(tx, version.id, "refs/remotes/origin/main")
        tx.commit()
    ask_people(world, "mower@1", "mower@3")
    start = sweep_start(SWEEP)
    fail(registry, begin_trial(world, start, 0), "no")
    end_sweep(registry, EndSweep(sweep=start.uuid))


def ask_people(world: World, *refs: str) -> None:
    """Requests for approval: the first one was rejected, the others wait, in vain."""
    registry = world.registry()
    for ref in refs:
        promote(registry, Promote(ref=ref, to="staging"))
        with suppress(AwaitingApproval):
            promote(registry, Promote(ref=ref, to="guarded"))
        promote(registry, Promote(ref=ref, to="experiment"))
    asked = list_approvals(registry)[-1]
    seen = asked.evidence_sha256
    reject(registry, Reject(approval=asked.uuid, evidence_sha256=seen, reason="no"))


@contextmanager
def unguarded(world: World) -> Iterator[sa.Connection]:
    """The database without triggers and foreign keys; both are back afterwards."""
    engine = sa.create_engine(world.store_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
            connection.commit()
            return
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(asked).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, made in triggers:
            connection.exec_driver_sql(made)
        connection.commit()


def run_sql(world: World, statement: str, **values: Any) -> None:
    with unguarded(world) as connection:
        connection.execute(sa.text(statement), values)


def dump(world: World) -> dict[str, list[Any]]:
    """Every row of every table."""
    engine = sa.create_engine(world.store_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in t.metadata.sorted_tables
        }


def files(world: World) -> dict[str, tuple[str, int]]:
    """Every file of the world but the database's own, with its bytes and its time."""
    found = {}
    for path in sorted(world.folder.rglob("*")):
        if path.name.startswith("registry.db") or not (path.is_file() or path.is_symlink()):
            continue
        content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
        digest = sha256(content).hexdigest()
        found[str(path)] = digest, path.lstat().st_mtime_ns
    return found


# -------------------------------------------------------------------- places of bytes


def in_remote(world: World, number: int) -> Path:
    md5 = world.resolve(f"mower@{number}").md5
    return world.settings.remote / "files" / "md5" / md5[:2] / md5[2:]


def in_cache(world: World, number: int) -> Path:
    md5 = world.resolve(f"mower@{number}").md5
    return world.root / ".dvc" / "cache" / "files" / "md5" / md5[:2] / md5[2:]


def in_downloads(world: World, number: int) -> Path:
    version = world.resolve(f"mower@{number}")
    digest = version.sha256
    return world.settings.cache / "sha256" / digest[:2] / digest[2:] / version.model_path


def copy_to_cache(world: World, number: int) -> None:
    write(in_cache(world, number), in_remote(world, number).read_bytes())


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)
    path.chmod(0o444)


def flip(path: Path, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1 << bit
    write(path, bytes(content))


def age(path: Path, seconds: float = OLD_S) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then), follow_symlinks=False)


# -------------------------------------------------------------------- places in Git


def tag_named(world: World, pattern: str) -> str:
    """The one tag that matches."""
    (found,) = [n for n in world.git("tag", "--list").splitlines() if re.fullmatch(pattern, n)]
    return found


def run_ref(world: World, number: int) -> str:
    return f"refs/registry/runs/{world.resolve(f'mower@{number}').run}"


@dataclass
class Seen:
    """What a world was like before the doctor came."""

    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Seen":
        return cls(files(world), dump(world))
