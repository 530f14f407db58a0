"""Resolve: which version a reference names now. The one read that must cost next to nothing."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import Bare, Query, through

if TYPE_CHECKING:
    from registry_tasks.stores.metadata.store import MetadataStore

_INHERITED: list[deque[Bare]] = []
"""Connections of a parent process; SQLite forbids a child to use them, or even to close them."""


class Resolver:
    """Reads a SQLite store through the bare driver, any other one through SQLAlchemy.

    Keeps idle connections open, so it may be called from many threads and after a fork.
    """

    def __init__(self, settings: Settings) -> None:
        self._url = settings.store_url
        self._idle: deque[Bare] = deque()
        self._process = os.getpid()

    def resolve(self, ref: str) -> ModelVersion:
        """Return the version. Raises MalformedReference, ModelNotFound, VersionNotFound."""
        reference = Reference.parse(ref)
        with self._reading() as query:
            return get_version(query, reference).version

    def close(self) -> None:
        """Close idle connections; the next call opens one again."""
        while self._idle and self._process == os.getpid():
            self._idle.pop().close()
        if "_metadata" in self.__dict__:
            self._metadata.close()

    @cached_property
    def _metadata(self) -> "MetadataStore":
        from registry_tasks.stores.metadata.store import MetadataStore

        return MetadataStore(self._url)

    @contextmanager
    def _reading(self) -> Iterator[Query]:
        if not self._url.startswith("sqlite:///"):
            with self._metadata.reading() as connection:
                yield through(connection)
            return
        if self._process != os.getpid():
            _INHERITED.append(self._idle)
            self._idle, self._process = deque(), os.getpid()
        bare = self._take()
        try:
            with bare.snapshot() as query:
                yield query
        finally:
            self._idle.append(bare)

    def _take(self) -> Bare:
        with suppress(IndexError):  # asking first whether there is one would be a race
            return self._idle.pop()
        return Bare(self._url)
