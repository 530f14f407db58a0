"""An object's bytes, handed to whoever takes them, and hashed on the way."""

from collections.abc import Callable, Iterator
from typing import Final

from registry_tasks.entities.errors import ObjectCorrupt, RemoteUnreachable
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import Digests
from registry_tasks.stores.artifacts.proof import told, wanted
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.reading import OtherBytes, content

READS: Final = 4
"""The same wrong bytes twice are the bucket's; ever other ones were damaged on the way."""
Check = Callable[[Digests], None]
Take = Callable[[Iterator[bytes], Check], object]


def prove(
    connection: Connection,
    which: dict[str, str],
    artifact: Artifact,
    take: Take,
    deadline: Deadline,
) -> None:
    """Let ``take`` have the object's bytes, again if they were damaged on the way.

    ``which`` has ``Key`` and may have ``VersionId``.
    Raises: NoSuchObject, ObjectCorrupt, and as ``Connection.request``.
    """
    needed, told_before = wanted(artifact), ""

    def check(found: Digests) -> None:
        if found != needed:
            raise OtherBytes(told(found))

    for _ in range(READS):
        try:
            take(content(connection, which, artifact.size_bytes, deadline), check)
        except OtherBytes as error:
            if error.found == told_before:
                raise ObjectCorrupt(
                    artifact.path, connection.place, told(needed), error.found
                ) from None
            told_before = error.found
        else:
            return
    raise RemoteUnreachable(connection.place, f"{which['Key']} is read as other bytes each time")
