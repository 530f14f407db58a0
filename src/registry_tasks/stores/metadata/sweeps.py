"""Sweeps and their trials: a trial is a run, and the run says what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.sweep import SweepPlan, Trial, TrialStart
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.experiments import put_experiment
from registry_tasks.stores.metadata.inserting import insert_one, put_one
from registry_tasks.stores.metadata.store import Transaction

_S: Final = t.sweep.c
_T: Final = t.trial.c
_SHOWN: Final = (
    sa.select(t.sweep, t.model.c.name.label("model"), t.experiment.c.name.label("experiment"))
    .join(t.model, t.model.c.id == _S.model_id)
    .join(t.experiment, t.experiment.c.id == _S.experiment_id)
)
_VALUE: Final = sa.and_(
    t.metric.c.run_id == t.run.c.id, t.metric.c.key == _S.plan["metric"].as_string()
)
_TRIALS: Final = (
    sa.select(
        _T.sweep_id,
        _T.number,
        _T.parameters,
        t.run.c.uuid.label("run"),
        t.run.c.status,
        t.run.c.failure,
        t.metric.c.value,
    )
    .join(t.sweep, _S.id == _T.sweep_id)
    .join(t.run, t.run.c.id == _T.run_id)
    .outerjoin(t.metric, _VALUE)
    .order_by(_T.sweep_id, _T.number)
)


class StoredSweep(NamedTuple):
    """A sweep as it is stored, its trials by number."""

    id: int
    uuid: str
    model_id: int
    model: str
    experiment: str
    plan: SweepPlan
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    trials: tuple[Trial, ...]


def put_trial(tx: Transaction, model_id: int, run_id: int, begun: TrialStart) -> bool:
    """Write that a run is a trial, in place of an earlier run of the same one.

    Its sweep is written with its first trial. Returns whether it was.
    """
    connection, sweep = tx.connection, begun.sweep
    sweep_id = find_id(connection, sweep.uuid)
    is_new = sweep_id is None
    if sweep_id is None:
        row = {
            "uuid": sweep.uuid,
            "model_id": model_id,
            "experiment_id": put_experiment(tx, sweep.experiment),
            "plan": sweep.plan.model_dump(mode="json"),
            "started_at": tx.at,
            "started_by": tx.actor,
        }
        sweep_id = insert_one(connection, t.sweep, row)
    key = {"sweep_id": sweep_id, "number": begun.number}
    put_one(connection, t.trial, key, {"parameters": begun.parameters, "run_id": run_id})
    return is_new


def end(tx: Transaction, uuid: str) -> None:
    """Write that a sweep has come to its end, perhaps once more."""
    tx.connection.execute(sa.update(t.sweep).where(_S.uuid == uuid).values(ended_at=tx.at))


def find_id(connection: sa.Connection, uuid: str) -> int | None:
    """Return the row id of a sweep, or None."""
    found: int | None = connection.execute(
        sa.select(_S.id).where(_S.uuid == uuid)
    ).scalar_one_or_none()
    return found


def find(connection: sa.Connection, uuid: str) -> StoredSweep | None:
    """Return a sweep, or None."""
    rows = connection.execute(_SHOWN.where(_S.uuid == uuid)).all()
    return next(iter(_with_trials(connection, rows)), None)


def newest_metrics(connection: sa.Connection, model: str) -> tuple[str, ...]:
    """Name the metrics of a model's newest finished run; nothing if there is none."""
    run = t.run.c
    newest = (
        sa.select(run.id)
        .join(t.model, t.model.c.id == run.model_id)
        .where(t.model.c.name == model, run.status == str(RunStatus.FINISHED))
        .order_by(run.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    m = t.metric.c
    found = connection.execute(sa.select(m.key).where(m.run_id == newest).order_by(m.key))
    return tuple(found.scalars())


def list_sweeps(
    connection: sa.Connection, model: str | None, limit: int, before: str | None
) -> list[StoredSweep]:
    """Return sweeps, or a model's, newest first; ``before`` is the UUID of one to go on from."""
    query = _SHOWN.order_by(_S.id.desc()).limit(limit)
    if model is not None:
        query = query.where(t.model.c.name == model)
    if before is not None:
        known = t.sweep.alias("known")
        place = sa.select(known.c.id).where(known.c.uuid == before).scalar_subquery()
        query = query.where(_S.id < place)
    return _with_trials(connection, connection.execute(query).all())


def _with_trials(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[StoredSweep]:
    trials: dict[int, list[Trial]] = {row.id: [] for row in rows}
    query = _TRIALS.where(_T.sweep_id.in_(list(trials)))
    for row in connection.execute(query) if trials else ():
        fields = {name: row._mapping[name] for name in Trial.model_fields}
        trials[row.sweep_id].append(Trial(**fields))
    return [_stored(row, tuple(trials[row.id])) for row in rows]


def _stored(row: sa.Row[Any], trials: tuple[Trial, ...]) -> StoredSweep:
    named = [name for name in StoredSweep._fields if name not in ("id", "plan", "trials")]
    return StoredSweep(
        id=row.id,
        plan=SweepPlan.model_validate(row.plan),
        trials=trials,
        **{name: row._mapping[name] for name in named},
    )
