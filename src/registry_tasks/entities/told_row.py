"""A row that nothing but events tells of: profiles, tags, notes, holds, deployments, approvals."""

from types import MappingProxyType
from typing import Any, Final, NamedTuple

Facts = dict[str, Any]
"""Column -> value, with names in place of row ids and without ``_id``."""

KEYS: Final = MappingProxyType(
    {
        "model": ("name",),
        "version_profile": ("version",),
        "dataset_profile": ("dataset",),
        "model_schema": ("model",),
        "model_tag": ("model", "key"),
        "tag": ("version", "key"),
        "note": ("model", "version", "text", "at", "by"),
        "version_grade": ("version",),
        "hold": ("version",),
        "dropped_bytes": ("version",),
        "tombstone": ("version",),
        "confirmation": ("version", "run"),
        "deployment": ("uuid",),
        "sweep": ("uuid",),
        "trial": ("sweep", "number"),
        "approval_request": ("uuid",),
        "approval_decision": ("approval_request", "by"),
    }
)
"""Table -> by what a row of it is known, in an order in which they can be written."""


class Place(NamedTuple):
    """Where a row is, or would be."""

    table: str
    key: tuple[Any, ...]


class ToldRow(NamedTuple):
    """What is at a place by what events tell; None for nothing any more."""

    place: Place
    facts: Facts | None
