"""Describe: replace the text that tells people what a version is."""

from registry_tasks.entities.annotation import Describe
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events, versions
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def describe(registry: Registry, request: Describe) -> ModelVersion:
    """Write a version's description; the one before stays in the history."""
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> ModelVersion:
        stored = get_version(through(tx.connection), reference)
        before = versions.read_description(tx.connection, stored.id)
        versions.put_description(tx, stored.id, request.text)
        events.append(
            tx,
            EventKind.VERSION_DESCRIBED,
            model=stored.model_id,
            version=stored.id,
            before={"description": before},
            after={"description": request.text},
        )
        return stored.version

    return carry_out(registry, request, act, ModelVersion)
