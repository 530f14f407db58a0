"""Show: all that the store knows of a version or a model, and lists of what there is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_record import ModelRecord
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.run import Run
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.version_record import VersionRecord, VersionSummary
from registry_tasks.registry.catalogue.note import SHOWN
from registry_tasks.registry.catalogue.subject import get_subject
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import (
    drills,
    dropped_bytes,
    evidence,
    grades,
    holds,
    model_schemas,
    models,
    notes,
    profiles,
    runs,
    tags,
    tombstones,
    versions,
)
from registry_tasks.stores.metadata.environments import read_environment
from registry_tasks.stores.metadata.history import Told, list_events
from registry_tasks.stores.metadata.lookup import (
    NOT_DELETED,
    OF_MODEL,
    StoredVersion,
    get_by_id,
    get_recorded,
    read_versions,
)
from registry_tasks.stores.metadata.query import through

_NEWEST: Final = 10
"""How many versions a model's page shows."""


def show(registry: Registry, ref: str) -> VersionRecord:
    """Return a version's whole record, deleted or not. Raises ModelNotFound, VersionNotFound."""
    with registry.metadata.reading() as connection:
        stored = get_recorded(through(connection), Reference.parse(ref))
        run = runs.get_row(connection, stored.version.run)
        manifest = runs.read_manifest(connection, run.id)
        return VersionRecord(**_told(connection, stored, run), manifest=manifest)


def sum_up(registry: Registry, ref: str) -> VersionSummary:
    """Return a version's record without its files, so that very many cost nothing. Raises as show."""
    with registry.metadata.reading() as connection:
        stored = get_recorded(through(connection), Reference.parse(ref))
        run = runs.get_row(connection, stored.version.run)
        return VersionSummary(**_told(connection, stored, run))


def _told(connection: sa.Connection, stored: StoredVersion, run: sa.Row[Any]) -> dict[str, Any]:
    row = versions.read_row(connection, stored.id)
    graded = grades.read_grade(connection, stored.id)
    _, signature = versions.read_recipe(connection, stored.id)
    profile = profiles.read_version_profile(connection, stored.id)
    return {
        "version": stored.version,
        "description": profile.description,
        "bump": Bump(row.bump),
        "bump_reasons": tuple(row.bump_reasons),
        "based_on": _ref(connection, row.based_on_id),
        "same_recipe_as": _ref(connection, row.same_recipe_id),
        "grade_reasons": graded.reasons,
        "grade_at_birth": graded.born,
        "signature": signature,
        "run": runs.get_run(connection, stored.version.run),
        "parameters": runs.read_parameters(connection, run.id),
        "metrics": runs.read_metrics(connection, run.id),
        "tags": tags.read_version_tags(connection, stored.id),
        "environment": read_environment(
            connection, run.environment_id, run.environment_files, run.direct_urls
        ),
        "confirmations": versions.list_confirmations(connection, stored.id),
        "comparisons": evidence.list_comparisons(connection, stored.id),
        "attempts": evidence.list_attempts(connection, stored.id),
        "reproductions": evidence.list_reproductions(connection, stored.id),
        "hold": holds.find(connection, stored.id),
        "dropped": dropped_bytes.find(connection, stored.id),
        "drills": drills.list_drills(connection, stored.id),
        "tombstone": tombstones.find(connection, stored.id),
        "profile": profile,
        "notes": notes.list_notes(connection, stored.model_id, stored.id, limit=SHOWN),
    }


def show_model(registry: Registry, model: str) -> ModelRecord:
    """Return what a model's page shows. Raises ModelNotFound."""
    with registry.metadata.reading() as connection:
        model_id = models.get_model(connection, model)
        return ModelRecord(
            model=models.read_model(connection, model_id),
            profile=profiles.read_model_profile(connection, model_id),
            tags=tags.read_model_tags(connection, model_id),
            json_schema=model_schemas.find(connection, model_id),
            notes=notes.list_notes(connection, model_id, None, limit=SHOWN),
            newest=_newest(connection, model, None, _NEWEST, f"AND {NOT_DELETED}"),
        )


def list_models(
    registry: Registry, *, after: str | None = None, limit: int | None = None
) -> tuple[RegisteredModel, ...]:
    """Return models by name; ``after`` is a name to go on from."""
    with registry.metadata.reading() as connection:
        return models.list_models(connection, after, limit)


def list_versions(
    registry: Registry,
    model: str,
    *,
    before: int | None = None,
    limit: int = 50,
    deleted: bool = False,
) -> tuple[ModelVersion, ...]:
    """Return a model's versions, newest first; ``before`` is a number to go on from.

    Deleted ones are among them if ``deleted``. Raises: ModelNotFound.
    """
    with registry.metadata.reading() as connection:
        models.get_model(connection, model)  # or there is none
        return _newest(connection, model, before, limit, "" if deleted else f"AND {NOT_DELETED}")


def list_runs(
    registry: Registry,
    model: str,
    *,
    limit: int = 50,
    experiment: str | None = None,
    before: str | None = None,
) -> tuple[Run, ...]:
    """Return a model's runs, newest first, registered or not; ``before`` is a UUID to go on from.

    Raises: ModelNotFound, RunNotFound.
    """
    with registry.metadata.reading() as connection:
        models.get_model(connection, model)  # or there is none
        if before is not None:
            runs.get_row(connection, before)
        return runs.list_runs(connection, model, limit, experiment=experiment, before=before)


def list_history(
    registry: Registry,
    subject: str | None = None,
    *,
    kinds: Collection[str] = (),
    stage: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Event, ...]:
    """Return what happened to a model (``name``), a version (any reference) or all, newest first.

    Only what is of some ``kinds`` if any are given, what brought a version into ``stage`` of any
    environment, what ``actor`` did, and what happened from ``since`` to ``until``; ``before`` is a sequence to go on from. Raises: ModelNotFound,
    VersionNotFound, MalformedReference, InvalidSetting for a kind that there is not and for a time
    without its zone.
    """
    told = Told(
        kinds=_kinds(kinds),
        stage=stage,
        actor=actor,
        since=None if since is None else to_instant(since, "since"),
        until=None if until is None else to_instant(until, "until"),
        before=before,
    )
    with registry.metadata.reading() as connection:
        if subject is not None:
            found = get_subject(connection, subject, recorded=True)
            told = told._replace(model=found.model_id, version=found.version_id)
        return list_events(connection, told, limit=limit)


def _kinds(names: Collection[str]) -> frozenset[EventKind]:
    for name in names:
        if name not in set(EventKind):
            raise InvalidSetting("kind", name, f"it is one of {', '.join(EventKind)}")
    return frozenset(map(EventKind, names))


def _newest(
    connection: sa.Connection, model: str, before: int | None, limit: int, shown: str
) -> tuple[ModelVersion, ...]:
    where = f"WHERE {OF_MODEL} AND v.number < ? {shown} ORDER BY v.number DESC LIMIT ?"
    values: tuple[Any, ...] = (model, before or 2**31 - 1, limit)
    return tuple(s.version for s in read_versions(through(connection), where, values))


def _ref(connection: sa.Connection, version_id: int | None) -> str | None:
    if version_id is None:
        return None
    return get_by_id(through(connection), version_id).version.ref
