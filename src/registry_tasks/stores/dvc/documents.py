"""YAML files of the project, read as plain values that JSON knows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from registry_tasks.entities.errors import InvalidProject


class _PlainConstructor(SafeConstructor):
    """Builds nothing that JSON does not have: a date stays the text that it was written as."""


_PlainConstructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def read_document(path: Path) -> dict[str, JsonValue]:
    """Read a YAML file that holds a mapping; an empty file is an empty one.

    Raises: InvalidProject, with the file's name, also if the file is missing.
    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError as error:
        raise InvalidProject(path.name, f"there is none in {path.parent}") from error
    except UnicodeDecodeError as error:
        raise InvalidProject(path.name, f"it is not UTF-8: {error.reason}") from error
    try:
        value = parse_document(text)
    except ValueError as error:
        raise InvalidProject(path.name, str(error)) from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidProject(path.name, "at its top it must hold keys and values")
    return value


def parse_document(text: str) -> JsonValue:
    """Read YAML. Raises ValueError saying what is wrong, also for values that JSON has not."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _PlainConstructor
    try:
        value: JsonValue = json.loads(json.dumps(yaml.load(text), allow_nan=False))
    except YAMLError as error:
        raise ValueError(f"it is not YAML: {' '.join(str(error).split())[:300]}") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"it holds a value that JSON does not have: {error}") from error
    return value


def find_line(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line, from 1, of the deepest part of a path that stands in a YAML text."""
    node = YAML(typ="safe", pure=True).compose(text)
    line = None
    for part in path:
        found = _step(node, part)
        if found is None:
            break
        line, node = found
    return line


def _step(node: Any, part: str | int) -> tuple[int, Any] | None:
    """Return where a key or an item of a node stands, and what it is."""
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    return None


def flatten(nested: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Join the keys of nested mappings with dots; lists and empty mappings stay values."""
    return dict(_leaves(nested, ""))


def _leaves(nested: Mapping[str, JsonValue], prefix: str) -> Iterator[tuple[str, JsonValue]]:
    for key, value in nested.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
