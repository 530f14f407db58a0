"""Which versions may be deleted: those that nobody holds, uses or depends on."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry_tasks.entities.errors import NotDeletable
from registry_tasks.rules.retention import Standing, why_in_use


@dataclass(frozen=True)
class Ties:
    """What ties a version to what people use now.

    What it follows from (``based_on``, the same recipe) and what it once beat or displaced is
    history and does not tie it.
    """

    held: str | None  # the reason of its hold
    made_from_it: Sequence[str]  # references of versions, or names of other things
    judged_against_it: Sequence[tuple[str, str]]  # reference of a version in use, its stage


def check_deletable(ref: str, standing: Standing, ties: Ties) -> None:
    """Raise NotDeletable unless a version may be deleted."""
    if why := why_in_use(standing) or _why_tied(ref, ties):
        raise NotDeletable(ref, why)


def _why_tied(ref: str, ties: Ties) -> str | None:
    if ties.held is not None:
        return f"it is held ({ties.held}) until `registry release {ref} --reason WHY`"
    if ties.made_from_it:
        return f"{ties.made_from_it[0]} was made from it"
    if ties.judged_against_it:
        other, stage = ties.judged_against_it[0]
        return f"{other} is in {stage} and was compared with it"
    return None
