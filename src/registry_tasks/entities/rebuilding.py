"""Making a store anew from the logs in Git: the request, and what came of it."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class Rebuild(Entity):
    """Write what the logs of all repositories of a store tell into an empty or an older one.

    ``repositories`` are checkouts, by folder; none means the one at hand. ``into`` is a store's
    URL; None means the one of the settings.
    """

    repositories: tuple[str, ...] = ()
    into: str | None = None
    verify: bool = True


class UnloggedRun(Entity):
    """A run that Git keeps and no log tells of: it ended as the store was lost."""

    run: str
    model: str | None
    commit: str
    repair: str


class Rebuilt(Entity):
    """What is back, and what cannot be known."""

    store: str
    repositories: tuple[str, ...]  # identities
    since: int  # newest event that the store had before, 0 for an empty one
    events: int  # that were written
    models: int
    runs: int
    versions: int
    last_sequence: int
    last_at: datetime
    withheld: dict[str, int]  # kind of text -> how many there were
    unlogged_runs: tuple[UnloggedRun, ...]
    unlogged_tags: tuple[str, ...]
    lost_commits: tuple[str, ...]  # flight-delay@3 <commit>
    lost_objects: tuple[str, ...]
    queued_tags: int
    verified: bool
