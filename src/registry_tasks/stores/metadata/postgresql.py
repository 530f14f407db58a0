"""PostgreSQL as the registry wants it: writers queue, readers see one state, nobody waits for ever.

What the URL, libpq's variables, the role or the database say of a limit stands; ours hold where
nothing is said. They are set by statements, not at connecting, so PgBouncer lets them pass.
"""

import os
import re
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ExtraMissing, InvalidSetting, StoreNotDurable

_PREFIX: Final = "postgresql+psycopg://"
WRITERS_LOCK: Final = 0x7265_6769  # key of the advisory lock that puts writers into a queue
CONNECT_TIMEOUT_S: Final = 10
LOCK_TIMEOUT_S: Final = 10
STATEMENT_TIMEOUT_S: Final = 60
IDLE_TIMEOUT_S: Final = 60  # within a transaction: whoever holds the queue and hangs is thrown out
NETWORK_TIMEOUT_S: Final = 60  # until a network that swallows packets counts as cut
_KEEP_ALIVE: Final = {
    "keepalives_idle": NETWORK_TIMEOUT_S // 2,
    "keepalives_interval": NETWORK_TIMEOUT_S // 6,
    "keepalives_count": 3,
    "tcp_user_timeout": NETWORK_TIMEOUT_S * 1000,
}
POOL_SIZE: Final = 5
POOL_OVERFLOW: Final = 10
POOL_TIMEOUT_S: Final = 10
POOL_RECYCLE_S: Final = 1800  # firewalls forget connections that are silent for an hour

_LIMITS: Final = "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"
_CONFIGURE: Final = f"""
SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
    OR coalesce(current_setting('registry.durability', true), '') = 'relaxed' AS durable,
    CASE WHEN current_setting('synchronous_commit') = 'off'
        AND coalesce(current_setting('registry.durability', true), '') <> 'relaxed'
        THEN set_config('synchronous_commit', 'on', false) END,
    {
    ", ".join(
        f"CASE WHEN current_setting('{name}') = '0' THEN set_config('{name}', %s, false) END"
        for name in _LIMITS
    )
}
"""


def engine(url: str) -> sa.Engine:
    """Make an engine. Raises InvalidSetting for another address, ExtraMissing without the driver."""
    try:
        if not url.startswith(_PREFIX):
            raise ValueError
        address = sa.make_url(url)
        made = sa.create_engine(
            address,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_timeout=POOL_TIMEOUT_S,
            pool_recycle=POOL_RECYCLE_S,
            pool_pre_ping=True,  # a server that was restarted is found again
            connect_args=_arguments(address),
            use_native_hstore=False,  # or each new connection asks for a type that we do not use
        )
    except ModuleNotFoundError:
        raise ExtraMissing("a store in PostgreSQL", "postgres") from None
    except (ValueError, sa.exc.ArgumentError):
        shown = "sqlite:///<path> or postgresql+psycopg://<user>@<host>/<database>"
        raise InvalidSetting("REGISTRY_STORE", without_password(url), f"write {shown}") from None

    @sa.event.listens_for(made, "connect")
    def configure(connection: Any, record: Any) -> None:
        limits = STATEMENT_TIMEOUT_S, LOCK_TIMEOUT_S, IDLE_TIMEOUT_S
        found = connection.execute(_CONFIGURE, [f"{limit * 1000:.0f}ms" for limit in limits])
        record.info["durable"] = found.fetchone()[0]
        connection.commit()

    return made


def _arguments(address: sa.URL) -> dict[str, Any]:
    arguments: dict[str, Any] = {"fallback_application_name": "registry-tasks"}
    if "connect_timeout" not in address.query and "PGCONNECT_TIMEOUT" not in os.environ:
        arguments["connect_timeout"] = CONNECT_TIMEOUT_S
    kept = {name: value for name, value in _KEEP_ALIVE.items() if name not in address.query}
    return arguments | kept


def without_password(url: str) -> str:
    """Return what of a URL may be shown; a password may hold any character."""
    hidden = re.sub(r"(://[^:@/?]*):.*@", r"\1:***@", url)
    return re.sub(r"([?&]\w*password=)[^&]*", r"\1***", hidden)


def take_turn(connection: sa.Connection) -> None:
    """Begin, and wait for the other writers; the lock ends with the transaction.

    Each statement then sees what those before it committed, whatever the database's default is: a
    view from before the wait would be an old one. Raises StoreNotDurable.
    """
    if not connection.info["durable"]:
        raise StoreNotDurable(without_password(str(connection.engine.url)))
    connection.execution_options(isolation_level="READ COMMITTED")
    connection.begin()
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS_LOCK)))


def take_time(connection: sa.Connection) -> None:
    """Let the statements of this transaction take as long as they need: there are few, and big."""
    connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
    connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def one_view(connection: sa.Connection) -> sa.Connection:
    """Let all statements of a transaction see one state, and change nothing."""
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
