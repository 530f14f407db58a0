"""Other folders that hold objects: a backup, another remote, a clone and its cache."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.care.back_up import objects_of
from registry_tasks.registry.care.doctor.ailment import REPAIR
from registry_tasks.settings import STATE_FOLDER
from registry_tasks.stores.dvc.cache import DvcCache, shared_cache

ANY: Final = f"{REPAIR} --from FOLDER"
"""The command where no place is known yet."""
KINDS: Final = "a backup, another remote, or a clone"


class Spare(NamedTuple):
    """A folder that somebody named, and every place below it that is in DVC's layout."""

    folder: Path
    layouts: tuple[DvcCache, ...]

    @property
    def command(self) -> str:
        """What repairs from here."""
        return f"{REPAIR} --from {shlex.quote(str(self.folder))}"

    def places(self, artifact: Artifact) -> Iterator[Path]:
        """Say where the artifact's bytes would be."""
        for layout in self.layouts:
            yield layout.path(artifact.md5)


def find_spares(folders: Iterable[Path]) -> tuple[Spare, ...]:
    """Look where each folder keeps objects. Raises InvalidSetting if one has none."""
    return tuple(_find(folder) for folder in folders)


def _find(folder: Path) -> Spare:
    """A clone keeps them in its cache, and in the remote that a registry has by default."""
    roots = [folder, objects_of(folder).root, folder / STATE_FOLDER / "remote"]
    if (folder / ".dvc").is_dir():
        roots.append(shared_cache(folder).root)
    found = tuple(DvcCache(root) for root in roots if (root / "files" / "md5").is_dir())
    if not found:
        raise InvalidSetting("--from", str(folder), f"it holds no objects; name {KINDS}")
    return Spare(folder, found)
