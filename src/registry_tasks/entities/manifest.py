"""What a run's bytes are: every file with its digests and size."""

import hashlib
from enum import StrEnum

from registry_tasks.entities.entity import Entity


class Home(StrEnum):
    """Who keeps the bytes."""

    REMOTE = "remote"  # the object remote, in DVC's layout
    GIT = "git"  # the run's commit (DVC outputs with ``cache: false``)
    SOURCE = "source"  # the bucket that it was imported from, by version; never copied


class Artifact(Entity):
    """One file of a run, or one DVC directory listing (its md5 ends in ``.dir``).

    ``path`` is relative to the project's root, with forward slashes; ``stage`` is the DVC stage
    that wrote it, None for data that no stage makes. ``own`` is False for what other models'
    stages made: it is kept so that ``dvc pull`` works on the whole commit, and is no part of what
    the version is.
    """

    path: str
    md5: str
    sha256: str
    size_bytes: int
    home: Home
    stage: str | None
    own: bool = True
    source: str | None = None
    """For ``Home.SOURCE`` where it is: a ``Source``, as text."""

    @property
    def is_listing(self) -> bool:
        """Whether this is DVC's JSON listing of a directory and no file of its own."""
        return self.md5.endswith(".dir")


class Manifest(Entity):
    """All artifacts of a run, ordered by path: intermediate results and final ones."""

    artifacts: tuple[Artifact, ...]

    def find(self, path: str) -> Artifact | None:
        """Return the artifact at ``path``, or None."""
        return next((a for a in self.artifacts if a.path == path), None)

    @property
    def files(self) -> tuple[Artifact, ...]:
        """The files that the model's own pipeline read or wrote."""
        return tuple(a for a in self.artifacts if a.own and not a.is_listing)

    @property
    def stored(self) -> tuple[Artifact, ...]:
        """The artifacts whose bytes the remote must hold, listings last."""
        kept = (a for a in self.artifacts if a.home is Home.REMOTE)
        return tuple(sorted(kept, key=lambda a: a.is_listing))

    @property
    def referenced(self) -> tuple[Artifact, ...]:
        """The artifacts whose bytes stay in the bucket that they were imported from."""
        return tuple(a for a in self.artifacts if a.home is Home.SOURCE)

    def digest(self) -> str:
        """SHA-256 over path and SHA-256 of each of ``files``, in order of path."""
        lines = (f"{a.sha256} {a.path}\n" for a in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()
