"""A working copy of a run's own."""

from pathlib import Path

from registry_tasks.entities.entity import Entity


class Workspace(Entity):
    """Where a run works; only names and paths, so that it can travel between tasks."""

    run: str  # UUID
    model: str
    folder: Path
    logs: Path  # one file per DVC stage
    target: str | None  # the DVC stage to run to; None runs all that dvc.yaml has
    python: Path | None = None  # that of an environment made for it; None is this one
