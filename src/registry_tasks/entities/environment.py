"""The software that a run ran in."""

import hashlib
import json

from registry_tasks.entities.entity import Entity


class Environment(Entity):
    """Python, platform, every installed distribution, and the files that declare them."""

    python: str
    platform: str
    packages: dict[str, str]  # normalised distribution name -> version
    files: dict[str, str]  # lock file, Dockerfile, Conda file: path -> SHA-256

    def digest(self) -> str:
        """SHA-256 over Python, platform and packages: what the run could feel."""
        felt = [self.python, self.platform, sorted(self.packages.items())]
        return hashlib.sha256(json.dumps(felt).encode()).hexdigest()
