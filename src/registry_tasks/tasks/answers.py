"""What a flow came to in a line, with a link to the dashboard, for Prefect's page."""

from collections.abc import Iterator
from urllib.parse import quote

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.news import DataCheck
from registry_tasks.entities.retraining import Retraining
from registry_tasks.settings import Settings


def told_retraining(made: Retraining) -> str:
    """Say which version a retraining made or confirmed, and how far it rose."""
    return "; ".join(_parts(made))


def told_checks(checks: tuple[DataCheck, ...]) -> str:
    """Say for which models there is something new or something drifted."""
    told = []
    for news, drift in ((c.news, c.drift) for c in checks):
        beyond = () if drift is None else drift.beyond
        drifted = f"drifted: {', '.join(c.column for c in beyond)}" if beyond else ""
        found = "; ".join(part for part in (*news.what, drifted) if part)
        told.append(f"{news.model}: {found or 'nothing new'}")
    return " | ".join(told) or "no model is declared"


def told_waiting(waits: Awaiting) -> str:
    """Say whom a promotion waits for, and where they decide."""
    who = "one person" if waits.people == 1 else f"{waits.people} people"
    where = approval_link(waits.approval) or f"registry approval {waits.approval}"
    return f"{waits.ref} waits for {who} to approve of {waits.stage}: {where}"


def version_link(ref: str) -> str:
    """Return the address of ``name@3`` in the dashboard, empty where nobody said where that is."""
    model, _, number = ref.rpartition("@")
    return _page(f"/models/{quote(model, safe='/')}/versions/{quote(number, safe='')}")


def approval_link(uuid: str) -> str:
    """Return the address of a request for approval, empty where nobody said where that is."""
    return _page(f"/approvals/{quote(uuid, safe='')}")


def _parts(made: Retraining) -> Iterator[str]:
    version = made.registration.version
    name = f"{version.ref} ({version.semantic_version})"
    if made.registration.created:
        yield f"registered {name} because {', '.join(made.registration.reasons[:3])}"
    else:
        yield f"confirmed {name}: the same recipe gave the same outputs"
    if made.reached:
        yield f"promoted to {', then '.join(made.reached)}"
    if made.refusal is not None:
        gates = ", ".join(gate for gate, _ in made.refusal.failures)
        yield f"not promoted to {made.refusal.stage}: {gates}"
    if made.awaiting is not None:
        yield told_waiting(made.awaiting)
    elif link := version_link(version.ref):
        yield link


def _page(path: str) -> str:
    base = Settings.load().dashboard_url
    return f"{base}{path}" if base else ""
