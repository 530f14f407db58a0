"""The semantic version, worked out from what changed since the version it follows."""

from collections.abc import Collection, Mapping
from typing import Final

from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.semantic_version import Bump, SemanticVersion
from registry_tasks.entities.signature import Signature

FIRST: Final = SemanticVersion(1, 0, 0)
DATA_PARAMETERS: Final = "data."
"""Parameters below this key choose data, so changing one is a change of data."""


def judge_change(
    old: Recipe, old_signature: Signature | None, new: Recipe, new_signature: Signature | None
) -> tuple[Bump, tuple[str, ...]]:
    """Tell which part moves and why: signature major, code or parameters minor, else patch."""
    if old_signature != new_signature:
        return Bump.MAJOR, ("the signature changed",)
    changed_parameters = changed(old.parameters, new.parameters)
    minor = [f"code: {path}" for path in changed(old.code, new.code)]
    minor += [f"command: {stage}" for stage in changed(old.commands, new.commands)]
    minor += [f"parameter: {key}" for key in changed_parameters if not is_data_parameter(key)]
    patch = [f"data: {path}" for path in changed(old.data, new.data)]
    patch += [f"data: parameter {key}" for key in changed_parameters if is_data_parameter(key)]
    if old.environment != new.environment:
        patch.append("environment")
    if old.resolved != new.resolved and not minor and not patch:
        minor.append("command: a placeholder outside the declared parameters")
    if minor:
        return Bump.MINOR, tuple(minor)
    return Bump.PATCH, tuple(patch) or ("the same recipe gave other bytes",)


def next_version(
    base: SemanticVersion, bump: Bump, taken: Collection[SemanticVersion]
) -> SemanticVersion:
    """Return the lowest free version above all of its kind that follow ``base``.

    ``base`` may be older than the newest (it is the one in production), so the step is counted
    from the highest version that shares the parts which do not move.
    """
    match bump:
        case Bump.FIRST:
            return FIRST
        case Bump.MAJOR:
            return SemanticVersion(max(v.major for v in (base, *taken)) + 1, 0, 0)
        case Bump.MINOR:
            minors = (v.minor for v in (base, *taken) if v.major == base.major)
            return SemanticVersion(base.major, max(minors) + 1, 0)
        case Bump.PATCH:
            patches = (v.patch for v in (base, *taken) if v[:2] == base[:2])
            return SemanticVersion(base.major, base.minor, max(patches) + 1)


def is_data_parameter(key: str) -> bool:
    """Whether a parameter, by its dotted key, chooses data."""
    return key.startswith(DATA_PARAMETERS)


def changed(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """Return the keys whose values differ, or that only one has, in order."""
    return sorted(k for k in {*old, *new} if k not in old or k not in new or old[k] != new[k])
