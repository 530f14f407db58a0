"""A version's page: what it is, why it has its number, what proves it, what it is made of."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from fastapi import Request, Response

from registry_tasks.entities.errors import (
    CodeNotHere,
    CodeNotRecorded,
    CommitNotFound,
    RegistryError,
)
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.entities.version_record import VersionRecord
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.curves import draw_curves
from registry_tasks.faces.web.forms import NOTHING, Form
from registry_tasks.faces.web.links import version_url
from registry_tasks.faces.web.model import Asked, View, policy_here
from registry_tasks.faces.web.model import show_page as show_model_page
from registry_tasks.faces.web.offers import movable_aliases
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of
from registry_tasks.faces.web.usage import commands
from registry_tasks.registry.catalogue.code import read_code
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.catalogue.show import list_history, show
from registry_tasks.registry.experiments.show_run import show_run
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.rules.access import may
from registry_tasks.rules.stages import MOVES, moves_from

VIEWS: Final = (
    ("", "Summary"),
    ("evidence", "Evidence"),
    ("data", "Data and environment"),
    ("code", "Code"),
    ("files", "Files"),
    ("history", "History"),
)
_HISTORY: Final = 100


class Step(NamedTuple):
    """Where a version may go next."""

    stage: str
    environment: str


@needs(Permission.READ)
def version(
    request: Request, registry: Opened, reader: Reading, caller: Calling, name: str, number: int
) -> Response:
    """Show a version; ``as=model`` says that a model has a name like the address of a version."""
    view = View(request, registry, reader, caller)
    if request.query_params.get("as") == "model":
        return show_model_page(view, f"{name}/versions/{number}", Asked())
    return show_page(view, name, number)


def show_page(
    view: View,
    name: str,
    number: int,
    problem: RegistryError | None = None,
    filled: Form = NOTHING,
) -> Response:
    """Show a version's page; ``problem`` is why a form of it, ``filled`` so, was refused."""
    record = show(view.registry, f"{name}@{number}")
    if found := csv_of(view.request, *_tables(view, record)):
        return found
    asked = view.request.query_params.get("view", "")
    shown = asked if asked in dict(VIEWS) else ""
    return render(
        view.request,
        view.caller,
        "version.html",
        record=record,
        version=record.version,
        views=VIEWS,
        view=shown,
        here=version_url(record.version.ref),
        problem=problem,
        filled=filled,
        **_parts(view, record, shown),
    )


def _parts(view: View, record: VersionRecord, shown: str) -> Mapping[str, Any]:
    """What one view of the page shows beside the record."""
    registry, ref = view.registry, record.version.ref
    match shown:
        case "evidence":
            can_rebuild = view.request.app.state.callers.prefect is not None
            asked = list_approvals(registry, ref, over=True, limit=20)
            return {"approvals": asked, "can_rebuild": can_rebuild}
        case "data":
            run = show_run(registry, record.run.uuid)
            return {"datasets": run.datasets, "hardware": run.hardware}
        case "code":
            return _code(view, record)
        case "files":
            return {}
        case "history":
            return {"events": list_history(registry, ref, limit=_HISTORY)}
    run = show_run(registry, record.run.uuid)
    return {
        "curves": draw_curves(registry, [ref], [record.run.uuid]),
        "importance": [*run.importance.items()][:15],
        "deployments": list_deployments(registry, ref, limit=20),
        "waiting": list_approvals(registry, ref, limit=5),
        "commands": commands(record.version),
        "aliases": movable_aliases(view.caller.identity, record.version.model),
        "steps": [] if record.tombstone else [*_steps(view, record)],
    }


def _steps(view: View, record: VersionRecord) -> Iterator[Step]:
    model = record.version.model
    judging, _ = policy_here(view.registry, record.run, model)
    policy = Policy() if judging is None else judging.policy
    for environment, stage in record.version.stages.items():
        if stage == Stage.ARCHIVED or (stage not in MOVES and stage not in policy.stages):
            continue
        for target in moves_from(stage, policy):
            if may(view.caller.identity, Permission.MOVE_STAGE, model, slot(target, environment)):
                yield Step(target, environment)


def _code(view: View, record: VersionRecord) -> Mapping[str, Any]:
    stage = view.request.query_params.get("stage")
    try:
        code = read_code(view.registry, record.version.ref, stage)
    except (CodeNotHere, CodeNotRecorded, CommitNotFound) as error:
        return {"code": None, "why_no_code": str(error), "stage": stage}
    return {"code": code, "why_no_code": "", "stage": stage}


def _tables(view: View, record: VersionRecord) -> Iterator[Table]:
    ref = record.version.ref
    yield Table("metrics", ("metric", "value"), lambda: record.metrics.items())
    yield Table("parameters", ("parameter", "value"), lambda: record.parameters.items())
    packages = record.environment.packages
    yield Table("packages", ("package", "version"), lambda: packages.items())
    files = ("path", "stage", "home", "size_bytes", "md5", "sha256")
    yield Table(
        "files",
        files,
        lambda: (
            (a.path, a.stage, a.home.value, a.size_bytes, a.md5, a.sha256)
            for a in record.manifest.files
        ),
    )
    data = ("dataset", "md5", "files", "size_bytes", "stage")
    yield Table(
        "datasets",
        data,
        lambda: (
            (d.name, d.md5, d.files, d.size_bytes, d.stage)
            for d in show_run(view.registry, record.run.uuid).datasets
        ),
    )
    gates = ("at", "by", "to", "promoted", "gate", "outcome", "measured", "bound", "reason")
    yield Table(
        "gates",
        gates,
        lambda: (
            (
                a.at,
                a.by,
                a.target,
                a.promoted,
                g.gate,
                g.outcome.value,
                g.measured,
                g.bound,
                g.reason,
            )
            for a in record.attempts
            for g in a.gates
        ),
    )
    told = ("sequence", "at", "actor", "kind", "reason", "before", "after")
    yield Table(
        "history",
        told,
        lambda: (
            (e.sequence, e.at, e.actor, e.kind.value, e.reason, e.before, e.after)
            for e in list_history(view.registry, ref, limit=10_000)
        ),
    )


ROUTES: Final = (page("/models/{name:path}/versions/{number:int}", version),)
