"""Which versions a stage with one place, or an alias, named, read from the events' labels.

A tenure begins with the event that gave the label to a version, and ends with the next one that
gave it to another or to none. Only the sequence counts; times are what the events tell.
"""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.reference import Reference
from registry_tasks.entities.tenure import Tenure
from registry_tasks.stores.metadata import tables as t

_E: Final = t.event.c
_LATER: Final = t.event.alias("later")
_MODEL: Final[sa.BindParameter[int]] = sa.bindparam("model")
_LABEL: Final[sa.BindParameter[str]] = sa.bindparam("label")


def _follower(column: str) -> sa.ScalarSelect[int]:
    """Select the next event that has the label in a column.

    Not ``=`` for the model and the label, here and below, and ordered by them: then PostgreSQL may
    go through the events of all models in their order.
    """
    later, told = _LATER.c, _LATER.c[column]
    return (
        sa.select(later.sequence)
        .where(later.model_id.between(_MODEL, _MODEL), told.between(_LABEL, _LABEL))
        .where(later.sequence > _E.sequence)
        .order_by(later.model_id, told, later.sequence)
        .limit(1)
        .scalar_subquery()
    )


_BEGUN: Final = (
    sa.select(_E.sequence, _E.at, _E.actor, _E.reason, t.version.c.number)
    .add_columns(_follower("entered").label("entered"), _follower("vacated").label("vacated"))
    .join(t.version, t.version.c.id == _E.version_id)
    .where(_E.model_id.between(_MODEL, _MODEL), _E.entered.between(_LABEL, _LABEL))
    .where(_E.sequence < sa.bindparam("before"))
    .order_by(_E.model_id.desc(), _E.entered.desc(), _E.sequence.desc())
    .limit(sa.bindparam("limit"))
)
_ANY: Final = (
    sa.select(_E.sequence)
    .where(_E.model_id == _MODEL, _E.entered == _LABEL)
    .order_by(_E.sequence.desc())
    .limit(1)
)
_TIMES: Final = sa.select(_E.sequence, _E.at).where(
    _E.sequence.in_(sa.bindparam("ends", expanding=True))
)
_NO_END: Final = 2**31 - 1


def has_named(connection: sa.Connection, model_id: int, label: str) -> bool:
    """Whether a label, as events tell it, has ever named a version of the model."""
    asked = {"model": model_id, "label": label}
    return connection.execute(_ANY, asked).one_or_none() is not None


def list_tenures(
    connection: sa.Connection,
    model: str,
    model_id: int,
    label: str,
    *,
    before: int | None,
    limit: int,
) -> tuple[Tenure, ...]:
    """Return a label's tenures, newest first; ``before`` is a sequence to go on from."""
    asked = {"model": model_id, "label": label, "before": before or _NO_END, "limit": limit}
    rows = connection.execute(_BEGUN, asked).all()
    ends = [min(filter(None, (row.entered, row.vacated)), default=None) for row in rows]
    told = connection.execute(_TIMES, {"ends": [end for end in ends if end is not None]})
    times = {sequence: at for sequence, at in told}
    return tuple(
        Tenure(
            sequence=row.sequence,
            version=str(Reference.number(model, row.number)),
            since=row.at,
            until=None if end is None else times[end],
            by=row.actor,
            reason=row.reason,
        )
        for row, end in zip(rows, ends, strict=True)
    )
