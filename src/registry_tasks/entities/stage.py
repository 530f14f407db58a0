"""A version's place in life. Stages beyond these four come from policy."""

from enum import StrEnum
from typing import Final

DEFAULT_ENVIRONMENT: Final = "default"


class Stage(StrEnum):
    """The four stages every model has."""

    EXPERIMENT = "experiment"
    STAGING = "staging"
    PRODUCTION = "production"
    ARCHIVED = "archived"


POOLS: Final = (Stage.EXPERIMENT, Stage.ARCHIVED)
"""Stages that hold any number of versions; every other one has a single place per environment."""


def slot(stage: str, environment: str) -> str:
    """Name a stage in an environment as references and GTO do: ``production-eu``."""
    return stage if environment == DEFAULT_ENVIRONMENT else f"{stage}-{environment}"
