"""The project's parameters: params.yaml."""

import difflib
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from ruamel.yaml import YAML

from registry_tasks.entities.errors import (
    InvalidDocument,
    InvalidProject,
    MalformedText,
    UnknownParameter,
)
from registry_tasks.entities.parameters import check_parameters
from registry_tasks.stores.dvc.documents import flatten, parse_document, read_document

FILE = "params.yaml"


def read_parameters(root: Path) -> dict[str, JsonValue]:
    """Read params.yaml: dotted key -> value. Raises InvalidProject."""
    document = read_document(root / FILE)
    try:
        return flatten(check_parameters(document))
    except (InvalidDocument, MalformedText) as error:
        raise InvalidProject(FILE, str(error)) from error


def parse_value(text: str) -> JsonValue:
    """Read ``3``, ``1e-3``, ``true`` or ``[1, 2]`` as params.yaml would.

    What would be a mapping or a list without brackets is the text itself. Raises ValueError for
    what is no YAML, and for values that JSON has not.
    """
    value = parse_document(text)
    is_flow = text.lstrip().startswith(("[", "{"))
    return value if is_flow or not isinstance(value, (dict, list)) else text


def override_parameters(root: Path, overrides: Mapping[str, JsonValue]) -> None:
    """Write new values of parameters into params.yaml, in one step, keeping its comments.

    Raises: UnknownParameter for a dotted key that is not in the file (nothing is written then),
    InvalidProject.
    """
    known = read_parameters(root)
    for key in overrides:
        if key not in known:
            near = tuple(difflib.get_close_matches(key, known, n=3))
            raise UnknownParameter(key, FILE, near)
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096  # leave long lines alone
    document = yaml.load((root / FILE).read_text(encoding="utf-8"))
    for key, value in overrides.items():
        _set(document, key, value)
    _replace(root / FILE, yaml, document)


def _set(mapping: Any, key: str, value: JsonValue) -> None:
    """Set a dotted key; a key that has dots itself is found too."""
    for name in mapping:
        if str(name) == key:
            mapping[name] = value
            return
        if key.startswith(f"{name}.") and isinstance(mapping[name], dict):
            _set(mapping[name], key.removeprefix(f"{name}."), value)
            return


def _replace(path: Path, yaml: YAML, document: Any) -> None:
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            yaml.dump(document, stream)
        unfinished.chmod(path.stat().st_mode)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
