"""A version's page: what it is, why it has its number, what proves it, what it is made of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from fastapi import Response

from registry_tasks.entities.deployment import Deployment
from registry_tasks.entities.errors import (
    CodeNotHere,
    CodeNotRecorded,
    CommitNotFound,
    RegistryError,
)
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage, slot
from registry_tasks.entities.version_record import VersionSummary
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.curves import draw_curves
from registry_tasks.faces.web.forms import NOTHING, Form
from registry_tasks.faces.web.links import version_url, with_query
from registry_tasks.faces.web.model import Asked, policy_here, show_page as show_model_page
from registry_tasks.faces.web.notes import notes_of
from registry_tasks.faces.web.reading import View, Viewing
from registry_tasks.faces.web.rebuilds import rebuilds_of
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import csv_of
from registry_tasks.faces.web.usage import commands
from registry_tasks.faces.web.version_tables import tables_of
from registry_tasks.registry.catalogue.code import read_code
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.catalogue.show import list_history, show, sum_up
from registry_tasks.registry.experiments.show_run import read_importance, sum_up_run
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.rules.access import may, movable_aliases
from registry_tasks.rules.retention import Standing, why_in_use
from registry_tasks.rules.stages import MOVES, moves_from, source_of

VIEWS: Final = (
    ("", "Summary"),
    ("evidence", "Evidence"),
    ("data", "Data and environment"),
    ("code", "Code"),
    ("files", "Files"),
    ("history", "History"),
)
_HISTORY: Final = 100
_FILES: Final = 200
_FEATURES: Final = 15
_EVIDENCE: Final = 20  # of each kind, but drills, of which a record has so many


class Step(NamedTuple):
    """Where a version may go next."""

    stage: str
    environment: str


@needs(Permission.READ)
def version(view: Viewing, name: str, number: int) -> Response:
    """Show a version; ``as=model`` says that a model has a name like the address of a version."""
    if view.request.query_params.get("as") == "model":
        return show_model_page(view, f"{name}/versions/{number}", Asked())
    return show_page(view, f"{name}@{number}")


def show_page(
    view: View, ref: str, problem: RegistryError | None = None, filled: Form = NOTHING
) -> Response:
    """Show a version's page; ``problem`` is why a form of it, ``filled`` so, was refused."""
    record = sum_up(view.registry, ref)
    if found := csv_of(view.request, *tables_of(view.registry, record)):
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


def _parts(view: View, record: VersionSummary, shown: str) -> Mapping[str, Any]:
    """What one view of the page shows beside the record."""
    registry, ref = view.registry, record.version.ref
    match shown:
        case "evidence":
            return _evidence(view, record)
        case "data":
            run = sum_up_run(registry, record.run.uuid)
            return {"datasets": run.datasets, "hardware": run.hardware}
        case "code":
            return _code(view, record)
        case "files":
            return _files(view, ref)
        case "history":
            events = list_history(registry, ref, limit=_HISTORY + 1)
            return {"events": events[:_HISTORY], "is_all": len(events) <= _HISTORY}
    importance = read_importance(registry, record.run.uuid)
    deployments = list_deployments(registry, ref, limit=20)
    judging, why_not = policy_here(registry, record.run, record.version.model)
    return {
        "curves": draw_curves(registry, [ref], [record.run.uuid]),
        "importance": sorted(importance.items(), key=_weight, reverse=True)[:_FEATURES],
        "deployments": deployments,
        "noted": notes_of(view, ref, record.notes, version_url(ref)),
        "can_archive": why_in_use(_standing(record.version, deployments)) is None,
        "waiting": list_approvals(registry, ref, limit=5),
        "commands": commands(record.version),
        "aliases": movable_aliases(view.caller.identity, record.version.model),
        "no_policy": why_not,
        "steps": () if judging is None else tuple(_steps(view, record, judging.policy)),
    }


def _evidence(view: View, record: VersionSummary) -> Mapping[str, Any]:
    """Show the newest of all that was tried and measured; ``all=1`` shows the older as well."""
    ref, is_asked = record.version.ref, view.request.query_params.get("all") == "1"
    kinds = {
        "attempts": record.attempts,
        "comparisons": record.comparisons,
        "reproductions": record.reproductions,
    }
    asked = list_approvals(view.registry, ref, over=True, limit=_EVIDENCE + 1)
    return {
        **{kind: found if is_asked else found[:_EVIDENCE] for kind, found in kinds.items()},
        "is_cut": not is_asked and any(len(found) > _EVIDENCE for found in kinds.values()),
        "approvals": asked[:_EVIDENCE],
        "is_all_asked": len(asked) <= _EVIDENCE,
        "most": _EVIDENCE,
        "rebuilds": rebuilds_of(view.request, ref),
    }


def _files(view: View, ref: str) -> Mapping[str, Any]:
    """Show a page of the files; the record of the version was read without them."""
    files = sorted(show(view.registry, ref).manifest.files, key=lambda file: file.path)
    after = view.request.query_params.get("after", "")
    left = [file for file in files if file.path > after]
    here = version_url(ref)
    more = left[_FILES - 1].path if len(left) > _FILES else None
    return {
        "files": left[:_FILES],
        "count": len(files),
        "following": more and with_query(here, view="files", after=more),
        "first": after and with_query(here, view="files"),
    }


def _weight(feature: tuple[str, float]) -> float:
    """How much a feature matters: one that was left to chance may come out below zero."""
    return abs(feature[1])


def _standing(version: ModelVersion, used: Sequence[Deployment]) -> Standing:
    return Standing(
        number=version.number,
        stages=version.stages,
        aliases=version.aliases,
        left_production=None,
        created_at=version.created_at,
        used=tuple(use.place for use in used),
    )


def _steps(view: View, record: VersionSummary, policy: Policy) -> Iterator[Step]:
    model = record.version.model
    if record.tombstone is not None:
        return
    for environment in (DEFAULT_ENVIRONMENT, *policy.environments):
        stage = source_of(record.version, environment)
        if stage == Stage.ARCHIVED or (stage not in MOVES and stage not in policy.stages):
            continue
        for target in moves_from(stage, policy):
            if may(view.caller.identity, Permission.MOVE_STAGE, model, slot(target, environment)):
                yield Step(target, environment)


def _code(view: View, record: VersionSummary) -> Mapping[str, Any]:
    stage = view.request.query_params.get("stage")
    try:
        code = read_code(view.registry, record.version.ref, stage)
    except (CodeNotHere, CodeNotRecorded, CommitNotFound) as error:
        return {"code": None, "why_no_code": str(error), "stage": stage}
    return {"code": code, "why_no_code": "", "stage": stage}


ROUTES: Final = (page("/models/{name:path}/versions/{number:number}", version),)
