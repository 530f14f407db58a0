"""An ailment: what is wrong, and the act that puts it right where one is safe."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from registry_tasks.entities.finding import Finding, FindingKind
from registry_tasks.registry.registry import Registry

Mend: TypeAlias = Callable[[Registry], None]
"""Raises what hinders it. One function may mend many ailments; it is called once."""
REPAIR: Final = "registry doctor --repair"


class Remedy(NamedTuple):
    """A command that mends, or gets furthest, and what a person has to know before it."""

    command: str
    advice: str = ""


BY_DOCTOR: Final = Remedy(REPAIR)
BY_SYNC: Final = Remedy("registry sync")
ANEW: Final = Remedy(
    "registry rebuild --from-git --into sqlite:///rebuilt.db",
    "what the database says cannot be believed: make a store anew from Git, or bring a backup back, "
    "which has all texts as well, by `registry --store sqlite:///recovered.db recover FOLDER`; then "
    "let REGISTRY_STORE name it",
)


class Ailment(NamedTuple):
    """A finding, and what mends it; None where a person has to decide."""

    finding: Finding
    mend: Mend | None


def ail(
    kind: FindingKind,
    where: str,
    what: str,
    remedy: Remedy = BY_DOCTOR,
    mend: Mend | None = None,
    *,
    note: bool = False,
) -> Ailment:
    """Say what is wrong; it is repairable if there is a ``mend``."""
    finding = Finding(
        kind=kind,
        where=where,
        what=what,
        repair=remedy.command,
        repairable=mend is not None,
        advice=remedy.advice,
        note=note,
    )
    return Ailment(finding, mend)
