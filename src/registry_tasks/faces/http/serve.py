"""Serve: worker processes that answer on one socket, over one store.

``python -m registry_tasks.faces.http.serve`` is what `registry up` starts.
"""

import argparse
import gc
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from typing import Final

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from registry_tasks.entities.errors import (
    OpenToNetwork,
    PlainToNetwork,
    RegistryError,
    StoreMissing,
)
from registry_tasks.faces.http import metrics
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.caller import OpenReader
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.delivering import delivering
from registry_tasks.faces.http.logs import LOGGING
from registry_tasks.faces.http.protocol import HEAD_BYTES, PatientProtocol
from registry_tasks.faces.http.tending import tended
from registry_tasks.faces.ports import closing_socket
from registry_tasks.settings import Settings
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata.access import has_accounts

HOST: Final = "127.0.0.1"
PORT: Final = 8350
EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})
_GRACE_S: Final = 10
_START_S: Final = 60
"""How long a worker may take to be there, on a machine that has much to do."""
_LOOK_S: Final = 1.0
_FILES: Final = 65_536
_ARENAS: Final = ("MALLOC_ARENA_MAX", "2")
"""For the workers' C library: what one thread has done with, others may have."""


def serve(config: ServerConfig, host: str = HOST, port: int = PORT, workers: int = 1) -> None:
    """Answer until told to end. Raises OpenToNetwork, PlainToNetwork, PortTaken, InvalidSetting."""
    check_may_listen(config.settings, host, is_safe=config.https or config.plain_http)
    settings = config.settings
    _allow_connections()
    os.environ.setdefault(*_ARENAS)
    with (
        closing_socket(host, port) as listening,
        _counting(settings),
        tended(settings, prefect_url=settings.prefect_api),
        delivering(settings),
    ):
        made = server_config(config, workers)
        if workers == 1:
            _run_alone(made, listening)
        else:
            Multiprocess(made, [listening]).run()


def check_may_listen(settings: Settings, host: str, *, is_safe: bool) -> None:
    """Raise OpenToNetwork for more than this machine while nobody is asked who they are.

    And PlainToNetwork unless ``is_safe``: what is sent can be read on the way.
    """
    if is_loopback(host):
        return
    try:
        with OpenReader(settings).reading() as query:
            asks = has_accounts(query)
    except StoreMissing:
        asks = False
    if not asks:
        raise OpenToNetwork(host)
    if not is_safe:
        raise PlainToNetwork(host)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can come to an address. A name may lead anywhere."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def host_names(host: str, port: int, names: Sequence[str], https: bool) -> tuple[str, ...]:
    """Return what requests may call a server: where it listens, and ``names`` given to it.

    By https a name that says no port is one that a proxy answers for.
    """
    near = is_loopback(host) or host in EVERYWHERE
    own = ("localhost", "127.0.0.1", "[::1]") if near else (_written(host),)
    ported = [f"{name}:{port}" for name in own]
    if not https:
        ported += [f"{name}:{port}" for name in names if not has_port(name)]
    is_plain = port == (443 if https else 80)
    return tuple(dict.fromkeys([*ported, *(own if is_plain else ()), *names]))


def server_config(config: ServerConfig, workers: int = 1) -> uvicorn.Config:
    """Say how uvicorn runs the app: nothing is believed that a client says of itself."""
    return uvicorn.Config(
        partial(_make, config, os.getpid()),
        factory=True,
        workers=workers,
        http=PatientProtocol,
        ws="none",
        log_config=LOGGING,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_worker_healthcheck=_START_S,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )


def _make(config: ServerConfig, parent: int) -> FastAPI:
    if os.getpid() != parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    app = create_app(config)
    gc.collect()
    gc.freeze()  # what stays for ever need not be looked through at every collection
    return app


def _end_with(parent: int) -> None:
    """A worker ends with its parent, however that ended: the socket must not stay taken."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _counting(settings: Settings) -> Iterator[None]:
    """Let all worker processes count in one place for as long as they run."""
    make_folder(settings.state)
    folder = tempfile.mkdtemp(prefix="metrics-", dir=settings.state)
    os.environ[metrics.FOLDER] = folder
    try:
        yield
    finally:
        del os.environ[metrics.FOLDER]
        shutil.rmtree(folder)


def _run_alone(config: uvicorn.Config, listening: socket.socket) -> None:
    """Serve in this process; the signal that ended it comes again when all has ended in order."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])
    finally:
        signal.signal(signal.SIGTERM, before)


def _allow_connections() -> None:
    """Let a process have as many connections as it may; by itself it often has 1024 files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def has_port(name: str) -> bool:
    """Whether a name says its port."""
    return name.rpartition(":")[2].isdecimal() and not name.endswith("]")


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the registry that the environment names."""
    parser = argparse.ArgumentParser(prog="python -m registry_tasks.faces.http.serve")
    parser.add_argument("--host", default=HOST)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--name", action="append", default=[], help="HOST[:PORT] it is called by")
    parser.add_argument("--https", action="store_true", help="behind a proxy that speaks https")
    parser.add_argument("--plain-http", action="store_true", help="without TLS, for a safe network")
    told = parser.parse_args(arguments)
    hosts = host_names(told.host, told.port, told.name, told.https)
    config = ServerConfig(
        Settings.load(),
        hosts,
        https=told.https,
        plain_http=told.plain_http,
    )
    try:
        serve(config, told.host, told.port, told.workers)
    except RegistryError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
