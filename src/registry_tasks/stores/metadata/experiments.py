"""Experiments: names under which runs are counted together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.run_record import Experiment
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = "SELECT id FROM experiment WHERE name = ?"


def put_experiment(tx: Transaction, name: str) -> int:
    """Return the row id of an experiment, writing it if it is new."""
    found = through(tx.connection)(_FIND, (name,))
    return found[0][0] if found else insert_one(tx.connection, t.experiment, {"name": name})


class Named(NamedTuple):
    """An experiment by its row id, and when it ran last."""

    id: int
    name: str
    last_started_at: datetime


def list_named(connection: sa.Connection, model_id: int | None) -> tuple[Named, ...]:
    """Name all experiments, or those with runs of a model, the one that ran last first."""
    of, run = t.experiment.c, t.run.c
    if model_id is None:  # one look at the index for each
        newest = sa.select(run.started_at).where(run.experiment_id == of.id)
        last = newest.order_by(run.started_at.desc()).limit(1).scalar_subquery()
        query = sa.select(of.id, of.name, last.label("last"))
    else:
        query = (
            sa.select(of.id, of.name, sa.func.max(run.started_at).label("last"))
            .join(t.run, run.experiment_id == of.id)
            .where(run.model_id == model_id)
            .group_by(of.id, of.name)
        )
    found = (Named(*row) for row in connection.execute(query) if row.last is not None)
    return tuple(sorted(found, key=lambda e: (e.last_started_at, e.name), reverse=True))


def count_runs(
    connection: sa.Connection, named: Sequence[Named], model_id: int | None
) -> tuple[Experiment, ...]:
    """Return these experiments with what there is in them, or what a model has in them."""
    run, counted = t.run.c, sa.func.count()
    known: sa.ColumnElement[bool] = run.experiment_id.in_([experiment.id for experiment in named])
    if model_id is not None:
        known = sa.and_(known, run.model_id == model_id)
    places = (run.experiment_id, run.model_id, run.status)  # as an index has them, names later
    counts = sa.select(*places, counted.label("runs")).where(known).group_by(*places).subquery()
    standing = (
        sa.select(counts.c.experiment_id, t.model.c.name, counts.c.status, counts.c.runs)
        .join(t.model, t.model.c.id == counts.c.model_id)
        .order_by(t.model.c.name)
    )
    registered = (
        sa.select(run.experiment_id, counted)
        .join(t.version, t.version.c.run_id == run.id)
        .where(known)
        .group_by(run.experiment_id)
    )
    found: dict[int, list[Any]] = {experiment.id: [] for experiment in named}
    for row in connection.execute(standing):
        found[row.experiment_id].append(row)
    versions = {of: count for of, count in connection.execute(registered)}
    return tuple(_experiment(e, found[e.id], versions.get(e.id, 0)) for e in named)


def _experiment(named: Named, rows: Sequence[Any], registered: int) -> Experiment:
    """Add up what the models have in an experiment."""
    counts = {str(status): 0 for status in RunStatus}
    for row in rows:
        counts[row.status] += row.runs
    return Experiment(
        name=named.name,
        models=tuple(dict.fromkeys(row.name for row in rows)),
        last_started_at=named.last_started_at,
        runs=sum(counts.values()),
        registered=registered,
        **counts,
    )
