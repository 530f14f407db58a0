"""Deployments: where models are used, and where they were used at any time."""

from datetime import datetime

from registry_tasks.entities.deployment import Deployment
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.names import check_environment
from registry_tasks.registry.catalogue.subject import get_subject
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import deployments


def list_deployments(
    registry: Registry,
    subject: str | None = None,
    *,
    environment: str | None = None,
    at: datetime | None = None,
    over: bool = False,
    before: str | None = None,
    limit: int = 100,
) -> tuple[Deployment, ...]:
    """Return where a model or a version (any reference), or everything, is used; newest first.

    Those that last, those that lasted at a time, or with ``over`` all there ever were. ``before``
    is the id of one to go on from. Raises: ModelNotFound, VersionNotFound, MalformedReference.
    """
    then = None if at is None else to_instant(at)
    if environment is not None:
        check_environment(environment)
    with registry.metadata.reading() as connection:
        model, version = None, None
        if subject is not None:
            found = get_subject(connection, subject, recorded=True)
            version = found.version_id
            model = found.model_id if version is None else None
        return deployments.list_deployments(
            connection,
            model=model,
            version=version,
            environment=environment,
            at=then,
            over=over,
            before=before,
            limit=limit,
        )
