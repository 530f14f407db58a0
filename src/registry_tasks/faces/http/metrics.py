"""Metrics: how many requests, of which route, how long, in Prometheus' format.

The worker processes of a server add theirs up by files in ``PROMETHEUS_MULTIPROC_DIR``, which
``serve`` names; a process by itself keeps them in memory.
"""

import os
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
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
