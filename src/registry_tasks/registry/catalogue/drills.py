"""Drills that were made, and which versions cannot be made again any more."""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.drill import Drill, Risk
from registry_tasks.entities.errors import InvalidCursor
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import drills, risks
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through

_UNMADE: Final = ("E", "F")
"""Grades of what no pipeline made, so that nothing can make it again."""
_ID: Final = re.compile(r"(grade|rebuild|drill)-([0-9]{1,10})")
_NO_END: Final = 2**31 - 1


def list_drills(
    registry: Registry,
    model: str | None = None,
    *,
    failing: bool = False,
    before: int | None = None,
    limit: int = 50,
) -> tuple[Drill, ...]:
    """Return the drills of a model or of all, newest first; ``failing``: whose last one failed.

    ``before`` is the id of one to go on from. Raises: ModelNotFound.
    """
    with registry.metadata.reading() as connection:
        model_id = None if model is None else get_model(connection, model)
        listed = drills.list_failing if failing else drills.list_newest
        return listed(connection, model_id, before, limit)


def list_drills_of(registry: Registry, ref: str, *, limit: int = 50) -> tuple[Drill, ...]:
    """Return the drills of a version, newest first. Raises as show."""
    with registry.metadata.reading() as connection:
        stored = get_recorded(through(connection), Reference.parse(ref))
        return drills.list_drills(connection, stored.id, limit)


def list_risks(
    registry: Registry, model: str | None = None, *, before: str | None = None, limit: int = 50
) -> tuple[Risk, ...]:
    """Return versions that cannot be made again as they were, each with every reason.

    They are in production though no pipeline made them, or their last rebuild came out different,
    or their last drill failed. Deleted ones are left out. ``before`` is the id of one to go on from.
    Raises: ModelNotFound, InvalidCursor.
    """
    kind, number = _place(before)
    kinds = tuple(_OF_KIND)
    found: list[Risk] = []
    with registry.metadata.reading() as connection:
        model_id = None if model is None else get_model(connection, model)
        for one in kinds[kinds.index(kind) :]:
            below = number if one == kind else None
            found += _OF_KIND[one](connection, model_id, below, limit - len(found))
    return tuple(found)


def _place(before: str | None) -> tuple[str, int | None]:
    """Return the kind and the number of where a page begins."""
    if before is None:
        return next(iter(_OF_KIND)), None
    place = _ID.fullmatch(before)
    if place is None:
        raise InvalidCursor("is not the id of a risk")
    return place[1], min(int(place[2]), _NO_END)


def _graded(
    connection: sa.Connection, model_id: int | None, before: int | None, limit: int
) -> Iterator[Risk]:
    for row in risks.list_in_production(connection, model_id, _UNMADE, before, limit):
        why = f"in production, grade {row.what}: no pipeline made it"
        yield Risk(id=f"grade-{row.id}", ref=row.ref, why=why)


def _rebuilt(
    connection: sa.Connection, model_id: int | None, before: int | None, limit: int
) -> Iterator[Risk]:
    for row in risks.list_last_rebuilt(connection, model_id, Verdict.DIFFERENT, before, limit):
        where = f", first in {row.what}" if row.what else ""
        why = f"its last rebuild came out different{where}"
        yield Risk(id=f"rebuild-{row.id}", ref=row.ref, why=why)


def _failed(
    connection: sa.Connection, model_id: int | None, before: int | None, limit: int
) -> Iterator[Risk]:
    for drill in drills.list_failing(connection, model_id, before, limit):
        why = f"its drill of {drill.at:%Y-%m-%d} failed: {drill.failure}"
        yield Risk(id=f"drill-{drill.id}", ref=drill.version, why=why)


_Lists = Callable[[sa.Connection, int | None, int | None, int], Iterator[Risk]]
_OF_KIND: Final = MappingProxyType[str, _Lists](
    {"grade": _graded, "rebuild": _rebuilt, "drill": _failed}
)
