"""What the registry knows of a dataset, and what people say of it."""

import datetime as dt
import re
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, JsonValue, model_validator

from registry_tasks.entities.dataset import DatasetColumn, Sensitivity
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting, MalformedText
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request
from registry_tasks.entities.texts import MAX_LINK, PersonalName, Prose

_PASSWORD: Final = re.compile(r"://[^/\s]*:[^/\s]*@")


def check_sensitivity(text: str) -> str:
    """Return one of the levels, or nothing. Raises InvalidSetting."""
    levels = [str(level) for level in Sensitivity]
    if text and text not in levels:
        raise InvalidSetting("sensitivity", text[:120], f"write one of {', '.join(levels)}")
    return text


def check_date(value: Any) -> Any:
    """Read ``2027-12-31``; an empty text takes the date away. Raises InvalidSetting."""
    if not isinstance(value, str) or not value:
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        reason = "write a day as 2027-12-31, or nothing to take it away"
        raise InvalidSetting("retain_until", value[:120], reason) from None


def check_source(text: str) -> str:
    """Check from where data comes: one line. Raises MalformedText."""
    text = text.strip()
    if len(text) > MAX_LINK:
        raise MalformedText("source", f"it has {len(text):,} characters; {MAX_LINK:,} are allowed")
    if not text.isprintable():
        raise MalformedText("source", "use printable characters on one line")
    if _PASSWORD.search(text):
        raise MalformedText("source", "it has a password, and everybody can read it; leave it out")
    return text


class DatasetProfile(Entity):
    """What people say of a dataset. Replaced field by field; what was before is in the history."""

    description: str = ""
    owner: str = ""
    sensitivity: str = ""
    source: str = ""
    retain_until: dt.date | None = None


class DescribeDataset(Request):
    """Say what a dataset is; None leaves a field alone, an empty text takes it away."""

    needs: ClassVar = Permission.ANNOTATE

    name: str
    description: Prose | None = None
    owner: PersonalName | None = None
    sensitivity: Annotated[str, AfterValidator(check_sensitivity)] | None = None
    source: Annotated[str, AfterValidator(check_source)] | None = None
    retain_until: Annotated[dt.date | Literal[""] | None, BeforeValidator(check_date)] = None

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.values():
            raise ValueError("name at least one field to change")
        return self

    def values(self) -> dict[str, JsonValue]:
        """Return the fields that change; a date that is taken away is None."""
        said = self.model_dump(mode="json", include=set(DatasetProfile.model_fields))
        kept = {name: value for name, value in said.items() if value is not None}
        return kept | ({"retain_until": None} if kept.get("retain_until") == "" else {})

    def over(self, profile: DatasetProfile) -> DatasetProfile:
        """Return what a profile becomes."""
        return DatasetProfile.model_validate(profile.model_dump(mode="json") | self.values())


class DescribedDataset(Entity):
    """The answer of describing one."""

    name: str
    profile: DatasetProfile


class DatasetState(Entity):
    """One content hash of a dataset, with the first and the last run that read it."""

    md5: str
    size_bytes: int
    files: int
    format: str
    rows: int | None
    first_used: datetime
    last_used: datetime


class DatasetSummary(Entity):
    """A dataset in a list; where ``more_versions`` may use it, not all of them were counted."""

    name: str
    newest: DatasetState
    versions: int
    more_versions: bool
    owner: str
    sensitivity: str
    retain_until: dt.date | None


class DatasetChange(Entity):
    """One time that somebody said something of a dataset."""

    at: datetime
    by: str
    before: JsonValue
    after: JsonValue


class DatasetRecord(Entity):
    """Everything the registry knows of a dataset in one of its states, the newest by default.

    ``source`` is what people say, or from where DVC imported this state.
    """

    name: str
    profile: DatasetProfile
    source: str
    state: DatasetState
    columns: tuple[DatasetColumn, ...]
    note: str
    states: int
    versions: int
    more_versions: bool
    history: tuple[DatasetChange, ...]


class DatasetReading(Entity):
    """A DVC stage that read a dataset."""

    dataset: str
    stage: str


class DatasetUser(Entity):
    """A run that read a state of data, and the version that was made of it."""

    run: str
    model: str
    status: str
    started_at: datetime
    readings: tuple[DatasetReading, ...]
    version: str | None  # reference
    grade: str | None  # provenance grade of the version now
    deleted: bool
    stages: dict[str, str]  # serving environment -> stage of the version
    deployments: tuple[str, ...]  # where the version runs now
