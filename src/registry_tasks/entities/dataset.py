"""Named data with a content hash."""

from registry_tasks.entities.entity import Entity


class DatasetUse(Entity):
    """One state of a dataset as a DVC stage of a run read it."""

    name: str  # path in the project
    md5: str  # DVC's content hash; ends in ``.dir`` for a directory
    size_bytes: int
    files: int
    stage: str  # the DVC stage that read it
