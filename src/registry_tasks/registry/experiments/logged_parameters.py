"""Parameters that a training script logged through DVCLive, beside its metrics."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.parameters import FILE, read_parameters


def with_logged(folder: Path, metrics: str, named: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the parameters that DVC stages name, and those of the ``params.yaml`` beside ``metrics``.

    That is DVCLive's own layout. The project's own params.yaml is no such file, nor is one whose keys
    a DVC stage names. Where both tell one name differently, the logged one begins with its file.
    Raises: InvalidProject.
    """
    file = str(PurePosixPath(metrics).with_name(FILE))
    is_own = file == FILE or any(key.startswith(f"{file}:") for key in named)
    if is_own or not (folder / file).is_file():
        return dict(named)
    try:
        logged = read_parameters((folder / file).parent)
    except InvalidProject as error:
        raise InvalidProject(file, error.reason) from error
    clashes = {key for key, value in logged.items() if key in named and named[key] != value}
    told = {f"{file}:{key}" if key in clashes else key: value for key, value in logged.items()}
    return {**named, **told}
