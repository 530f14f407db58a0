"""An ailment: what is wrong, and the act that puts it right where one is safe."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from registry_tasks.entities.finding import Finding, FindingKind
from registry_tasks.registry.registry import Registry

Mend: TypeAlias = Callable[[Registry], None]
"""Raises what hinders it. One function may mend many ailments; it is called once."""
REPAIR: Final = "registry doctor --repair"


class Ailment(NamedTuple):
    """A finding, and what mends it; None where a person has to decide."""

    finding: Finding
    mend: Mend | None


def ail(
    kind: FindingKind,
    where: str,
    what: str,
    repair: str = REPAIR,
    mend: Mend | None = None,
    *,
    note: bool = False,
) -> Ailment:
    """Say what is wrong; it is repairable if there is a ``mend``."""
    finding = Finding(
        kind=kind, where=where, what=what, repair=repair, repairable=mend is not None, note=note
    )
    return Ailment(finding, mend)
