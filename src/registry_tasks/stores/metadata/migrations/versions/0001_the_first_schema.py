"""The first schema."""

import sqlalchemy as sa
from alembic import op

from registry_tasks.stores.metadata.migrations import triggers

revision = "0001"
down_revision = None

TABLES = (
    "tag",
    "stage_assignment",
    "reproduction",
    "promotion_attempt",
    "event",
    "description",
    "confirmation",
    "comparison",
    "alias",
    "version",
    "parameter",
    "metric_point",
    "metric",
    "dataset_use",
    "artifact",
    "run",
    "environment_package",
    "dataset_version",
    "outbox",
    "model",
    "lineage_edge",
    "experiment",
    "environment",
    "dataset",
)
"""All tables, each before those that it refers to."""


def upgrade() -> None:
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dataset"),
        sa.UniqueConstraint("name", name="uq_dataset_name"),
    )
    op.create_table(
        "environment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("python", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_environment"),
        sa.UniqueConstraint("digest", name="uq_environment_digest"),
    )
    op.create_table(
        "experiment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_experiment"),
        sa.UniqueConstraint("name", name="uq_experiment_name"),
    )
    op.create_table(
        "lineage_edge",
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "source_kind", "source_id", "target_kind", "target_id", "by", name="pk_lineage_edge"
        ),
    )
    op.create_index(
        "ix_lineage_edge_target_kind_target_id",
        "lineage_edge",
        ["target_kind", "target_id"],
        unique=False,
    )
    op.create_table(
        "model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_model"),
        sa.UniqueConstraint("name", name="uq_model_name"),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sa.Column("tag", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dataset_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("md5", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name="fk_dataset_version_dataset_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dataset_version"),
        sa.UniqueConstraint("dataset_id", "md5", name="uq_dataset_version_dataset_id_md5"),
    )
    op.create_index("ix_dataset_version_md5", "dataset_version", ["md5"], unique=False)
    op.create_table(
        "environment_package",
        sa.Column("environment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["environment_id"], ["environment.id"], name="fk_environment_package_environment_id"
        ),
        sa.PrimaryKeyConstraint("environment_id", "name", name="pk_environment_package"),
    )
    op.create_index(
        "ix_environment_package_name_version",
        "environment_package",
        ["name", "version"],
        unique=False,
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sa.Column("base_commit", sa.Text(), nullable=True),
        sa.Column("uncommitted", sa.JSON(), nullable=False),
        sa.Column("flow_run", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("commit", sa.Text(), nullable=True),
        sa.Column("recipe", sa.JSON(), nullable=True),
        sa.Column("recipe_hash", sa.Text(), nullable=True),
        sa.Column("outputs_hash", sa.Text(), nullable=True),
        sa.Column("environment_id", sa.Integer(), nullable=True),
        sa.Column("environment_files", sa.JSON(), nullable=True),
        sa.Column("model_path", sa.Text(), nullable=True),
        sa.Column("model_format", sa.Text(), nullable=True),
        sa.Column("signature", sa.JSON(), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("cpu_s", sa.Float(), nullable=True),
        sa.Column("peak_memory_bytes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["environment_id"], ["environment.id"], name="fk_run_environment_id"
        ),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name="fk_run_experiment_id"),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_run_model_id"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.UniqueConstraint("uuid", name="uq_run_uuid"),
    )
    op.create_index("ix_run_model_id_started_at", "run", ["model_id", "started_at"], unique=False)
    op.create_index(
        "ix_run_running",
        "run",
        ["status"],
        unique=False,
        sqlite_where=sa.text("status = 'running'"),
    )
    op.create_table(
        "artifact",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("md5", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_artifact_run_id"),
        sa.PrimaryKeyConstraint("run_id", "path", name="pk_artifact"),
    )
    op.create_index("ix_artifact_md5", "artifact", ["md5"], unique=False)
    op.create_table(
        "dataset_use",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("dataset_version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_version_id"], ["dataset_version.id"], name="fk_dataset_use_dataset_version_id"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_dataset_use_run_id"),
        sa.PrimaryKeyConstraint("run_id", "dataset_version_id", "stage", name="pk_dataset_use"),
    )
    op.create_index(
        "ix_dataset_use_dataset_version_id", "dataset_use", ["dataset_version_id"], unique=False
    )
    op.create_table(
        "metric",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_metric_run_id"),
        sa.PrimaryKeyConstraint("run_id", "key", name="pk_metric"),
    )
    op.create_table(
        "metric_point",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_metric_point_run_id"),
        sa.PrimaryKeyConstraint("run_id", "key", "step", name="pk_metric_point"),
    )
    op.create_table(
        "parameter",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_parameter_run_id"),
        sa.PrimaryKeyConstraint("run_id", "key", name="pk_parameter"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("patch", sa.Integer(), nullable=False),
        sa.Column("bump", sa.Text(), nullable=False),
        sa.Column("bump_reasons", sa.JSON(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("same_recipe_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sa.Column("commit", sa.Text(), nullable=True),
        sa.Column("recipe_hash", sa.Text(), nullable=False),
        sa.Column("outputs_hash", sa.Text(), nullable=False),
        sa.Column("model_path", sa.Text(), nullable=False),
        sa.Column("model_format", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("md5", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("grade_reasons", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["based_on_id"], ["version.id"], name="fk_version_based_on_id"),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_version_model_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_version_run_id"),
        sa.ForeignKeyConstraint(
            ["same_recipe_id"], ["version.id"], name="fk_version_same_recipe_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint(
            "model_id", "major", "minor", "patch", name="uq_version_model_id_major_minor_patch"
        ),
        sa.UniqueConstraint("model_id", "number", name="uq_version_model_id_number"),
        sa.UniqueConstraint(
            "model_id",
            "recipe_hash",
            "outputs_hash",
            name="uq_version_model_id_recipe_hash_outputs_hash",
        ),
        sa.UniqueConstraint("run_id", name="uq_version_run_id"),
        sa.UniqueConstraint("uuid", name="uq_version_uuid"),
    )
    op.create_index("ix_version_sha256", "version", ["sha256"], unique=False)
    op.create_table(
        "alias",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_alias_model_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_alias_version_id"),
        sa.PrimaryKeyConstraint("model_id", "name", name="pk_alias"),
    )
    op.create_index("ix_alias_version_id", "alias", ["version_id"], unique=False)
    op.create_table(
        "comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("incumbent_id", sa.Integer(), nullable=False),
        sa.Column("holdout", sa.Text(), nullable=False),
        sa.Column("holdout_sha256", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("higher_is_better", sa.Boolean(), nullable=False),
        sa.Column("bootstrap", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incumbent_id"], ["version.id"], name="fk_comparison_incumbent_id"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_comparison_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comparison"),
    )
    op.create_index(
        "ix_comparison_run_id_incumbent_id", "comparison", ["run_id", "incumbent_id"], unique=False
    )
    op.create_table(
        "confirmation",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_confirmation_run_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_confirmation_version_id"),
        sa.PrimaryKeyConstraint("version_id", "run_id", name="pk_confirmation"),
    )
    op.create_table(
        "description",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_description_version_id"),
        sa.PrimaryKeyConstraint("version_id", name="pk_description"),
    )
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_event_model_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_event_run_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_event_version_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_model_id_sequence", "event", ["model_id", "sequence"], unique=False)
    op.create_index(
        "ix_event_version_id_sequence", "event", ["version_id", "sequence"], unique=False
    )
    op.create_table(
        "promotion_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("incumbent_id", sa.Integer(), nullable=True),
        sa.Column("promoted", sa.Boolean(), nullable=False),
        sa.Column("judged_by", sa.JSON(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incumbent_id"], ["version.id"], name="fk_promotion_attempt_incumbent_id"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name="fk_promotion_attempt_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promotion_attempt"),
    )
    op.create_index(
        "ix_promotion_attempt_version_id", "promotion_attempt", ["version_id"], unique=False
    )
    op.create_table(
        "reproduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("first_different_stage", sa.Text(), nullable=True),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.Integer(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_reproduction_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reproduction"),
    )
    op.create_index("ix_reproduction_version_id", "reproduction", ["version_id"], unique=False)
    op.create_table(
        "stage_assignment",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_stage_assignment_model_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name="fk_stage_assignment_version_id"
        ),
        sa.PrimaryKeyConstraint("version_id", "environment", name="pk_stage_assignment"),
    )
    op.create_index(
        "uq_stage_assignment_slot",
        "stage_assignment",
        ["model_id", "environment", "stage"],
        unique=True,
        sqlite_where=sa.text("single"),
        postgresql_where=sa.text("single"),
    )
    op.create_table(
        "tag",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_tag_version_id"),
        sa.PrimaryKeyConstraint("version_id", "key", name="pk_tag"),
    )
    for table in triggers.ADDED_ONLY:
        triggers.forbid_changes(table)
    triggers.freeze_ended_runs()
    for table in ("artifact", "dataset_use", "metric", "metric_point", "parameter"):
        triggers.freeze_contents_of_ended_runs(table)


def downgrade() -> None:
    for table in ("artifact", "dataset_use", "metric", "metric_point", "parameter"):
        triggers.allow_additions(table)
    for table in (*triggers.ADDED_ONLY, "run"):
        triggers.allow_changes(table)
    for table in TABLES:
        op.drop_table(table)
