"""Grading: what a version's provenance grade is now, after something was learned of its origin."""

from pydantic import JsonValue

from registry_tasks.entities.event import EventKind
from registry_tasks.rules import provenance
from registry_tasks.stores.metadata import events, grades
from registry_tasks.stores.metadata.store import Transaction


def settle_grade(tx: Transaction, version_id: int, pushed_to: str | None = None) -> bool:
    """Write a version's grade if it is not what the store says; whether it changed.

    ``pushed_to`` is a ref of a Git remote that leads to its commit, where that was just seen. No
    grade falls below the one at birth, which an older release may have given by weaker rules.
    """
    was = grades.read_grade(tx.connection, version_id)
    seen = was.pushed_to or pushed_to
    known = was.known
    if known.pushed_to is None:
        known = known.model_copy(update={"pushed_to": pushed_to})
    grade, reasons = provenance.grade(known)
    grade = provenance.better(grade, was.born)
    if (grade, reasons, seen) == (was.grade, was.reasons, was.pushed_to):
        return False
    grades.put_grade(tx, version_id, grade, reasons, seen)
    before: JsonValue = {"grade": was.grade, "reasons": list(was.reasons)}
    after: JsonValue = {"grade": grade, "reasons": list(reasons), "pushed_to": seen}
    events.append(
        tx,
        EventKind.VERSION_REGRADED,
        model=was.model_id,
        version=version_id,
        before=before,
        after=after,
    )
    return True
