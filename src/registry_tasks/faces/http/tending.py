"""Tending: a running server finishes what other processes left, as `registry sync` does by hand."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from registry_tasks.entities.access import Identity
from registry_tasks.entities.approval import Approval
from registry_tasks.entities.errors import RegistryError, StoreMissing
from registry_tasks.faces.going_on import show_going_on
from registry_tasks.faces.prefect_api import PrefectApi
from registry_tasks.registry.care.sync import finish
from registry_tasks.registry.lifecycle.carry_on import promoted_since
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

EVERY_S: Final = 20.0
_LATELY: Final = timedelta(hours=1)
_log: Final = logging.getLogger(__name__)


@contextmanager
def tended(
    settings: Settings, every_s: float = EVERY_S, prefect_url: str | None = None
) -> Iterator[None]:
    """Let promotions that people approved of happen, and queued Git tags be written, meanwhile.

    What happened lately and Prefect could not be told, is shown there as soon as it can.
    """
    ending = threading.Event()
    prefect = None if prefect_url is None else PrefectApi(prefect_url)
    tending = _Tending(settings, prefect)
    tender = threading.Thread(target=tending.go_on, args=(ending, every_s), name="tending")
    tender.start()
    try:
        yield
    finally:
        ending.set()
        tender.join()


class _Tending:
    def __init__(self, settings: Settings, prefect: PrefectApi | None) -> None:
        self._settings, self._prefect = settings, prefect
        self._shown: set[str] = set()

    def go_on(self, ending: threading.Event, every_s: float) -> None:
        nobody = Identity(actor="server", rights=())  # what it finishes was permitted when it began
        with Registry(self._settings, nobody) as registry:
            while not ending.wait(every_s):
                self._finish(registry)

    def _finish(self, registry: Registry) -> None:
        try:
            for approval in finish(registry):
                _log.info("%s to %s: %s", approval.version, approval.place, approval.outcome)
            if self._prefect is not None:
                self._show(self._prefect, promoted_since(registry, datetime.now(UTC) - _LATELY))
        except StoreMissing:  # the first change makes it
            return
        except RegistryError as error:
            _log.warning("what others left is not finished: %s", error)

    def _show(self, prefect: PrefectApi, found: Iterable[Approval]) -> None:
        wanted = (approval for approval in found if approval.uuid not in self._shown)
        self._shown |= show_going_on(prefect, wanted)
