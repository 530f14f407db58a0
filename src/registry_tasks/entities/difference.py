"""What changed from one version or run to another, sorted by what it is a change of."""

from enum import StrEnum

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity


class Cause(StrEnum):
    """What can change a metric, and what the world sees of it."""

    CODE = "code"
    DATA = "data"
    PARAMETERS = "parameters"
    PACKAGES = "packages"
    SIGNATURE = "signature"


class Change(Entity):
    """One thing that differs; ``before`` or ``after`` is None where only the other has it.

    ``nulls`` has 0 where before, and 1 where after, a parameter is there and says null.
    """

    cause: Cause
    kind: str  # file, command, data, parameter, package, python, platform, column
    name: str
    before: JsonValue
    after: JsonValue
    stages: tuple[str, ...] = ()  # DVC stages that read the file or data, where Git could say
    added: int | None = None  # lines, of a text file that is in Git at hand
    removed: int | None = None
    nulls: tuple[int, ...] = ()


class MetricChange(Entity):
    """A metric in both; ``better`` is None where neither policy nor name says which way is."""

    metric: str
    before: float | None
    after: float | None
    difference: float | None
    better: bool | None
    primary: bool  # policy compares by it


class Diff(Entity):
    """Everything that differs between two; what is not named is the same in both."""

    before: str
    after: str
    grades: tuple[str | None, str | None]  # provenance grades of both; None: not registered
    changes: tuple[Change, ...]
    metrics: tuple[MetricChange, ...]
