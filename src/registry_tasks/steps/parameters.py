"""Read one section of params.yaml into a frozen dataclass that names every number a step uses."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bad_input import BadInput

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PATH = Path("params.yaml")  # in the working copy's root, where DVC runs every step

Section = TypeVar("Section", bound="DataclassInstance")


def read_section(name: str) -> dict[str, Any]:
    """Return the mapping under the top-level key ``name``. Raises: BadInput."""
    try:
        parameters = YAML(typ="safe").load(PATH)
    except (OSError, YAMLError) as error:
        message = f"cannot read {PATH.resolve()}: {error}"
        raise BadInput(message) from error
    section = parameters.get(name) if isinstance(parameters, dict) else None
    if not isinstance(section, dict):
        message = f"{PATH} has no section {name!r}"
        raise BadInput(message)
    return section


def read_parameters(name: str, kind: type[Section]) -> Section:
    """Fill ``kind``, a dataclass of int and float fields, from the section ``name``.

    Raises: BadInput for a missing, unknown or wrongly typed parameter; a misspelt one would
        otherwise change nothing in silence.
    """
    section = read_section(name)
    types = {field.name: field.type for field in dataclasses.fields(kind)}
    if section.keys() != types.keys():
        missing = sorted(types.keys() - section.keys())
        unknown = sorted(section.keys() - types.keys())
        message = f"{PATH}, section {name!r}: missing {missing}, unknown {unknown}"
        raise BadInput(message)
    for key, value in section.items():
        allowed = (int,) if types[key] is int else (int, float)
        if isinstance(value, bool) or not isinstance(value, allowed):
            message = (
                f"{PATH}: {name}.{key} is {value!r}, not {' or '.join(t.__name__ for t in allowed)}"
            )
            raise BadInput(message)
    return kind(**section)
