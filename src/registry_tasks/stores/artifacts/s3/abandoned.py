"""Uploads of parts that nobody goes on with: no listing shows them, but they are paid for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from registry_tasks.stores.artifacts.s3.answers import NotOnRecord
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline

AGE: Final = timedelta(days=1)
"""No lock tells whether a writer on another machine is alive; none takes a day."""


def list_uploads(
    connection: Connection, prefix: str, deadline: Deadline, age: timedelta = AGE
) -> list[dict[str, Any]]:
    """List unfinished uploads below a prefix that were begun longer ago than ``age``."""
    found: list[dict[str, Any]] = []
    next_page: dict[str, str] = {}
    while True:
        asked = connection.call("list_multipart_uploads", deadline, Prefix=prefix, **next_page)
        try:
            page = connection.run(asked, deadline)
        except NotOnRecord:  # so rclone's server says that there is none
            return []
        found += page.get("Uploads", [])
        if not page.get("IsTruncated"):
            before = datetime.now(UTC) - age
            return [upload for upload in found if upload["Initiated"] < before]
        next_page = {
            "KeyMarker": page["NextKeyMarker"],
            "UploadIdMarker": page["NextUploadIdMarker"],
        }


def abort(connection: Connection, uploads: Sequence[dict[str, Any]], deadline: Deadline) -> None:
    """Abort uploads; one that is gone by now is no error."""
    for upload in uploads:
        which = {"Key": upload["Key"], "UploadId": upload["UploadId"]}
        try:
            connection.run(connection.call("abort_multipart_upload", deadline, **which), deadline)
        except NotOnRecord:
            continue
