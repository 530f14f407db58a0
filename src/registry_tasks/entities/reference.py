"""How a version is named, everywhere: one grammar for all faces."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self
from uuid import UUID

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import MalformedName, MalformedReference
from registry_tasks.entities.names import ModelName, check_label, check_model_name
from registry_tasks.entities.semantic_version import SemanticVersion

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
UUID_FORM: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_UUID = re.compile(UUID_FORM)


class ReferenceKind(StrEnum):
    """What the part after ``@`` is."""

    NUMBER = "number"
    SEMANTIC = "semantic"
    LABEL = "label"  # a stage with one place, or an alias
    LATEST = "latest"
    UUID = "uuid"
    DIGEST = "digest"


class Reference(Entity):
    """A parsed reference; ``model`` is None for a UUID and a digest, which name it already."""

    kind: ReferenceKind
    value: str
    model: ModelName | None = None

    @classmethod
    @lru_cache(maxsize=1024)  # serving asks for the same few all day
    def parse(cls, text: str) -> Self:
        """Read any of the forms in design and docs. Raises MalformedReference."""
        if is_uuid(text):
            return cls(kind=ReferenceKind.UUID, value=str(UUID(text)))
        if digest := _DIGEST.fullmatch(text.lower()):
            return cls(kind=ReferenceKind.DIGEST, value=digest[1])
        model, value = _split(text)
        try:
            check_model_name(model)
            kind = _kind(value)
        except MalformedName as error:
            raise MalformedReference(text, f"{error.text!r}: {error.reason}") from None
        if kind is ReferenceKind.SEMANTIC:
            value = str(SemanticVersion.parse(value))
        return cls(kind=kind, value=value, model=model)

    @classmethod
    def number(cls, model: str, number: int) -> Self:
        """Name a version by its number."""
        return cls(kind=ReferenceKind.NUMBER, value=str(number), model=model)

    def __str__(self) -> str:
        if self.kind is ReferenceKind.DIGEST:
            return f"sha256:{self.value}"
        return self.value if self.model is None else f"{self.model}@{self.value}"


def is_uuid(text: str) -> bool:
    """Whether a text is written as a UUID."""
    return _UUID.fullmatch(text.lower()) is not None


def _split(text: str) -> tuple[str, str]:
    if text.startswith("models:/"):  # MLflow's way of writing it
        rest = text.removeprefix("models:/")
        separator = "@" if "@" in rest else "/"
        model, _, value = rest.rpartition(separator)
    else:
        model, _, value = text.rpartition("@")
    if not model or not value:
        raise MalformedReference(text, "it needs a model and, after '@', what to take of it")
    return model, value


def _kind(value: str) -> ReferenceKind:
    if _NUMBER.fullmatch(value):
        return ReferenceKind.NUMBER
    if value == "latest":
        return ReferenceKind.LATEST
    try:
        SemanticVersion.parse(value)
    except ValueError:
        check_label(value)
        return ReferenceKind.LABEL
    return ReferenceKind.SEMANTIC
