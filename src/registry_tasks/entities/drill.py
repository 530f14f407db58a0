"""Drills: whether a version could be brought back today, looked at before anybody needs it."""

from datetime import datetime
from enum import StrEnum

from registry_tasks.entities.entity import Entity


class Looked(StrEnum):
    """What came of one look. ``UNKNOWN``: it could not be asked; ``LEFT_OUT``: it was not."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LEFT_OUT = "left out"


class Findings(Entity):
    """What a drill found: bytes hashed, packages to be had, everything made again."""

    bytes: Looked
    environment: Looked
    rebuild: Looked
    files: int  # how many were read and hashed
    size_bytes: int
    packages: int  # how many were asked for
    failure: str  # why looks failed or said nothing, in sentences
    duration_s: float
    cpu_s: float


class Drill(Findings):
    """A drill of a version, as it is kept."""

    id: int
    version: str  # reference
    verdict: Looked
    at: datetime
    by: str


class DueDrill(Entity):
    """A version that is to be drilled, when it last was, and how dear it is to rebuild."""

    version: str  # reference
    last: datetime | None
    expected_cpu_s: float


class Drilled(Entity):
    """What a night's drills came to; what was not reached comes first the next time."""

    drills: tuple[Drill, ...]
    not_reached: tuple[str, ...]  # references
    cpu_s: float


class Risk(Entity):
    """A version that cannot be made again as it was, and why."""

    id: str
    ref: str
    why: str
