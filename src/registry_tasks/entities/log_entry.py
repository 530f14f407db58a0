"""One entry of the log in Git: an event, and what the store wrote with it."""

import json
from datetime import datetime
from typing import Final, Literal, Self

from pydantic import Field, JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.event import EventKind

LOG_REF: Final = "refs/registry/log"
TEXTS: Final = frozenset(
    {"description", "document", "failure", "links", "purpose", "reason", "source", "tags", "text"}
)
"""What people write, and what programs print, stays out of Git."""

SERIES: Final = "metric_point"
"""The rows of this table are told a series each, with its steps and its values in two lists."""

Facts = dict[str, JsonValue]


class LogEntry(Entity):
    """What happened, and all that is needed to write it into an empty store again.

    ``number`` counts the entries of one repository's log, ``sequence`` the events of the store,
    which may have more repositories. ``rows`` holds what the event's transaction wrote, by table,
    with names in place of row ids. Free text is left out; ``withheld`` says what there was of it.
    """

    format: Literal[1] = 1
    number: int = Field(ge=1)
    sequence: int = Field(ge=1)
    at: datetime
    actor: str
    kind: EventKind
    model: str | None = None
    version: int | None = None
    run: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    rows: dict[str, tuple[Facts, ...]] = Field(default_factory=dict)
    withheld: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Say in a line what a person wants to know of it."""
        what = self.model or "registry"
        if self.version is not None:
            what += f"@{self.version}"
        elif self.run is not None:
            what += f" run {self.run[:8]}"
        return f"{what} {self.kind}"

    def message(self) -> str:
        """Return the message of its commit: the subject, then canonical JSON."""
        fields = self.model_dump(mode="json", exclude_defaults=True) | {"format": self.format}
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return f"{self.subject}\n\n{text}\n"

    @classmethod
    def read(cls, message: str) -> Self:
        """Read a commit's message. Raises ValueError."""
        subject, _, text = message.partition("\n\n")
        entry = cls.model_validate_json(text)
        if subject != entry.subject:
            raise ValueError(f"the subject {subject!r} is not what the entry says")
        return entry

    def tells_of(self, other: "LogEntry") -> bool:
        """Whether both stand for the same event of the same log, whoever wrote them."""
        same = {"sequence", "at", "actor", "kind", "model", "version", "run"}
        return self.model_dump(include=same) == other.model_dump(include=same)


def with_series(rows: dict[str, tuple[Facts, ...]]) -> dict[str, tuple[Facts, ...]]:
    """Return rows with the points of each series together; the first release told each point."""
    told = rows.get(SERIES, ())
    if not told or "steps" in told[0]:
        return rows
    series: dict[str, tuple[list[JsonValue], list[JsonValue]]] = {}
    for point in told:
        steps, values = series.setdefault(str(point["key"]), ([], []))
        steps.append(point["step"])
        values.append(point["value"])
    gathered: list[Facts] = [
        {"key": key, "steps": steps, "values": values} for key, (steps, values) in series.items()
    ]
    return rows | {SERIES: tuple(gathered)}


def without_texts(value: JsonValue) -> JsonValue:
    """Return what an event keeps of ``before`` and ``after`` in the log.

    A failed stage leaves the end of its output among the differences of a reproduction.
    """
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if key not in TEXTS}
    if isinstance(kept.get("differences"), list):
        kept["differences"] = without_output(kept["differences"])
    return kept


def without_output(differences: JsonValue) -> JsonValue:
    """Leave out what a failed stage printed."""
    if not isinstance(differences, list):
        return differences
    return [
        {**found, "found": None} if isinstance(found, dict) and _printed(found) else found
        for found in differences
    ]


def texts_of(value: JsonValue) -> set[str]:
    """Return which texts ``without_texts`` leaves out because there are some."""
    if not isinstance(value, dict):
        return set()
    found = {key for key, item in value.items() if key in TEXTS and item}
    differences = value.get("differences")
    if isinstance(differences, list) and any(
        isinstance(item, dict) and _printed(item) for item in differences
    ):
        found.add("failure")
    return found


def _printed(difference: Facts) -> bool:
    return difference.get("recorded") == "ran" and difference.get("found") is not None
