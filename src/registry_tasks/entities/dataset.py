"""Named data with a content hash."""

import re
from enum import StrEnum
from typing import Final

from registry_tasks.entities.entity import Entity

_STATE: Final = re.compile(r"(?:(?P<name>.+)@|md5:)?(?P<md5>[0-9a-f]{32}(?:\.dir)?)", re.DOTALL)


class DatasetUse(Entity):
    """One state of a dataset as a DVC stage of a run read it, or a run outside DVC."""

    name: str  # path in the project
    md5: str  # DVC's content hash; ends in ``.dir`` for a directory
    size_bytes: int
    files: int
    stage: str  # the DVC stage that read it; empty outside DVC


class DatasetColumn(Entity):
    """A column of a table; its type is one of Frictionless Table Schema."""

    name: str
    type: str


class DatasetShape(Entity):
    """What was found in one state of a dataset when a run first read it.

    ``rows`` is None where they were not counted, ``note`` says why; ``source`` is from where DVC
    imported it.
    """

    name: str
    md5: str
    format: str
    rows: int | None
    columns: tuple[DatasetColumn, ...]
    note: str = ""
    source: str = ""


class Sensitivity(StrEnum):
    """How far data may go: the four levels that most classification policies have."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


def split_state(text: str) -> tuple[str | None, str | None]:
    """Read ``name@md5``, ``md5:hash`` or ``name``: name and hash, None for what is not said."""
    found = _STATE.fullmatch(text)
    if found is None or (found["name"] is None and not text.startswith("md5:")):
        return text, None
    return found["name"], found["md5"]
