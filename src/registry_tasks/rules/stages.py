"""The order of stages: which moves there are, and which stages have one place."""

from typing import Final

from registry_tasks.entities.errors import IllegalMove
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, POOLS, Stage

MOVES: Final[dict[str, tuple[str, ...]]] = {
    Stage.EXPERIMENT: (Stage.STAGING,),
    Stage.STAGING: (Stage.PRODUCTION, Stage.EXPERIMENT),
    Stage.PRODUCTION: (Stage.EXPERIMENT,),
    Stage.ARCHIVED: (Stage.EXPERIMENT,),
}
"""What promoting may do. Archiving is a verb of its own, which looks first at what is in use."""


def stage_of(version: ModelVersion, environment: str) -> str:
    """Return a version's stage in an environment; one it never entered counts as experiment."""
    return version.stages.get(environment, Stage.EXPERIMENT)


def source_of(version: ModelVersion, environment: str) -> str:
    """Return the stage that a version would leave; one that is archived is so everywhere."""
    if stage_of(version, DEFAULT_ENVIRONMENT) == Stage.ARCHIVED:
        return Stage.ARCHIVED
    return stage_of(version, environment)


def moves_from(stage: str, policy: Policy) -> tuple[str, ...]:
    """Return where a version may go; a policy's own stages stand between staging and production."""
    own = tuple(name for name in policy.stages if name not in MOVES)
    if stage in own:
        return (*(other for other in own if other != stage), *MOVES[Stage.STAGING])
    return MOVES[stage] + (own if stage == Stage.STAGING else ())


def check_move(ref: str, source: str, target: str, policy: Policy) -> None:
    """Raise IllegalMove unless a version may go from ``source`` to ``target``."""
    allowed = moves_from(source, policy)
    if target not in allowed:
        raise IllegalMove(ref, source, target, allowed)


def is_single(stage: str) -> bool:
    """Whether a stage has one place per model and environment.

    Whoever is displaced from it goes back to experiment.
    """
    return stage not in POOLS
