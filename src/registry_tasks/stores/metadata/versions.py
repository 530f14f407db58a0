"""Versions: numbered by the store, written once."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.semantic_version import Bump, SemanticVersion
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.version_record import Confirmation
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.query import read_document, through
from registry_tasks.stores.metadata.reading_rows import find_one
from registry_tasks.stores.metadata.store import Transaction

REF: Final = t.model.c.name + "@" + sa.cast(t.version.c.number, sa.Text)
"""What a version is called, where its model is joined."""
_V: Final = t.version.c
_SAME_CONTENT: Final = """
SELECT id FROM version WHERE model_id = ? AND recipe_hash = ? AND outputs_hash = ?
"""
_FIRST_OF_RECIPE: Final = "SELECT min(id) FROM version WHERE model_id = ? AND recipe_hash = ?"
"""A model's row ids rise with its numbers."""
_LAST_NUMBER: Final = "SELECT max(number) FROM version WHERE model_id = ?"
_NEWEST: Final = "SELECT id FROM version WHERE model_id = ? ORDER BY number DESC LIMIT 1"
_NEWEST_THERE: Final = """
SELECT v.id FROM version v LEFT JOIN tombstone d ON d.version_id = v.id
WHERE v.model_id = ? AND d.version_id IS NULL ORDER BY v.number DESC LIMIT 1
"""
_SEMANTIC: Final = "SELECT major, minor, patch FROM version WHERE"
_DOWN: Final = "ORDER BY major DESC, minor DESC, patch DESC LIMIT 1"
_HIGHEST: Final = f"{_SEMANTIC} model_id = ? {_DOWN}"
_HIGHEST_OF_MAJOR: Final = f"{_SEMANTIC} model_id = ? AND major = ? {_DOWN}"
_HIGHEST_OF_MINOR: Final = f"{_SEMANTIC} model_id = ? AND major = ? AND minor = ? {_DOWN}"
_RECIPE: Final = """
SELECT r.recipe, r.signature FROM run r JOIN version v ON v.run_id = r.id WHERE v.id = ?
"""
_CONFIRMED: Final = (
    sa.select(sa.func.min(t.event.c.sequence))
    .where(
        t.event.c.version_id == t.confirmation.c.version_id,
        t.event.c.run_id == t.confirmation.c.run_id,
        t.event.c.kind == str(EventKind.VERSION_CONFIRMED),
    )
    .scalar_subquery()
)
_CONFIRMATIONS: Final = (
    sa.select(t.run.c.uuid, t.confirmation.c.at, t.confirmation.c.by)
    .join(t.run, t.run.c.id == t.confirmation.c.run_id)
    .where(t.confirmation.c.version_id == sa.bindparam("version"))
    .order_by(_CONFIRMED, t.confirmation.c.run_id)
)


@dataclass(frozen=True)
class NewVersion:
    """What a version is born with, beside what its run already has."""

    number: int
    semantic: SemanticVersion
    bump: Bump
    reasons: tuple[str, ...]
    based_on_id: int | None
    same_recipe_id: int | None
    sha256: str
    md5: str
    size_bytes: int
    grade: str
    grade_reasons: tuple[str, ...]


def insert(tx: Transaction, run: sa.Row[Any], new: NewVersion) -> int:
    """Write a version of a run; the database refuses a number or content it already has."""
    row = {
        "uuid": str(uuid4()),
        "model_id": run.model_id,
        "number": new.number,
        "major": new.semantic.major,
        "minor": new.semantic.minor,
        "patch": new.semantic.patch,
        "bump": new.bump,
        "bump_reasons": list(new.reasons),
        "based_on_id": new.based_on_id,
        "same_recipe_id": new.same_recipe_id,
        "run_id": run.id,
        "project": run.project,
        "repository": run.repository,
        "commit": run.commit,
        "recipe_hash": run.recipe_hash,
        "outputs_hash": run.outputs_hash,
        "model_path": run.model_path,
        "model_format": run.model_format,
        "sha256": new.sha256,
        "md5": new.md5,
        "size_bytes": new.size_bytes,
        "grade": new.grade,
        "grade_reasons": list(new.grade_reasons),
        "created_at": tx.at,
        "created_by": tx.actor,
    }
    return insert_one(tx.connection, t.version, row)


def find_same_content(connection: sa.Connection, run: sa.Row[Any]) -> int | None:
    """Return the row id of the version with a run's recipe and outputs, or None."""
    return _first(connection, _SAME_CONTENT, run.model_id, run.recipe_hash, run.outputs_hash)


def find_same_recipe(connection: sa.Connection, run: sa.Row[Any]) -> int | None:
    """Return the row id of the first version with a run's recipe, or None."""
    return _first(connection, _FIRST_OF_RECIPE, run.model_id, run.recipe_hash)


def newest(connection: sa.Connection, model_id: int) -> int | None:
    """Return the row id of the newest version that is not deleted, else of the newest of all."""
    return _first(connection, _NEWEST_THERE, model_id) or _first(connection, _NEWEST, model_id)


def last_number(connection: sa.Connection, model_id: int) -> int:
    """Return the highest number given, 0 before the first."""
    return _first(connection, _LAST_NUMBER, model_id) or 0


def highest(
    connection: sa.Connection, model_id: int, base: SemanticVersion
) -> tuple[SemanticVersion, ...]:
    """Return the semantic versions that bound the next step from ``base``.

    They are the model's highest, the highest of base's major, and the highest of base's minor.
    """
    query = through(connection)
    found = (
        *query(_HIGHEST, (model_id,)),
        *query(_HIGHEST_OF_MAJOR, (model_id, base.major)),
        *query(_HIGHEST_OF_MINOR, (model_id, base.major, base.minor)),
    )
    return tuple(SemanticVersion(*row) for row in found)


def read_semantic(connection: sa.Connection, version_id: int) -> SemanticVersion:
    """Return a version's semantic version."""
    return SemanticVersion(*through(connection)(f"{_SEMANTIC} id = ?", (version_id,))[0])


def read_row(connection: sa.Connection, version_id: int) -> sa.Row[Any]:
    """Return the whole row of a version that is known to exist."""
    row: sa.Row[Any] | None = find_one(connection, t.version, "id", version_id)
    assert row is not None  # the caller knows it
    return row


def read_recipe(connection: sa.Connection, version_id: int) -> tuple[Recipe, Signature | None]:
    """Return what a version was made from, and its signature."""
    recipe, signature = map(read_document, through(connection)(_RECIPE, (version_id,))[0])
    return Recipe(**recipe), None if signature is None else Signature(**signature)


def confirm(tx: Transaction, version_id: int, run_id: int) -> None:
    """Keep that a later run came to the same version."""
    tx.connection.execute(
        sa.insert(t.confirmation).values(
            version_id=version_id, run_id=run_id, at=tx.at, by=tx.actor
        )
    )


def is_confirmed_by(connection: sa.Connection, version_id: int, run_id: int) -> bool:
    """Whether this run's confirmation is already there."""
    query = sa.select(sa.func.count()).where(
        t.confirmation.c.version_id == version_id, t.confirmation.c.run_id == run_id
    )
    return connection.execute(query).scalar_one() > 0


def list_confirmations(connection: sa.Connection, version_id: int) -> tuple[Confirmation, ...]:
    """Return a version's confirmations in the order of their events, whatever their times say."""
    rows = connection.execute(_CONFIRMATIONS, {"version": version_id})
    return tuple(Confirmation(run=row.uuid, at=row.at, by=row.by) for row in rows)


def stored_objects(connection: sa.Connection) -> tuple[Artifact, ...]:
    """Return every object that any version has in the remote, once each, listings last."""
    a = t.artifact.c
    rows = connection.execute(
        sa.select(sa.func.min(a.path), a.md5, a.sha256, a.size_bytes)
        .join(t.version, _V.run_id == a.run_id)
        .where(a.home == Home.REMOTE)
        .group_by(a.md5, a.sha256, a.size_bytes)
        .order_by(a.md5)
    )
    found = (
        Artifact(path=path, md5=md5, sha256=sha256, size_bytes=size, home=Home.REMOTE, stage=None)
        for path, md5, sha256, size in rows
    )
    return tuple(sorted(found, key=lambda artifact: artifact.is_listing))


def list_made_with(connection: sa.Connection, model_id: int, md5: str) -> tuple[str, ...]:
    """Return references of other models' versions that have a model's bytes among their own.

    Their pipeline made it on the way, or read it as data; deleted ones do not count.
    """
    a, d, u = t.artifact.c, t.dataset_version.c, t.dataset_use.c
    on_the_way = sa.select(a.run_id).where(a.md5 == md5, a.own)
    as_data = sa.select(u.run_id).join(t.dataset_version, d.id == u.dataset_version_id)
    rows = connection.execute(
        sa.select(t.model.c.name, _V.number)
        .join(t.model, t.model.c.id == _V.model_id)
        .outerjoin(t.tombstone, t.tombstone.c.version_id == _V.id)
        .where(
            _V.model_id != model_id,
            t.tombstone.c.version_id.is_(None),
            _V.run_id.in_(on_the_way.union(as_data.where(d.md5 == md5))),
        )
        .order_by(t.model.c.name, _V.number)
    )
    return tuple(f"{name}@{number}" for name, number in rows)


def count(connection: sa.Connection) -> int:
    """Return how many versions there are."""
    return connection.execute(sa.select(sa.func.count(_V.id))).scalar_one()


def _first(connection: sa.Connection, statement: str, *values: Any) -> int | None:
    """Return the one number that a statement selects, or None."""
    found = through(connection)(statement, values)
    return found[0][0] if found else None
