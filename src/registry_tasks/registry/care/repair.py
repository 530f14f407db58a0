"""Repair: mend what is safe to mend, and say of all the rest what a person has to do."""

from collections.abc import Iterable
from typing import Final

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.finding import Finding, FindingKind, Outcome
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.care.doctor.ailment import Ailment, Mend
from registry_tasks.registry.care.doctor.proving import Reach
from registry_tasks.registry.care.doctor.spares import Spare
from registry_tasks.registry.care.examine import EVERYTHING, QUICK, diagnose
from registry_tasks.registry.ledger.mirror import deliver
from registry_tasks.registry.permit import check_permitted
from registry_tasks.registry.registry import Registry

_BY_HAND: Final = "nothing safe can be done without a person"
_DAMAGED: Final = (FindingKind.OBJECT_DAMAGED, FindingKind.SOURCE_DAMAGED)
_LATER: Final = "it was seen after the repair; run `registry doctor --repair` again"


def repair(
    registry: Registry, reach: Reach = EVERYTHING, spares: tuple[Spare, ...] = ()
) -> tuple[Finding, ...]:
    """Examine, mend what can be mended safely, look again; returns each finding with its outcome.

    No bytes count as mended before they were hashed, and no object, tag or ref that the store
    does not know is ever removed. What is lost is taken from ``spares`` too. Raises: StoreMissing,
    NotPermitted.
    """
    check_permitted(registry, Permission.CARE)
    ailments = diagnose(registry, reach, spares)
    failures = _mend(registry, ailments)
    still = {
        _name(ailment.finding): ailment.finding for ailment in diagnose(registry, QUICK, spares)
    }
    treated = tuple(_outcome(each, still, failures) for each in ailments)
    seen = {_name(finding) for finding in treated}
    later = {"outcome": Outcome.NOT_MENDED, "reason": _LATER}
    return treated + tuple(
        finding.model_copy(update=later) for name, finding in still.items() if name not in seen
    )


def _mend(registry: Registry, ailments: Iterable[Ailment]) -> dict[Mend | None, str]:
    """Do each act once, in order; returns why acts failed."""
    failures: dict[Mend | None, str] = {}
    mends = dict.fromkeys(each.mend for each in ailments if each.mend is not None)
    for mend in mends:
        try:
            mend(registry)
        except (RegistryError, OSError) as error:
            failures[mend] = str(error)
    if mends:
        deliver(registry)  # what was done now is in the log too
    return failures


def _outcome(each: Ailment, still: dict[str, Finding], failures: dict[Mend | None, str]) -> Finding:
    reason = ""
    if each.mend in failures:
        reason = failures[each.mend]
    elif each.mend is None and each.finding.kind in _DAMAGED:
        reason = _BY_HAND  # the second look reads no bytes
    elif _name(each.finding) in still:
        reason = _BY_HAND if each.mend is None else "it is still so after the repair"
    outcome = Outcome.NOT_MENDED if reason else Outcome.MENDED
    return each.finding.model_copy(update={"outcome": outcome, "reason": reason})


def _name(finding: Finding) -> str:
    return f"{finding.kind} {finding.where} {finding.what}"
