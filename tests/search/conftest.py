"""A store with a catalogue of which everything is known, over each database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from places import settings_in
from support.catalogue import Model, Thing, make, write
from support.databases import Postgres

from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_models, search_runs, search_versions
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.store import MetadataStore

SEARCHES: Final = {"versions": search_versions, "runs": search_runs, "models": search_models}


@dataclass
class Known:
    """A store, and what is in it."""

    reader: Reader
    models: list[Model]
    things: list[Thing]

    @property
    def versions(self) -> list[Thing]:
        return [x for x in self.things if x.number is not None]


EACH_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(scope="session", params=EACH_DATABASE)
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Known]:
    settings = settings_on(request, tmp_path_factory.mktemp("catalogue"))
    store = MetadataStore(settings.store_url)
    store.migrate()
    models, things = make()
    write(store, models, things)
    store.close()
    reader = Reader(settings)
    yield Known(reader, models, things)
    reader.close()


def settings_on(request: pytest.FixtureRequest, folder: Path) -> Settings:
    """Of an empty store on the database that a fixture is asked for."""
    if request.param == "sqlite":
        return settings_in(folder)
    server: Postgres = request.getfixturevalue("postgres")
    return replace(settings_in(folder), store_url=server.migrated())
