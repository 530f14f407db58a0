"""What people say of models, versions and data; sweeps; where versions run; what search needs."""

import json
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from registry_tasks.stores.metadata.migrations import triggers

revision = "0004"
down_revision = "0003"

_INDEXES: Final = (
    ("run", ("experiment_id", "id")),
    ("run", ("started_at",)),
    ("environment", ("python",)),
    ("version_profile", ("owner",)),
    ("version_profile", ("team",)),
    ("run", ("environment_id",)),
    ("parameter", ("key", "number", "run_id")),
    ("parameter", ("key", "text", "run_id")),
    ("metric", ("key", "value", "run_id")),
    ("version", ("commit",)),
    ("version", ("created_at",)),
    ("stage_assignment", ("stage", "environment", "version_id")),
    ("alias", ("name",)),
    ("tag", ("key", "value", "version_id")),
    ("event", ("model_id", "kind", "sequence")),
    ("event", ("model_id", "at", "sequence")),
    ("dataset_version", ("dataset_id", "id")),
    ("dataset_use", ("dataset_version_id", "run_id")),
)
"""Of tables that were there before."""
_TABLES: Final = (
    *("deployment", "dataset_shape", "dataset_profile", "trial", "sweep", "feature_importance"),
    *("note", "model_tag", "model_schema", "version_grade"),
)
_SAID: Final[dict[str, tuple[type[sa.types.TypeEngine[Any]], str]]] = {
    "purpose": (sa.Text, ""),
    "team": (sa.Text, ""),
    "related": (sa.JSON, "[]"),
    "links": (sa.JSON, "[]"),
    "document": (sa.JSON, "{}"),
}
_RUN: Final[dict[str, type[sa.types.TypeEngine[Any]]]] = {
    "hardware": sa.JSON,
    "direct_urls": sa.JSON,
    "kept_by": sa.JSON,
    "exit_code": sa.Integer,
    "log_tail": sa.Text,
    "plots": sa.JSON,
}
_LABELS: Final = ("entered", "vacated")
_MANY: Final = 5000


def upgrade() -> None:
    _profiles()
    _annotations()
    _runs()
    _data()
    op.create_table(
        "deployment",
        _id(),
        _text("uuid"),
        _column("model_id"),
        _column("version_id"),
        *(_text(name) for name in ("environment", "place", "reason")),
        _time("since"),
        _text("by"),
        _time("until", optional=True),
        _text("ended_by", optional=True),
        _to("deployment", "model"),
        _to("deployment", "version"),
        sa.PrimaryKeyConstraint("id", name="pk_deployment"),
        sa.UniqueConstraint("uuid", name="uq_deployment_uuid"),
    )
    _index("deployment", "model_id", "until")
    _index("deployment", "version_id")
    op.create_table(
        "version_grade",
        _column("version_id"),
        _text("grade"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _text("pushed_to", optional=True),
        _to("version_grade", "version"),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_grade"),
    )
    for table, columns in _INDEXES:
        _index(table, *columns)
    _labels()
    for table in triggers.ADDED_ONLY_SINCE_0004:
        triggers.forbid_changes(table)
    triggers.freeze_contents_of_ended_runs("feature_importance")
    triggers.freeze_deployments()
    triggers.freeze_sweeps()
    triggers.freeze_trials()


def downgrade() -> None:
    triggers.allow_additions("feature_importance")
    for table in (*triggers.ADDED_ONLY_SINCE_0004, "deployment", "sweep", "trial"):
        triggers.allow_changes(table)
    for table, columns in _INDEXES:
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
    for name in _LABELS:
        op.drop_index(f"ix_event_{name}", "event")
        op.drop_column("event", name)
    _index("dataset_use", "dataset_version_id")
    for name in _SAID:
        op.drop_column("model", name)
    op.execute("DELETE FROM version_profile WHERE description = ''")
    for name in ("owner", *_SAID):
        op.drop_column("version_profile", name)
    op.alter_column("version_profile", "description", new_column_name="text")
    op.rename_table("version_profile", "description")
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("parameter", "number")
    op.drop_column("parameter", "text")
    for name in _RUN:
        op.drop_column("run", name)


def _profiles() -> None:
    """Let versions have what models have: an owner, and all else that people say."""
    op.rename_table("description", "version_profile")
    op.alter_column("version_profile", "text", new_column_name="description")
    owner = sa.Column("owner", sa.Text(), nullable=False, server_default="")
    op.add_column("version_profile", owner)
    for table in ("model", "version_profile"):
        for name, (kind, blank) in _SAID.items():
            op.add_column(table, sa.Column(name, kind(), nullable=False, server_default=blank))


def _annotations() -> None:
    op.create_table(
        "model_schema",
        _column("model_id"),
        sa.Column("schema", sa.JSON(), nullable=False),
        _to("model_schema", "model"),
        sa.PrimaryKeyConstraint("model_id", name="pk_model_schema"),
    )
    op.create_table(
        "model_tag",
        _column("model_id"),
        _text("key"),
        _text("value"),
        _to("model_tag", "model"),
        sa.PrimaryKeyConstraint("model_id", "key", name="pk_model_tag"),
    )
    _index("model_tag", "key", "value", "model_id")
    op.create_table(
        "note",
        _id(),
        _column("model_id"),
        _column("version_id", optional=True),
        _text("text"),
        _time("at"),
        _text("by"),
        _to("note", "model"),
        _to("note", "version"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    _index("note", "model_id", "id")
    _index("note", "version_id", "id")


def _runs() -> None:
    for name, kind in _RUN.items():
        op.add_column("run", sa.Column(name, kind))
    op.create_table(
        "feature_importance",
        _column("run_id"),
        _text("feature"),
        sa.Column("value", sa.Float(), nullable=False),
        _to("feature_importance", "run"),
        sa.PrimaryKeyConstraint("run_id", "feature", name="pk_feature_importance"),
    )
    op.create_table(
        "sweep",
        _id(),
        _text("uuid"),
        _column("model_id"),
        _column("experiment_id"),
        sa.Column("plan", sa.JSON(), nullable=False),
        _time("started_at"),
        _text("started_by"),
        _time("ended_at", optional=True),
        _to("sweep", "model"),
        _to("sweep", "experiment"),
        sa.PrimaryKeyConstraint("id", name="pk_sweep"),
        sa.UniqueConstraint("uuid", name="uq_sweep_uuid"),
    )
    _index("sweep", "model_id", "id")
    op.create_table(
        "trial",
        _column("sweep_id"),
        _column("number"),
        sa.Column("parameters", sa.JSON(), nullable=False),
        _column("run_id"),
        _to("trial", "sweep"),
        _to("trial", "run"),
        sa.PrimaryKeyConstraint("sweep_id", "number", name="pk_trial"),
    )
    op.add_column("parameter", sa.Column("number", sa.Float()))
    op.add_column("parameter", sa.Column("text", sa.Text()))
    triggers.allow_changes("parameter")
    _fill_parameters()
    triggers.forbid_changes("parameter")


def _fill_parameters() -> None:
    """Write beside each parameter what search compares: numbers as numbers, the rest as text."""
    parameter = sa.table(
        "parameter",
        *(sa.column("run_id"), sa.column("key"), sa.column("value", sa.JSON())),
        *(sa.column("number"), sa.column("text")),
    )
    c = parameter.c
    update = (
        sa.update(parameter)
        .where(c.run_id == sa.bindparam("of"), c.key == sa.bindparam("called"))
        .values(number=sa.bindparam("as_number"), text=sa.bindparam("as_text"))
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(c.run_id, c.key, c.value)).all()
    for start in range(0, len(rows), _MANY):
        batch = [
            {"of": run, "called": key, "as_number": _number(value), "as_text": _as_text(value)}
            for run, key, value in rows[start : start + _MANY]
        ]
        connection.execute(update, batch)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _as_text(value: Any) -> str | None:
    if _number(value) is not None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return text[:500]  # what an index of PostgreSQL can hold


def _labels() -> None:
    """Write beside each event which stage or alias got another version, or none, by it."""
    for name in _LABELS:
        op.add_column("event", sa.Column(name, sa.Text()))
    triggers.allow_changes("event")
    _fill_labels()
    triggers.forbid_changes("event")
    for name in _LABELS:
        known = sa.text(f"{name} IS NOT NULL")
        columns = ["model_id", name, "sequence"]
        op.create_index(
            f"ix_event_{name}", "event", columns, sqlite_where=known, postgresql_where=known
        )


def _fill_labels() -> None:
    named: list[Any] = [sa.column(name) for name in ("sequence", "kind", *_LABELS)]
    told = [sa.column(name, sa.JSON()) for name in ("before", "after")]
    event = sa.table("event", *named, *told)
    c = event.c
    update = (
        sa.update(event)
        .where(c.sequence == sa.bindparam("of"))
        .values({name: sa.bindparam(f"new_{name}") for name in _LABELS})
    )
    moves = ("promoted", "displaced", "rolled_back", "archived", "restored")
    kinds = [f"version.{move}" for move in moves] + ["alias.moved", "alias.removed"]
    moved = sa.select(c.sequence, c.kind, c.before, c.after).where(c.kind.in_(kinds))
    page = moved.where(c.sequence > sa.bindparam("last")).order_by(c.sequence).limit(_MANY)
    connection, last = op.get_bind(), 0
    while rows := connection.execute(page, {"last": last}).all():
        last = rows[-1].sequence
        batch = []
        for sequence, kind, before, after in rows:
            left = None if kind == "alias.moved" else _label(before)
            batch.append({"of": sequence, "new_entered": _label(after), "new_vacated": left})
        connection.execute(update, batch)


def _label(told: Any) -> str | None:
    if not isinstance(told, dict):
        return None
    return f"@{told['alias']}" if "alias" in told else f"{told['stage']}/{told['environment']}"


def _data() -> None:
    op.create_table(
        "dataset_profile",
        _column("dataset_id"),
        *(_text(name) for name in ("description", "owner", "sensitivity", "source")),
        sa.Column("retain_until", sa.Date()),
        _to("dataset_profile", "dataset"),
        sa.PrimaryKeyConstraint("dataset_id", name="pk_dataset_profile"),
    )
    _index("dataset_profile", "owner")
    op.create_table(
        "dataset_shape",
        _column("dataset_version_id"),
        _column("run_id"),
        _text("format"),
        sa.Column("rows", sa.BigInteger()),
        sa.Column("columns", sa.JSON(), nullable=False),
        _text("note"),
        _text("source"),
        _to("dataset_shape", "dataset_version"),
        _to("dataset_shape", "run"),
        sa.PrimaryKeyConstraint("dataset_version_id", name="pk_dataset_shape"),
    )
    _index("dataset_shape", "run_id")
    op.drop_index("ix_dataset_use_dataset_version_id", "dataset_use")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _column(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _time(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _to(table: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{target}_id"
    return sa.ForeignKeyConstraint([f"{target}_id"], [f"{target}.id"], name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
