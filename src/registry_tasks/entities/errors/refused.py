"""A rule about versions and models said no: nothing was changed."""

import re
from typing import Final

from registry_tasks.entities.errors.families import Refused

_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # what a repository is known by


class GateFailed(Refused):
    """A promotion gate said no; only the attempt was recorded."""

    def __init__(self, ref: str, stage: str, failures: tuple[tuple[str, str], ...]) -> None:
        super().__init__(ref, stage, failures)
        self.ref, self.stage, self.failures = ref, stage, failures

    def __str__(self) -> str:
        told = "; ".join(f"gate {gate!r}: {reason}" for gate, reason in self.failures)
        return f"{self.ref} was not promoted to {self.stage}: {told}"


class IllegalMove(Refused):
    """The order of stages does not allow this move."""

    def __init__(self, ref: str, source: str, target: str, allowed: tuple[str, ...]) -> None:
        super().__init__(ref, source, target, allowed)
        self.ref, self.source, self.target, self.allowed = ref, source, target, allowed

    def __str__(self) -> str:
        ways = ", ".join(self.allowed) or "nowhere"
        return f"{self.ref} cannot go from {self.source} to {self.target}; from {self.source} it can go to {ways}"


class EnvironmentNotNamed(Refused):
    """A model's policy names no such environment, so nothing is promoted there."""

    def __init__(self, model: str, environment: str, named: tuple[str, ...]) -> None:
        super().__init__(model, environment, named)
        self.model, self.environment, self.named = model, environment, named

    def __str__(self) -> str:
        there = f"it names {', '.join(self.named)}" if self.named else "it names none"
        return (
            f"the policy of {self.model} names no environment {self.environment!r} ({there}); add it "
            "to `environments` in params.yaml, or promote without an environment"
        )


class SignatureMisfit(Refused):
    """A version breaks whoever calls what is served now."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return (
            f"{self.ref} is not served: {self.why}; the one before stays. Start the process anew with "
            "callers that fit, or promote a version that does"
        )


class InUse(Refused):
    """What is in use cannot be archived."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return f"{self.ref} was not archived: {self.why}; take it out of use first"


class NotDeletable(Refused):
    """A version that is held or in use cannot be deleted."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return f"{self.ref} was not deleted: {self.why}; take it out of use first"


class ContentDeleted(Refused):
    """What was deleted does not come back under another number."""

    def __init__(self, ref: str, by: str, reason: str) -> None:
        super().__init__(ref, by, reason)
        self.ref, self.by, self.reason = ref, by, reason

    def __str__(self) -> str:
        return (
            f"nothing was registered: the recipe and the outputs are those of {self.ref}, deleted "
            f"by {self.by}: {self.reason}. To have it all the same, change a parameter and "
            "register that"
        )


class NotArchived(Refused):
    """Only an archived version can be restored."""

    def __init__(self, ref: str, stage: str) -> None:
        super().__init__(ref, stage)
        self.ref, self.stage = ref, stage

    def __str__(self) -> str:
        return f"{self.ref} is in {self.stage}, not archived; there is nothing to restore"


class ReservedAlias(Refused):
    """The alias is a word with a meaning of its own."""

    def __init__(self, alias: str, reason: str) -> None:
        super().__init__(alias, reason)
        self.alias, self.reason = alias, reason

    def __str__(self) -> str:
        return f"{self.alias!r} cannot be moved as an alias: {self.reason}"


class Immutable(Refused):
    """Something tried to change what never changes."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} never changes once written; register a new version instead"


class PolicyElsewhere(Refused):
    """Only the repository that a version comes from says what it must pass."""

    def __init__(self, ref: str, project: str, identity: str, here: str) -> None:
        super().__init__(ref, project, identity, here)
        self.ref, self.project, self.identity, self.here = ref, project, identity, here

    def __str__(self) -> str:
        if not _COMMIT.fullmatch(self.identity):
            return (
                f"{self.ref} comes from repository {self.project}, which an older release only "
                f"knew by its folder {self.identity}: run `registry sync` once in a checkout of "
                f"it, then this there again. If {self.here} is that repository, it is here"
            )
        return (
            f"{self.ref} comes from repository {self.project} ({self.identity[:12]}), whose policy "
            f"decides, and {self.here} is another one; run this in a checkout of {self.project}"
        )


class DocumentsDiffer(Refused):
    """A schema that documents on record do not meet is put only by who says that they may differ."""

    def __init__(self, model: str, count: int, differing: tuple[str, ...]) -> None:
        super().__init__(model, count, differing)
        self.model, self.count, self.differing = model, count, differing

    def __str__(self) -> str:
        shown = "; ".join(self.differing[:3]) + ("; ..." if len(self.differing) > 3 else "")
        return (
            f"the schema of {self.model} was not put: {self.count} documents on record do not meet "
            f"it: {shown}. Describe those anew first, or let them stay with `--existing may-differ`"
        )
