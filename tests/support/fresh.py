"""A database as it was when it was migrated, made so again: that is quicker than to copy one."""

from typing import Final

import psycopg

_SCHEMA: Final = b"""
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT concat_ws(' ', relname, relkind, relowner, relacl, reloptions)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', relname, attname, atttypid, attnotnull, attisdropped, attacl)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', conname, contype, convalidated)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', proname, prosrc, proowner, proacl)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', nspname, nspacl) FROM pg_namespace WHERE nspname !~ '^pg_'
    UNION ALL SELECT concat_ws(' ', setrole, setconfig) FROM pg_db_role_setting
    JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()
) AS told (line)
"""
_TABLES: Final = b"""
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1
"""
_SEQUENCES: Final = b"""
SELECT string_agg(format('setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
                         coalesce(last_value, start_value), last_value IS NOT NULL), ', ')
FROM pg_sequences
"""


class Fresh:
    """What a database holds that was just migrated, by the address of one."""

    def __init__(self, address: str) -> None:
        with psycopg.connect(address) as connection:
            self._schema = _only(connection, _SCHEMA)
            tables = [str(name) for (name,) in connection.execute(_TABLES)]
            self._empty = "; ".join(f"DELETE FROM {table}" for table in tables).encode()
            told = {table: _read(connection, table) for table in tables}
            self._rows = {table: text for table, text in told.items() if text}
            self._numbers = f"SELECT {_only(connection, _SEQUENCES)}".encode()

    def restore(self, address: str) -> bool:
        """Make another database like it; false, with nothing done, if its schema was changed."""
        with psycopg.connect(address) as connection:
            if _only(connection, _SCHEMA) != self._schema:
                return False
            # Else the triggers would not let any row go.
            connection.execute("SET session_replication_role = replica")
            connection.execute(self._empty)
            for table, text in self._rows.items():
                with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
                    copy.write(text)
            connection.execute(self._numbers)
        return True


def _only(connection: psycopg.Connection, statement: bytes) -> object:
    found = connection.execute(statement).fetchone()
    assert found is not None
    return found[0]


def _read(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:
        return b"".join(bytes(part) for part in copy)
