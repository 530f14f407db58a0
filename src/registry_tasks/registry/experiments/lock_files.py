"""Lock files: whether one names any distribution at all. An empty one locks nothing."""

import re
from pathlib import Path
from types import MappingProxyType
from typing import Final

from registry_tasks.entities.environment import LOCK_FILES

_TABLE: Final = rb"^\s*\[\[packages?\]\]"
_ENTRY: Final = rb"^\s*-\s*\S"
_NAMING: Final = MappingProxyType(
    {
        "requirements.lock": rb"^\s*[A-Za-z0-9]",
        "pylock.toml": _TABLE,
        "uv.lock": _TABLE,
        "poetry.lock": _TABLE,
        "pdm.lock": _TABLE,
        "Pipfile.lock": rb'"(version|git|file|path)"\s*:',
        "pixi.lock": _ENTRY,
        "conda-lock.yml": _ENTRY,
    }
)
"""What a line looks like that names a distribution; whole parsing takes a second for a big one."""


def declares(file: Path) -> bool:
    """Whether a declaring file says anything: a lock file has to name a distribution."""
    if file.name not in LOCK_FILES:
        return True
    return re.search(_NAMING[file.name], file.read_bytes(), re.MULTILINE) is not None
