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


class ObjectDeleted(ObjectMissing):
    """Registered bytes were deleted from a bucket that keeps earlier versions of its objects."""

    def __init__(self, path: str, place: str, digest: str, repair: str) -> None:
        super().__init__(path, place, digest)
        self.args = (path, place, digest, repair)
        self.repair = repair

    def __str__(self) -> str:
        return (
            f"{self.path} ({self.digest}) was deleted from {self.place}, which keeps earlier "
            f"versions; bring it back: {self.repair}"
        )


class StoreCorrupt(Corrupt):
    """The metadata store itself is damaged or is not one."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return (
            f"{self.url} is damaged or no registry store: {self.reason}; restore it from a backup"
        )


class CopyDiffers(Corrupt):
    """A table read back from the new store is not what was read from the old one."""

    def __init__(self, table: str, source: str, target: str) -> None:
        super().__init__(table, source, target)
        self.table, self.source, self.target = table, source, target

    def __str__(self) -> str:
        return (
            f"table {self.table} came out different: {self.source} became {self.target}; nothing "
            "was kept, the source is as it was. Run `registry doctor` on it"
        )


class ExportDamaged(Corrupt):
    """A file of an export is not what was exported."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        super().__init__(file, where, reason)
        self.file, self.where, self.reason = file, where, reason

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return (
            f"{place}: {self.reason}; nothing was imported. Copy the export again, or export anew"
        )


class ObjectsLost(Corrupt):
    """A backup was made, and objects that versions need could be had from nowhere."""

    def __init__(self, folder: str, lost: tuple[str, ...]) -> None:
        super().__init__(folder, lost)
        self.folder, self.lost = folder, lost

    def __str__(self) -> str:
        return (
            f"the backup in {self.folder} lacks {len(self.lost)} objects that versions need, "
            f"first: {self.lost[0]}"
        )


class LogBroken(Corrupt):
    """The log in Git is not the chain of entries that the registry wrote."""

    def __init__(self, place: str, commit: str, reason: str) -> None:
        super().__init__(place, commit, reason)
        self.place, self.commit, self.reason = place, commit, reason

    def __str__(self) -> str:
        return (
            f"the log in {self.place} is broken at {self.commit}: {self.reason}; fetch "
            "refs/registry/log from another clone and rebuild from that"
        )


class LogDiffers(Corrupt):
    """Log and store, or two logs, tell different stories of the same event."""

    def __init__(self, place: str, sequence: int, reason: str) -> None:
        super().__init__(place, sequence, reason)
        self.place, self.sequence, self.reason = place, sequence, reason

    def __str__(self) -> str:
        return (
            f"the log in {self.place} differs at event {self.sequence}: {self.reason}; nothing was "
            "written. docs/rebuild.md tells how to find out which is right"
        )


class StoreBehindLog(Corrupt):
    """The store does not know an event that Git's log tells of: it is an older or another one."""

    def __init__(self, url: str, place: str, sequence: int) -> None:
        super().__init__(url, place, sequence)
        self.url, self.place, self.sequence = url, place, sequence

    def __str__(self) -> str:
        return (
            f"{self.url} does not know event {self.sequence}, which the log in {self.place} tells "
            "of: it is an older store, or another one. Nothing was written, so that no number is "
            "given twice. Correct REGISTRY_STORE, or bring an older one forward: `registry rebuild "
            "--from-git --forward`"
        )


class LogIncomplete(Corrupt):
    """An entry speaks of something that no log that was read has."""

    def __init__(self, sequence: int, missing: str) -> None:
        super().__init__(sequence, missing)
        self.sequence, self.missing = sequence, missing

    def __str__(self) -> str:
        return (
            f"event {self.sequence} needs {self.missing}, which is in none of the logs; name every "
            "repository of the store: registry rebuild --from-git REPO REPO ..."
        )
