"""Which schema this release knows, and whether a store has it. Loads no SQLAlchemy."""

from typing import Any, Final

from registry_tasks.entities.errors import SchemaNewer, SchemaOlder, StoreMissing

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every schema there has been, oldest first; a test holds it against migrations/."""


def check_schema(cursor: Any, url: str) -> None:
    """Raise unless the store behind a DBAPI cursor has the newest schema.

    Raises: StoreMissing (no schema at all), SchemaOlder, SchemaNewer.
    """
    try:
        cursor.execute("SELECT version_num FROM alembic_version")
        row = cursor.fetchone()
    except Exception as error:
        missing = getattr(error, "sqlstate", "42P01") == "42P01"  # and not a lack of rights
        if missing and "alembic_version" in str(error):  # in either database's words
            raise StoreMissing(url) from None
        raise
    found = row[0] if row else None
    if found is None:
        raise StoreMissing(url)
    if found not in REVISIONS:
        raise SchemaNewer(url, found, REVISIONS[-1])
    if found != REVISIONS[-1]:
        raise SchemaOlder(url, found, REVISIONS[-1])
