"""Experiment: runs on record, and runs that are logged from here."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import JsonValue

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.registration import Registration
    from registry_tasks.entities.reproduction import RebuildRun
    from registry_tasks.entities.run_record import Experiment, RunRecord
    from registry_tasks.faces.sdk.logged_run import LoggedRun


class Experimenting(Session):
    """Runs of pipelines and of notebooks, and how one of them becomes a version."""

    def log_run(
        self,
        model: str,
        *,
        experiment: str = "default",
        parameters: Mapping[str, JsonValue] | None = None,
        key: str | None = None,
    ) -> "LoggedRun":
        """Begin a run outside DVC, such as a notebook's: ``with registry.log_run(...) as run``."""
        from registry_tasks.entities.logged_run import LogRun
        from registry_tasks.faces.sdk.logged_run import LoggedRun

        request = LogRun(
            model=model, experiment=experiment, parameters=dict(parameters or {}), key=key
        )
        return LoggedRun(self._road.hold_run(request))

    def run(self, uuid: str) -> "RunRecord":
        """Return everything the registry knows of a run; its points in short (``curves``)."""
        from registry_tasks.registry.experiments.show_run import show_run

        return self._ask(show_run, uuid)

    def experiments(
        self, model: str | None = None, *, before: str | None = None, limit: int | None = None
    ) -> tuple["Experiment", ...]:
        """Return the experiments there are, or a model's, the one that ran last first.

        ``before`` is the name of one to go on from.
        """
        from registry_tasks.registry.experiments.show_run import list_experiments

        return self._ask(list_experiments, model, before=before, limit=limit)

    def reproduce(self, ref: str, *, key: str | None = None) -> "RebuildRun":
        """Let a worker of Prefect rebuild a version; returns at once (``rebuild_run`` looks again)."""
        from registry_tasks.entities.reproduction import Reproduce
        from registry_tasks.faces.reproducing import reproduce

        return self._ask(reproduce, Reproduce(ref=ref, key=key))

    def rebuild_run(self, uuid: str) -> "RebuildRun":
        """Return how a rebuild stands that a worker is at; ``show`` has its verdict afterwards."""
        from registry_tasks.faces.reproducing import show_rebuild_run

        return self._ask(show_rebuild_run, uuid)

    def register_run(
        self,
        uuid: str,
        *,
        tags: Mapping[str, str] | None = None,
        description: str = "",
        key: str | None = None,
    ) -> "Registration":
        """Make a version of a finished run of any kind; the same again makes none."""
        from registry_tasks.entities.registration import RegisterRun
        from registry_tasks.registry.catalogue.register import register

        request = RegisterRun(run=uuid, tags=dict(tags or {}), description=description, key=key)
        return self._ask(register, request)
