"""Tending: a running server finishes what other processes left, as `registry sync` does by hand."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import RegistryError, StoreMissing
from registry_tasks.registry.care.sync import finish
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

EVERY_S: Final = 20.0
_log: Final = logging.getLogger(__name__)


@contextmanager
def tended(settings: Settings, every_s: float = EVERY_S) -> Iterator[None]:
    """Let promotions that people approved of happen, and queued Git tags be written, meanwhile."""
    ending = threading.Event()
    tender = threading.Thread(target=_tend, args=(settings, ending, every_s), name="tending")
    tender.start()
    try:
        yield
    finally:
        ending.set()
        tender.join()


def _tend(settings: Settings, ending: threading.Event, every_s: float) -> None:
    nobody = Identity(actor="server", rights=())  # what it finishes was permitted when it began
    with Registry(settings, nobody) as registry:
        while not ending.wait(every_s):
            _finish(registry)


def _finish(registry: Registry) -> None:
    try:
        for approval in finish(registry):
            _log.info("%s to %s: %s", approval.version, approval.place, approval.outcome)
    except StoreMissing:  # the first change makes it
        return
    except RegistryError as error:
        _log.warning("what others left is not finished: %s", error)
