"""The object remote in a bucket: nothing counts as stored before it was read back and hashed."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import quote

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import (
    ObjectDeleted,
    ObjectMissing,
    RemoteCannot,
    RemoteDenied,
    RemoteMissing,
    RemoteRefused,
    RemoteUnreachable,
)
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import Digests, digest, digest_file
from registry_tasks.stores.artifacts.layout import parts
from registry_tasks.stores.artifacts.listing import StoredObject, list_page
from registry_tasks.stores.artifacts.proof import check_source, wanted
from registry_tasks.stores.artifacts.s3 import abandoned, holds, versions
from registry_tasks.stores.artifacts.s3.answers import NoSuchObject
from registry_tasks.stores.artifacts.s3.collecting import SEALED, BucketCollecting, renew
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.proving import READS, Take, prove
from registry_tasks.stores.artifacts.s3.reading import OtherBytes, content, look
from registry_tasks.stores.artifacts.s3.uploading import ANYWAY, IF_ABSENT, Place, upload
from registry_tasks.stores.artifacts.writing import write_file
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder


class _Held(Enum):
    """What there is where an object's bytes should be."""

    RIGHT = "these bytes, read just now"
    WRONG = "other bytes"
    NOTHING = "nothing"


class ObjectBucket:
    """Objects at ``<prefix>/files/md5/ab/cdef...`` of a bucket.

    Every method ends within the deadline, a second a mebibyte added for what it moves.
    """

    def __init__(self, bucket: Bucket, deadline_s: float, encryption: str = "") -> None:
        self.bucket, self.place = bucket, str(bucket)
        self._deadline_s = deadline_s
        self._encryption = _encrypted(encryption)
        self._options = self._encryption | SEALED
        self._connection = Connection(bucket)
        self._proven: dict[str, tuple[str, Digests]] = {}

    def is_there(self) -> bool:
        """Whether the bucket holds an object below the prefix."""
        try:
            found = self._call("list_objects_v2", Prefix=self._below, MaxKeys=1)
        except RemoteMissing:
            return False
        return bool(found.get("Contents"))

    def create(self) -> None:
        """Check that the bucket is there: it is made, and paid for, by its owner."""
        self._call("list_objects_v2", Prefix=self._below, MaxKeys=1)

    def key(self, md5: str) -> str:
        """Say where the object is or would be. Raises ValueError for what is no MD5."""
        return self.bucket.key(*parts(md5))

    def has(self, md5: str) -> bool:
        """Whether there is an object of this name; its bytes may still be wrong."""
        deadline = self._deadline()
        try:
            self._connection.run(look(self._connection, {"Key": self.key(md5)}, deadline), deadline)
        except NoSuchObject:
            self.create()  # a bucket that is gone also has no such object
            return False
        return True

    def list_objects(self) -> Iterator[StoredObject]:
        """Give all objects, as the bucket lists them and without reading them."""
        next_page: dict[str, str] = {}
        while True:
            page = self._call("list_objects_v2", Prefix=self._below, **next_page)
            yield from list_page(page, self.bucket.name, self._below)
            if not page.get("IsTruncated"):
                return
            next_page = {"ContinuationToken": page["NextContinuationToken"]}

    def put(self, source: Path, md5: str) -> Digests:
        """Store the bytes of ``source`` for ever, or prove that they are stored already.

        Neither an answer nor an ETag counts as proof: what was uploaded is read back and hashed,
        and uploaded once more if it is damaged. What is stored already is read as well, unless
        this very object here has read it and the bucket says that it was not written since.
        What somebody else puts there meanwhile stays, where the server knows conditional writes.
        Raises: ObjectCorrupt if ``source`` is not what ``md5`` says, FileNotFoundError.
        """
        key, found = self.key(md5), digest_file(source)
        check_source(source, md5, found)
        deadline = self._deadline(3 * found.size_bytes)
        held = self._held(key, found, deadline)
        for _ in range(2):
            if held is _Held.RIGHT:
                return found
            condition = IF_ABSENT if held is _Held.NOTHING else ANYWAY
            place = Place(key, self._options, condition)
            arriving = upload(self._connection, source, place, deadline)
            self._connection.run(arriving, deadline)
            held = self._held(key, found, deadline)
        if held is _Held.RIGHT:
            return found
        raise RemoteUnreachable(self.place, f"{key} reads back damaged, though uploaded twice")

    def put_bytes(self, content: bytes, digests: Digests) -> None:
        """Store bytes, whose digests these are, as ``put`` does with a file."""
        with NamedTemporaryFile(prefix="registry-") as file:
            file.write(content)
            file.flush()
            self.put(Path(file.name), digests.md5)

    def renew(self, md5: str) -> bool:
        """Let an object be young, so that nobody collects it; False if it is not there."""
        return renew(self._connection, self.key(md5), self._options, self._deadline())

    @property
    def collecting(self) -> BucketCollecting:
        """What collecting needs of it."""
        return BucketCollecting(self._connection, self._deadline_s)

    def verify(self, artifact: Artifact) -> None:
        """Read the object back. Raises ObjectMissing, ObjectDeleted, ObjectCorrupt."""
        self._proof(artifact, lambda pieces, check: check(digest(pieces)))

    def read_back(self, artifact: Artifact) -> None:
        """Read what was just put. Raises ObjectMissing, ObjectDeleted, ObjectCorrupt."""
        self.verify(artifact)

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the object to ``target``, which appears only when all its bytes are proven.

        Raises: ObjectMissing, ObjectDeleted, ObjectCorrupt, DiskFull, StoreReadOnly.
        """
        folder = target.parent
        with writing(folder):
            make_folder(folder)
            self._proof(artifact, lambda pieces, check: write_file(pieces, target, folder, check))

    def temporaries(self) -> tuple[str, ...]:
        """List uploads of parts that were begun more than a day ago and never ended."""
        deadline = self._deadline()
        found = abandoned.list_uploads(self._connection, self._below, deadline)
        return tuple(f"{self.place}: {upload['Key']}" for upload in found)

    def sweep(self) -> int:
        """Abort these uploads, whose parts are paid for and seen by nobody; says how many."""
        deadline = self._deadline()
        found = abandoned.list_uploads(self._connection, self._below, deadline)
        abandoned.abort(self._connection, found, deadline)
        return len(found)

    def hold(self, artifact: Artifact) -> None:
        """Put S3's legal hold on the object. Raises RemoteCannot without object lock."""
        deadline = self._deadline()
        try:
            holds.hold(self._connection, self.key(artifact.md5), deadline)
        except NoSuchObject:
            raise self._missing(artifact) from None

    def release(self, artifact: Artifact) -> None:
        """Take the legal hold away from all its versions. Raises RemoteCannot as ``hold``."""
        deadline = self._deadline()
        holds.release(self._connection, self.key(artifact.md5), deadline)

    def download_url(self, artifact: Artifact, expires_s: int) -> str:
        """Return a link that lets whoever has it read the object for a while.

        Its bytes are not hashed here: whoever uses it must compare the SHA-256.
        """
        deadline = self._deadline()
        name = quote(artifact.path.rpartition("/")[2])
        which = {
            "Bucket": self.bucket.name,
            "Key": self.key(artifact.md5),
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{name}",
        }

        try:
            self._connection.run(look(self._connection, {"Key": which["Key"]}, deadline), deadline)
        except NoSuchObject:
            raise self._missing(artifact) from None

        async def act(client: Any) -> str:
            url: str = await client.generate_presigned_url(
                "get_object", Params=which, ExpiresIn=expires_s
            )
            return url

        return self._connection.run(
            self._connection.request("generate_presigned_url", act, deadline), deadline
        )

    def earlier_versions(self, md5: str) -> tuple[versions.ObjectVersion, ...]:
        """List what the bucket keeps of an object besides what is there now, newest first."""
        deadline = self._deadline()
        found = versions.list_versions(self._connection, self.key(md5), deadline)
        return tuple(version for version in found if not version.is_current)

    def restore_earlier(self, artifact: Artifact) -> bool:
        """Bring back the newest earlier version whose bytes are right; False if there is none."""
        key = self.key(artifact.md5)
        try:
            earlier = self.earlier_versions(artifact.md5)
        except RemoteCannot:  # its server knows no versions
            return False
        for version in earlier:
            if version.is_deletion or version.size_bytes != artifact.size_bytes:
                continue
            deadline = self._deadline(2 * artifact.size_bytes)
            which = {"Key": key, "VersionId": version.id}
            pieces = content(self._connection, which, artifact.size_bytes, deadline)
            if digest(pieces) == wanted(artifact):
                versions.copy_back(self._connection, key, version, self._encryption, deadline)
                if holds.is_held(self._connection, key, version.id, deadline):
                    self.hold(artifact)  # not every server copies it
                self.verify(artifact)
                return True
        return False

    @property
    def _below(self) -> str:
        return self.bucket.key("files", "md5", "")

    def _deadline(self, size_bytes: int = 0) -> Deadline:
        return Deadline(self._deadline_s, size_bytes=size_bytes)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        deadline = self._deadline()
        return self._connection.run(self._connection.call(method, deadline, **parameters), deadline)

    def _held(self, key: str, needed: Digests, deadline: Deadline) -> _Held:
        """Read what is there, and compare it."""
        try:
            stored = self._connection.run(look(self._connection, {"Key": key}, deadline), deadline)
            if self._proven.get(key) == (stored.mark, needed):
                return _Held.RIGHT
            if stored.size_bytes != needed.size_bytes:
                return _Held.WRONG
            found = [digest(content(self._connection, {"Key": key}, needed.size_bytes, deadline))]
            while found[-1] != needed and found[-1] not in found[:-1] and len(found) < READS:
                found.append(
                    digest(content(self._connection, {"Key": key}, needed.size_bytes, deadline))
                )
        except NoSuchObject:
            return _Held.NOTHING
        except OtherBytes:
            return _Held.WRONG
        if found[-1] != needed:
            return _Held.WRONG
        self._proven[key] = (stored.mark, needed)
        return _Held.RIGHT

    def _proof(self, artifact: Artifact, take: Take) -> None:
        which, deadline = {"Key": self.key(artifact.md5)}, self._deadline(2 * artifact.size_bytes)
        try:
            prove(self._connection, which, artifact, take, deadline)
        except NoSuchObject:
            raise self._missing(artifact) from None

    def _missing(self, artifact: Artifact) -> ObjectMissing:
        """Return what to say: whether it was deleted by mistake is known only where versions are."""
        key, what = self.key(artifact.md5), f"sha256 {artifact.sha256}"
        try:
            found = versions.list_versions(self._connection, key, self._deadline())
        except (RemoteCannot, RemoteDenied, RemoteRefused):
            found = ()
        mark = next((v for v in found if v.is_current and v.is_deletion), None)
        if mark is None:
            return ObjectMissing(artifact.path, self.place, what)
        repair = (
            f"aws s3api delete-object --bucket {self.bucket.name} --key {key} "
            f"--version-id {mark.id}"
        )
        return ObjectDeleted(artifact.path, self.place, what, repair)


def _encrypted(encryption: str) -> dict[str, Any]:
    if not encryption.startswith("aws:kms:"):
        return {"ServerSideEncryption": encryption} if encryption else {}
    key = encryption.removeprefix("aws:kms:")
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
