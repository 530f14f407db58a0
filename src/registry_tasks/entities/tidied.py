"""What tidying up came to, in the registry and in Prefect."""

from registry_tasks.entities.entity import Entity


class DeadFlowRun(Entity):
    """A flow run whose process ended without saying so; ``again`` is the run that does its work."""

    id: str
    name: str
    again: str | None
    why_not: str = ""  # nothing does its work again


class Tidied(Entity):
    """What was left to finish."""

    flow_runs: tuple[DeadFlowRun, ...]
    workspaces: tuple[str, ...]
    tags: int  # Git tags that were written
    closed: int  # requests for approval that ended
