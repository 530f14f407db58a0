"""A store, a remote, a folder or a network is not one for what was asked: nothing was changed."""

from registry_tasks.entities.errors.families import Refused


class NotStorable(Refused):
    """A row of another store, written before that was checked, that this kind of database refuses."""

    def __init__(self, table: str, row: str, reason: str) -> None:
        super().__init__(table, row, reason)
        self.table, self.row, self.reason = table, row, reason

    def __str__(self) -> str:
        return (
            f"{self.row} of table {self.table} cannot be kept here: {self.reason}; nothing was "
            "written. Go on with the kind of database that it is from"
        )


class RemoteCannot(Refused):
    """What was asked for is beyond this kind of object remote."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place} cannot do that: {self.reason}"


class StoreNotEmpty(Refused):
    """A store can be moved only to a place where there is none."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url} is not empty; nothing was copied. Name an empty database or a new file"


class StoreMovedAway(Refused):
    """The store was moved; this is the old one, which can only be read."""

    def __init__(self, url: str, target: str) -> None:
        super().__init__(url, target)
        self.url, self.target = url, target

    def __str__(self) -> str:
        return (
            f"{self.url} was moved to {self.target}; nothing was written here, and it can still be "
            f"read. Set REGISTRY_STORE to {self.target}, or put this one to use again on purpose: "
            "`registry move-store --undo`"
        )


class FolderTaken(Refused):
    """An export goes into a folder of its own."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"{self.folder} is there already; nothing was written. Name a new folder"


class OpenToNetwork(Refused):
    """A server that asks nobody who they are was to listen beyond this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return (
            f"{self.host} can be reached from other machines, and this registry asks nobody who "
            "they are; nothing was started. Let it first: `registry access start NAME`"
        )


class PlainToNetwork(Refused):
    """Tokens and sessions were to cross a network that everybody on the way can read."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return (
            f"{self.host} can be reached from other machines, and the server itself speaks no TLS, so "
            "that whoever is on the way reads tokens and sessions; nothing was started. Put a proxy "
            "that speaks https before it and say `--https`, or `--plain-http` if the network is safe"
        )


class ArtifactElsewhere(Refused):
    """A file was read where it is, and never copied to where the registry keeps bytes."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, place)
        self.name, self.place = name, place

    def __str__(self) -> str:
        return f"{self.name} was never copied here; read it where it is: {self.place}"
