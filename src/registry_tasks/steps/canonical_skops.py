"""Write a skops file whose bytes depend on the model alone.

skops names objects, and the files of their arrays, by memory address, and the archive's members
carry the time of day. Both are replaced: addresses by the order of appearance in the schema,
times by the oldest that a zip file can say. Equal texts and numbers count as one object: whether
Python kept one copy or two depends on which libraries handed them on. skops reads the result like
any other.
"""

import io
import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import skops.io

OLDEST = (1980, 1, 1, 0, 0, 0)
SCHEMA = "schema.json"


def dump(model: object, path: Path) -> None:
    """Write ``model`` to ``path``, stored without compression (zlib versions differ in bytes)."""
    original = zipfile.ZipFile(io.BytesIO(skops.io.dumps(model)))
    numbers: dict[str, str] = {}
    schema = _renumbered(json.loads(original.read(SCHEMA)), numbers)
    contents = {
        _renamed(name, numbers): original.read(name)
        for name in original.namelist()
        if name != SCHEMA
    }
    with zipfile.ZipFile(path, "w") as canonical:
        for name in sorted(contents):
            canonical.writestr(zipfile.ZipInfo(name, OLDEST), contents[name])
        text = json.dumps(schema, separators=(",", ":"))
        canonical.writestr(zipfile.ZipInfo(SCHEMA, OLDEST), text)


def _renumbered(node: Any, numbers: dict[str, str]) -> Any:
    """Copy a schema with its addresses numbered from 0; two equal addresses stay equal."""
    if isinstance(node, list):
        return [_renumbered(item, numbers) for item in node]
    if not isinstance(node, dict):
        return node
    copy: dict[str, Any] = {}
    for key, value in node.items():
        if key == "__id__":
            is_plain = node["__loader__"] == "JsonNode"
            copy[key] = int(_number(f"={node['content']}" if is_plain else str(value), numbers))
        elif key == "file":
            copy[key] = _renamed(value, numbers)
        else:
            copy[key] = _renumbered(value, numbers)
    return copy


def _renamed(name: str, numbers: dict[str, str]) -> str:
    """Replace the stem of a member's name, an address or a random UUID, by its number."""
    member = PurePosixPath(name)
    return _number(member.stem, numbers).zfill(8) + member.suffix


def _number(address: str, numbers: dict[str, str]) -> str:
    return numbers.setdefault(address, str(len(numbers)))
