"""Who else keeps what a run was made from."""

from registry_tasks.entities.entity import Entity


class Keeping(Entity):
    """Where a run's code was kept, besides its own repository, when the run ended.

    Where its data is kept, each artifact says.
    """

    commit: str  # a Git remote's ref that led to the base commit: ``origin/main``
