"""Trace: what led to what, and the code that did it."""

from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.lineage import Lineage
    from registry_tasks.entities.version_code import VersionCode


class Tracing(Session):
    """Lineage both ways, and the code of a version."""

    def lineage(
        self,
        ref: str,
        direction: str | None = None,
        depth: int | None = None,
        nodes: int | None = None,
    ) -> "Lineage":
        """Return the lineage of a version, or of a run or a deployment by its UUID.

        ``direction`` is ``"back"`` to the data, as by default, or ``"forward"`` to where it is used.
        The nearest ``nodes`` are told: 100,000 at most, over HTTP 2,000.
        """
        from registry_tasks.entities.lineage import to_direction
        from registry_tasks.registry.catalogue.trace import trace

        return self._ask(trace, ref, to_direction(direction), depth, nodes)

    def dataset_lineage(
        self,
        dataset: str,
        direction: str | None = None,
        depth: int | None = None,
        nodes: int | None = None,
    ) -> "Lineage":
        """Return the lineage of ``path@md5``: forward by default, to all that was made from it.

        ``nodes`` is as in ``lineage``.
        """
        from registry_tasks.entities.lineage import to_direction
        from registry_tasks.registry.catalogue.trace import trace_dataset

        return self._ask(trace_dataset, dataset, to_direction(direction), depth, nodes)

    def openlineage(self, ref: str) -> tuple[str, ...]:
        """Return the run of a version as OpenLineage events, in JSON."""
        from registry_tasks.registry.catalogue.openlineage import openlineage_events

        return self._ask(openlineage_events, ref)

    def code(self, ref: str, stage: str | None = None) -> "VersionCode":
        """Return the code of a version by DVC stage; of one ``stage`` with the texts."""
        from registry_tasks.registry.catalogue.code import read_code

        return self._ask(read_code, ref, stage)
