"""Say that a process is at work on a flow run, so that whoever tidies up can tell if it died."""

import atexit
import logging
from hashlib import sha256
from typing import Final

from httpx import HTTPError
from prefect import get_client
from prefect.client.schemas.objects import FlowRun

from registry_tasks.entities.errors import RegistryError
from registry_tasks.registry.experiments.turns import begin_work
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.claims import Release

STORE: Final = "registry.store"
"""The label of a flow run that has begun: over which store its process says that it is at work."""
_log = logging.getLogger(__name__)
_held: dict[str, Release] = {}
"""Kept until this process ends, however it ends: also while Prefect is told how the run ended."""


def say_at_work(run: FlowRun) -> None:
    """Claim the flow run that we are in, then label it.

    Who cannot say it works all the same, and is left to the patience of whoever tidies up.
    """
    if str(run.id) in _held:
        return
    try:
        with Registry.open() as registry:
            release = begin_work(registry, str(run.id))
            if release is None:  # another process says that it works on the same flow run
                return
            _held[str(run.id)] = release
            atexit.register(release)
            store = store_of(registry)
        with get_client(sync_client=True) as client:
            client.update_flow_run_labels(run.id, {STORE: store})
    except (HTTPError, RegistryError) as error:
        _log.warning("nobody can tell that this process works: %s", error)


def store_of(registry: Registry) -> str:
    """Name a registry's store so that nothing can be read out of it."""
    return sha256(registry.settings.store_url.encode()).hexdigest()[:16]
