"""Which DVC stages lead to a model, told by dvc.yaml alone: for a run that has no dvc.lock.

Placeholders are not filled in: one can stand for anything, so a stage too many may be found.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from registry_tasks.stores.dvc.parameters import FILE as PARAMETERS, read_parameters
from registry_tasks.stores.dvc.project import (
    OUTPUTS,
    PLACEHOLDER,
    paths_in,
    paths_like,
    read_stages,
)

_WHOLE_FILE: Final = ""

_Stages = Mapping[str, dict[str, JsonValue]]


def read_named_parameters(root: Path, pipeline: str) -> dict[str, JsonValue]:
    """Return the parameters that a DVC stage, and those it needs, name, with their values now.

    Raises: InvalidProject.
    """
    stages = dict(read_stages(root))
    needed = _needed(stages, pipeline.partition("@")[0])
    keys = {key for name in needed for key in _keys(stages[name].get("params"))}
    return {
        path: value
        for path, value in read_parameters(root).items()
        if _WHOLE_FILE in keys or any(f"{path}.".startswith(f"{key}.") for key in keys)
    }


def makers_of(root: Path, path: str) -> frozenset[str]:
    """Return which DVC stages, as written, make a path or what is in it. Raises InvalidProject."""
    return frozenset(name for name, stage in read_stages(root) if _makes(stage, path))


def _needed(stages: _Stages, last: str) -> set[str]:
    needed: set[str] = set()
    waiting = [last]
    while waiting:
        name = waiting.pop()
        if name in needed or name not in stages:
            continue
        needed.add(name)
        for path in paths_in(stages[name].get("deps")):
            waiting += [other for other, stage in stages.items() if _makes(stage, path)]
    return needed


def _makes(stage: dict[str, JsonValue], path: str) -> bool:
    outputs = (out for kind in OUTPUTS for out in paths_in(stage.get(kind)))
    return any(_is_within(path, out) or _is_within(out, path) for out in outputs)


def _is_within(inner: str, outer: str) -> bool:
    """Whether two paths can be the same, or the first lie inside of the second."""
    plain = Path(os.path.normpath(PLACEHOLDER.sub("?", inner)))
    like = paths_like([outer])
    return any(like.fullmatch(str(place)) for place in (plain, *plain.parents))


def _keys(entries: JsonValue) -> Iterator[str]:
    """Give the keys of params.yaml that a stage names; the file alone stands for all of them."""
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict) and PARAMETERS in entry:
            named = entry[PARAMETERS]
            keys = named if isinstance(named, list) else [_WHOLE_FILE]
            yield from (key for key in keys if isinstance(key, str))
