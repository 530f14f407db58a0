"""What the log keeps of what people say: owner, team and related models, and schemas."""

from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import Facts, LogEntry
from registry_tasks.entities.profile import KEPT_IN_GIT, Profile
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.restoring import Restoring

_DESCRIBED: Final = (EventKind.MODEL_DESCRIBED, EventKind.VERSION_DESCRIBED)


class Sayings:
    """Gathers what was said last, and writes it at the end."""

    def __init__(self) -> None:
        self._models: dict[int, Facts] = {}
        self._versions: dict[int, Facts] = {}
        self._schemas: dict[int, JsonValue | None] = {}  # None: taken away

    def tell(self, entry: LogEntry, model: int, version: int | None) -> None:
        """Take an entry in."""
        told = entry.after if isinstance(entry.after, dict) else {}
        if entry.kind in _DESCRIBED:
            said = {name: value for name, value in told.items() if name in KEPT_IN_GIT}
            of = self._models if version is None else self._versions
            of.setdefault(model if version is None else version, {}).update(said)
        elif entry.kind == EventKind.SCHEMA_PUT:
            self._schemas[model] = told["schema"]
        elif entry.kind == EventKind.SCHEMA_REMOVED:
            self._schemas[model] = None

    def write(self, rows: Restoring) -> None:
        """Write what stands now; a version of which no names are known has no profile."""
        for version, said in self._versions.items():
            if not rows.change(t.version_profile, said, version_id=version) and any(said.values()):
                profile = Profile.model_validate(said).model_dump(mode="json")
                rows.add(t.version_profile, profile, version_id=version)
        rows.remove(t.model_schema, *({"model_id": model} for model in self._schemas))
        for model, schema in self._schemas.items():
            if schema is not None:
                rows.add(t.model_schema, {"schema": schema}, model_id=model)
        rows.set_said({model: said for model, said in self._models.items() if said})
