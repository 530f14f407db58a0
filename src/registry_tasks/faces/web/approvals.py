"""Approvals: which promotions wait for people, what they are shown, and what they decide."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from fastapi import Request, Response

from registry_tasks.entities.approval import (
    Approval,
    ApprovalCode,
    Approve,
    Evidence,
    IssueCode,
    Reject,
)
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Caller, Callers, Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Filled, Form, carry_out
from registry_tasks.faces.web.links import approval_url, with_query
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.lifecycle.approval_codes import issue_code
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.directions import higher_is_better

_PAGE: Final = 50
_COLUMNS: Final = (
    *("approval", "version", "stage", "requested_at", "requested_by", "reason", "people"),
    *("approved_by", "expires_at", "outcome", "closed_at", "closed_by", "because"),
)
_GATES: Final = ("gate", "outcome", "measured", "bound", "reason")


@needs(Permission.READ)
def approvals_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    subject: str = "",
    show: str = "waiting",
    before: str | None = None,
) -> Response:
    """List what waits for people, or all that ever did."""
    of, over = subject.strip() or None, show == "all"
    if file := csv_of(request, Table("approvals", _COLUMNS, partial(_rows, registry, of, over))):
        return file
    found = list_approvals(registry, of, over=over, before=before, limit=_PAGE)
    more = found[-1].uuid if len(found) == _PAGE else None
    said = {"subject": subject, "show": "all" if over else ""}
    return render(
        request,
        caller,
        "approvals.html",
        approvals=found,
        subject=subject,
        is_all=over,
        following=more and with_query("/approvals", **said, before=more),
        first=before and with_query("/approvals", **said),
    )


@needs(Permission.READ)
def approval_page(request: Request, registry: Opened, caller: Calling, uuid: str) -> Response:
    """Show one request with its evidence."""
    return _page(request, registry, caller, uuid)


@needs(Permission.APPROVE)
def decide(
    request: Request, registry: Opened, caller: Calling, uuid: str, filled: Filled
) -> Response:
    """Approve or reject what was shown, which its digest says."""
    callers: Callers = request.app.state.callers
    said: dict[str, Any] = {
        "approval": uuid,
        "evidence_sha256": filled.text("evidence"),
        "reason": filled.text("reason").strip(),
        "key": filled.key,
    }

    def act() -> Approval:
        if filled.text("choice") == "approve":
            made = approve(registry, Approve(**said))
            callers.show_going_on(made)
            return made
        return reject(registry, Reject(**said))

    def refused(error: RegistryError) -> Response:
        return _page(request, registry, caller, uuid, problem=error, filled=filled)

    return carry_out(act, then=f"{approval_url(uuid)}?done=1", refused=refused)


@needs(Permission.APPROVE)
def code(
    request: Request, registry: Opened, caller: Calling, uuid: str, filled: Filled
) -> Response:
    """Make a one-time code; it is in this answer, and nowhere else."""
    try:
        evidence = filled.text("evidence")
        asked = IssueCode(approval=uuid, evidence_sha256=evidence, key=filled.key)
        made = issue_code(registry, asked)
    except RegistryError as error:
        return _page(request, registry, caller, uuid, problem=error, filled=filled)
    return _page(request, registry, caller, uuid, made=made, filled=filled)


def _page(
    request: Request,
    registry: Registry,
    caller: Caller,
    uuid: str,
    *,
    problem: RegistryError | None = None,
    made: ApprovalCode | None = None,
    filled: Form = NOTHING,
) -> Response:
    found = show_approval(registry, uuid)
    if problem is None and made is None and (file := csv_of(request, *_tables(found.evidence))):
        return file
    return render(
        request,
        caller,
        "approval.html",
        found=found,
        approval=found.approval,
        evidence=found.evidence,
        metrics=list(_metrics(found.evidence)),
        data=list(_data(found.evidence)),
        problem=problem,
        made=made,
        filled=filled,
    )


def _tables(shown: Evidence) -> tuple[Table, ...]:
    gates = [(g.gate, str(g.outcome), g.measured, g.bound, g.reason) for g in shown.gates]
    return (
        Table("gates", _GATES, lambda: gates),
        Table("metrics", ("metric", "candidate", "in_production", "how"), lambda: _metrics(shown)),
        Table("data", ("dataset", "candidate", "in_production"), lambda: _data(shown)),
    )


def _metrics(shown: Evidence) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Give each metric of both, and how the candidate's is: better, worse or neither."""
    candidate = shown.candidate.metrics
    incumbent = {} if shown.incumbent is None else shown.incumbent.metrics
    for name in sorted(candidate.keys() | incumbent.keys()):
        new, old = candidate.get(name), incumbent.get(name)
        is_higher = higher_is_better(name)
        how = ""
        if new is not None and old is not None and new != old and is_higher is not None:
            how = "better" if (new > old) is is_higher else "worse"
        yield name, new, old, how


def _data(shown: Evidence) -> Iterator[tuple[str, str | None, str | None]]:
    candidate = shown.candidate.data
    incumbent = {} if shown.incumbent is None else shown.incumbent.data
    for path in sorted(candidate.keys() | incumbent.keys()):
        yield path, candidate.get(path), incumbent.get(path)


def _rows(registry: Registry, of: str | None, over: bool) -> Iterator[tuple[object, ...]]:
    def ask(before: str | None) -> Sequence[Approval]:
        return list_approvals(registry, of, over=over, before=before, limit=_PAGE)

    yield from map(_row, each(ask, lambda approval: approval.uuid))


def _row(a: Approval) -> tuple[object, ...]:
    return (
        *(a.uuid, a.version, a.place, a.requested_at, a.requested_by, a.reason, a.people),
        *(", ".join(a.approved_by), a.expires_at, a.outcome and str(a.outcome)),
        *(a.closed_at, a.closed_by, a.because),
    )


ROUTES: Final = (
    page("/approvals", approvals_page),
    page("/approvals/{uuid}", approval_page),
    form("/approvals/{uuid}/decide", decide),
    form("/approvals/{uuid}/code", code),
)
