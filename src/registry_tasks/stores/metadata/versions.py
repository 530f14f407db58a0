"""Versions: numbered by the store, written once."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.version_record import Confirmation
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.semantic_version import Bump, SemanticVersion
from registry_tasks.entities.signature import Signature
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


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
    made: int = tx.connection.execute(
        sa.insert(t.version)
        .values(
            uuid=str(uuid4()),
            model_id=run.model_id,
            number=new.number,
            major=new.semantic.major,
            minor=new.semantic.minor,
            patch=new.semantic.patch,
            bump=new.bump,
            bump_reasons=list(new.reasons),
            based_on_id=new.based_on_id,
            same_recipe_id=new.same_recipe_id,
            run_id=run.id,
            project=run.project,
            repository=run.repository,
            commit=run.commit,
            recipe_hash=run.recipe_hash,
            outputs_hash=run.outputs_hash,
            model_path=run.model_path,
            model_format=run.model_format,
            sha256=new.sha256,
            md5=new.md5,
            size_bytes=new.size_bytes,
            grade=new.grade,
            grade_reasons=list(new.grade_reasons),
            created_at=tx.at,
            created_by=tx.actor,
        )
        .returning(t.version.c.id)
    ).scalar_one()
    return made


def find_same_content(connection: sa.Connection, run: sa.Row[Any]) -> int | None:
    """Return the row id of the version with a run's recipe and outputs, or None."""
    return connection.execute(
        sa.select(t.version.c.id).where(
            t.version.c.model_id == run.model_id,
            t.version.c.recipe_hash == run.recipe_hash,
            t.version.c.outputs_hash == run.outputs_hash,
        )
    ).scalar_one_or_none()


def find_same_recipe(connection: sa.Connection, run: sa.Row[Any]) -> int | None:
    """Return the row id of the first version with a run's recipe, or None."""
    return connection.execute(
        sa.select(t.version.c.id)
        .where(
            t.version.c.model_id == run.model_id,
            t.version.c.recipe_hash == run.recipe_hash,
        )
        .order_by(t.version.c.number)
        .limit(1)
    ).scalar_one_or_none()


def last_number(connection: sa.Connection, model_id: int) -> int:
    """Return the highest number given, 0 before the first."""
    query = sa.select(sa.func.max(t.version.c.number)).where(t.version.c.model_id == model_id)
    return connection.execute(query).scalar_one() or 0


def id_of_number(connection: sa.Connection, model_id: int, number: int) -> int:
    """Return the row id of a version that is known to exist."""
    found: int = connection.execute(
        sa.select(t.version.c.id).where(
            t.version.c.model_id == model_id, t.version.c.number == number
        )
    ).scalar_one()
    return found


def highest(
    connection: sa.Connection, model_id: int, base: SemanticVersion
) -> tuple[SemanticVersion, ...]:
    """Return the semantic versions that bound the next step from ``base``.

    They are the model's highest, the highest of base's major, and the highest of base's minor.
    """
    v = t.version.c
    order = (v.major.desc(), v.minor.desc(), v.patch.desc())
    scopes = (sa.true(), v.major == base.major, (v.major == base.major) & (v.minor == base.minor))
    found = []
    for scope in scopes:
        row = connection.execute(
            sa.select(v.major, v.minor, v.patch)
            .where(v.model_id == model_id, scope)
            .order_by(*order)
            .limit(1)
        ).one_or_none()
        if row is not None:
            found.append(SemanticVersion(*row))
    return tuple(found)


def read_semantic(connection: sa.Connection, version_id: int) -> SemanticVersion:
    """Return a version's semantic version."""
    v = t.version.c
    row = connection.execute(sa.select(v.major, v.minor, v.patch).where(v.id == version_id)).one()
    return SemanticVersion(*row)


def read_row(connection: sa.Connection, version_id: int) -> sa.Row[Any]:
    """Return the whole row of a version that is known to exist."""
    return connection.execute(sa.select(t.version).where(t.version.c.id == version_id)).one()


def read_recipe(connection: sa.Connection, version_id: int) -> tuple[Recipe, Signature | None]:
    """Return what a version was made from, and its signature."""
    row = connection.execute(
        sa.select(t.run.c.recipe, t.run.c.signature)
        .join(t.version, t.version.c.run_id == t.run.c.id)
        .where(t.version.c.id == version_id)
    ).one()
    return Recipe(**row.recipe), None if row.signature is None else Signature(**row.signature)


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
    """Return a version's confirmations, oldest first."""
    rows = connection.execute(
        sa.select(t.run.c.uuid, t.confirmation.c.at, t.confirmation.c.by)
        .join(t.run, t.run.c.id == t.confirmation.c.run_id)
        .where(t.confirmation.c.version_id == version_id)
        .order_by(t.confirmation.c.at)
    )
    return tuple(Confirmation(run=uuid, at=at, by=by) for uuid, at, by in rows.tuples())


def put_tags(tx: Transaction, version_id: int, tags: dict[str, str]) -> None:
    """Write a new version's tags."""
    if tags:
        tx.connection.execute(
            sa.insert(t.tag),
            [{"version_id": version_id, "key": k, "value": v} for k, v in tags.items()],
        )


def read_tags(connection: sa.Connection, version_id: int) -> dict[str, str]:
    """Return a version's tags by key."""
    query = sa.select(t.tag.c.key, t.tag.c.value).where(t.tag.c.version_id == version_id)
    return dict(connection.execute(query.order_by(t.tag.c.key)).tuples().all())


def put_description(tx: Transaction, version_id: int, text: str) -> None:
    """Replace a version's description."""
    d = t.description
    changed = tx.connection.execute(
        sa.update(d).where(d.c.version_id == version_id).values(text=text)
    )
    if changed.rowcount == 0:
        tx.connection.execute(sa.insert(d).values(version_id=version_id, text=text))


def read_description(connection: sa.Connection, version_id: int) -> str:
    """Return a version's description, empty if it has none."""
    query = sa.select(t.description.c.text).where(t.description.c.version_id == version_id)
    return connection.execute(query).scalar_one_or_none() or ""
