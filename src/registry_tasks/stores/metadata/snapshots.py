"""A store as it was at one instant, as a single SQLite file, whatever database it came from."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from registry_tasks.stores.metadata.copying import copy_store
from registry_tasks.stores.metadata.driver_errors import translated
from registry_tasks.stores.metadata.store import MetadataStore, Transaction


def take(store: MetadataStore, path: Path, actor: str) -> None:
    """Write the store's present state to a new file; writers go on meanwhile.

    Raises: StoreMissing, DiskFull.
    """
    with store.reading_all() as connection:
        if connection.dialect.name == "sqlite":
            _copy_pages(connection, path)
            return
        copy = MetadataStore(f"sqlite:///{path}")
        with copy.writing(actor) as tx:
            copy_store(connection, tx.connection)
            tx.commit()
    copy.close()
    _join(path)


def upgrade(path: Path) -> None:
    """Bring a file, which must be one that may be changed, to the newest schema.

    Raises: SchemaNewer, StoreCorrupt.
    """
    source = MetadataStore(f"sqlite:///{path}")
    try:
        source.migrate()
    finally:
        source.close()


def load(path: Path, tx: Transaction) -> None:
    """Copy what a file of the newest schema holds into an empty store, within a transaction.

    Raises: StoreCorrupt, CopyDiffers.
    """
    source = MetadataStore(f"sqlite:///{path}")
    try:
        with source.reading() as connection:
            copy_store(connection, tx.connection)
    finally:
        source.close()


def _copy_pages(connection: sa.Connection, path: Path) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    with translated(f"sqlite:///{path}"):
        target = sqlite3.connect(path)
        try:
            driver.backup(target)
        finally:
            target.close()
    _join(path)


def _join(path: Path) -> None:
    """Make it one file, without the side files of a live store."""
    with translated(f"sqlite:///{path}"):
        copy = sqlite3.connect(path)
        try:
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
