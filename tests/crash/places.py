"""Where a registry keeps what it holds: SQLite and a folder, or PostgreSQL and S3."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from support.crew import Hand
from support.databases import name_of
from support.s3 import S3Server
from support.world import World, copy_tree

from registry_tasks.entities.bucket import Bucket
from registry_tasks.registry.registry import Registry

from .case import EmptyWorld


@dataclass
class Scene:
    """A world that can be put back as it was."""

    world: World
    before: Path

    def keep(self) -> None:
        """Remember how it is now."""
        self.world.close()
        copy_tree(self.world.folder, self.before)

    def put_back(self) -> None:
        """Make it as it was, at the same path."""
        self.world.close()
        copy_tree(self.before, self.world.folder)


class _Warm:
    """Keeps one registry open: as if fresh, but for statements that were compiled before."""

    _kept: Registry | None = None

    def registry(self) -> Registry:
        if self._kept is None:
            self._kept = super().registry()  # type: ignore[misc]
        return self._kept

    def close(self) -> None:
        """Close what is open; a later call opens it again."""
        if self._kept is not None:
            self._kept.close()


@dataclass(frozen=True)
class Place:
    """SQLite and a folder: all in the world's own folder."""

    name = "SQLite and a folder"

    @contextmanager
    def world(self, kind: type[World], template: Path, hand: Hand) -> Iterator[Scene]:
        """Make a world of a kind for one of the crew."""
        folder = hand.folder / "world"
        copy_tree(template, folder)
        world = _warm(kind)(folder)
        yield Scene(world, hand.folder / "before")
        world.close()


@dataclass(frozen=True)
class FarPlace(Place):
    """PostgreSQL and S3."""

    name = "PostgreSQL and S3"
    database: str  # URL of a migrated database that nobody uses
    server: S3Server

    @contextmanager
    def world(self, kind: type[World], template: Path, hand: Hand) -> Iterator[Scene]:
        """Make a world of a kind, with a database and a bucket of its own."""
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(self.server.environment())
        folder = hand.folder / "world"
        copy_tree(template, folder)
        shutil.rmtree(folder / "remote", ignore_errors=True)
        databases = _Databases(self.database)
        own, kept = (f"{use}_{uuid.uuid4().hex}" for use in ("own", "kept"))
        databases.copy(name_of(self.database), own)
        world = _warm(kind)(folder, databases.url(own))
        world.remote = self.server.make_bucket()
        yield _FarScene(world, hand.folder / "before", databases, own, kept, self.server, {})
        world.close()
        databases.drop(own)
        databases.drop(kept)
        databases.close()


class _Databases:
    """Makes and drops copies of databases."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._address = sa.make_url(url)
        plain = self._address.set(drivername="postgresql", database="postgres")
        self._connection = psycopg.connect(
            plain.render_as_string(hide_password=False), autocommit=True
        )

    def url(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def copy(self, source: str, target: str) -> None:
        self._connection.execute(f"CREATE DATABASE {target} TEMPLATE {source}".encode())
        self._connection.execute(
            f"ALTER DATABASE {target} SET registry.durability = 'relaxed'".encode()
        )

    def drop(self, name: str) -> None:
        self._connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def close(self) -> None:
        self._connection.close()


def _warm(kind: type[World]) -> Any:
    return kind if issubclass(kind, EmptyWorld) else type("World", (_Warm, kind), {})


@dataclass
class _FarScene(Scene):
    """A world whose store and objects are elsewhere."""

    databases: _Databases
    own: str
    kept: str
    server: S3Server
    objects: dict[str, bytes]

    def keep(self) -> None:
        super().keep()
        self.databases.copy(self.own, self.kept)
        self.objects = {key: self._read(key) for key in self._list()}

    def put_back(self) -> None:
        super().put_back()
        self.databases.drop(self.own)
        self.databases.copy(self.kept, self.own)
        client, found = self.server.client(), self._list()
        for key in found - self.objects.keys():
            client.delete_object(Bucket=self._bucket, Key=key)
        for key, content in self.objects.items():
            if key not in found or self._read(key) != content:
                client.put_object(Bucket=self._bucket, Key=key, Body=content)

    @property
    def _bucket(self) -> str:
        bucket = self.world.remote
        assert isinstance(bucket, Bucket)
        return bucket.name

    def _list(self) -> set[str]:
        told = self.server.client().list_objects_v2(Bucket=self._bucket)
        return {entry["Key"] for entry in told.get("Contents", ())}

    def _read(self, key: str) -> bytes:
        told: bytes = self.server.client().get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return told
