"""What the log tells of provenance grades that are not what they were at birth."""

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import Facts, LogEntry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.restoring import Restoring


class GradeSayings:
    """Gathers the grade that each version got last, and writes it at the end."""

    def __init__(self) -> None:
        self._rows: dict[int, Facts] = {}

    def tell(self, entry: LogEntry, version: int | None) -> None:
        """Take an entry in."""
        is_graded = entry.kind == EventKind.VERSION_REGRADED
        if is_graded and version is not None and isinstance(entry.after, dict):
            self._rows[version] = {k: v for k, v in entry.after.items() if v is not None}

    def write(self, rows: Restoring) -> None:
        """Write what stands now."""
        rows.remove(t.version_grade, *({"version_id": version} for version in self._rows))
        for version, facts in self._rows.items():
            rows.add(t.version_grade, facts, version_id=version)
