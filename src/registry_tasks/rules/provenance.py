"""The provenance grade: how well a version's origin is known, and what would make it better.

A version that a DVC pipeline made is judged by five criteria: its code was committed, that commit
is on a Git remote, all data from outside is in the object remote or at a versioned source, the
environment is locked, and a rebuild gave the same bytes. All five make an A; each that is lacking
costs one grade, down to D. A run that was only logged has E, a file without any commit F. The first
four can be had at birth, so that B is the best a new version can have. A signature will be one
criterion more once versions can be signed.
"""

from typing import Final

from registry_tasks.entities.provenance import Provenance

NO_PIPELINE: Final = "no DVC pipeline made it, so nothing can make it again"
_NAMED: Final = 3


def grade(known: Provenance) -> tuple[str, tuple[str, ...]]:
    """Return the grade, A to F, and for each thing it lacks how to get it."""
    if not known.has_commit:
        if known.has_base:
            return "E", (f"{NO_PIPELINE}; its commit only says what was checked out",)
        return "F", ("registered without a Git commit and a DVC pipeline",)
    lacks = tuple(_lacks(known))
    return "ABCDD"[min(len(lacks), 4)], lacks


def better(one: str, other: str) -> str:
    """Return the better one of two grades."""
    return min(one, other)


def is_at_least(found: str, bound: str) -> bool:
    """Whether a grade is as good as another one, or better."""
    return found <= bound


def _lacks(known: Provenance) -> list[str]:
    found = []
    if count := known.uncommitted:
        paths = "path" if count == 1 else "paths"
        found.append(
            f"{count} uncommitted {paths} went into the run's commit; commit, then train again"
        )
    if known.pushed_to is None:
        found.append(
            "its commit was seen on no Git remote; push the branch, then run `registry sync`"
        )
    if loose := known.loose_inputs:
        named = ", ".join(loose[:_NAMED]) + (" and more" if len(loose) > _NAMED else "")
        found.append(f"only the run's commit keeps {named}; `dvc add` it, then train again")
    if not known.is_locked:
        found.append(
            "no lock file declares the environment; commit one such as uv.lock, then train again"
        )
    if not known.is_reproduced:
        found.append("no rebuild has given the same bytes; run `registry reproduce`")
    return found
