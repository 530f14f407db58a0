"""Look at data that is here: its hash as DVC would give it, its size, its rows and columns."""

from pathlib import Path

from registry_tasks.entities.dataset import DatasetColumn
from registry_tasks.entities.errors import InvalidArtifact
from registry_tasks.entities.logged_data import LoggedData
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.folders import digest_folder
from registry_tasks.stores.data.shapes import read_shape


def look_at(path: Path, name: str) -> LoggedData:
    """Describe a file, or a folder with all that is in it. Raises: InvalidArtifact, MalformedText."""
    whole = path.resolve()
    try:
        if whole.is_dir():
            md5, size_bytes, listed = digest_folder(whole)
            files = len(listed)
        else:
            found = digest_file(whole)
            md5, size_bytes, files = found.md5, found.size_bytes, 1
    except FileNotFoundError:
        raise InvalidArtifact(str(path), "there is no such file") from None
    table = read_shape(whole)
    return LoggedData(
        name=name,
        md5=md5,
        size_bytes=size_bytes,
        files=files,
        format=table.format,
        rows=table.rows,
        columns=tuple(DatasetColumn(name=n, type=kind) for n, kind in table.columns.items()),
        note=table.note,
    )
