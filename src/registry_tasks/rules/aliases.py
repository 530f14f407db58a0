"""Which words can be aliases: not those that already mean something in a reference."""

import re
from collections.abc import Collection

from registry_tasks.entities.errors import ReservedAlias
from registry_tasks.entities.names import check_label
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.stage import Stage

_VERSION_LIKE = re.compile(r"v\d.*")


def check_alias(name: str, policy: Policy) -> None:
    """Raise MalformedName or ReservedAlias unless a person may move this alias."""
    check_label(name)
    if reason := why_reserved(name, {*Stage, *policy.stages}):
        raise ReservedAlias(name, reason)
    if stage := policy.aliases.get(name):
        raise ReservedAlias(name, f"policy lets it follow {stage}; promote a version instead")


def why_reserved(name: str, stages: Collection[str]) -> str | None:
    """Say why a word means something else in a reference, None if it does not."""
    if name == "latest" or _VERSION_LIKE.fullmatch(name):
        return "references give the word a meaning of its own"
    for stage in sorted(stages):
        if name == stage or name.startswith(f"{stage}-"):
            return f"it names the stage {stage}; promote a version instead"
    return None
