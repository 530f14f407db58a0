"""A working copy of a run's own."""

from pathlib import Path

from registry_tasks.entities.entity import Entity


class Workspace(Entity):
    """Where a run works; only names and paths, so that it can travel between tasks."""

    run: str  # UUID
    model: str
    folder: Path
    logs: Path  # one file per DVC stage
    target: str  # the DVC stage at the end of the model's pipeline
