"""Reproduce by a worker: Prefect's deployment is started, and a flow run of it looked at."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from uuid import UUID

from registry_tasks.entities.errors import (
    ExtraMissing,
    FlowRunNotFound,
    KeyReused,
    PrefectMissing,
)
from registry_tasks.entities.reproduction import RebuildRun, Reproduce
from registry_tasks.registry.experiments.rebuildable import get_rebuildable
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

if TYPE_CHECKING:
    from registry_tasks.faces.prefect_api import FlowRun, PrefectApi

FLOW: Final = "reproduce"
DEPLOYMENT: Final = f"{FLOW}/reproduce"


def reproduce(registry: Registry, request: Reproduce) -> RebuildRun:
    """Let a worker of Prefect rebuild a version; one key is one rebuild.

    Raises: NotPermitted, VersionNotFound, ChangedSince, NotReproducible, PrefectMissing,
    FlowNotDeployed, PrefectFailed, KeyReused.
    """
    ref = get_rebuildable(registry, request.ref, request).version.ref
    prefect = _prefect_of(registry.settings, ref)
    run = prefect.start(DEPLOYMENT, {"ref": ref}, request.key)
    if request.key is not None and run.parameters.get("ref") != ref:
        raise KeyReused(request.key, type(request).__name__)
    return _told(run, ref, registry.settings)


def show_rebuild_run(registry: Registry, uuid: str) -> RebuildRun:
    """Return how a rebuild stands that a worker is at, or was.

    Raises: NotPermitted, FlowRunNotFound (also where no Prefect is named), PrefectFailed.
    """
    registry.check()
    if registry.settings.prefect_api is None:
        raise FlowRunNotFound(uuid)
    run = _prefect_of(registry.settings, "REF").look(_uuid(uuid), FLOW)
    return _told(run, str(run.parameters["ref"]), registry.settings)


def _prefect_of(settings: Settings, ref: str) -> "PrefectApi":
    if settings.prefect_api is None:
        raise PrefectMissing(ref)
    if not find_spec("httpx"):
        raise ExtraMissing("asking a Prefect server", "server")
    from registry_tasks.faces.prefect_api import PrefectApi

    return PrefectApi(settings.prefect_api)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise FlowRunNotFound(text) from None


def _told(run: "FlowRun", ref: str, settings: Settings) -> RebuildRun:
    state = run.state
    return RebuildRun(
        uuid=str(run.id),
        ref=ref,
        name=run.name,
        state=state.type.lower() if state else "scheduled",
        state_name=state.name if state else "Scheduled",
        message=(state and state.message) or "",
        started_at=run.start_time,
        ended_at=run.end_time,
        is_over=run.is_over,
        page=f"{settings.dashboard_url or ''}/rebuilds/{run.id}",
    )
