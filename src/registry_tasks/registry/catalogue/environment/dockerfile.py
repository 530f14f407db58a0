"""Write an environment as a Dockerfile over the official Python image."""

import re
from types import MappingProxyType
from typing import Final

from registry_tasks.entities.environment_record import EnvironmentRecord
from registry_tasks.entities.errors import EnvironmentNotRecorded
from registry_tasks.registry.catalogue.environment.requirements import elsewhere, header

_RELEASE: Final = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
_PLATFORMS: Final = MappingProxyType(
    {"linux-x86_64": "linux/amd64", "linux-aarch64": "linux/arm64", "linux-arm64": "linux/arm64"}
)


def write_dockerfile(record: EnvironmentRecord) -> str:
    """Return a Dockerfile, which nobody has built; requirements.txt belongs beside it."""
    python = record.environment.python
    top = list(header(record))
    if not _RELEASE.fullmatch(python):
        what = f"Python {python} is no release, so there is no image of it"
        raise EnvironmentNotRecorded(record.ref, what)
    platform = _PLATFORMS.get(record.environment.platform)
    base = f"--platform={platform} " if platform else ""
    lines = [
        *top,
        "# Written from the record and never built. Beside it belongs what this writes:",
        f"#   registry environment {record.ref} --as requirements --to requirements.txt",
        *(f"# {told}" for told in elsewhere(record)),
        f"FROM {base}python:{python}-slim",
        "WORKDIR /app",
        "COPY requirements.txt .",
        "RUN python -m pip install --no-cache-dir --requirement requirements.txt",
    ]
    return "\n".join(lines) + "\n"
