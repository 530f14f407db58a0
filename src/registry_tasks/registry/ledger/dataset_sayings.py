"""What the log keeps of what people say of datasets: all but description and source."""

from typing import Final

from registry_tasks.entities.dataset_record import DatasetProfile
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import TEXTS, Facts, LogEntry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.restoring import Restoring

_KEPT: Final = frozenset(DatasetProfile.model_fields) - TEXTS


class DatasetSayings:
    """Gathers what was said last, and writes it at the end."""

    def __init__(self) -> None:
        self._said: dict[str, Facts] = {}

    def tell(self, entry: LogEntry) -> None:
        """Take an entry in."""
        if entry.kind == EventKind.DATASET_DESCRIBED and isinstance(entry.after, dict):
            said = {name: value for name, value in entry.after.items() if name in _KEPT}
            self._said.setdefault(str(entry.after["dataset"]), {}).update(said)

    def write(self, rows: Restoring) -> None:
        """Write what stands now."""
        for name, said in self._said.items():
            dataset = rows.id_of(t.dataset, name)
            if rows.change(t.dataset_profile, said, dataset_id=dataset):
                continue
            profile = DatasetProfile.model_validate(said).model_dump(mode="json")
            facts = {key: value for key, value in profile.items() if value is not None}
            rows.add(t.dataset_profile, facts, dataset_id=dataset)
