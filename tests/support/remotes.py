"""A remote of each kind, and a hand that reaches into it behind the registry's back."""

import hashlib
from pathlib import Path

import pytest

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.remote import ObjectRemote
from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket
from support.s3 import S3Server


def artifact_of(content: bytes, *, suffix: str = "") -> Artifact:
    """What a manifest says of an object with these bytes."""
    return Artifact(
        path="models/model.txt",
        md5=hashlib.md5(content).hexdigest() + suffix,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        home=Home.REMOTE,
        stage="train",
    )


class FolderHand:
    """A folder whose files somebody else writes."""

    def __init__(self, objects: ObjectDirectory) -> None:
        self.objects: ObjectRemote = objects
        self._folder = objects

    def damage(self, md5: str, content: bytes) -> None:
        self._folder.path(md5).chmod(0o644)
        self._folder.path(md5).write_bytes(content)

    def remove(self, md5: str) -> None:
        self._folder.path(md5).unlink()

    def written(self, md5: str) -> object:
        """What changes when the object is written anew."""
        found = self._folder.path(md5).stat()
        return found.st_ino, found.st_mtime_ns

    def md5s(self) -> set[str]:
        """The names of all objects."""
        root = self._folder.root / "files" / "md5"
        return {path.parent.name + path.name for path in root.rglob("*") if path.is_file()}

    def again(self) -> ObjectRemote:
        """The same remote, as another process opens it."""
        return ObjectDirectory(self._folder.root)


class BucketHand:
    """A bucket in which somebody else writes."""

    def __init__(self, server: S3Server, bucket: Bucket, deadline_s: float = 60) -> None:
        self.objects: ObjectRemote = ObjectBucket(bucket, deadline_s)
        self._client, self._bucket = server.client(), bucket

    def _key(self, md5: str) -> str:
        return self._bucket.key("files", "md5", md5[:2], md5[2:])

    def damage(self, md5: str, content: bytes) -> None:
        self._client.put_object(Bucket=self._bucket.name, Key=self._key(md5), Body=content)

    def remove(self, md5: str) -> None:
        self._client.delete_object(Bucket=self._bucket.name, Key=self._key(md5))

    def written(self, md5: str) -> object:
        found = self._client.head_object(Bucket=self._bucket.name, Key=self._key(md5))
        return found["LastModified"], found["ETag"], found.get("VersionId")

    def md5s(self) -> set[str]:
        prefix = self._bucket.key("files", "md5", "")
        found = self._client.list_objects_v2(Bucket=self._bucket.name, Prefix=prefix)
        return {o["Key"].removeprefix(prefix).replace("/", "") for o in found.get("Contents", ())}

    def again(self) -> ObjectRemote:
        return ObjectBucket(self._bucket, 60)


Hand = FolderHand | BucketHand


@pytest.fixture(params=["folder", "bucket"])
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Hand:
    """A remote of each kind, empty."""
    made: Hand
    if request.param == "folder":
        made = FolderHand(ObjectDirectory(tmp_path / "remote"))
    else:
        bucket = request.getfixturevalue("bucket")
        made = BucketHand(request.getfixturevalue("rclone"), bucket)
    made.objects.create()
    return made
