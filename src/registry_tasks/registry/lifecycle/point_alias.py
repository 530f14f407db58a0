"""Point an alias, or take one away; those that policy lets follow a stage cannot be moved so."""

from registry_tasks.entities.annotation import PointAlias, RemoveAlias
from registry_tasks.entities.errors import VersionNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.moves import check_current, point
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.aliases import check_alias
from registry_tasks.stores.metadata import aliases, events
from registry_tasks.stores.metadata.lookup import get_by_id, get_version
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def point_alias(registry: Registry, request: PointAlias) -> ModelVersion:
    """Move an alias to a version. Raises ReservedAlias, CurrentMoved, VersionNotFound."""
    if told := recall(registry, request, ModelVersion):
        return told
    reference = Reference.parse(request.ref)
    check_alias(request.alias, _policy(registry, reference))

    def act(tx: Transaction) -> ModelVersion:
        stored = get_version(through(tx.connection), reference)
        point(tx, stored, request.alias, request.reason, request.expect_current)
        names = sorted({*stored.version.aliases, request.alias})
        return stored.version.model_copy(update={"aliases": tuple(names)})

    return carry_out(registry, request, act, ModelVersion)


def _policy(registry: Registry, reference: Reference) -> Policy:
    """Return the policy over a version, asked before the transaction: Git may be slow to answer."""
    registry.metadata.check()
    if registry.find_repository() is None:
        return Policy()
    with registry.metadata.reading() as connection:
        found = get_version(through(connection), reference)
    return policy_over(registry, found.version.model, found).policy


def remove_alias(registry: Registry, request: RemoveAlias) -> ModelVersion:
    """Take an alias away; returns the version that it pointed to.

    Raises ModelNotFound, VersionNotFound, CurrentMoved, ReservedAlias.
    """
    if told := recall(registry, request, ModelVersion):
        return told
    check_alias(request.alias, policy_over(registry, request.model).policy)

    def act(tx: Transaction) -> ModelVersion:
        model_id = get_model(tx.connection, request.model)
        target = aliases.find_target(tx.connection, model_id, request.alias)
        if target is None:
            ref = f"{request.model}@{request.alias}"
            raise VersionNotFound(ref, "the model has no such alias")
        check_current(f"alias {request.alias}", request.expect_current, target.number)
        aliases.remove(tx, model_id, request.alias)
        events.append(
            tx,
            EventKind.ALIAS_REMOVED,
            model=model_id,
            version=target.version_id,
            reason=request.reason,
            before={"alias": request.alias, "version": target.number},
        )
        return get_by_id(through(tx.connection), target.version_id).version

    return carry_out(registry, request, act, ModelVersion)
