"""Datasets: what data there is, in which states, what people say of it, and who read it."""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetShape, split_state
from registry_tasks.entities.dataset_record import (
    DatasetRecord,
    DatasetState,
    DatasetSummary,
    DatasetUser,
    DescribeDataset,
    DescribedDataset,
)
from registry_tasks.entities.errors import DatasetNotFound, InvalidSetting
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import dataset_queries, datasets, events, runs
from registry_tasks.stores.metadata.store import Transaction

LISTED: Final = dataset_queries.HowFar(states=20, readings=200)
SHOWN: Final = dataset_queries.HowFar(states=1_000, readings=10_000)
"""How far versions are counted in a list, and on a dataset's page."""
_CHANGES: Final = 20
"""How much of what was said a dataset's page shows."""
_NAMES: Final = 200
"""Under how many names one hash is looked for at once."""


def list_datasets(
    registry: Registry, *, after: str = "", limit: int = 50
) -> tuple[DatasetSummary, ...]:
    """Return all data that runs have read, by name; ``after`` is a name to go on from."""
    with registry.metadata.reading() as connection:
        found = dataset_queries.list_datasets(connection, after, limit)
        states = dataset_queries.read_states(connection, [dataset.newest for dataset in found])
        used = dataset_queries.count_versions(connection, [d.id for d in found], LISTED)
        return tuple(_summary(d, states[d.newest], used[d.id]) for d in found)


def show_dataset(registry: Registry, dataset: str) -> DatasetRecord:
    """Return what is known of ``name``, in its newest state, or of ``name@md5``.

    Raises: DatasetNotFound.
    """
    with registry.metadata.reading() as connection:
        name, dataset_id, md5 = _find(connection, dataset)
        state = (
            dataset_queries.list_states(connection, dataset_id, None, 1)[0]
            if md5 is None
            else datasets.find_state(connection, dataset_id, md5)
        )
        if state is None:
            raise DatasetNotFound(dataset)
        found = dataset_queries.read_states(connection, [state])[state]
        shape = _shape(connection, name, found.md5)
        profile = datasets.read_profile(connection, dataset_id)
        used = dataset_queries.count_versions(connection, [dataset_id], SHOWN)[dataset_id]
        return DatasetRecord(
            name=name,
            profile=profile,
            source=profile.source or (shape.source if shape else ""),
            state=found,
            columns=shape.columns if shape else (),
            note=shape.note if shape else "",
            states=dataset_queries.count_states(connection, dataset_id),
            versions=used.versions,
            more_versions=used.more,
            history=dataset_queries.list_changes(connection, name, _CHANGES),
        )


def list_dataset_states(
    registry: Registry, name: str, *, before: str | None = None, limit: int = 50
) -> tuple[DatasetState, ...]:
    """Return a dataset's states, the one first read last first; ``before`` is an MD5 to go on from.

    Raises: DatasetNotFound.
    """
    with registry.metadata.reading() as connection:
        dataset_id = datasets.find_dataset(connection, name)
        if dataset_id is None:
            raise DatasetNotFound(name)
        below = None
        if before is not None:
            below = datasets.find_state(connection, dataset_id, before)
            if below is None:
                raise DatasetNotFound(f"{name}@{before}")
        ids = dataset_queries.list_states(connection, dataset_id, below, limit)
        found = dataset_queries.read_states(connection, ids)
        return tuple(found[state] for state in ids)


def list_dataset_users(
    registry: Registry, state: str, *, before: str | None = None, limit: int = 50
) -> tuple[DatasetUser, ...]:
    """Return the runs that read ``name@md5`` or ``md5:hash`` themselves, newest first.

    With each come its DVC stages, its version, and where that stands and runs; what was made of
    them in turn is lineage. ``before`` is a run to go on from. Raises: DatasetNotFound,
    InvalidSetting, RunNotFound.
    """
    name, md5 = split_state(state)
    if md5 is None:
        reason = "name a state: PATH@MD5 as `registry data versions PATH` shows it, or md5:HASH"
        raise InvalidSetting("state", state[:200], reason)
    with registry.metadata.reading() as connection:
        states = datasets.find_states(connection, name, md5)
        if not states:
            raise DatasetNotFound(state)
        if len(states) > _NAMES:
            reason = f"{len(states)} datasets have this hash; name one of them as PATH@MD5"
            raise InvalidSetting("state", state, reason)
        below = None if before is None else runs.get_row(connection, before).id
        return dataset_queries.list_users(connection, states, below, limit)


def describe_dataset(registry: Registry, request: DescribeDataset) -> DescribedDataset:
    """Say what a dataset is; what was said before stays in the history. Raises DatasetNotFound."""

    def act(tx: Transaction) -> DescribedDataset:
        dataset_id = datasets.find_dataset(tx.connection, request.name)
        if dataset_id is None:
            raise DatasetNotFound(request.name)
        profile = datasets.read_profile(tx.connection, dataset_id)
        described = request.over(profile)
        datasets.put_profile(tx, dataset_id, described)
        was = profile.model_dump(mode="json", include=set(request.values()))
        events.append(
            tx,
            EventKind.DATASET_DESCRIBED,
            run=dataset_queries.a_run(tx.connection, dataset_id),
            before={"dataset": request.name, **was},
            after={"dataset": request.name, **request.values()},
        )
        return DescribedDataset(name=request.name, profile=described)

    return carry_out(registry, request, act, DescribedDataset)


def _find(connection: sa.Connection, dataset: str) -> tuple[str, int, str | None]:
    """Read ``name`` or ``name@md5``: a name may look like the other, so it is tried first."""
    whole = datasets.find_dataset(connection, dataset)
    if whole is not None:
        return dataset, whole, None
    name, md5 = split_state(dataset)
    dataset_id = None if name is None else datasets.find_dataset(connection, name)
    if name is None or dataset_id is None:
        raise DatasetNotFound(dataset)
    return name, dataset_id, md5


def _summary(
    found: dataset_queries.NamedDataset, newest: DatasetState, used: dataset_queries.VersionCount
) -> DatasetSummary:
    return DatasetSummary(
        name=found.name,
        newest=newest,
        versions=used.versions,
        more_versions=used.more,
        owner=found.owner,
        sensitivity=found.sensitivity,
        retain_until=found.retain_until,
    )


def _shape(connection: sa.Connection, name: str, md5: str) -> DatasetShape | None:
    found = datasets.find_shapes(connection, [md5])
    return next((shape for shape in found if shape.name == name), None)
