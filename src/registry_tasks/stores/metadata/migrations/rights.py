"""What the role of writers may do with each table, given with the tables themselves.

``deployments/postgresql-roles.sql`` makes the roles, and lets them read and add to every table
that will be made. It cannot say more than that beforehand: default privileges know no names, and
a right to change or remove that held for every new table would hold for history too.
"""

from typing import Final

import sqlalchemy as sa

WRITER: Final = "registry_writer"
CHANGES: Final = {
    "model": "UPDATE (owner, description, purpose, team, related, links, document, tagged_at)",
    "run": 'UPDATE (status, ended_at, failure, "commit", recipe, recipe_hash, outputs_hash, '
    "environment_id, environment_files, model_path, model_format, signature, duration_s, cpu_s, "
    "peak_memory_bytes, hardware, direct_urls, kept_by, exit_code, log_tail, plots)",
    "stage_assignment": "UPDATE (stage, single), DELETE",
    "alias": "UPDATE (version_id), DELETE",
    "description": "UPDATE (text)",
    "version_profile": "UPDATE (description, owner, purpose, team, related, links, document)",
    "version_grade": "UPDATE (grade, reasons, pushed_to)",
    "model_schema": "UPDATE (schema), DELETE",
    "model_tag": "DELETE",
    "tag": "DELETE",
    "dataset_profile": "UPDATE (description, owner, sensitivity, source, retain_until)",
    "sweep": "UPDATE (ended_at)",
    "trial": "UPDATE (run_id, parameters)",
    "deployment": "UPDATE (until, ended_by)",
    "hold": "UPDATE (reason, at, by), DELETE",
    "dropped_bytes": "DELETE",
    "outbox": "DELETE",
    "account": "UPDATE (closed_at)",
    "access_right": "DELETE",
    "token": "UPDATE (revoked_at)",
    "approval_request": "UPDATE (outcome, closed_at, closed_by, because)",
    "subscription": "UPDATE (position, delivered, delivered_at, ended_at), DELETE",
    "delivery": "UPDATE (queued_at, attempts, next_at, why, taken_by, taken_until, dead_at), DELETE",
}
"""The few rows that say how things stand now."""
OWNERS_ONLY: Final = ("alembic_version", "moved")

_ROLE: Final = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role")
_TABLES: Final = sa.text(
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
    "AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE') "
    "AND has_table_privilege(:role, oid, 'SELECT')"
)
"""Ours, in a database where the script was run: roles are there for all of a server's databases."""


def give_rights(connection: sa.Connection) -> None:
    """Let writers change what they must, and only the owner add to what is the owner's."""
    if connection.dialect.name != "postgresql":
        return
    role = {"role": WRITER}
    if connection.execute(_ROLE, role).first() is None:
        return
    tables = set(connection.execute(_TABLES, role).scalars())
    for table, rights in CHANGES.items():
        if table in tables:
            connection.exec_driver_sql(f"GRANT {rights} ON {table} TO {WRITER}")
    for table in OWNERS_ONLY:
        if table in tables:
            connection.exec_driver_sql(f"REVOKE INSERT ON {table} FROM {WRITER}")
