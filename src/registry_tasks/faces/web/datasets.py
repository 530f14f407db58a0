"""Datasets: what data was read, in which states, what people say of it, and what depends on it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from fastapi import Request, Response

from registry_tasks.entities.dataset import Sensitivity
from registry_tasks.entities.dataset_record import (
    DatasetState,
    DatasetSummary,
    DatasetUser,
    DescribeDataset,
)
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Caller, Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Filled, Form, carry_out, changed
from registry_tasks.faces.web.links import dataset_url, with_query
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.catalogue.datasets import (
    describe_dataset,
    list_dataset_states,
    list_dataset_users,
    list_datasets,
    show_dataset,
)
from registry_tasks.registry.registry import Registry

_PAGE: Final = 50
_STATES: Final = 20
_FIELDS: Final = ("description", "owner", "sensitivity", "source", "retain_until")
_COLUMNS: Final = (
    *("dataset", "newest_md5", "size_bytes", "files", "rows", "format", "versions"),
    *("more_versions", "owner", "sensitivity", "retain_until", "last_used"),
)
_STATE: Final = ("md5", "size_bytes", "files", "rows", "format", "first_used", "last_used")
_USER: Final = (
    *("run", "model", "status", "started_at", "stages"),
    *("version", "grade", "deleted", "held"),
)


@needs(Permission.READ)
def datasets_page(request: Request, registry: Opened, caller: Calling, after: str = "") -> Response:
    """List all data by name."""
    if file := csv_of(request, Table("datasets", _COLUMNS, partial(_rows, registry))):
        return file
    found = list_datasets(registry, after=after, limit=_PAGE)
    more = found[-1].name if len(found) == _PAGE else None
    return render(
        request,
        caller,
        "datasets.html",
        datasets=found,
        following=more and with_query("/datasets", after=more),
        first=after and "/datasets",
    )


@needs(Permission.READ)
def dataset_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    name: str,
    state: str | None = None,
    before: str | None = None,
    before_state: str | None = None,
) -> Response:
    """Show a dataset in one of its states, the newest by default, and which runs read that."""
    return _dataset(request, registry, caller, (name, state), (before, before_state))


@needs(Permission.ANNOTATE)
def describe(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """Say what a dataset is; what was not changed is left alone, what was emptied is taken away."""
    name, state = filled.text("name"), filled.find("state")

    def act() -> None:
        profile = show_dataset(registry, name).profile
        new = changed(filled, {field: getattr(profile, field) for field in _FIELDS})
        if said := {field: text.strip() for field, text in new.items()}:
            describe_dataset(registry, DescribeDataset(name=name, key=filled.key, **said))

    def refused(error: RegistryError) -> Response:
        return _dataset(request, registry, caller, (name, state), problem=error, filled=filled)

    return carry_out(act, then=f"{dataset_url(name, state)}&done=1", refused=refused)


def _dataset(
    request: Request,
    registry: Registry,
    caller: Caller,
    named: tuple[str, str | None],
    before: tuple[str | None, str | None] = (None, None),
    *,
    problem: RegistryError | None = None,
    filled: Form = NOTHING,
) -> Response:
    name, state = named
    found = show_dataset(registry, name if state is None else f"{name}@{state}")
    exact = f"{found.name}@{found.state.md5}"
    tables = (
        Table(f"users-of-{name}", _USER, partial(_users, registry, exact)),
        Table("states", _STATE, partial(_states, registry, found.name)),
        Table("columns", ("name", "type"), lambda: [(c.name, c.type) for c in found.columns]),
    )
    if problem is None and (file := csv_of(request, *tables)):
        return file
    users = list_dataset_users(registry, exact, before=before[0], limit=_PAGE)
    states = list_dataset_states(registry, found.name, before=before[1], limit=_STATES)
    here = dataset_url(name, state)
    return render(
        request,
        caller,
        "dataset.html",
        found=found,
        exact=exact,
        is_named=state is not None,
        users=users,
        states=states,
        sensitivities=Sensitivity,
        problem=problem,
        filled=filled,
        more_users=f"{here}&before={users[-1].run}" if len(users) == _PAGE else None,
        first_users=before[0] and here,
        more_states=(f"{here}&before_state={states[-1].md5}" if len(states) == _STATES else None),
        first_states=before[1] and here,
    )


def _rows(registry: Registry) -> Iterator[tuple[object, ...]]:
    def ask(after: str | None) -> Sequence[DatasetSummary]:
        return list_datasets(registry, after=after or "", limit=_PAGE)

    for d in each(ask, lambda dataset: dataset.name):
        s = d.newest
        yield (
            *(d.name, s.md5, s.size_bytes, s.files, s.rows, s.format, d.versions),
            *(d.more_versions, d.owner, d.sensitivity, d.retain_until, s.last_used),
        )


def _users(registry: Registry, state: str) -> Iterator[tuple[object, ...]]:
    def ask(before: str | None) -> Sequence[DatasetUser]:
        return list_dataset_users(registry, state, before=before, limit=_PAGE)

    yield from map(_user, each(ask, lambda user: user.run))


def _user(user: DatasetUser) -> tuple[object, ...]:
    stages = ", ".join(sorted({reading.stage for reading in user.readings}))
    held = ", ".join(f"{stage} ({where})" for where, stage in user.stages.items())
    facts = (user.run, user.model, user.status, user.started_at, stages)
    return (*facts, user.version, user.grade, user.deleted, held)


def _states(registry: Registry, name: str) -> Iterator[tuple[object, ...]]:
    def ask(before: str | None) -> Sequence[DatasetState]:
        return list_dataset_states(registry, name, before=before, limit=_PAGE)

    for s in each(ask, lambda state: state.md5):
        yield s.md5, s.size_bytes, s.files, s.rows, s.format, s.first_used, s.last_used


ROUTES: Final = (
    page("/datasets", datasets_page),
    page("/dataset", dataset_page),
    form("/dataset/describe", describe),
)
