"""Drills that were made, and which versions cannot be made again any more."""

from collections.abc import Iterator

from registry_tasks.entities.drill import Drill, Risk
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import drills, risks
from registry_tasks.stores.metadata.models import get_model

_UNMADE = ("E", "F")
"""Grades of what no pipeline made, so that nothing can make it again."""


def list_drills(
    registry: Registry, model: str | None = None, *, failing: bool = False, limit: int = 50
) -> tuple[Drill, ...]:
    """Return the drills of a model or of all, newest first; ``failing``: whose last one failed.

    Raises: ModelNotFound.
    """
    with registry.metadata.reading() as connection:
        model_id = None if model is None else get_model(connection, model)
        if failing:
            return drills.list_failing(connection, model_id, limit)
        return drills.list_newest(connection, model_id, limit)


def list_risks(
    registry: Registry, model: str | None = None, *, limit: int = 50
) -> tuple[Risk, ...]:
    """Return versions that cannot be made again as they were, each with every reason.

    They are in production though no pipeline made them, or their last rebuild came out different,
    or their last drill failed. Deleted ones are left out. Raises: ModelNotFound.
    """
    with registry.metadata.reading() as connection:
        model_id = None if model is None else get_model(connection, model)
        graded = risks.list_in_production(connection, model_id, _UNMADE, limit)
        rebuilt = risks.list_last_rebuilt(connection, model_id, Verdict.DIFFERENT, limit)
        failed = drills.list_failing(connection, model_id, limit)
    found = (*_graded(graded), *_rebuilt(rebuilt), *_failed(failed))
    return found[:limit]


def _graded(graded: tuple[tuple[str, str], ...]) -> Iterator[Risk]:
    for ref, grade in graded:
        yield Risk(ref=ref, why=f"in production, grade {grade}: no pipeline made it")


def _rebuilt(rebuilt: tuple[tuple[str, str | None], ...]) -> Iterator[Risk]:
    for ref, stage in rebuilt:
        where = f", first in {stage}" if stage else ""
        yield Risk(ref=ref, why=f"its last rebuild came out different{where}")


def _failed(failed: tuple[Drill, ...]) -> Iterator[Risk]:
    for drill in failed:
        yield Risk(
            ref=drill.version, why=f"its drill of {drill.at:%Y-%m-%d} failed: {drill.failure}"
        )
