"""What every verb works over: the stores of one registry, and who acts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from registry_tasks.entities.errors import NotAProject
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.remote import ObjectRemote, open_remote
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata.store import MetadataStore


@dataclass(frozen=True)
class Registry:
    """Opened cheaply: a store is touched when a verb first needs it."""

    settings: Settings

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

    @property
    def actor(self) -> str:
        """Who acts; every event carries it."""
        return self.settings.actor

    @cached_property
    def metadata(self) -> MetadataStore:
        """What happened to versions."""
        return MetadataStore(self.settings.store_url)

    @cached_property
    def objects(self) -> ObjectRemote:
        """The bytes of versions, in DVC's layout."""
        return open_remote(self.settings)

    @cached_property
    def repository(self) -> GitRepository:
        """The project's Git repository. Raises NotAProject."""
        if self.settings.project is None:
            raise NotAProject(str(self.settings.state.parent), "Git")
        return GitRepository.open(self.settings.project)

    def find_repository(self) -> GitRepository | None:
        """Return the project's Git repository, None where there is no checkout at hand."""
        return None if self.settings.project is None else self.repository
