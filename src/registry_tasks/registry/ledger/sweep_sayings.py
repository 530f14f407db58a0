"""What the log tells of sweeps: begun, their trials as their runs begin, perhaps ended."""

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import Facts, LogEntry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.restoring import Restoring


class SweepSayings:
    """Gathers sweeps in the order they began, and writes them at the end."""

    def __init__(self) -> None:
        self._sweeps: dict[str, Facts] = {}
        self._trials: dict[tuple[str, int], Facts] = {}
        self._ends: dict[str, Facts] = {}

    def tell(self, entry: LogEntry) -> None:
        """Take an entry in."""
        told = entry.after
        if not isinstance(told, dict):
            return
        if entry.kind == EventKind.SWEEP_STARTED:
            facts: Facts = {name: told[name] for name in ("uuid", "experiment", "plan")}
            facts |= {"model": entry.model}
            facts |= {"started_at": entry.at.isoformat(), "started_by": entry.actor}
            self._sweeps[str(told["uuid"])] = facts
        elif entry.kind == EventKind.SWEEP_ENDED:
            self._ends[str(told["uuid"])] = {"ended_at": entry.at.isoformat()}
        elif entry.kind == EventKind.RUN_STARTED and isinstance(told.get("trial"), dict):
            trial = told["trial"]
            assert isinstance(trial, dict)
            facts = {"parameters": told["parameters"], "run": entry.run}
            self._trials[str(trial["sweep"]), int(str(trial["number"]))] = facts

    def write(self, rows: Restoring) -> None:
        """Write them all; one that goes on here may have begun in what the store held."""
        for uuid, facts in self._sweeps.items():
            rows.put(t.experiment, str(facts["experiment"]), {"name": facts["experiment"]})
            rows.put(t.sweep, uuid, facts | self._ends.get(uuid, {}))
        for uuid in self._ends.keys() - self._sweeps.keys():
            rows.change(t.sweep, self._ends[uuid], uuid=uuid)
        for (uuid, number), facts in self._trials.items():
            key = {"sweep_id": rows.id_of(t.sweep, uuid), "number": number}
            rows.remove(t.trial, key)
            rows.add(t.trial, facts, **key)
