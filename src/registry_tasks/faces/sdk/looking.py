"""Look: lists, records, history."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.drill import Drill, Risk
    from registry_tasks.entities.event import Event
    from registry_tasks.entities.model import RegisteredModel
    from registry_tasks.entities.model_record import ModelRecord
    from registry_tasks.entities.profile import ModelSchema, Note
    from registry_tasks.entities.run import Run
    from registry_tasks.entities.tenure import Tenure
    from registry_tasks.entities.version_record import VersionRecord


class Looking(Session):
    """Everything that reads and is no serving."""

    def models(
        self, after: str | None = None, limit: int | None = None
    ) -> tuple["RegisteredModel", ...]:
        """Return registered models by name, all unless ``limit``; ``after`` is a name to go on from."""
        from registry_tasks.registry.catalogue.show import list_models

        return self._ask(list_models, after=after, limit=limit)

    def drills(
        self,
        model: str | None = None,
        *,
        failing: bool = False,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple["Drill", ...]:
        """Return drills of a model or of all, newest first; ``failing``: whose last one failed.

        ``before`` is the id of one to go on from.
        """
        from registry_tasks.registry.catalogue.drills import list_drills

        return self._ask(list_drills, model, failing=failing, before=before, limit=limit)

    def risks(
        self, model: str | None = None, *, before: str | None = None, limit: int = 50
    ) -> tuple["Risk", ...]:
        """Return versions that cannot be made again as they were, and why.

        ``before`` is the id of one to go on from.
        """
        from registry_tasks.registry.catalogue.drills import list_risks

        return self._ask(list_risks, model, before=before, limit=limit)

    def versions(
        self, model: str, before: int | None = None, limit: int = 50, *, deleted: bool = False
    ) -> tuple[ModelVersion, ...]:
        """Return a model's versions, newest first; ``before`` is a number to go on from.

        Those that were deleted are among them if ``deleted``.
        """
        from registry_tasks.registry.catalogue.show import list_versions

        return self._ask(list_versions, model, before=before, limit=limit, deleted=deleted)

    def runs(
        self,
        model: str,
        limit: int = 50,
        *,
        experiment: str | None = None,
        before: str | None = None,
    ) -> tuple["Run", ...]:
        """Return a model's runs, or those of them in an experiment, newest first.

        ``before`` is the UUID of one to go on from.
        """
        from registry_tasks.registry.catalogue.show import list_runs

        return self._ask(list_runs, model, limit=limit, experiment=experiment, before=before)

    def show(self, ref: str) -> "VersionRecord":
        """Return everything the registry knows of a version."""
        from registry_tasks.registry.catalogue.show import show

        return self._ask(show, ref)

    def show_model(self, model: str) -> "ModelRecord":
        """Return what people say of a model, who is where, and its newest versions."""
        from registry_tasks.registry.catalogue.show import show_model

        return self._ask(show_model, model)

    def notes(self, subject: str, before: int | None = None, limit: int = 50) -> tuple["Note", ...]:
        """Return notes newest first: a version's, or a model's with those of its versions.

        ``before`` is the id of a note to go on from.
        """
        from registry_tasks.registry.catalogue.note import list_notes

        return self._ask(list_notes, subject, before=before, limit=limit)

    def schema(self, model: str) -> "ModelSchema":
        """Return the schema of a model's documents, and which of them differ from it."""
        from registry_tasks.registry.catalogue.document_schema import get_schema

        return self._ask(get_schema, model)

    def history(
        self,
        subject: str | None = None,
        before: int | None = None,
        limit: int = 100,
        *,
        kinds: Collection[str] = (),
        stage: str | None = None,
        actor: str | None = None,
        since: datetime | str | None = None,
        until: datetime | str | None = None,
    ) -> tuple["Event", ...]:
        """Return what happened to a model, a version or all of them, newest first.

        Only some kinds, what brought a version into ``stage``, what ``actor`` did, and what
        happened in a time, if that is said.
        """
        from registry_tasks.registry.catalogue.show import list_history

        return self._ask(
            list_history,
            subject,
            kinds=kinds,
            stage=stage,
            actor=actor,
            since=None if since is None else to_instant(since, "since"),
            until=None if until is None else to_instant(until, "until"),
            before=before,
            limit=limit,
        )

    def tenures(
        self, ref: str, before: int | None = None, limit: int = 100
    ) -> tuple["Tenure", ...]:
        """Return which versions ``name@production`` or ``name@<alias>`` named when, newest first.

        ``before`` is the sequence of one to go on from.
        """
        from registry_tasks.registry.catalogue.tenures import list_tenures

        return self._ask(list_tenures, ref, before=before, limit=limit)
