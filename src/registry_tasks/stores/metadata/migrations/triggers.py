"""Triggers that keep what was written as it was written, on SQLite and PostgreSQL."""

from typing import Final

import sqlalchemy as sa
from alembic import op

ADDED_ONLY: Final = (
    "artifact",
    "comparison",
    "confirmation",
    "dataset_use",
    "dataset_version",
    "environment",
    "environment_package",
    "event",
    "lineage_edge",
    "metric",
    "metric_point",
    "parameter",
    "promotion_attempt",
    "reproduction",
    "version",
)
"""Tables of the first schema whose rows can be added and nothing else."""

ADDED_ONLY_SINCE_0002: Final = ("dataset", "experiment", "request", "tombstone")
"""What later schemas froze; a migration never changes what an earlier one did."""

ADDED_ONLY_SINCE_0004: Final = ("note", "feature_importance", "dataset_shape")
ADDED_ONLY_SINCE_0005: Final = ("approval_decision",)
ADDED_ONLY_SINCE_0007: Final = ("drill",)


def forbid_changes(table: str) -> None:
    """Refuse every UPDATE and DELETE on ``table``, and the ways around them."""
    _refuse(table, "UPDATE", f"a row of {table}")
    _refuse(table, "DELETE", f"a row of {table}")
    _refuse_removal_in_passing(table, f"a row of {table}")


def allow_changes(table: str) -> None:
    """Take back what ``forbid_changes`` or another one that refuses UPDATE and DELETE did."""
    for means in ("update", "delete", _in_passing()):
        _allow(table, means)


def freeze_names(table: str) -> None:
    """Refuse another name or time of making, and removal, to the rows of ``table``."""
    _refuse(
        table,
        "UPDATE",
        f"the name of a {table}",
        "OLD.id <> NEW.id OR OLD.name <> NEW.name OR OLD.created_at <> NEW.created_at",
    )
    _refuse_removal(table)


def allow_additions(table: str) -> None:
    """Take back what ``freeze_contents_of_ended_runs`` did."""
    _allow(table, "insert")


def freeze_ended_runs() -> None:
    """Refuse changes to a run once it is no longer running, and its deletion at any time."""
    _refuse("run", "UPDATE", "a run that has ended", "OLD.status <> 'running'")
    _refuse_removal("run")


def freeze_deployments() -> None:
    """Refuse any change to a deployment but its one end, and its deletion at any time."""
    began = (
        "id",
        "uuid",
        "model_id",
        "version_id",
        "environment",
        "place",
        "reason",
        "since",
        "by",
    )
    no_end = "OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.ended_by IS NULL"
    _refuse("deployment", "UPDATE", "a deployment", f"{no_end} OR {_differ(*began)}")
    _refuse_removal("deployment")


def freeze_sweeps() -> None:
    """Refuse any change to a sweep but an end, which one that is resumed gets again."""
    began = ("id", "uuid", "model_id", "experiment_id", "plan", "started_at", "started_by")
    _refuse("sweep", "UPDATE", "a sweep", f"NEW.ended_at IS NULL OR {_differ(*began)}")
    _refuse_removal("sweep")


def freeze_trials() -> None:
    """Refuse any change to a trial but a later run in place of its run."""
    earlier = "NEW.run_id <= OLD.run_id AND EXISTS (SELECT 1 FROM run WHERE id = OLD.run_id)"
    _refuse("trial", "UPDATE", "a trial", f"({earlier}) OR {_differ('sweep_id', 'number')}")
    _refuse_removal("trial")


def freeze_accounts() -> None:
    """Refuse any change to an account but its closing, and its removal at any time."""
    made = _differ("id", "name", "kind", "created_at", "created_by")
    over = "OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL"
    _refuse("account", "UPDATE", "an account", f"{over} OR {made}")
    _refuse_removal("account")


def freeze_tokens() -> None:
    """Refuse any change to a token but its revocation, and its removal at any time."""
    made = ("id", "uuid", "account_id", "sha256", "label", "created_at", "created_by", "expires_at")
    over = "OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL"
    _refuse("token", "UPDATE", "a token", f"{over} OR {_differ(*made)}")
    _refuse_removal("token")


def freeze_approval_requests() -> None:
    """Refuse any change to a request for approval but its one end, and its removal at any time."""
    made = (
        *("id", "uuid", "model_id", "version_id", "stage", "environment", "evidence"),
        *("evidence_sha256", "people", "reason", "requested_at", "requested_by", "expires_at"),
    )
    over = "OLD.outcome IS NOT NULL OR NEW.outcome IS NULL"
    _refuse("approval_request", "UPDATE", "a request for approval", f"{over} OR {_differ(*made)}")
    _refuse_removal("approval_request")


def freeze_contents_of_ended_runs(table: str) -> None:
    """Refuse to add rows of ``table`` to a run that has ended."""
    ended = "(SELECT status FROM run WHERE id = NEW.run_id) <> 'running'"
    _refuse(table, "INSERT", f"the {table} list of a run that has ended", ended)


def _differ(*columns: str) -> str:
    """Tell old from new, none of them NULL; PostgreSQL compares JSON only as text."""
    return " OR ".join(
        f'CAST(OLD."{column}" AS TEXT) <> CAST(NEW."{column}" AS TEXT)' for column in columns
    )


def _refuse_removal(table: str) -> None:
    _refuse(table, "DELETE", f"a {table}")
    _refuse_removal_in_passing(table, f"a {table}")


def _refuse_removal_in_passing(table: str, what: str) -> None:
    """Refuse what removes rows without DELETE: SQLite's INSERT OR REPLACE, PostgreSQL's TRUNCATE."""
    if op.get_bind().dialect.name != "sqlite":
        _refuse(table, "TRUNCATE", what)
        return
    inspector = sa.inspect(op.get_bind())
    keys = [inspector.get_pk_constraint(table)["constrained_columns"]]
    keys += [unique["column_names"] for unique in inspector.get_unique_constraints(table)]
    same = (" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys)
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in same)
    _refuse(table, "INSERT", what, exists, "replace")


def _in_passing() -> str:
    """What removes rows without DELETE in this database."""
    return "replace" if op.get_bind().dialect.name == "sqlite" else "truncate"


def _allow(table: str, means: str) -> None:
    name = f"{table}_{means}_refused"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")


def _refuse(table: str, act: str, what: str, when: str = "", means: str = "") -> None:
    name = f"{table}_{means or act.lower()}_refused"
    message = f"immutable: {what}"
    if op.get_bind().dialect.name == "sqlite":
        condition = f"WHEN {when}" if when else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    result = "OLD" if act == "DELETE" else "NEW"
    each = "STATEMENT" if act == "TRUNCATE" else "ROW"
    body = f"RAISE EXCEPTION '{message}';"
    body = f"IF {when} THEN {body} END IF; RETURN {result};" if when else body
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"
    )
