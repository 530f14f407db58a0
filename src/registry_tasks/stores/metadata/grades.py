"""Provenance grades as they are now, where that is not as they were at birth."""

from collections.abc import Collection
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.environment import is_locked
from registry_tasks.entities.manifest import Home
from registry_tasks.entities.provenance import Provenance
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_G: Final = t.version_grade.c
_LAST_VERDICT: Final = (
    sa.select(t.reproduction.c.verdict)
    .where(t.reproduction.c.version_id == t.version.c.id)
    .order_by(t.reproduction.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_KNOWN: Final = (
    sa.select(
        t.version.c.model_id,
        t.version.c.grade.label("born"),
        t.version.c.grade_reasons.label("born_reasons"),
        t.version.c.commit,
        t.version.c.run_id,
        t.run.c.base_commit,
        t.run.c.uncommitted,
        t.run.c.environment_files,
        t.run.c.kept_by,
        _G.grade,
        _G.reasons,
        _G.pushed_to,
        _LAST_VERDICT.label("verdict"),
    )
    .join(t.run, t.run.c.id == t.version.c.run_id)
    .outerjoin(t.version_grade, _G.version_id == t.version.c.id)
    .where(t.version.c.id == sa.bindparam("version"))
)
_LOOSE: Final = """
SELECT path FROM artifact WHERE run_id = ? AND own AND stage IS NULL AND home = ?
ORDER BY path LIMIT 10
"""


class Grade(NamedTuple):
    """A version's grade now, and all that it follows from."""

    model_id: int
    born: str
    grade: str
    reasons: tuple[str, ...]
    pushed_to: str | None
    known: Provenance


class Unpushed(NamedTuple):
    """A version whose commit was seen on no Git remote yet."""

    version_id: int
    ref: str
    run: str
    commit: str
    base_commit: str


def read_grade(connection: sa.Connection, version_id: int) -> Grade:
    """Return the grade of a version that is known to exist."""
    row = connection.execute(_KNOWN, {"version": version_id}).one()
    pushed_to = row.pushed_to or (row.kept_by or {}).get("commit")
    return Grade(
        model_id=row.model_id,
        born=row.born,
        grade=row.grade or row.born,
        reasons=tuple(row.born_reasons if row.reasons is None else row.reasons),
        pushed_to=row.pushed_to,
        known=Provenance(
            has_commit=row.commit is not None,
            has_base=row.base_commit is not None,
            uncommitted=len(row.uncommitted),
            pushed_to=pushed_to,
            loose_inputs=find_loose(connection, row.run_id),
            is_locked=is_locked(row.environment_files or ()),
            is_reproduced=row.verdict == Verdict.IDENTICAL,
        ),
    )


def find_loose(connection: sa.Connection, run_id: int) -> tuple[str, ...]:
    """Return data that a run read from outside and that only the run's commit keeps."""
    return tuple(path for (path,) in through(connection)(_LOOSE, (run_id, str(Home.GIT))))


def put_grade(
    tx: Transaction, version_id: int, grade: str, reasons: tuple[str, ...], pushed_to: str | None
) -> None:
    """Write which grade a version has now."""
    row = {"grade": grade, "reasons": list(reasons), "pushed_to": pushed_to}
    put_one(tx.connection, t.version_grade, {"version_id": version_id}, row)


def list_unpushed(connection: sa.Connection, names: Collection[str]) -> tuple[Unpushed, ...]:
    """Return the versions of a repository whose commits were seen on no Git remote yet."""
    version, run = t.version.c, t.run.c
    columns: list[Any] = [version.id, t.model.c.name, version.number, run.uuid, run.commit]
    rows = connection.execute(
        sa.select(*columns, run.base_commit)
        .join(t.run, run.id == version.run_id)
        .join(t.model, t.model.c.id == version.model_id)
        .outerjoin(t.version_grade, _G.version_id == version.id)
        .outerjoin(t.tombstone, t.tombstone.c.version_id == version.id)
        .where(
            version.repository.in_(list(names)),
            version.commit.is_not(None),
            run.base_commit.is_not(None),
            run.kept_by.is_(sa.null()),
            _G.pushed_to.is_(None),
            t.tombstone.c.version_id.is_(None),
        )
        .order_by(version.id)
    )
    return tuple(
        Unpushed(row.id, f"{row.name}@{row.number}", row.uuid, row.commit, row.base_commit)
        for row in rows
    )
