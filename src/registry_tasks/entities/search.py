"""Search: what is asked for, and what is found. docs/search.md tells of the language."""

import dataclasses
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import pydantic
from pydantic import JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.request import Asked
from registry_tasks.entities.run import Run
from registry_tasks.entities.semantic_version import SemanticVersion

MAX_PAGE: Final = 1000
MAX_FILTER: Final = 10_000  # characters
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")

Value: TypeAlias = str | bool | int | float | datetime | SemanticVersion


class Subject(StrEnum):
    """What can be searched."""

    VERSIONS = "versions"
    MODELS = "models"
    RUNS = "runs"


class Operator(StrEnum):
    """How a field is compared; ``has`` asks whether there is a value at all."""

    EQUAL = "="
    UNEQUAL = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    IN = "in"
    NOT_IN = "not in"
    LIKE = "like"
    NOT_LIKE = "not like"
    CONTAINS = "~"
    HAS = "has"


@dataclass(frozen=True)
class Field:
    """A field by its name; ``key`` says which metric, parameter, tag, package or dataset."""

    name: str
    key: str | None = None

    def __str__(self) -> str:
        if self.key is None:
            return self.name
        is_plain = _PLAIN_KEY.fullmatch(self.key)
        key = self.key if is_plain else '"' + self.key.replace('"', '""') + '"'
        return f"{self.name}.{key}"


@dataclass(frozen=True)
class Comparison:
    """One field compared; ``at`` are the columns of field, operator and values, from 1."""

    field: Field
    operator: Operator
    values: tuple[Value, ...] = ()
    at: tuple[int, ...] = dataclasses.field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class And:
    """All of these."""

    terms: tuple["Filter", ...]


@dataclass(frozen=True)
class Or:
    """Any of these."""

    terms: tuple["Filter", ...]


@dataclass(frozen=True)
class Not:
    """Not this."""

    term: "Filter"


Filter: TypeAlias = Comparison | And | Or | Not


@dataclass(frozen=True)
class Order:
    """What comes first; those without a value come last, ties in the order they were made."""

    field: Field
    descending: bool = False
    at: int = dataclasses.field(default=0, compare=False, repr=False)


class Search(Asked):
    """A page of what a filter leaves; ``cursor`` goes on after a page of the same search."""

    filter: str = ""
    order_by: str | None = None
    model: ModelName | None = None
    limit: int = 50
    cursor: str | None = None


class FoundVersion(ModelVersion):
    """A version with the ``values`` of what filter and order name, such as ``metrics.auc``."""

    values: dict[str, JsonValue]


class FoundModel(RegisteredModel):
    """A model with the ``values`` of what filter and order name."""

    values: dict[str, JsonValue]


class FoundRun(Run):
    """A run with where its version stands, if there is one, and the named ``values``."""

    stages: dict[str, str]
    aliases: tuple[str, ...]
    values: dict[str, JsonValue]


class VersionPage(Entity):
    """A page; ``next`` is the cursor of the page after it, None on the last one.

    ``missed`` counts by reason, up to 1,000, what the conditions on software could not be asked of.
    """

    items: tuple[FoundVersion, ...]
    next: str | None
    missed: dict[str, int] = pydantic.Field(default_factory=dict)


class ModelPage(Entity):
    """A page; ``next`` is the cursor of the page after it, None on the last one."""

    items: tuple[FoundModel, ...]
    next: str | None


class RunPage(Entity):
    """A page; ``next`` is the cursor of the page after it, None on the last one.

    ``missed`` counts by reason, up to 1,000, what the conditions on software could not be asked of.
    """

    items: tuple[FoundRun, ...]
    next: str | None
    missed: dict[str, int] = pydantic.Field(default_factory=dict)


class Facet(Entity):
    """A condition that narrows a list of models: the filter, what it compares, how many it leaves."""

    filter: str
    name: str  # of the field; of a tag its key
    value: str
    models: int
