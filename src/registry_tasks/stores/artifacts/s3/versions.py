"""Earlier versions of an object, which a versioned bucket keeps when it is replaced or deleted."""

from datetime import datetime
from typing import Any, NamedTuple

from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.copying import copy_onto_itself
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.reading import look


class ObjectVersion(NamedTuple):
    """One version of an object; ``is_deletion`` if it is a delete marker, which has no bytes."""

    id: str
    at: datetime
    size_bytes: int
    is_current: bool
    is_deletion: bool


def list_versions(
    connection: Connection, key: str, deadline: Deadline
) -> tuple[ObjectVersion, ...]:
    """List all versions of an object, newest first. Raises RemoteCannot and as Connection.call."""
    found: list[tuple[dict[str, Any], bool]] = []
    next_page: dict[str, str] = {}
    while True:
        page = connection.run(
            connection.call("list_object_versions", deadline, Prefix=key, **next_page), deadline
        )
        found += [(version, False) for version in page.get("Versions", [])]
        found += [(marker, True) for marker in page.get("DeleteMarkers", [])]
        if not page.get("IsTruncated"):
            break
        next_page = {
            "KeyMarker": page["NextKeyMarker"],
            "VersionIdMarker": page["NextVersionIdMarker"],
        }
    made = (
        ObjectVersion(
            entry["VersionId"], entry["LastModified"], entry.get("Size", 0), entry["IsLatest"], gone
        )
        for entry, gone in found
        if entry["Key"] == key
    )
    # Markers come in a list of their own, and their times have seconds only.
    return tuple(sorted(made, key=lambda version: (version.is_current, version.at), reverse=True))


def copy_back(
    connection: Connection,
    key: str,
    version: ObjectVersion,
    options: dict[str, Any],
    deadline: Deadline,
) -> None:
    """Make an earlier version the current one again, within the bucket.

    Raises: NoSuchObject, and as Connection.call.
    """
    source = {"Key": key, "VersionId": version.id}
    stored = connection.run(look(connection, source, deadline), deadline)
    copy_onto_itself(connection, source, stored, options, deadline)
