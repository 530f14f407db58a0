"""PostgreSQL as the registry wants it: writers queue, readers see one state, nobody waits for ever."""

import re
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ExtraMissing, InvalidSetting

_PREFIX: Final = "postgresql+psycopg://"
WRITERS_LOCK: Final = 0x7265_6769  # key of the advisory lock that puts writers into a queue
LOCK_TIMEOUT_S: Final = 10
CONNECT_TIMEOUT_S: Final = 10


def engine(url: str) -> sa.Engine:
    """Make an engine. Raises InvalidSetting for another address, ExtraMissing without the driver."""
    try:
        if not url.startswith(_PREFIX):
            raise ValueError
        made = sa.create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_S}
        )
    except ModuleNotFoundError:
        raise ExtraMissing("a store in PostgreSQL", "postgres") from None
    except (ValueError, sa.exc.ArgumentError):
        shown = "sqlite:///<path> or postgresql+psycopg://<user>@<host>/<database>"
        raise InvalidSetting("REGISTRY_STORE", without_password(url), f"write {shown}") from None

    @sa.event.listens_for(made, "connect")
    def configure(connection: Any, record: object) -> None:
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'")
        connection.commit()

    return made


def without_password(url: str) -> str:
    """Return what of a URL may be shown."""
    return re.sub(r"(://[^:@/?]*):[^/?]*@", r"\1:***@", url)


def take_turn(connection: sa.Connection) -> None:
    """Wait for the other writers; the lock ends with the transaction."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS_LOCK)))


def one_view(connection: sa.Connection) -> sa.Connection:
    """Let all statements of a transaction see one state."""
    return connection.execution_options(isolation_level="REPEATABLE READ")
