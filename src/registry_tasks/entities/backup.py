"""Backups: what one holds, and what bringing one back came to."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class Backup(Entity):
    """The store as it was at one instant, beside the objects of all its versions."""

    name: str  # of the file below stores/, without its ending
    at: datetime
    by: str
    store: str  # where it was taken from, without a password
    schema_version: str
    last_event: int  # sequence number; 0 before the first
    versions: int
    objects: int
    size_bytes: int  # of the objects
    sha256: str  # of the file
    missing: tuple[str, ...]  # objects that neither the remote nor an earlier backup had whole


class Recovery(Entity):
    """A backup that was brought back."""

    backup: Backup
    restored: int  # objects that the remote lacked or held damaged
    missing: tuple[str, ...]
    log_ahead: int | None  # newest event in Git's log, if the store that is back does not know it
