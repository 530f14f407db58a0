"""A version of a registered model: numbered once, never changed.

Serving imports this on every start, so it stays free of what only records and requests need.
"""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class ModelVersion(Entity):
    """What a version is and where it stands now: the answer of ``resolve``."""

    uuid: str
    model: str
    number: int
    semantic_version: str
    stages: dict[str, str]  # environment -> stage
    aliases: tuple[str, ...]
    run: str  # UUID
    commit: str | None
    model_path: str
    model_format: str
    sha256: str  # of the model file
    md5: str
    size_bytes: int
    grade: str
    created_at: datetime
    created_by: str
    deleted: bool = False

    @property
    def ref(self) -> str:
        """The reference that names this version and no other: ``name@3``."""
        return f"{self.model}@{self.number}"

    @property
    def stage(self) -> str:
        """The stage in the default environment."""
        return self.stages["default"]
