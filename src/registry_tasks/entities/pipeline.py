"""The DVC stages that made a model, as dvc.lock records them."""

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity


class Dependency(Entity):
    """A path with its DVC content hash: what a DVC stage read, or what it wrote."""

    path: str
    md5: str
    size_bytes: int
    files: int = 1


class LockedStage(Entity):
    """One DVC stage as it was run."""

    name: str  # with its key: ``features@2013-04``
    command: str
    dependencies: tuple[Dependency, ...]
    parameters: dict[str, JsonValue]  # dotted key -> value
    outputs: tuple[Dependency, ...]

    @property
    def template(self) -> str:
        """Its name in dvc.yaml, without the key of a foreach."""
        return self.name.partition("@")[0]


class Pipeline(Entity):
    """The DVC stages that lead to one model, each after those it needs."""

    stages: tuple[LockedStage, ...]

    def concerns(self, path: str) -> bool:
        """Whether these stages read or wrote ``path`` or a folder around it."""
        named = (d for s in self.stages for d in (*s.outputs, *s.dependencies))
        return any(path == d.path or path.startswith(d.path + "/") for d in named)

    def producer(self, path: str) -> LockedStage | None:
        """Return the stage that wrote ``path`` or a folder around it, None for a source."""
        for stage in self.stages:
            for out in stage.outputs:
                if path == out.path or path.startswith(out.path + "/"):
                    return stage
        return None
