"""The software that a run ran in."""

import hashlib
import json
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from pydantic import Field

from registry_tasks.entities.entity import Entity

UNKNOWN: Final = "unknown"
"""Python and platform of a file that was registered: nobody knows what made it."""
LOCK_FILES: Final = (
    "requirements.lock",
    "pylock.toml",
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "pixi.lock",
    "conda-lock.yml",
)
"""Files of a project that name every distribution, best known first."""
DECLARING_FILES: Final = (
    *LOCK_FILES,
    *("requirements.txt", "environment.yml", "environment.yaml", "Dockerfile", "Containerfile"),
)
"""All files of a project that say which software it needs."""


class UrlKind(StrEnum):
    """What stands at the address that a distribution was installed from."""

    VCS = "vcs"  # a repository at a commit
    ARCHIVE = "archive"  # one file
    LOCAL = "local"  # a folder of that machine, which nobody else has


class DirectUrl(Entity):
    """Where a distribution came from that was installed from no index (PEP 610).

    ``commit`` is that of a repository, ``hash`` that of an archive as ``sha256=...``.
    """

    kind: UrlKind
    url: str
    vcs: str = ""
    commit: str = ""
    hash: str = ""
    subdirectory: str = ""
    editable: bool = False

    @property
    def pin(self) -> str | None:
        """What names the same software everywhere; None for a folder."""
        if self.kind is UrlKind.LOCAL:
            return None
        return self.commit or self.hash or self.url


def is_locked(files: Collection[str]) -> bool:
    """Whether a lock file is among the files that declare an environment."""
    return not set(files).isdisjoint(LOCK_FILES)


class Environment(Entity):
    """Python, platform, every installed distribution, and the files that declare them."""

    python: str
    platform: str
    packages: dict[str, str]  # normalised distribution name -> version
    files: dict[str, str]  # lock file, Dockerfile, Conda file: path -> SHA-256
    direct_urls: dict[str, DirectUrl] = Field(default_factory=dict)  # of those from no index

    def digest(self) -> str:
        """SHA-256 over Python, platform and packages: what the run could feel.

        A repository's commit and an archive's hash count, a folder's place does not.
        """
        felt: list[object] = [self.python, self.platform, sorted(self.packages.items())]
        pins = {name: url.pin for name, url in self.direct_urls.items() if url.pin}
        if pins:
            felt.append(sorted(pins.items()))
        return hashlib.sha256(json.dumps(felt).encode()).hexdigest()
