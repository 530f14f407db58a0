"""Read a store at the least cost: SQLite through the bare driver, any other through SQLAlchemy."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from registry_tasks.registry.admission import admit
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.query import Bare, Query, through

if TYPE_CHECKING:
    from registry_tasks.stores.metadata.store import MetadataStore

_INHERITED: list[deque[Bare]] = []
"""Connections of a parent process; SQLite forbids a child to use them, or even to close them."""


class Reader:
    """Keeps idle connections open, so it may be called from many threads and after a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.url = settings, settings.store_url
        self._idle: deque[Bare] = deque()
        self._process = os.getpid()

    @contextmanager
    def reading(self) -> Iterator[Query]:
        """Let statements see one state.

        Raises: StoreMissing, SchemaOlder, SchemaNewer, TokenRefused, NotPermitted.
        """
        if not self.url.startswith("sqlite:///"):
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

    def close(self) -> None:
        """Close idle connections; the next call opens one again."""
        while self._idle and self._process == os.getpid():
            self._idle.pop().close()
        if "_metadata" in self.__dict__:
            self._metadata.close()

    @cached_property
    def _metadata(self) -> "MetadataStore":
        from registry_tasks.stores.metadata.store import MetadataStore

        return MetadataStore(self.url, lambda connection: self._admit(through(connection)))

    def _take(self) -> Bare:
        with suppress(IndexError):  # asking first whether there is one would be a race
            return self._idle.pop()
        made = Bare(self.url)
        try:
            self._admit(made)
        except BaseException:
            made.close()
            raise
        return made

    def _admit(self, query: Query) -> None:
        """Let nobody in whom the store does not know."""
        admit(query, self.settings)
