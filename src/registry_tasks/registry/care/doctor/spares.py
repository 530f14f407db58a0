"""Other places that hold objects: a backup, another remote, a clone and its cache."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.bucket import SCHEME, Bucket
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.care.back_up import objects_of
from registry_tasks.registry.care.doctor.ailment import REPAIR
from registry_tasks.settings import STATE_FOLDER, Settings
from registry_tasks.stores.artifacts.remote import ObjectRemote, open_remote
from registry_tasks.stores.dvc.cache import DvcCache, shared_cache

ANY: Final = f"{REPAIR} --from FOLDER"
"""The command where no place is known yet."""
KINDS: Final = "a backup, another remote, or a clone"


class Spare(NamedTuple):
    """A place that somebody named: a bucket, or a folder with every layout of DVC's below it."""

    place: str
    layouts: tuple[DvcCache, ...] = ()
    bucket: ObjectRemote | None = None

    @property
    def command(self) -> str:
        """What repairs from here."""
        return f"{REPAIR} --from {shlex.quote(self.place)}"

    def paths(self, artifact: Artifact) -> Iterator[Path]:
        """Say where in a folder the artifact's bytes would be."""
        for layout in self.layouts:
            yield layout.path(artifact.md5)


def find_spares(settings: Settings, places: Iterable[str]) -> tuple[Spare, ...]:
    """Look where each folder, or ``s3://bucket/prefix``, keeps objects.

    A bucket is asked with the credentials of the remote. Raises InvalidSetting if one has none.
    """
    return tuple(
        _find_bucket(settings, place)
        if place.startswith(SCHEME)
        else _find_folder(Path(place).absolute())
        for place in places
    )


def _find_bucket(settings: Settings, place: str) -> Spare:
    try:
        bucket = Bucket.parse(place)
    except InvalidSetting as error:
        raise InvalidSetting("--from", place, error.reason) from None
    objects = open_remote(replace(settings, remote=bucket))
    if not objects.is_there():
        raise InvalidSetting("--from", place, f"it holds no objects; name {KINDS}")
    return Spare(str(bucket), bucket=objects)


def _find_folder(folder: Path) -> Spare:
    """A clone keeps them in its cache, and in the remote that a registry has by default."""
    roots = [folder, objects_of(folder).root, folder / STATE_FOLDER / "remote"]
    if (folder / ".dvc").is_dir():
        roots.append(shared_cache(folder).root)
    found = tuple(DvcCache(root) for root in roots if (root / "files" / "md5").is_dir())
    if not found:
        raise InvalidSetting("--from", str(folder), f"it holds no objects; name {KINDS}")
    return Spare(str(folder), found)
