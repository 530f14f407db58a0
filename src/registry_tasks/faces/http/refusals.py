"""How often an address showed a token that did not hold, lately."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final

WINDOW_S: Final = 60.0
_KNOWN: Final = 10_000  # addresses; the one not heard of for longest is forgotten


class Refusals:
    """Counts by address, in this process.

    A token has 256 random bits, so nobody finds one by trying: what is limited is the load, and
    whoever holds a token that is good is never shut out for a neighbour's sake.
    """

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._counted: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def add(self, address: str) -> float | None:
        """Count one; return after how many seconds to try again, None while that is soon enough."""
        now = time.monotonic()
        with self._lock:
            since, count = self._counted.pop(address, (now, 0))
            if now - since >= WINDOW_S:
                since, count = now, 0
            self._counted[address] = since, count + 1
            if len(self._counted) > _KNOWN:
                self._counted.popitem(last=False)
        return since + WINDOW_S - now if count >= self._allowed else None
