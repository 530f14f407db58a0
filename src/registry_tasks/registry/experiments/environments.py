"""Capture the software environment of this interpreter, in which the pipeline's steps run."""

import platform
import re
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from registry_tasks.entities.environment import Environment
from registry_tasks.stores.artifacts.digests import digest_file

DECLARING_FILES = (
    "requirements.lock",
    "requirements.txt",
    "uv.lock",
    "poetry.lock",
    "pixi.lock",
    "conda-lock.yml",
    "environment.yml",
    "Dockerfile",
)


def capture_environment(folder: Path) -> Environment:
    """Return Python, platform, packages, and the files in ``folder`` that declare them."""
    declaring = [name for name in DECLARING_FILES if (folder / name).is_file()]
    return Environment(
        python=platform.python_version(),
        platform=f"{platform.system()}-{platform.machine()}".lower(),
        packages=dict(_packages()),
        files={name: digest_file(folder / name).sha256 for name in declaring},
    )


@lru_cache(maxsize=1)
def _packages() -> tuple[tuple[str, str], ...]:
    found = {_normalised(d.metadata["Name"]): d.version for d in distributions()}
    return tuple(sorted(found.items()))


def _normalised(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()
