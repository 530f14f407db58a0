"""``registry approvals``, ``approval``, ``approve`` and ``reject``: promotions that wait for people."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from registry_tasks.entities.approval import (
    Approval,
    ApprovalRecord,
    Closing,
    Decision,
    Evidence,
    Improvement,
    Shown,
)
from registry_tasks.faces.cli.options import Json, Key, Limit
from registry_tasks.faces.cli.output import cell, print_items, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask, settings_of
from registry_tasks.faces.cli.show import lines, pairs

Uuid = Annotated[str, typer.Argument(metavar="UUID", help="A request for approval.")]
MaybeSubject = Annotated[
    str | None, typer.Argument(metavar="[MODEL|REF]", help="A model, or one version; else all.")
]
Over = Annotated[bool, typer.Option("--all", help="Those that are over as well.")]
BeforeId = Annotated[
    str | None, typer.Option("--before", metavar="UUID", help="Go on below this request.")
]
Digest = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        metavar="SHA256",
        help="The digest of the evidence you saw; without it, it is shown first.",
    ),
]
Why = Annotated[str, typer.Option("--reason", help="Why you decide so; kept in the history.")]


def approvals(
    context: typer.Context,
    subject: MaybeSubject = None,
    over: Over = False,
    before: BeforeId = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List promotions that wait for people."""
    from registry_tasks.registry.lifecycle.approvals import list_approvals

    found = ask(context, list_approvals, subject, over=over, before=before, limit=limit)
    if json:
        print_items(found)
        return
    columns = ("request", "version", "to", "approved", "asked by", "since", "expires", "outcome")
    rows = (
        (
            *(a.uuid, a.version, a.place, f"{len(a.approved_by)} of {a.people}"),
            *(a.requested_by, a.requested_at, a.expires_at, a.outcome),
        )
        for a in found
    )
    print_table(columns, rows, giving=("since", "expires", "asked by"))


def approval(context: typer.Context, uuid: Uuid, json: Json = False) -> None:
    """Show what people have to see before they decide."""
    record = _look(context, uuid)
    if json:
        print_json(record)
    else:
        print_text(*_page(record))


def approve(
    context: typer.Context,
    uuid: Uuid,
    reason: Why,
    evidence: Digest = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Approve of a promotion; the last one needed carries it out."""
    from registry_tasks.entities.approval import Approve
    from registry_tasks.faces.going_on import show_from_here
    from registry_tasks.registry.lifecycle.approve import approve

    seen = evidence or _show_first(context, uuid, "Approve?", json)
    request = Approve(approval=uuid, evidence_sha256=seen, reason=reason, key=key)
    made = ask(context, approve, request)
    show_from_here(settings_of(context), made)
    _tell(made, json)


def reject(
    context: typer.Context,
    uuid: Uuid,
    reason: Why,
    evidence: Digest = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Say no to a promotion; one no is enough."""
    from registry_tasks.entities.approval import Reject
    from registry_tasks.registry.lifecycle.approve import reject

    seen = evidence or _show_first(context, uuid, "Reject?", json)
    request = Reject(approval=uuid, evidence_sha256=seen, reason=reason, key=key)
    _tell(ask(context, reject, request), json)


def approval_code(
    context: typer.Context, uuid: Uuid, evidence: Digest = None, json: Json = False
) -> None:
    """Make a one-time code to decide with on Prefect's page."""
    from registry_tasks.entities.approval import IssueCode
    from registry_tasks.registry.lifecycle.approval_codes import issue_code

    seen = evidence or _show_first(context, uuid, "Make a code to decide with?", json)
    made = ask(context, issue_code, IssueCode(approval=uuid, evidence_sha256=seen))
    if json:
        print_json(made)
        return
    print_text(f"{made.code}")
    print_text(f"decides once about {uuid}, as {made.account}, until {cell(made.expires_at)}")


def _look(context: typer.Context, uuid: str) -> ApprovalRecord:
    from registry_tasks.registry.lifecycle.approvals import show_approval

    return ask(context, show_approval, uuid)


def _show_first(context: typer.Context, uuid: str, question: str, json: bool) -> str:
    """Show the evidence that is decided about, and let a person think; returns its digest."""
    record = _look(context, uuid)
    if not json:
        print_text(*_page(record), "")
    if sys.stdin.isatty() and sys.stdout.isatty():
        typer.confirm(question, abort=True)
    return record.approval.evidence_sha256


def _tell(made: Approval, json: bool) -> None:
    if json:
        print_json(made)
        return
    for decision in made.decisions:
        print_text(_decided(decision))
    if made.outcome is Closing.PROMOTED:
        print_text(f"{made.version} is in {made.place}")
    elif made.outcome is Closing.REJECTED:
        print_text(f"{made.version} stays where it is; the request for {made.place} is closed")
    else:
        lacking = made.people - len(made.approved_by)
        print_text(f"{made.version} waits for {lacking} more to approve of {made.place}")


def _page(record: ApprovalRecord) -> Iterator[str]:
    made, shown = record.approval, record.evidence
    yield f"{made.version} to {made.place}: {_standing(made)}"
    yield from lines(
        {
            "request": made.uuid,
            "asked": f"{cell(made.requested_at)} by {made.requested_by}",
            "reason": made.reason,
            "expires": cell(made.expires_at),
            "approved": f"{len(made.approved_by)} of {made.people}",
            "evidence": made.evidence_sha256,
        }
    )
    yield from (f"  {_decided(decision)}" for decision in made.decisions)
    yield from _evidence(shown)
    for why in record.why:
        yield f"\nthis does not hold any more: {why}" if record.holds is False else f"\n{why}"
    if record.barred is not None and record.holds:
        yield f"\nyou cannot approve: {record.barred}"


def _evidence(shown: Evidence) -> Iterator[str]:
    yield from _version("candidate", shown.candidate)
    if shown.incumbent is None:
        yield "\nnobody is in production"
    else:
        yield from _version("production", shown.incumbent)
    if shown.displaces is not None:
        yield f"\n{shown.displaces} would make room in {shown.stage}"
    if shown.improvement is not None:
        yield from _improvement(shown.improvement)
    yield "\ngates"
    yield from (
        f"  {gate.outcome:8} {gate.gate}: {gate.reason} (bound: {gate.bound})"
        for gate in shown.gates
    )
    if not shown.gates:
        yield "  none but the people"
    yield f"\npolicy of commit {shown.policy_commit or 'none'}, sha256 {shown.policy_sha256}"


def _version(what: str, shown: Shown) -> Iterator[str]:
    yield f"\n{what} {shown.ref}"
    yield from lines({"sha256": shown.sha256, "commit": shown.commit or "none"})
    yield from pairs(f"metrics of {shown.ref}", shown.metrics)
    yield from pairs(f"data of {shown.ref}", shown.data)


def _improvement(made: Improvement) -> Iterator[str]:
    boot, better = made.bootstrap, "higher" if made.higher_is_better else "lower"
    yield f"\ncompared on {made.holdout} ({better} is better)"
    yield f"  {made.metric} {cell(boot.candidate)} against {cell(boot.incumbent)}"
    yield f"  difference {boot.low:+.6g} to {boot.high:+.6g} ({100 * boot.confidence:g} %)"


def _standing(made: Approval) -> str:
    if made.outcome is None:
        return "waits"
    why = f": {made.because}" if made.because else ""
    return f"{made.outcome} {cell(made.closed_at)} by {made.closed_by}{why}"


def _decided(decision: Decision) -> str:
    own = ", their own work, which policy lets pass" if decision.own_work else ""
    role = f" as {decision.role}" if decision.role else ""
    why = f": {decision.reason}" if decision.reason else ""
    return f"{decision.by}{role} {decision.choice} it {cell(decision.at)}{own}{why}"
