"""Something needed is not there now: wait or set it up, then retry."""

from registry_tasks.entities.errors.families import Unavailable


class StoreLocked(Unavailable):
    """Another process held the store longer than the wait."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url} is locked by another process; nothing was changed, retry in a moment"


class StoreUnreachable(Unavailable):
    """The database server does not answer, or does not let this user in."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url} cannot be reached: {self.reason}; start it or correct REGISTRY_STORE, then retry"


class StoreReadOnly(Unavailable):
    """The store or its folder cannot be written."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place} is read-only; give this user the right to write, then retry"


class StoreIoFailed(Unavailable):
    """The operating system failed to read or write the store; the store itself may be sound."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}; look at its disk or mount, then retry"


class DiskFull(Unavailable):
    """No space is left."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"no space left at {self.place}; nothing was half done, free some and retry"


class SchemaOlder(Unavailable):
    """The store was made by an older release."""

    def __init__(self, url: str, found: str, needed: str) -> None:
        super().__init__(url, found, needed)
        self.url, self.found, self.needed = url, found, needed

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, this release needs {self.needed}; back it up, "
            "then run `registry migrate`"
        )


class SchemaNewer(Unavailable):
    """The store was made by a newer release."""

    def __init__(self, url: str, found: str, known: str) -> None:
        super().__init__(url, found, known)
        self.url, self.found, self.known = url, found, known

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, which this release (up to {self.known}) does not "
            "know; upgrade registry-tasks"
        )


class RemoteMissing(Unavailable):
    """The place where objects live is not set up or not there."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place}: {self.reason}; set REGISTRY_REMOTE or mount it, then retry"


class ProgramFailed(Unavailable):
    """Git or DVC ended with an error."""

    def __init__(self, program: str, arguments: str, said: str) -> None:
        super().__init__(program, arguments, said)
        self.program, self.arguments, self.said = program, arguments, said

    def __str__(self) -> str:
        return f"`{self.program} {self.arguments}` failed: {self.said.strip() or 'it said nothing'}"


class ExtraMissing(Unavailable):
    """An optional part of the package is not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(purpose, extra)
        self.purpose, self.extra = purpose, extra

    def __str__(self) -> str:
        return f"{self.purpose} needs an extra: pip install 'registry-tasks[{self.extra}]'"
