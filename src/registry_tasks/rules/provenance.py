"""The provenance grade: how well a version's origin is known when it is registered.

B is the best a version can have at birth; A is for one that was also rebuilt and signed.
"""

from registry_tasks.entities.environment import Environment
from registry_tasks.entities.run import Origin


def grade(
    origin: Origin, commit: str | None, environment: Environment
) -> tuple[str, tuple[str, ...]]:
    """Return the grade, B to F, and what keeps it from being better."""
    if commit is None:
        return "F", ("registered without a Git commit and a DVC pipeline",)
    reasons = []
    if count := len(origin.uncommitted):
        paths = "path" if count == 1 else "paths"
        reasons.append(f"{count} uncommitted {paths} went into the run's commit")
    if not environment.files:
        reasons.append("no lock file declares the environment")
    return ("B", "C", "D")[len(reasons)], tuple(reasons)
