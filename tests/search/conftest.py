"""A store with a catalogue of which everything is known, over each database."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from support.catalogue import Model, Thing, make, write
from support.databases import Postgres

from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.store import MetadataStore


@dataclass
class Known:
    """A store, and what is in it."""

    reader: Reader
    models: list[Model]
    things: list[Thing]

    @property
    def versions(self) -> list[Thing]:
        return [x for x in self.things if x.number is not None]


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
)
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Known]:
    folder = tmp_path_factory.mktemp("catalogue")
    url = f"sqlite:///{folder / 'registry.db'}"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.migrated()
    store = MetadataStore(url)
    store.migrate()
    models, things = make()
    write(store, models, things)
    store.close()
    reader = Reader(settings_of(url, folder))
    yield Known(reader, models, things)
    reader.close()


def settings_of(url: str, folder: object) -> Settings:
    from pathlib import Path

    home = Path(str(folder))
    return Settings(None, home, url, home / "remote", home / "cache", "test")
