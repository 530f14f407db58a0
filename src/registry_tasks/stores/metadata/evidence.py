"""Evidence: comparisons, attempts to promote, reproductions. Only ever added."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.comparison import Bootstrap, Comparison
from registry_tasks.entities.gate import GateResult
from registry_tasks.entities.policy import JudgingPolicy
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.versions import REF

_COMPARISONS: Final = (
    sa.select(t.comparison, t.run.c.uuid, REF.label("incumbent"))
    .add_columns(t.version.c.uuid.label("incumbent_uuid"))
    .join(t.run, t.run.c.id == t.comparison.c.run_id)
    .join(t.version, t.version.c.id == t.comparison.c.incumbent_id)
    .join(t.model, t.model.c.id == t.version.c.model_id)
    .where(
        t.comparison.c.run_id.in_(
            sa.union_all(
                sa.select(t.version.c.run_id).where(t.version.c.id == sa.bindparam("version")),
                sa.select(t.confirmation.c.run_id).where(
                    t.confirmation.c.version_id == sa.bindparam("version")
                ),
            )
        )
    )
    .order_by(t.comparison.c.id.desc())
)
_JUDGED_AGAINST: Final = (
    sa.select(t.model.c.name, t.version.c.number, t.stage_assignment.c.stage)
    .join(t.model, t.model.c.id == t.version.c.model_id)
    .join(t.stage_assignment, t.stage_assignment.c.version_id == t.version.c.id)
    .outerjoin(t.confirmation, t.confirmation.c.version_id == t.version.c.id)
    .join(
        t.comparison,
        (t.comparison.c.run_id == t.version.c.run_id)
        | (t.comparison.c.run_id == t.confirmation.c.run_id),
    )
    .where(t.stage_assignment.c.single, t.comparison.c.incumbent_id == sa.bindparam("version"))
    .where(t.version.c.id != sa.bindparam("version"))
    .distinct()
    .order_by(t.version.c.number)
)
_INCUMBENT: Final = t.version.alias("incumbent")
ATTEMPTS: Final = (
    sa.select(t.promotion_attempt, REF.label("version"), t.model.c.name)
    .add_columns(_INCUMBENT.c.number.label("incumbent"))
    .join(t.version, t.version.c.id == t.promotion_attempt.c.version_id)
    .join(t.model, t.model.c.id == t.version.c.model_id)
    .outerjoin(_INCUMBENT, _INCUMBENT.c.id == t.promotion_attempt.c.incumbent_id)
)
"""Whoever holds a place is of the same model."""
_ATTEMPTS: Final = ATTEMPTS.where(
    t.promotion_attempt.c.version_id == sa.bindparam("version")
).order_by(t.promotion_attempt.c.id.desc())
_ATTEMPTED: Final = (
    sa.select(t.promotion_attempt.c.target)
    .where(t.promotion_attempt.c.version_id == sa.bindparam("version"))
    .distinct()
)
_REPRODUCTIONS: Final = (
    sa.select(t.reproduction, REF.label("version"))
    .join(t.version, t.version.c.id == t.reproduction.c.version_id)
    .join(t.model, t.model.c.id == t.version.c.model_id)
    .where(t.reproduction.c.version_id == sa.bindparam("version"))
    .order_by(t.reproduction.c.id.desc())
)


def add_comparison(tx: Transaction, run_id: int, incumbent_id: int, made: Comparison) -> None:
    """Keep a comparison of a run with a version."""
    fields = made.model_dump(mode="json", exclude={"run", "incumbent", "incumbent_uuid", "at"})
    tx.connection.execute(
        sa.insert(t.comparison),
        {"run_id": run_id, "incumbent_id": incumbent_id, "at": made.at, **fields},
    )


def list_comparisons(connection: sa.Connection, version_id: int) -> tuple[Comparison, ...]:
    """Return the comparisons of a version's run and of those that confirmed it, newest first."""
    return tuple(
        Comparison(
            run=row.uuid,
            incumbent=row.incumbent,
            incumbent_uuid=row.incumbent_uuid,
            holdout=row.holdout,
            holdout_sha256=row.holdout_sha256,
            metric=row.metric,
            higher_is_better=row.higher_is_better,
            bootstrap=Bootstrap(**row.bootstrap),
            at=row.at,
            by=row.by,
        )
        for row in connection.execute(_COMPARISONS, {"version": version_id})
    )


def list_judged_against(connection: sa.Connection, version_id: int) -> tuple[tuple[str, str], ...]:
    """Return who stands in a stage with one place and was compared with a version: ref, stage."""
    rows = connection.execute(_JUDGED_AGAINST, {"version": version_id})
    return tuple((f"{name}@{number}", stage) for name, number, stage in rows)


def add_attempt(
    tx: Transaction, version_id: int, incumbent_id: int | None, made: PromotionAttempt
) -> None:
    """Keep an attempt to promote, and what its gates found."""
    fields = made.model_dump(mode="json", exclude={"version", "incumbent", "at"})
    tx.connection.execute(
        sa.insert(t.promotion_attempt),
        {"version_id": version_id, "incumbent_id": incumbent_id, "at": made.at, **fields},
    )


def list_attempted(connection: sa.Connection, version_id: int) -> tuple[str, ...]:
    """Return the stages that a version was tried for, with success or without."""
    return tuple(sorted(connection.execute(_ATTEMPTED, {"version": version_id}).scalars()))


def list_attempts(connection: sa.Connection, version_id: int) -> tuple[PromotionAttempt, ...]:
    """Return a version's attempts, newest first."""
    return tuple(map(to_attempt, connection.execute(_ATTEMPTS, {"version": version_id})))


def to_attempt(row: sa.Row[Any]) -> PromotionAttempt:
    """Read a row of ``ATTEMPTS``."""
    return PromotionAttempt(
        version=row.version,
        source=row.source,
        target=row.target,
        environment=row.environment,
        incumbent=None if row.incumbent is None else f"{row.name}@{row.incumbent}",
        promoted=row.promoted,
        judged_by=JudgingPolicy(**row.judged_by),
        gates=tuple(GateResult(**gate) for gate in row.gates),
        at=row.at,
        by=row.by,
        reason=row.reason,
    )


def add_reproduction(tx: Transaction, version_id: int, made: Reproduction) -> None:
    """Keep the verdict of a reproduction."""
    fields = made.model_dump(mode="json", exclude={"version", "at"})
    tx.connection.execute(
        sa.insert(t.reproduction).values(version_id=version_id, at=made.at, **fields)
    )


def list_reproductions(connection: sa.Connection, version_id: int) -> tuple[Reproduction, ...]:
    """Return a version's reproductions, newest first."""
    return tuple(
        Reproduction(
            version=row.version,
            verdict=Verdict(row.verdict),
            first_different_stage=row.first_different_stage,
            differences=tuple(Difference(**d) for d in row.differences),
            outputs=row.outputs,
            duration_s=row.duration_s,
            at=row.at,
            by=row.by,
        )
        for row in connection.execute(_REPRODUCTIONS, {"version": version_id})
    )
