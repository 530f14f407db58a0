"""What collecting needs of a remote: to see whose an object is, and to take it only if it is old."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Protocol

FRESH: Final = timedelta(hours=12)
"""A younger object is not made young again: nothing that is less than a day old is ever taken."""


class Collectable(Protocol):
    """A remote, as whoever collects from it sees it. Notes are small files beside the objects."""

    def check(self) -> None:
        """Raise RemoteCannot where what is taken by mistake could not be brought back."""
        ...

    def is_ours(self, md5: str) -> bool:
        """Whether a registry wrote the object, as far as that can be known."""
        ...

    def remove_old(self, md5: str, before: datetime) -> bool:
        """Take an object away if it was written and renewed ``before``; whether it was taken.

        One that a writer renews meanwhile stays, or is there again at once.
        """
        ...

    def bring_back(self, objects: Collection[str], before: datetime) -> None:
        """Undo what a process that died had half taken away."""
        ...

    def read(self, md5: str) -> bytes:
        """Return a small object's bytes, not verified. Raises ObjectMissing."""
        ...

    def list_notes(self, folder: str) -> tuple[str, ...]:
        """Return the names of the notes in a folder."""
        ...

    def find_note(self, name: str) -> bytes | None:
        """Return a note, None if it is not there."""
        ...

    def write_note(self, name: str, content: bytes) -> None:
        """Write a note, whole or not at all."""
        ...

    def remove_note(self, name: str) -> None:
        """Take a note away, if it is there."""
        ...
