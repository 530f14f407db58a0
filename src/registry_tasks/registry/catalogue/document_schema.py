"""The schema of a model's documents: put it, take it away, look at it."""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.annotation import Existing, PutSchema, RemoveSchema
from registry_tasks.entities.errors import DocumentsDiffer, SchemaNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.profile import ModelSchema
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.schemas import Shape, check_schema
from registry_tasks.stores.metadata import events, model_schemas
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.store import Transaction

_SHOWN: Final = 20


def put_schema(registry: Registry, request: PutSchema) -> ModelSchema:
    """Hold documents of a model and its versions to a schema.

    Documents on record must meet it, unless ``existing`` says that they may differ until somebody
    writes them anew. All are looked at before the transaction, which looks again only if one was
    written in between. Raises: ModelNotFound, InvalidSchema, DocumentsDiffer.
    """
    if told := recall(registry, request, ModelSchema):
        return told
    check_schema(request.model, request.json_schema)
    with registry.metadata.reading() as connection:
        looked_at, answer = _look(connection, request)

    def act(tx: Transaction) -> ModelSchema:
        model_id = get_model(tx.connection, request.model)
        found = answer
        if model_schemas.last_said(tx.connection, model_id) != looked_at:
            _, found = _look(tx.connection, request)
        before = model_schemas.find(tx.connection, model_id)
        if before != request.json_schema:
            model_schemas.put(tx, model_id, request.json_schema)
            events.append(
                tx,
                EventKind.SCHEMA_PUT,
                model=model_id,
                before={"schema": before},
                after={"schema": request.json_schema, "differing": found.differing_count},
            )
        return found

    return carry_out(registry, request, act, ModelSchema)


def remove_schema(registry: Registry, request: RemoveSchema) -> ModelSchema:
    """Let documents of a model have any shape; returns the schema that it had.

    Raises: ModelNotFound, SchemaNotFound.
    """

    def act(tx: Transaction) -> ModelSchema:
        model_id = get_model(tx.connection, request.model)
        before = model_schemas.find(tx.connection, model_id)
        if before is None:
            raise SchemaNotFound(request.model)
        model_schemas.remove(tx, model_id)
        kind = EventKind.SCHEMA_REMOVED
        events.append(tx, kind, model=model_id, before={"schema": before})
        return ModelSchema(model=request.model, json_schema=before)

    return carry_out(registry, request, act, ModelSchema)


def get_schema(registry: Registry, model: str) -> ModelSchema:
    """Return a model's schema and which documents do not meet it.

    Raises: ModelNotFound, SchemaNotFound.
    """
    with registry.metadata.reading() as connection:
        schema = model_schemas.find(connection, get_model(connection, model))
        if schema is None:
            raise SchemaNotFound(model)
        asked = PutSchema(model=model, json_schema=schema, existing=Existing.MAY_DIFFER)
        return _look(connection, asked)[1]


def _look(connection: sa.Connection, request: PutSchema) -> tuple[int, ModelSchema]:
    """Hold every document to the schema; also returns up to which event that is known.

    Raises: DocumentsDiffer.
    """
    model_id = get_model(connection, request.model)
    last = model_schemas.last_said(connection, model_id)
    shape = Shape(request.model, request.json_schema)
    count, differing = 0, list[str]()
    for number, document in model_schemas.documents(connection, model_id):
        found = shape.difference(document)
        if found is not None:
            count += 1
            if len(differing) < _SHOWN:
                name = request.model if number is None else f"{request.model}@{number}"
                differing.append(f"{name} at {found[0]}: {found[1]}")
    if count and request.existing is Existing.MUST_MEET:
        raise DocumentsDiffer(request.model, count, tuple(differing))
    return last, ModelSchema(
        model=request.model,
        json_schema=request.json_schema,
        differing_count=count,
        differing=tuple(differing),
    )
