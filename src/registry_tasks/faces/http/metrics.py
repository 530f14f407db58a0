"""Metrics: how many requests, of which route, how long, in Prometheus' format.

The worker processes of a server add theirs up by files in ``PROMETHEUS_MULTIPROC_DIR``, which
``serve`` names; a process by itself keeps them in memory.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from registry_tasks.stores.metadata.subscriptions import Tally

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_OF_EVENTS: Final = {
    "delivered": "Events that a receiver has taken.",
    "waiting": "Events that have not arrived yet.",
    "waiting_seconds": "How long the oldest of them has waited.",
    "dead": "Events that were given up.",
}
_BUCKETS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Counts for one app."""

    def __init__(self) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "registry_http_requests",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=self._own,
        )
        self._seconds = Histogram(
            "registry_http_request_seconds",
            "How long requests took, by route.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._own,
        )

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all counts, of all worker processes."""
        if not os.environ.get(FOLDER):
            return generate_latest(self._own)
        gathered = CollectorRegistry()
        MultiProcessCollector(gathered)  # type: ignore[no-untyped-call]  # it registers itself
        return generate_latest(gathered)


def text_of(tallies: Iterable[Tally], now: datetime) -> bytes:
    """Return how subscriptions stand: what has gone, waits, for how long, and was given up."""
    own = CollectorRegistry()
    said = {
        name: Gauge(f"registry_events_{name}", what, ("subscription",), registry=own)
        for name, what in _OF_EVENTS.items()
    }
    for tally in tallies:
        since = tally.waiting_since
        waited = 0.0 if since is None else max(0.0, (now - since).total_seconds())
        counts = (tally.delivered, tally.waiting, waited, tally.dead)
        for gauge, count in zip(said.values(), counts, strict=True):
            gauge.labels(tally.name).set(count)
    return generate_latest(own)
