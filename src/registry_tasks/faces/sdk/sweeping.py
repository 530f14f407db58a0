"""Sweep: which spaces of parameters were searched, and what was best."""

from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.sweep import Sweep, SweepRecord


class Sweeping(Session):
    """Sweeps on record; one is run by ``registry sweep``, or by the flow of the project."""

    def sweeps(
        self, model: str | None = None, *, limit: int = 100, before: str | None = None
    ) -> tuple["Sweep", ...]:
        """Return the sweeps there are, or a model's, newest first.

        ``before`` is the UUID of one to go on from.
        """
        from registry_tasks.registry.experiments.sweep import list_sweeps

        return self._ask(list_sweeps, model, limit=limit, before=before)

    def sweep(self, uuid: str) -> "SweepRecord":
        """Return a sweep and its trials, the best first."""
        from registry_tasks.registry.experiments.sweep import show_sweep

        return self._ask(show_sweep, uuid)
