"""What people look at in Prefect's pages: tables and short texts, kept as Prefect artifacts.

All of it is in the registry too; so what cannot be shown is left out, and nothing fails for it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from httpx import HTTPError
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from registry_tasks.entities.approval import Approval, Evidence
from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.drift import ColumnDrift, Drift
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.registration import Registration
from registry_tasks.entities.reproduction import Reproduction
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.registry import Registry

_log = logging.getLogger(__name__)
_gone: list[str] = []
"""Why Prefect's server cannot be told any more; a client that gave up once is not kept waiting."""


@contextmanager
def progress(*steps: str) -> Iterator[Callable[[str], None]]:
    """A progress bar of named steps; call what it gives with each step that is done."""
    told = f"{len(steps)} steps: {', '.join(steps)}"
    artifact = _show(create_progress_artifact, progress=0.0, description=told)

    def done(step: str) -> None:
        share = 100 * (steps.index(step) + 1) / len(steps)
        if artifact is not None:
            told = f"{step} is done"
            _show(update_progress_artifact, artifact_id=artifact, progress=share, description=told)

    yield done


def show_comparison(comparison: Comparison) -> None:
    """A table: candidate beside incumbent on the holdout."""
    boot = comparison.bootstrap
    _show(
        create_table_artifact,
        key=_key("comparison", comparison.incumbent),
        description=f"{comparison.metric} on {comparison.holdout}, {boot.rows} rows",
        table=[
            {"model": f"run {comparison.run}", comparison.metric: boot.candidate},
            {"model": comparison.incumbent, comparison.metric: boot.incumbent},
            {
                "model": f"difference ({100 * boot.confidence:g} %: {boot.low:+.5f} to {boot.high:+.5f})",
                comparison.metric: boot.difference,
            },
        ],
    )


def show_registration(registry: Registry, registration: Registration) -> None:
    """A summary: what the version is and why it has its number."""
    record = show(registry, registration.version.ref)
    version = record.version
    lines = [
        f"# {version.ref} is {version.semantic_version}",
        "registered" if registration.created else "confirmed: same recipe, same outputs",
        f"**{registration.bump}**: {_listed(registration.reasons)}",
        f"grade {version.grade}: {_listed(record.grade_reasons) or 'nothing missing'}",
        f"commit `{version.commit}`, sha256 `{version.sha256}`",
        "| metric | value |\n| --- | --- |",
    ]
    table = "\n".join(f"| {key} | {value:.6g} |" for key, value in record.metrics.items())
    _text("model", version.model, "\n\n".join(lines) + "\n" + table)


def show_last_attempt(registry: Registry, ref: str) -> None:
    """The gate report of a version's last attempt to rise."""
    attempts = show(registry, ref).attempts
    if attempts:
        _text("gates", attempts[0].version, _gates(attempts[0]))


def show_request(registry: Registry, approval: Approval) -> None:
    """What people are asked, with the evidence they have to see, and one link to where they decide."""
    shown = show_approval(registry, approval.uuid).evidence
    url = address_of(registry, approval.uuid)
    if url is not None:
        text = f"{approval.version} to {approval.place}"
        key = _key("request", approval.version)
        _show(create_link_artifact, key=key, link=url, link_text=text)
    _text("evidence", approval.version, _asked(approval, shown))


def address_of(registry: Registry, uuid: str) -> str | None:
    """Return where the dashboard shows a request, if it is known where that is."""
    base = registry.settings.dashboard_url
    return None if base is None else f"{base}/approvals/{uuid}"


def show_drift(drift: Drift) -> None:
    """A table: each column's index, and what moved most in it."""
    _show(
        create_table_artifact,
        key=_key("drift", drift.model),
        description=(
            f"{drift.newest} ({drift.newest_rows} rows) against what {drift.version} was trained "
            f"on ({drift.training_rows} rows); population stability index, bound {drift.at_most:g}"
        ),
        table=[
            {
                "column": column.column,
                "index": round(column.index, 4),
                "beyond": "yes" if column in drift.beyond else "",
                "moved most": _moved_most(column),
            }
            for column in drift.columns
        ],
    )


def show_reproduction(reproduction: Reproduction) -> None:
    """The verdict and what differs."""
    rows = [
        f"| {d.stage or ''} | {d.what} | {d.recorded} | {d.found} |"
        for d in reproduction.differences
    ]
    head = f"# {reproduction.version}: {reproduction.verdict}\n\n{reproduction.outputs} outputs compared"
    table = (
        "\n\n| DVC stage | what | recorded | found |\n| --- | --- | --- | --- |\n" if rows else ""
    )
    _text("reproduction", reproduction.version, head + table + "\n".join(rows))


def _moved_most(column: ColumnDrift) -> str:
    found = max(column.bins, key=lambda b: abs(b.newest - b.training))
    return f"{found.values}: {found.training:.1%} -> {found.newest:.1%}"


def _gates(attempt: PromotionAttempt) -> str:
    verdict = "promoted" if attempt.promoted else "not promoted"
    rows = [
        f"| {g.gate} | {g.outcome} | {g.measured} | {g.bound} | {g.reason} |" for g in attempt.gates
    ]
    return (
        f"# {attempt.version} to {attempt.target}: {verdict}\n\n"
        "| gate | outcome | measured | bound | reason |\n| --- | --- | --- | --- | --- |\n"
    ) + "\n".join(rows)


def _asked(approval: Approval, shown: Evidence) -> str:
    state = approval.outcome or f"waits for {approval.people - len(approval.approved_by)} more"
    lines = [
        f"# {approval.version} to {approval.place}: {state}",
        f"asked by {approval.requested_by}: {approval.reason or 'without a reason'}",
        f"request `{approval.uuid}`",
        f"evidence `{approval.evidence_sha256}`",
        "| metric | candidate | in production |\n| --- | --- | --- |",
    ]
    incumbent = {} if shown.incumbent is None else shown.incumbent.metrics
    rows = [
        f"| {name} | {value:.6g} | {_number(incumbent.get(name))} |"
        for name, value in sorted(shown.candidate.metrics.items())
    ]
    gates = [f"- {gate.gate}: {gate.outcome}, {gate.reason}" for gate in shown.gates]
    return "\n\n".join(lines) + "\n" + "\n".join(rows) + "\n\n" + "\n".join(gates)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _text(kind: str, subject: str, markdown: str) -> None:
    _show(create_markdown_artifact, key=_key(kind, subject), markdown=markdown)


def _show(publish: Callable[..., Any], **content: Any) -> Any:
    """Keep an artifact and return its id, None without a server to keep it."""
    if _gone:
        return None
    try:
        return publish(**content)
    except HTTPError as error:
        _gone.append(str(error))
        _log.warning("Prefect's server has gone, reports are left out: %s", error)
        return None


def _key(kind: str, subject: str) -> str:
    """Prefect's keys take lower-case letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", f"{kind}-{subject}".lower()).strip("-")


def _listed(reasons: tuple[str, ...]) -> str:
    shown = ", ".join(reasons[:5])
    return f"{shown} and {len(reasons) - 5} more" if len(reasons) > 5 else shown
