"""Show: everything the store knows of a version, and lists of models, versions, runs, events."""

from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.errors import ModelNotFound
from registry_tasks.entities.event import Event
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.run import Run
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.version_record import VersionRecord
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import (
    events,
    evidence,
    holds,
    models,
    runs,
    tombstones,
    versions,
)
from registry_tasks.stores.metadata.environments import read_environment
from registry_tasks.stores.metadata.lookup import (
    NOT_DELETED,
    OF_MODEL,
    get_by_id,
    get_recorded,
    read_versions,
)
from registry_tasks.stores.metadata.query import through


def show(registry: Registry, ref: str) -> VersionRecord:
    """Return a version's whole record, deleted or not. Raises ModelNotFound, VersionNotFound."""
    with registry.metadata.reading() as connection:
        query = through(connection)
        stored = get_recorded(query, Reference.parse(ref))
        row = versions.read_row(connection, stored.id)
        run = runs.get_row(connection, stored.version.run)
        _, signature = versions.read_recipe(connection, stored.id)
        return VersionRecord(
            version=stored.version,
            description=versions.read_description(connection, stored.id),
            bump=Bump(row.bump),
            bump_reasons=tuple(row.bump_reasons),
            based_on=_ref(connection, row.based_on_id),
            same_recipe_as=_ref(connection, row.same_recipe_id),
            grade_reasons=tuple(row.grade_reasons),
            signature=signature,
            run=runs.get_run(connection, stored.version.run),
            parameters=runs.read_parameters(connection, run.id),
            metrics=runs.read_metrics(connection, run.id),
            tags=versions.read_tags(connection, stored.id),
            environment=read_environment(connection, run.environment_id, run.environment_files),
            manifest=runs.read_manifest(connection, run.id),
            confirmations=versions.list_confirmations(connection, stored.id),
            comparisons=evidence.list_comparisons(connection, stored.id),
            attempts=evidence.list_attempts(connection, stored.id),
            reproductions=evidence.list_reproductions(connection, stored.id),
            hold=holds.find(connection, stored.id),
            tombstone=tombstones.find(connection, stored.id),
        )


def list_models(registry: Registry) -> tuple[RegisteredModel, ...]:
    """Return all models by name."""
    with registry.metadata.reading() as connection:
        return models.list_models(connection)


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
        if models.find_model(connection, model) is None:
            raise ModelNotFound(model)
        shown = "" if deleted else f"AND {NOT_DELETED}"
        where = f"WHERE {OF_MODEL} AND v.number < ? {shown} ORDER BY v.number DESC LIMIT ?"
        values: tuple[Any, ...] = (model, before or 2**31 - 1, limit)
        return tuple(s.version for s in read_versions(through(connection), where, values))


def list_runs(registry: Registry, model: str, *, limit: int = 50) -> tuple[Run, ...]:
    """Return a model's runs, newest first, registered or not. Raises ModelNotFound."""
    with registry.metadata.reading() as connection:
        if models.find_model(connection, model) is None:
            raise ModelNotFound(model)
        return runs.list_runs(connection, model, limit)


def list_history(
    registry: Registry, subject: str, *, before: int | None = None, limit: int = 100
) -> tuple[Event, ...]:
    """Return what happened to a model (``name``) or a version (any reference), newest first."""
    with registry.metadata.reading() as connection:
        if models.find_model(connection, subject) is not None:
            return events.list_events(connection, model=subject, before=before, limit=limit)
        if "@" not in subject and ":" not in subject and subject.count("-") != 4:
            raise ModelNotFound(subject)
        stored = get_recorded(through(connection), Reference.parse(subject))
        return events.list_events(connection, version=stored.id, before=before, limit=limit)


def _ref(connection: sa.Connection, version_id: int | None) -> str | None:
    if version_id is None:
        return None
    return get_by_id(through(connection), version_id).version.ref
