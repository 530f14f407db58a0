"""Versions side by side: one row for everything that can be said of each."""

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity


class Row(Entity):
    """One property; ``values`` are in the order of the versions, None where one lacks it."""

    group: str  # version, parameters, metrics, signature, data, packages, environment
    name: str
    values: tuple[JsonValue, ...]
    differs: bool


class SideBySide(Entity):
    """What two or more versions are, property by property."""

    versions: tuple[str, ...]  # references
    rows: tuple[Row, ...]
