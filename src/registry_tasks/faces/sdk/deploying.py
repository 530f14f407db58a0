"""Deploy: where versions are used."""

import datetime as dt
from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.deployment import Deploying as Started, Deployment


class Deploying(Session):
    """Records where versions are used; one ``key``, one effect, one answer."""

    def start_deployment(
        self,
        ref: str,
        *,
        environment: str,
        place: str,
        replace: bool = False,
        since: dt.datetime | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> "Started":
        """Record that a version is used at a place from now on, or since a time that is over.

        With ``replace`` what else of its model is used there ends in the same transaction.
        """
        from registry_tasks.entities.deployment import StartDeployment
        from registry_tasks.registry.lifecycle.deploy import start_deployment

        request = StartDeployment(
            ref=ref,
            environment=environment,
            place=place,
            replace=replace,
            since=since,
            reason=reason,
            key=key,
        )
        return self._ask(start_deployment, request)

    def end_deployment(
        self,
        ref: str,
        *,
        environment: str,
        place: str,
        until: dt.datetime | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> "Deployment":
        """Record that a version is not used at a place any more, from now on or since a time ago."""
        from registry_tasks.entities.deployment import EndDeployment
        from registry_tasks.registry.lifecycle.deploy import end_deployment

        request = EndDeployment(
            ref=ref,
            environment=environment,
            place=place,
            until=until,
            reason=reason,
            key=key,
        )
        return self._ask(end_deployment, request)

    def deployments(
        self,
        subject: str | None = None,
        *,
        environment: str | None = None,
        at: dt.datetime | None = None,
        over: bool = False,
        before: str | None = None,
        limit: int = 100,
    ) -> tuple["Deployment", ...]:
        """Return where a model, a version or everything is used, or was at a time; newest first.

        With ``over`` those that are over are among them; ``before`` is the id of one to go on from.
        """
        from registry_tasks.registry.catalogue.deployments import list_deployments

        return self._ask(
            list_deployments,
            subject,
            environment=environment,
            at=at,
            over=over,
            before=before,
            limit=limit,
        )
