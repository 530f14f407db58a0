"""Which children `registry up` has, how each is started, and what each may know."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry_tasks.faces.http.serve import has_port
from registry_tasks.faces.up.child import Plan
from registry_tasks.settings import (
    DASHBOARD,
    PREFECT_API as API,
    TOKEN,
    Settings,
    prefect_environment,
    without_token,
)
from registry_tasks.stores.folders import make_folder

LOGS: Final = "logs"
FLOWS: Final = "flows"
_MODULE: Final = "registry_tasks.faces"


@dataclass(frozen=True)
class Asked:
    """What the command line said; ``prefect_url`` is a server that is there, None for one of ours."""

    host: str
    port: int
    workers: int
    names: tuple[str, ...] = ()
    https: bool = False
    plain_http: bool = False
    prefect: bool = True
    prefect_url: str | None = None
    prefect_port: int = 0
    worker: bool = True

    @property
    def prefect_api(self) -> str | None:
        """Where Prefect answers, None where none is wanted."""
        if not self.prefect:
            return None
        return self.prefect_url or f"http://127.0.0.1:{self.prefect_port}/api"


def make_plans(settings: Settings, asked: Asked) -> tuple[Plan, ...]:
    """Return what to run, for ports that are free. Makes the folder of their logs."""
    make_folder(settings.state)
    logs = settings.state / LOGS
    logs.mkdir(mode=0o700, exist_ok=True)
    known = {**without_token(), **_variables(settings), **_dashboard(settings, asked)}
    plans = [_server(settings, asked, logs, known)]
    if asked.prefect_api is not None:
        known |= prefect_environment(settings)
        plans += _prefect(settings, asked, asked.prefect_api, logs, known)
    return tuple(plans)


def _server(settings: Settings, asked: Asked, logs: Path, known: Mapping[str, str]) -> Plan:
    """Return the dashboard and API, which act for whoever calls and need no token of their own."""
    options = [f"--host={asked.host}", f"--port={asked.port}", f"--workers={asked.workers}"]
    options += [f"--name={name}" for name in asked.names]
    options += ["--https"] if asked.https else []
    options += ["--plain-http"] if asked.plain_http else []
    near = _address(_reachable(asked.host), asked.port)
    return Plan(
        name="dashboard and API",
        command=(sys.executable, "-m", f"{_MODULE}.http.serve", *options),
        environment=_of_server(asked, known),
        folder=Path.cwd(),
        log=logs / "server.log",
        address=_called(asked) or near,
        health=f"{near}/health",
    )


def _prefect(
    settings: Settings, asked: Asked, api: str, logs: Path, known: Mapping[str, str]
) -> Iterator[Plan]:
    if asked.prefect_url is None:
        yield Plan(
            name="Prefect",
            command=(sys.executable, "-m", f"{_MODULE}.prefect_server", str(asked.prefect_port)),
            environment={**known, **_own_prefect(settings, api)},
            folder=Path.cwd(),
            log=logs / "prefect.log",
            address=api.removesuffix("/api"),
            health=f"{api}/health",
        )
    if asked.worker and has_flows(settings) and settings.project is not None:
        deploys = () if asked.prefect_url else ("--deploy",)
        yield Plan(
            name="worker for flows",
            command=(sys.executable, "-m", f"{_MODULE}.up.worker", *deploys),
            environment={**known, **_token(), API: api, "PYTHONDONTWRITEBYTECODE": "1"},
            folder=settings.project,
            log=logs / "worker.log",
        )


def has_flows(settings: Settings) -> bool:
    """Whether there is a checkout whose flows a worker could run."""
    return settings.project is not None and (settings.project / FLOWS).is_dir()


def _own_prefect(settings: Settings, api: str) -> dict[str, str]:
    """Let Prefect's pages be shown, and let no other page in the same browser use its API."""
    return {
        "PREFECT_UI_ENABLED": "1",
        "PREFECT_SERVER_UI_API_URL": api,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "0",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(settings.state / "prefect" / "ui"),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": api.removesuffix("/api"),
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "1",
    }


def _variables(settings: Settings) -> dict[str, str]:
    """Return the settings as children read them, wherever they were said to us."""
    told = {"REGISTRY_STATE": str(settings.state), "REGISTRY_STORE": settings.store_url}
    if settings.project is not None:
        told["REGISTRY_PROJECT"] = str(settings.project)
    return told


def _dashboard(settings: Settings, asked: Asked) -> dict[str, str]:
    """Say where people open the dashboard, for links in Prefect and in what people are told."""
    here = _address(_reachable(asked.host), asked.port)
    if asked.names:
        here = f"{'https' if asked.https else 'http'}://{asked.names[0]}"
    return {DASHBOARD: settings.dashboard_url or here}


def _of_server(asked: Asked, known: Mapping[str, str]) -> dict[str, str]:
    """Say which Prefect's workers rebuild what a page asks for, if any does."""
    api = {} if asked.prefect_api is None else {API: asked.prefect_api}
    return {name: value for name, value in known.items() if name != API} | api


def _token() -> dict[str, str]:
    """Return what the worker acts by, and no other child knows."""
    return {TOKEN: os.environ[TOKEN]} if TOKEN in os.environ else {}


def _called(asked: Asked) -> str:
    """Return where people reach the server by the names that were said, nothing if none was."""
    if asked.https:
        return ", ".join(f"https://{name}" for name in asked.names)
    ported = (n if has_port(n) else f"{n}:{asked.port}" for n in asked.names)
    return ", ".join(f"http://{name}" for name in ported)


def _reachable(host: str) -> str:
    """Return where a server that listens everywhere is reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
