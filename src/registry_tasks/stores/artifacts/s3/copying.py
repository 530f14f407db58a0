"""Copy an object onto itself within the bucket: no byte of it comes here, however big it is."""

from typing import Any, Final

from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.reading import Stored

ONE_COPY_BYTES: Final = 5 << 30  # as S3 allows


def copy_onto_itself(
    connection: Connection,
    source: dict[str, str],
    stored: Stored,
    options: dict[str, Any],
    deadline: Deadline,
) -> None:
    """Make what ``source`` names (``Key``, maybe ``VersionId``) the current version of its key.

    Raises: NoSuchObject, and as ``Connection.call``.
    """
    told = {"Key": source["Key"], **options, "Metadata": stored.metadata}
    source = {"Bucket": connection.bucket.name, **source}
    if stored.size_bytes > ONE_COPY_BYTES:
        _copy_parts(connection, told, source, stored.size_bytes, deadline)
        return
    asked = {**told, "CopySource": source, "MetadataDirective": "REPLACE"}
    connection.run(connection.call("copy_object", deadline, **asked), deadline)


def _copy_parts(
    connection: Connection,
    told: dict[str, Any],
    source: dict[str, str],
    size_bytes: int,
    deadline: Deadline,
) -> None:
    """Copy what is too big for one request."""
    made = connection.run(connection.call("create_multipart_upload", deadline, **told), deadline)
    which = {"Key": told["Key"], "UploadId": made["UploadId"]}
    parts = []
    for number, start in enumerate(range(0, size_bytes, ONE_COPY_BYTES), start=1):
        end = min(start + ONE_COPY_BYTES, size_bytes) - 1
        asked = {"CopySource": source, "CopySourceRange": f"bytes={start}-{end}", **which}
        copied = connection.run(
            connection.call("upload_part_copy", deadline, PartNumber=number, **asked), deadline
        )
        parts.append({"PartNumber": number, "ETag": copied["CopyPartResult"]["ETag"]})
    ended = {"MultipartUpload": {"Parts": parts}, **which}
    connection.run(connection.call("complete_multipart_upload", deadline, **ended), deadline)
