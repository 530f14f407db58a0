"""What is known of a version's origin."""

from registry_tasks.entities.entity import Entity


class Provenance(Entity):
    """The facts that a provenance grade follows from."""

    has_commit: bool  # of a run through DVC, which holds all of its code
    has_base: bool  # a commit was checked out as it was made
    uncommitted: int  # paths
    pushed_to: str | None  # a Git remote's ref that leads to the base commit
    loose_inputs: tuple[str, ...]  # data that only the run's commit keeps
    is_locked: bool
    is_reproduced: bool  # the last time, bit by bit
