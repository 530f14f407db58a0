"""Find the one version a reference names: the read that serving uses. Loads no SQLAlchemy."""

import difflib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, NoReturn

from registry_tasks.entities.errors import (
    BytesDropped,
    ModelNotFound,
    VersionDeleted,
    VersionNotFound,
)
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, POOLS, Stage
from registry_tasks.stores.metadata.query import Query, marks

VERSION: Final = """
SELECT v.id, v.model_id, v.uuid, m.name, v.number, v.major, v.minor, v.patch, r.uuid, v."commit",
    v.model_path, v.model_format, v.sha256, v.md5, v.size_bytes,
    coalesce(g.grade, v.grade), v.created_at, v.created_by, d.version_id IS NOT NULL
FROM version v JOIN model m ON m.id = v.model_id JOIN run r ON r.id = v.run_id
    LEFT JOIN tombstone d ON d.version_id = v.id
    LEFT JOIN version_grade g ON g.version_id = v.id
"""
NOT_DELETED: Final = "d.version_id IS NULL"
_MODEL: Final = "(SELECT id FROM model WHERE name = ?)"
OF_MODEL: Final = f"v.model_id = {_MODEL}"
"""Of one model by name. Not ``m.name = ?``: PostgreSQL would sort all of its versions for one."""
_TOMBSTONE: Final = 'SELECT "by", reason FROM tombstone WHERE version_id = ?'
_DROPPER: Final = """
SELECT d."by", m.name, v.number FROM dropped_bytes d
JOIN version v ON v.id = d.version_id JOIN model m ON m.id = v.model_id WHERE v.uuid = ?
"""
_SLOT: Final = """
WHERE v.id = (SELECT version_id FROM stage_assignment
    WHERE single AND model_id = ? AND environment = ? AND stage = ?)
"""
_NAMED: Final = f"SELECT version_id FROM alias WHERE model_id = {_MODEL} AND name = ?"
_HELD: Final = f"""
SELECT version_id FROM stage_assignment
WHERE single AND model_id = {_MODEL} AND environment = ? AND stage = ?
"""


class StoredVersion(NamedTuple):
    """A version with the keys of its rows."""

    id: int
    model_id: int
    version: ModelVersion


def get_version(query: Query, reference: Reference) -> StoredVersion:
    """Return the version that ``reference`` names, to use or to change it.

    Raises: ModelNotFound, VersionNotFound, VersionDeleted.
    """
    found = get_recorded(query, reference)
    if found.version.deleted:
        rows = query(_TOMBSTONE, (found.id,))
        raise VersionDeleted(found.version.ref, *rows[0])
    return found


def get_recorded(query: Query, reference: Reference) -> StoredVersion:
    """Return the version that ``reference`` names, to look at it: a deleted one has a record too.

    Raises: ModelNotFound, VersionNotFound.
    """
    found = find_version(query, reference)
    return found if found is not None else _explain(query, reference)


def find_version(query: Query, reference: Reference) -> StoredVersion | None:
    """Return the version that ``reference`` names now, deleted or not, or None.

    Only what names one version for ever can name a deleted one: ``latest`` passes them over, and
    no stage or alias holds them.
    """
    value = reference.value
    match reference.kind:
        case ReferenceKind.UUID:
            return _one(query, "WHERE v.uuid = ?", value)
        case ReferenceKind.DIGEST:
            where = "WHERE v.sha256 = ? ORDER BY d.version_id IS NOT NULL, v.id LIMIT 1"
            return _one(query, where, value)
        case ReferenceKind.NUMBER:
            return _one(query, "WHERE m.name = ? AND v.number = ?", reference.model, int(value))
        case ReferenceKind.SEMANTIC:
            where = "WHERE m.name = ? AND v.major = ? AND v.minor = ? AND v.patch = ?"
            return _one(query, where, reference.model, *SemanticVersion.parse(value))
        case ReferenceKind.LATEST:
            where = f"WHERE {OF_MODEL} AND {NOT_DELETED} ORDER BY v.number DESC LIMIT 1"
            return _one(query, where, reference.model)
        case ReferenceKind.LABEL:
            return _labelled(query, reference.model or "", value)


def check_has_bytes(query: Query, version: ModelVersion) -> None:
    """Raise BytesDropped if a version let go of its bytes, as only an archived one can."""
    if Stage.ARCHIVED in version.stages.values():
        for by, name, number in query(_DROPPER, (version.uuid,)):
            raise BytesDropped(f"{name}@{number}", by)


def slot_holder(query: Query, model_id: int, environment: str, stage: str) -> StoredVersion | None:
    """Return the version that holds a stage with one place, None if nobody does."""
    return _one(query, _SLOT, model_id, environment, stage)


def get_by_id(query: Query, version_id: int) -> StoredVersion:
    """Return the version of a row that is known to exist."""
    (found,) = read_versions(query, "WHERE v.id = ?", (version_id,))
    return found


def read_versions(query: Query, where: str, values: tuple[Any, ...]) -> tuple[StoredVersion, ...]:
    """Return versions with their stages and aliases; ``where`` may order and limit."""
    return tuple(
        StoredVersion(row_id, model_id, ModelVersion(**fields))
        for row_id, model_id, fields in read_fields(query, where, values)
    )


def read_fields(
    query: Query, where: str, values: tuple[Any, ...]
) -> list[tuple[int, int, dict[str, Any]]]:
    """Return row id, model's row id and fields of versions: two statements, however many."""
    rows = query(VERSION + where, values)
    standing = read_standing(query, [row[0] for row in rows])
    return [(row[0], row[1], _fields(row, *standing[row[0]])) for row in rows]


def read_standing(
    query: Query, ids: Sequence[int]
) -> dict[int, tuple[dict[str, str], tuple[str, ...]]]:
    """Return stages by environment, and aliases, of each version."""
    if not ids:
        return {}
    stages: dict[int, dict[str, str]] = {row_id: {} for row_id in ids}
    aliases: dict[int, list[str]] = {row_id: [] for row_id in ids}
    of = f"version_id IN ({marks(ids)})"
    standing = f"""
        SELECT version_id, environment, stage FROM stage_assignment WHERE {of}
        UNION ALL SELECT version_id, NULL, name FROM alias WHERE {of}
    """
    for row_id, environment, name in query(standing, (*ids, *ids)):
        if environment is None:
            aliases[row_id].append(name)
        else:
            stages[row_id][environment] = name
    return {row_id: (stages[row_id], tuple(sorted(aliases[row_id]))) for row_id in ids}


def _one(query: Query, where: str, *values: Any) -> StoredVersion | None:
    found = read_versions(query, where, values)
    return found[0] if found else None


def _labelled(query: Query, model: str, label: str) -> StoredVersion | None:
    """A stage in the default environment, then ``production-eu``: one in another; then an alias."""
    parts = label.split("-")
    slots = [(DEFAULT_ENVIRONMENT, label)]
    slots += [("-".join(parts[i:]), "-".join(parts[:i])) for i in range(1, len(parts))]
    holders = ", ".join(f"({_HELD})" for _ in slots)
    values = [value for slot in slots for value in (model, *slot)]
    return _one(query, f"WHERE v.id = coalesce({holders}, ({_NAMED}))", *values, model, label)


def _fields(row: Any, stages: dict[str, str], aliases: tuple[str, ...]) -> dict[str, Any]:
    _, _, uuid, model, number, major, minor, patch, run, *rest = row
    commit, path, form, sha256, md5, size, grade, created_at, created_by, deleted = rest
    return {
        "uuid": uuid,
        "model": model,
        "number": number,
        "semantic_version": f"v{major}.{minor}.{patch}",
        "stages": stages,
        "aliases": aliases,
        "run": run,
        "commit": commit,
        "model_path": path,
        "model_format": form,
        "sha256": sha256,
        "md5": md5,
        "size_bytes": size,
        "grade": grade,
        "created_at": to_time(created_at),
        "created_by": created_by,
        "deleted": bool(deleted),
    }


def to_time(value: str | datetime) -> datetime:
    """Return an aware time of what a driver gives: SQLite's is text without an offset."""
    if isinstance(value, str):
        return datetime.fromisoformat(f"{value}+00:00")
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _explain(query: Query, reference: Reference) -> NoReturn:
    if reference.model is None:
        raise VersionNotFound(str(reference), "no version has this id or digest")
    names = [name for (name,) in query("SELECT name FROM model ORDER BY name LIMIT 5000", ())]
    if reference.model not in names:
        raise ModelNotFound(
            reference.model, tuple(difflib.get_close_matches(reference.model, names))
        )
    if reference.kind is ReferenceKind.LATEST:
        raise VersionNotFound(str(reference), "the model has no version that is not deleted")
    if reference.kind is not ReferenceKind.LABEL:
        raise VersionNotFound(str(reference), "the model has no such version")
    if reference.value in POOLS:
        reason = "many versions can be in this stage; name one by its number"
    elif reference.value in (Stage.STAGING, Stage.PRODUCTION):
        reason = f"no version is in {reference.value}"
    else:
        reason = "the model has no such stage or alias"
    raise VersionNotFound(str(reference), reason)
