"""S3's legal hold: nobody deletes a version of an object that has one, whatever policies say."""

from typing import Any

from registry_tasks.entities.errors import RemoteCannot, RemoteRefused
from registry_tasks.stores.artifacts.s3.answers import NoSuchObject
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.versions import list_versions


def hold(connection: Connection, key: str, deadline: Deadline) -> None:
    """Hold what is there now. Raises RemoteCannot without object lock, NoSuchObject."""
    _check_lock(connection, deadline)
    _put(connection, deadline, "ON", Key=key)


def release(connection: Connection, key: str, deadline: Deadline) -> None:
    """Release every version of the object. Raises RemoteCannot without object lock."""
    _check_lock(connection, deadline)
    for version in list_versions(connection, key, deadline):
        if not version.is_deletion:
            _put(connection, deadline, "OFF", Key=key, VersionId=version.id)


def is_held(connection: Connection, key: str, version: str, deadline: Deadline) -> bool:
    """Whether a version of an object has a hold; False in a bucket that knows none."""
    asked = connection.call("get_object_legal_hold", deadline, Key=key, VersionId=version)
    try:
        told = connection.run(asked, deadline)
    except (RemoteRefused, RemoteCannot, NoSuchObject):  # how they say it differs
        return False
    return bool(told.get("LegalHold", {}).get("Status") == "ON")


def _put(connection: Connection, deadline: Deadline, status: str, **which: Any) -> None:
    asked = connection.call(
        "put_object_legal_hold", deadline, LegalHold={"Status": status}, **which
    )
    connection.run(asked, deadline)


def _check_lock(connection: Connection, deadline: Deadline) -> None:
    """Ask first: a server that knows no holds may take one for the object's new bytes."""
    try:
        told = connection.run(connection.call("get_object_lock_configuration", deadline), deadline)
    except (RemoteRefused, NoSuchObject):  # how they say it differs
        told = {}
    if told.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") != "Enabled":
        reason = (
            "its bucket has no object lock, which must be chosen when a bucket is made; without "
            "it only the registry's own verbs keep a held version"
        )
        raise RemoteCannot(connection.place, reason)
