"""A rule said no: nothing was changed."""

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


class NotStorable(Refused):
    """A row of another store, written before that was checked, that this kind of database refuses."""

    def __init__(self, table: str, row: str, reason: str) -> None:
        super().__init__(table, row, reason)
        self.table, self.row, self.reason = table, row, reason

    def __str__(self) -> str:
        return (
            f"{self.row} of table {self.table} cannot be kept here: {self.reason}; nothing was "
            "written. Go on with the kind of database that it is from"
        )


class NotArchived(Refused):
    """Only an archived version can be restored."""

    def __init__(self, ref: str, stage: str) -> None:
        super().__init__(ref, stage)
        self.ref, self.stage = ref, stage

    def __str__(self) -> str:
        return f"{self.ref} is in {self.stage}, not archived; there is nothing to restore"


class DirtyCheckout(Refused):
    """Policy asks for a clean checkout and there are uncommitted changes."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(paths)
        self.paths = paths

    def __str__(self) -> str:
        shown = ", ".join(self.paths[:5]) + (", ..." if len(self.paths) > 5 else "")
        return (
            f"policy says require_clean and these are not committed: {shown}; commit or stash them"
        )


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


class RunNotRegistrable(Refused):
    """Only a finished run can become a version."""

    def __init__(self, run: str, status: str) -> None:
        super().__init__(run, status)
        self.run, self.status = run, status

    def __str__(self) -> str:
        return f"run {self.run} is {self.status}; only a finished run can be registered"


class RunEnded(Refused):
    """Nothing is added to a run that has ended."""

    def __init__(self, run: str, status: str) -> None:
        super().__init__(run, status)
        self.run, self.status = run, status

    def __str__(self) -> str:
        return f"run {self.run} has ended ({self.status}); nothing was logged. Begin another run"


class RunWithoutModel(Refused):
    """A run that names no model file cannot become a version."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return (
            f"run {self.run} names no model file, so there is nothing to register; call log_model "
            "while a run goes on"
        )


class NotScorable(Refused):
    """A version without a score command or commit cannot be compared on a holdout."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        return f"{self.ref} cannot be scored: {self.reason}"


class NotReproducible(Refused):
    """A version without commit and pipeline cannot be rebuilt."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        return f"{self.ref} cannot be reproduced: {self.reason}"


class RemoteCannot(Refused):
    """What was asked for is beyond this kind of object remote."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place} cannot do that: {self.reason}"


class StoreNotEmpty(Refused):
    """A store can be moved only to a place where there is none."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url} is not empty; nothing was copied. Name an empty database or a new file"


class StoreMovedAway(Refused):
    """The store was moved; this is the old one, which can only be read."""

    def __init__(self, url: str, target: str) -> None:
        super().__init__(url, target)
        self.url, self.target = url, target

    def __str__(self) -> str:
        return (
            f"{self.url} was moved to {self.target}; nothing was written here, and it can still be "
            f"read. Set REGISTRY_STORE to {self.target}, or put this one to use again on purpose: "
            "`registry move-store --undo`"
        )


class FolderTaken(Refused):
    """An export goes into a folder of its own."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"{self.folder} is there already; nothing was written. Name a new folder"


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


class NotExplainable(Refused):
    """The change of a metric between two versions cannot be split by cause."""

    def __init__(self, pair: str, reason: str) -> None:
        super().__init__(pair, reason)
        self.pair, self.reason = pair, reason

    def __str__(self) -> str:
        return f"{self.pair} cannot be explained: {self.reason}"


class OpenToNetwork(Refused):
    """A server that asks nobody who they are was to listen beyond this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return (
            f"{self.host} can be reached from other machines, and this registry asks nobody who "
            "they are; nothing was started. Let it first: `registry access start NAME`"
        )


class PlainToNetwork(Refused):
    """Tokens and sessions were to cross a network that everybody on the way can read."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return (
            f"{self.host} can be reached from other machines, and the server itself speaks no TLS, so "
            "that whoever is on the way reads tokens and sessions; nothing was started. Put a proxy "
            "that speaks https before it and say `--https`, or `--plain-http` if the network is safe"
        )


class ArtifactElsewhere(Refused):
    """A file was read where it is, and never copied to where the registry keeps bytes."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, place)
        self.name, self.place = name, place

    def __str__(self) -> str:
        return f"{self.name} was never copied here; read it where it is: {self.place}"
