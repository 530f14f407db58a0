"""A folder of empty wheels as a package index: the real uv is asked, and no network."""

import re
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path


def put_wheel(folder: Path, name: str, version: str) -> None:
    """Let the index have a package."""
    told = re.sub(r"[-_.]+", "_", name).lower()
    info = f"{told}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{told}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{told}.py", "")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        tags = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{info}/WHEEL", tags)


def put_what_is_here(folder: Path) -> Mapping[str, str]:
    """Let the index have every package of this Python; returns how uv is set to it."""
    folder.mkdir()
    for found in metadata.distributions():
        put_wheel(folder, found.metadata["Name"], found.version)
    return {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(folder)}
