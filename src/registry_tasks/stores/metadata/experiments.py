"""Experiments: names under which runs are counted together."""

from typing import Any, Final

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


def list_experiments(connection: sa.Connection, model: str | None) -> tuple[Experiment, ...]:
    """Return all experiments, or those with runs of a model, the one that ran last first."""
    run, counted = t.run.c, sa.func.count()
    query = (
        sa.select(
            t.experiment.c.name,
            t.model.c.name.label("model"),
            counted.label("runs"),
            *(counted.filter(run.status == str(status)).label(status) for status in RunStatus),
            sa.func.count(t.version.c.id).label("registered"),
            sa.func.max(run.started_at).label("last_started_at"),
        )
        .join(t.run, run.experiment_id == t.experiment.c.id)
        .join(t.model, t.model.c.id == run.model_id)
        .outerjoin(t.version, t.version.c.run_id == run.id)
        .group_by(t.experiment.c.name, t.model.c.name)
        .order_by(t.model.c.name)
    )
    if model is not None:
        query = query.where(t.model.c.name == model)
    found: dict[str, list[sa.Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.name, []).append(row)
    made = (_experiment(name, rows) for name, rows in found.items())
    return tuple(sorted(made, key=lambda e: (e.last_started_at, e.name), reverse=True))


def _experiment(name: str, rows: list[sa.Row[Any]]) -> Experiment:
    """Add up what the models have in an experiment."""
    counts = ("runs", "running", "finished", "failed", "registered")
    return Experiment(
        name=name,
        models=tuple(row.model for row in rows),
        last_started_at=max(row.last_started_at for row in rows),
        **{column: sum(getattr(row, column) for row in rows) for column in counts},
    )
