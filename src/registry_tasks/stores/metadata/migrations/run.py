"""Run the migrations over a connection; the caller commits."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from registry_tasks.entities.errors import SchemaNewer, StoreCorrupt
from registry_tasks.stores.metadata.migrations.rights import give_rights
from registry_tasks.stores.metadata.schema import REVISIONS


def configuration(connection: sa.Connection) -> Config:
    """Point Alembic at the scripts beside this file and at a connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: sa.Connection) -> None:
    """Upgrade to the newest schema.

    Raises: SchemaNewer if the store is ahead of this release, StoreCorrupt if it is none.
    """
    tables = sa.inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        shown = ", ".join(sorted(tables)[:3])
        raise StoreCorrupt(str(connection.engine.url), f"it holds tables of others ({shown})")
    if tables:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and found not in REVISIONS:
            raise SchemaNewer(str(connection.engine.url), found, REVISIONS[-1])
    command.upgrade(configuration(connection), "head")
    give_rights(connection)
