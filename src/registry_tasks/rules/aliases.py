"""Which words can be aliases: not those that already mean something in a reference."""

import re

from registry_tasks.entities.errors import ReservedAlias
from registry_tasks.entities.names import check_label
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.stage import Stage

_VERSION_LIKE = re.compile(r"v\d.*")


def check_alias(name: str, policy: Policy) -> None:
    """Raise MalformedName or ReservedAlias unless a person may move this alias."""
    check_label(name)
    if name == "latest" or _VERSION_LIKE.fullmatch(name):
        raise ReservedAlias(name, "references give the word a meaning of its own")
    for stage in {*Stage, *policy.stages}:
        if name == stage or name.startswith(f"{stage}-"):
            raise ReservedAlias(name, f"it names the stage {stage}; promote a version instead")
    if stage := policy.aliases.get(name):
        raise ReservedAlias(name, f"policy lets it follow {stage}; promote a version instead")
