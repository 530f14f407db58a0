"""The machine that a run ran on."""

from registry_tasks.entities.entity import Entity


class Gpu(Entity):
    """A graphics processor, as the tools of its maker name it."""

    name: str
    memory_bytes: int | None
    driver: str


class Hardware(Entity):
    """What of a machine a process could use; what nobody tells is None or empty."""

    cpu: str
    cores: int  # logical ones that this process may use
    memory_bytes: int | None
    gpus: tuple[Gpu, ...] = ()
