"""Collect from a bucket that keeps versions: what is taken is hidden, and can be brought back."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from registry_tasks.entities.errors import ObjectMissing, RemoteCannot
from registry_tasks.stores.artifacts.collectable import FRESH
from registry_tasks.stores.artifacts.layout import parts
from registry_tasks.stores.artifacts.s3 import holds
from registry_tasks.stores.artifacts.s3.answers import NoSuchObject
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.copying import copy_onto_itself
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.reading import content, look
from registry_tasks.stores.artifacts.s3.versions import ObjectVersion, list_versions

_SEAL: Final = "registry-wrote"
SEALED: Final[dict[str, Any]] = {"Metadata": {_SEAL: "1"}}
"""What an object is written with, so that those of plain DVC are told from ours."""
_NOTES: Final = "registry"


def renew(connection: Connection, key: str, options: dict[str, Any], deadline: Deadline) -> bool:
    """Write an old object again by a copy of itself, within the bucket; False if it is not there."""
    try:
        stored = connection.run(look(connection, {"Key": key}, deadline), deadline)
        if datetime.now(UTC) - stored.at > FRESH:
            copy_onto_itself(connection, {"Key": key}, stored, options, deadline)
    except NoSuchObject:
        return False
    return True


class BucketCollecting:
    """A bucket of objects, as whoever collects from it sees it."""

    def __init__(self, connection: Connection, deadline_s: float) -> None:
        self._connection, self._deadline_s = connection, deadline_s

    def check(self) -> None:
        """Raise RemoteCannot unless the bucket keeps versions.

        Between two requests a writer may need again what nobody needed. Only a bucket that keeps
        versions has it then.
        """
        told = self._call("get_bucket_versioning")
        if told.get("Status") != "Enabled":
            reason = "collecting needs a bucket with versioning, so that nothing is lost for good"
            raise RemoteCannot(self._connection.place, reason)

    def is_ours(self, md5: str) -> bool:
        """Whether a registry wrote the object."""
        deadline = self._deadline()
        try:
            stored = self._connection.run(
                look(self._connection, {"Key": self._key(md5)}, deadline), deadline
            )
        except NoSuchObject:
            return False
        return _SEAL in stored.metadata

    def remove_old(self, md5: str, before: datetime) -> bool:
        """Hide an old object that has no legal hold; bring it back if a writer renewed it."""
        key, deadline = self._key(md5), self._deadline()
        current = self._current(key)
        if current is None or current.is_deletion or current.at >= before:
            return False
        if holds.is_held(self._connection, key, current.id, deadline):
            return False
        self._call("delete_object", Key=key)
        return not self._bring_back(key, before)

    def bring_back(self, objects: Collection[str], before: datetime) -> None:
        """Bring back what was renewed before a process that died could see it."""
        for md5 in objects:
            self._bring_back(self._key(md5), before)

    def read(self, md5: str) -> bytes:
        """Return a small object's bytes, not verified. Raises ObjectMissing."""
        key, deadline = self._key(md5), self._deadline()
        try:
            stored = self._connection.run(look(self._connection, {"Key": key}, deadline), deadline)
            pieces = content(self._connection, {"Key": key}, stored.size_bytes, deadline)
            return b"".join(pieces)
        except NoSuchObject:
            raise ObjectMissing(md5, self._connection.place, f"md5 {md5}") from None

    def list_notes(self, folder: str) -> tuple[str, ...]:
        """Return the names of the notes in a folder."""
        below = self._connection.bucket.key(_NOTES, "")
        names: list[str] = []
        next_page: dict[str, str] = {}
        while True:
            page = self._call("list_objects_v2", Prefix=f"{below}{folder}/", **next_page)
            names += [found["Key"].removeprefix(below) for found in page.get("Contents", ())]
            if not page.get("IsTruncated"):
                return tuple(sorted(names))
            next_page = {"ContinuationToken": page["NextContinuationToken"]}

    def find_note(self, name: str) -> bytes | None:
        """Return a note, None if it is not there."""
        key, deadline = self._connection.bucket.key(_NOTES, name), self._deadline()
        try:
            stored = self._connection.run(look(self._connection, {"Key": key}, deadline), deadline)
            pieces = content(self._connection, {"Key": key}, stored.size_bytes, deadline)
            return b"".join(pieces)
        except NoSuchObject:
            return None

    def write_note(self, name: str, content: bytes) -> None:
        """Write a note, whole or not at all."""
        self._call("put_object", Key=self._connection.bucket.key(_NOTES, name), Body=content)

    def remove_note(self, name: str) -> None:
        """Take a note away, if it is there."""
        self._call("delete_object", Key=self._connection.bucket.key(_NOTES, name))

    def _bring_back(self, key: str, before: datetime) -> bool:
        """Take delete markers off what was written after ``before``; whether there was such.

        A request that was made twice, because its answer was lost, left two of them.
        """
        versions = list_versions(self._connection, key, self._deadline())
        if not any(not v.is_deletion and v.at >= before for v in versions):
            return False
        while (current := self._current(key)) is not None and current.is_deletion:
            self._call("delete_object", Key=key, VersionId=current.id)
        return True

    def _current(self, key: str) -> ObjectVersion | None:
        versions = list_versions(self._connection, key, self._deadline())
        return next((version for version in versions if version.is_current), None)

    def _key(self, md5: str) -> str:
        return self._connection.bucket.key(*parts(md5))

    def _deadline(self) -> Deadline:
        return Deadline(self._deadline_s)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        deadline = self._deadline()
        return self._connection.run(self._connection.call(method, deadline, **parameters), deadline)
