"""What deployments/ says, read and checked; loads no Prefect.

``prefect.yaml`` is the file that `prefect deploy` reads too; ``work-pool.yaml`` has what that file
has no place for.
"""

from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.documents import read_document

FOLDER: Final = Path("deployments")
DEPLOYMENTS: Final = FOLDER / "prefect.yaml"
WORK_POOL: Final = FOLDER / "work-pool.yaml"
POOL: Final = "registry"
_Read = TypeVar("_Read", bound=BaseModel)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Schedule(_Part):
    """When: a cron line in a time zone. Whether it is active is said once, and then left alone.

    ``slug`` is its name in its deployment; who says none gets its place in the list.
    """

    slug: str = ""
    cron: str
    timezone: str = "UTC"
    active: bool = True


class Place(_Part):
    """Where: a work pool, and the queue of it that says how many runs at once.

    Who names no pool gets the one there is.
    """

    name: str = ""
    work_queue_name: str = "default"
    job_variables: dict[str, Any] = Field(default_factory=dict)


class Definition(_Part):
    """One deployment of a flow; ``triggers`` are in Prefect's words."""

    name: str
    entrypoint: str
    work_pool: Place = Place()
    description: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    tags: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    triggers: tuple[dict[str, Any], ...] = ()

    @field_validator("schedules")
    @classmethod
    def _named(cls, said: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
        numbered = enumerate(said, start=1)
        return tuple(s if s.slug else s.model_copy(update={"slug": str(n)}) for n, s in numbered)


class Queue(_Part):
    """A queue of the work pool; of the runs in it so many may be under way at once."""

    name: str
    description: str = ""
    concurrency_limit: int | None = Field(default=None, ge=0)
    priority: int = Field(default=1, ge=1)


class WorkPool(_Part):
    """Where workers take runs from; ``base_job_template`` is a file beside this one."""

    name: str = POOL
    type: str = "process"
    description: str = ""
    concurrency_limit: int | None = Field(default=None, ge=0)
    base_job_template: str | None = None
    queues: tuple[Queue, ...] = ()


class _PrefectFile(BaseModel):
    """``prefect deploy`` allows for more in it than what we apply."""

    deployments: tuple[Definition, ...] = ()


class _WorkPoolFile(_Part):
    work_pool: WorkPool = WorkPool()


class Definitions(BaseModel):
    """All that deployments/ says."""

    model_config = ConfigDict(frozen=True)

    pool: WorkPool
    deployments: tuple[Definition, ...]


def read_definitions(root: Path, work_pool: Path | None = None) -> Definitions:
    """Read the files of a checkout; ``work_pool`` is another file than work-pool.yaml.

    Raises InvalidProject for a mistake, naming file and place.
    """
    if work_pool is not None and not (root / work_pool).is_file():
        raise InvalidProject(str(work_pool), f"there is no such file in {root}")
    pool = _read(root, work_pool or WORK_POOL, _WorkPoolFile) or _WorkPoolFile()
    file = _read(root, DEPLOYMENTS, _PrefectFile) or _PrefectFile()
    name = pool.work_pool.name
    for definition in file.deployments:
        if definition.work_pool.name not in ("", name):
            reason = (
                f"deployment {definition.name}: there is no work pool {definition.work_pool.name}"
            )
            raise InvalidProject(str(DEPLOYMENTS), f"{reason} in {work_pool or WORK_POOL}")
    placed = tuple(_placed(definition, name) for definition in file.deployments)
    return Definitions(pool=pool.work_pool, deployments=placed)


def _placed(definition: Definition, pool: str) -> Definition:
    place = definition.work_pool.model_copy(update={"name": pool})
    return definition.model_copy(update={"work_pool": place})


def _read(root: Path, file: Path, kind: type[_Read]) -> _Read | None:
    if not (root / file).is_file():
        return None
    try:
        return kind.model_validate(read_document(root / file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidProject(str(file), f"{where}: {first['msg']}") from None
