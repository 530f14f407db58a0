"""What every verb works over: the stores of one registry, and who acts."""

from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import NotAProject, StoreMissing
from registry_tasks.registry.admission import admit
from registry_tasks.registry.marks import Seen
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.remote import ObjectRemote, open_remote
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import MetadataStore


@dataclass(frozen=True)
class Registry:
    """Opened cheaply: a store is touched when a verb first needs it.

    ``caller`` is who acts where somebody else has found that out, as a server does for each
    request; else the store says it of the settings' token.
    """

    settings: Settings
    caller: Identity | None = None
    seen: Seen | None = field(default=None, compare=False)
    """What the request that comes next expects to be as its caller saw it."""

    @classmethod
    def open(cls, store: str | None = None) -> Self:
        """Open by environment variables; ``store`` (URL or state folder) outranks them."""
        return cls(Settings.load(store))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close pooled connections; a later call opens them again."""
        if "metadata" in self.__dict__:
            self.metadata.close()

    def acting_as(self, caller: Identity, seen: Seen | None = None) -> Self:
        """Return this registry as somebody else sees it, over the same open stores."""
        other = replace(self, caller=caller, seen=seen)
        other.__dict__["metadata"], other.__dict__["objects"] = self.metadata, self.objects
        other.__dict__["_places"] = self._places
        return other

    def check(self) -> None:
        """Open the store, if there is one yet. Raises what opening raises, and TokenRefused."""
        with suppress(StoreMissing):  # the first change makes it
            self.metadata.check()

    @property
    def actor(self) -> str:
        """Who acts; every event carries it."""
        return self.identity.actor

    @property
    def identity(self) -> Identity:
        """Who acts, and what they may. Raises: TokenRefused, NotPermitted."""
        if self.caller is not None:
            return self.caller
        self.check()
        return self._found.get("identity") or Identity(actor=self.settings.actor)

    @cached_property
    def metadata(self) -> MetadataStore:
        """What happened to versions."""
        return MetadataStore(self.settings.store_url, None if self.caller else self._admit)

    @cached_property
    def _places(self) -> dict[Path, GitRepository]:
        """Where Git said that the repository is: all that act over the same stores ask it once."""
        return {}

    @cached_property
    def _found(self) -> dict[str, Identity]:
        return {}

    def _admit(self, connection: sa.Connection) -> None:
        """Let nobody in whom the store does not know."""
        self._found["identity"] = admit(through(connection), self.settings)

    @cached_property
    def objects(self) -> ObjectRemote:
        """The bytes of versions, in DVC's layout."""
        return open_remote(self.settings)

    @cached_property
    def repository(self) -> GitRepository:
        """The project's Git repository. Raises NotAProject."""
        if self.settings.project is None:
            raise NotAProject(str(self.settings.state.parent), "Git")
        if self.settings.project not in self._places:
            self._places[self.settings.project] = GitRepository.open(self.settings.project)
        return copy(self._places[self.settings.project])  # what it learns may change later

    def find_repository(self) -> GitRepository | None:
        """Return the project's Git repository, None where there is no checkout at hand."""
        return None if self.settings.project is None else self.repository
