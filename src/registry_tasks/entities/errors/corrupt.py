"""Bytes or rows are not what was recorded: stop and look."""

from registry_tasks.entities.errors.families import Corrupt


class ObjectCorrupt(Corrupt):
    """Stored bytes are not the bytes that were registered."""

    def __init__(self, path: str, place: str, expected: str, found: str) -> None:
        super().__init__(path, place, expected, found)
        self.path, self.place, self.expected, self.found = path, place, expected, found

    def __str__(self) -> str:
        return (
            f"{self.path} in {self.place} is {self.found}, not {self.expected} as recorded; "
            "`registry doctor` tells what else is hit and how to repair it"
        )


class ObjectMissing(Corrupt):
    """Registered bytes are not where they must be."""

    def __init__(self, path: str, place: str, digest: str) -> None:
        super().__init__(path, place, digest)
        self.path, self.place, self.digest = path, place, digest

    def __str__(self) -> str:
        return f"{self.path} ({self.digest}) is missing in {self.place}; `registry doctor` tells how to repair it"


class StoreCorrupt(Corrupt):
    """The metadata store itself is damaged or is not one."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return (
            f"{self.url} is damaged or no registry store: {self.reason}; restore it from a backup"
        )
