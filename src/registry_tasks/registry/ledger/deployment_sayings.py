"""What the log tells of deployments: begun, and perhaps over."""

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import Facts, LogEntry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.restoring import Restoring


class DeploymentSayings:
    """Gathers deployments in the order they began, and writes them at the end."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[dict[str, int], Facts]] = {}
        self._ends: dict[str, Facts] = {}

    def tell(self, entry: LogEntry, model: int, version: int | None) -> None:
        """Take an entry in."""
        told = entry.after
        if version is None or not isinstance(told, dict):
            return
        if entry.kind == EventKind.DEPLOYMENT_STARTED:
            ids = {"model_id": model, "version_id": version}
            facts: Facts = {name: value for name, value in told.items() if value is not None}
            facts |= {"since": entry.at.isoformat(), "by": entry.actor}
            self._rows[str(told["uuid"])] = ids, facts
        elif entry.kind == EventKind.DEPLOYMENT_ENDED:
            self._ends[str(told["uuid"])] = {"until": told["until"], "ended_by": entry.actor}

    def write(self, rows: Restoring) -> None:
        """Write them all; one that ends here may have begun in what the store held."""
        for uuid, (ids, facts) in self._rows.items():
            rows.add(t.deployment, facts | self._ends.get(uuid, {}), **ids)
        for uuid in self._ends.keys() - self._rows.keys():
            rows.change(t.deployment, self._ends[uuid], uuid=uuid)
