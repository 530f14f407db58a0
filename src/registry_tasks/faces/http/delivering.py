"""Delivering: a running server sends events to those who subscribed, soon after they happened.

In a thread beside the one that tends, and each receiver in one of its own: none of them waits for
one that is slow.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import RegistryError, StoreMissing
from registry_tasks.registry.outward.deliver import Deliverer
from registry_tasks.registry.outward.own_prefect import follow_prefect
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

EVERY_S: Final = 1.0
_AFTER_TROUBLE_S: Final = 20.0
_GRACE_S: Final = 5.0
_log: Final = logging.getLogger(__name__)


@contextmanager
def delivering(settings: Settings, every_s: float = EVERY_S) -> Iterator[None]:
    """Let events leave, meanwhile; to the Prefect server that the settings name by itself."""
    ending = threading.Event()
    arguments = (settings, ending, every_s)
    # What is being sent when we end is waited for only so long: it is sent again then.
    deliverer = threading.Thread(target=_deliver, args=arguments, name="delivering", daemon=True)
    deliverer.start()
    try:
        yield
    finally:
        ending.set()
        deliverer.join(_GRACE_S)


def _deliver(settings: Settings, ending: threading.Event, every_s: float) -> None:
    nobody = Identity(actor="server", rights=())
    with Registry(settings, nobody) as registry, Deliverer(registry) as deliverer:
        pause_s, is_following = every_s, settings.prefect_api is None
        while not ending.wait(pause_s):
            pause_s = every_s
            try:
                if not is_following:
                    follow_prefect(registry)
                    is_following = True
                deliverer.begin()
            except StoreMissing:  # the first change makes it
                continue
            except RegistryError as error:
                _log.warning("events are not delivered: %s", error)
                pause_s = _AFTER_TROUBLE_S
