"""Describe: change what is said of a version or a model, field by field."""

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.annotation import Describe, DescribeModel
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.profile import Profile, ProfileChange
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.catalogue.subject import Subject, get_subject
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.schemas import Shape
from registry_tasks.stores.metadata import events, model_schemas, models, profiles
from registry_tasks.stores.metadata.lookup import get_by_id
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

Schema = dict[str, JsonValue] | None


def describe(registry: Registry, request: Describe) -> ModelVersion:
    """Change a version's profile; what was said before stays in the history.

    Raises: VersionNotFound, VersionDeleted, InvalidDocument, InvalidSchema.
    """
    if told := recall(registry, request, ModelVersion):
        return told
    checked = _check(registry, request.ref, request)

    def act(tx: Transaction) -> ModelVersion:
        subject = _change(tx, request.ref, request, checked)
        assert subject.version_id is not None
        return get_by_id(through(tx.connection), subject.version_id).version

    return carry_out(registry, request, act, ModelVersion)


def describe_model(registry: Registry, request: DescribeModel) -> RegisteredModel:
    """Change a model's profile. Raises: ModelNotFound, InvalidDocument, InvalidSchema."""
    if told := recall(registry, request, RegisteredModel):
        return told
    checked = _check(registry, request.model, request)

    def act(tx: Transaction) -> RegisteredModel:
        subject = _change(tx, request.model, request, checked)
        return models.read_model(tx.connection, subject.model_id)

    return carry_out(registry, request, act, RegisteredModel)


def _check(registry: Registry, name: str, change: ProfileChange) -> Schema:
    """Hold a new document to the schema before the transaction, however long that takes."""
    if not change.document:
        return None
    with registry.metadata.reading() as connection:
        subject = get_subject(connection, name)
        schema = model_schemas.find(connection, subject.model_id)
    _check_document(subject, schema, change)
    return schema


def _check_document(subject: Subject, schema: Schema, change: ProfileChange) -> None:
    if schema is not None and change.document:
        Shape(subject.model, schema).check(f"document of {subject.name}", change.document)


def _change(tx: Transaction, name: str, change: ProfileChange, checked: Schema) -> Subject:
    subject = get_subject(tx.connection, name)
    if change.document:
        schema = model_schemas.find(tx.connection, subject.model_id)
        if schema != checked:  # it was put in between
            _check_document(subject, schema, change)
    before = _read(tx.connection, subject)
    after = change.over(before)
    if subject.version_id is None:
        kind = EventKind.MODEL_DESCRIBED
        profiles.put_model_profile(tx, subject.model_id, after)
    else:
        kind = EventKind.VERSION_DESCRIBED
        profiles.put_version_profile(tx, subject.version_id, after)
    events.append(
        tx,
        kind,
        model=subject.model_id,
        version=subject.version_id,
        before=before.model_dump(mode="json", include=set(change.values())),
        after=change.values(),
    )
    return subject


def _read(connection: sa.Connection, subject: Subject) -> Profile:
    if subject.version_id is None:
        return profiles.read_model_profile(connection, subject.model_id)
    return profiles.read_version_profile(connection, subject.version_id)
