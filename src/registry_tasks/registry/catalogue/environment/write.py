"""Write: give a version's environment in one of its forms."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from registry_tasks.entities.environment_record import EnvironmentForm, EnvironmentRecord
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.registry.catalogue.environment.conda import write_conda
from registry_tasks.registry.catalogue.environment.dockerfile import write_dockerfile
from registry_tasks.registry.catalogue.environment.read import read_environment, read_lock
from registry_tasks.registry.catalogue.environment.requirements import write_requirements
from registry_tasks.registry.catalogue.environment.sbom import write_sbom
from registry_tasks.registry.registry import Registry

_WRITERS: Final = MappingProxyType[EnvironmentForm, Callable[[EnvironmentRecord], str]](
    {
        EnvironmentForm.REQUIREMENTS: write_requirements,
        EnvironmentForm.CONDA: write_conda,
        EnvironmentForm.DOCKERFILE: write_dockerfile,
        EnvironmentForm.SBOM: write_sbom,
        EnvironmentForm.JSON: lambda record: record.model_dump_json(indent=2) + "\n",
    }
)


def write_environment(registry: Registry, ref: str, form: str) -> bytes:
    """Return a file that describes a version's environment, in a form of ``EnvironmentForm``.

    Raises: VersionNotFound, InvalidSetting, EnvironmentNotRecorded, ExtraMissing; for a lock file
    also NotAProject, CommitNotFound, ObjectCorrupt.
    """
    return write(registry, read_environment(registry, ref), form)


def write(registry: Registry, record: EnvironmentRecord, form: str) -> bytes:
    """Write what was read already. Raises as ``write_environment``."""
    if form not in tuple(EnvironmentForm):
        raise InvalidSetting("form", form[:120], f"write one of {', '.join(EnvironmentForm)}")
    if form == EnvironmentForm.LOCK:
        return read_lock(registry, record)
    return _WRITERS[EnvironmentForm(form)](record).encode()
