"""Every error, grouped by what the caller can do next.

RegistryError
  Invalid      the request is wrong: fix it
  Forbidden    the actor may not
  NotFound     the thing named does not exist
  Conflict     someone else was first: read again, then retry
  Refused      a rule said no: nothing was changed
  Unavailable  wait, free some space or set something up, then retry
  Corrupt      stop and look: bytes or rows are not what was recorded

Facts travel in ``args``, so that errors survive pickling between workers; the sentence is made
in ``__str__``. A face has one table from family to exit code or HTTP status.
"""


class RegistryError(Exception):
    """Base of everything the registry raises on purpose."""


class Invalid(RegistryError):
    """The request is wrong; fix it."""


class Forbidden(RegistryError):
    """The actor may not do this."""


class NotFound(RegistryError):
    """The thing named does not exist."""


class Conflict(RegistryError):
    """Someone else was first; read again, then retry."""


class Refused(RegistryError):
    """A rule said no; nothing was changed."""


class Unavailable(RegistryError):
    """Something needed is not there now; wait or set it up, then retry."""


class Corrupt(RegistryError):
    """Bytes or rows are not what was recorded; stop and look."""


# --------------------------------------------------------------------------------- Invalid


class MalformedReference(Invalid):
    """A version was named in a way nobody understands."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text, self.reason = text, reason

    def __str__(self) -> str:
        return (
            f"cannot read the reference {self.text[:120]!r}: {self.reason}; write name@3, "
            "name@v1.2.0, name@production, name@<alias>, name@latest, a UUID or sha256:<digest>"
        )


class MalformedName(Invalid):
    """A name breaks the grammar of names."""

    def __init__(self, kind: str, text: str, reason: str) -> None:
        super().__init__(kind, text, reason)
        self.kind, self.text, self.reason = kind, text, reason

    def __str__(self) -> str:
        return f"{self.text[:120]!r} cannot be the name of a {self.kind}: {self.reason}"


class UnknownParameter(Invalid):
    """A run was asked to override a parameter that params.yaml does not have."""

    def __init__(self, key: str, file: str, near: tuple[str, ...]) -> None:
        super().__init__(key, file, near)
        self.key, self.file, self.near = key, file, near

    def __str__(self) -> str:
        hint = f"did you mean {', '.join(self.near)}?" if self.near else "add it there first"
        return f"{self.file} has no parameter {self.key!r}; {hint}"


class InvalidPolicy(Invalid):
    """The policy in params.yaml cannot be used."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(model, reason)
        self.model, self.reason = model, reason

    def __str__(self) -> str:
        return f"policy of {self.model} in params.yaml: {self.reason}"


class InvalidProject(Invalid):
    """The project's dvc.yaml, params.yaml or dvc.lock do not fit together."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file, self.reason = file, reason

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


class InvalidMetrics(Invalid):
    """A metrics file is missing, not JSON, or holds a number that is none."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file, self.reason = file, reason

    def __str__(self) -> str:
        return f"metrics file {self.file}: {self.reason}"


class NotAProject(Invalid):
    """The folder is not a Git checkout with DVC in it."""

    def __init__(self, folder: str, lacks: str) -> None:
        super().__init__(folder, lacks)
        self.folder, self.lacks = folder, lacks

    def __str__(self) -> str:
        return (
            f"{self.folder} is not a {self.lacks} repository; run this in a checkout of the "
            "project, or set REGISTRY_PROJECT to one"
        )


class InvalidArtifact(Invalid):
    """A model file is missing, empty or not a regular file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"artifact {self.path}: {self.reason}; nothing was registered"


class StageFailed(Invalid):
    """A DVC stage of a run ended with an error."""

    def __init__(self, stage: str, log_tail: str) -> None:
        super().__init__(stage, log_tail)
        self.stage, self.log_tail = stage, log_tail

    def __str__(self) -> str:
        return f"DVC stage {self.stage!r} failed; nothing was registered. Its last lines:\n{self.log_tail}"


class InvalidSetting(Invalid):
    """A setting or an option has a value that cannot be used."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        super().__init__(name, value, reason)
        self.name, self.value, self.reason = name, value, reason

    def __str__(self) -> str:
        return f"{self.name}={self.value!r}: {self.reason}"


class UntrustedFormat(Invalid):
    """Loading this file could run code that came with it."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        return f"{self.ref} was not loaded: {self.reason}"


# -------------------------------------------------------------------------------- NotFound


class ModelNotFound(NotFound):
    """No registered model has this name."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(name, near)
        self.name, self.near = name, near

    def __str__(self) -> str:
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else ""
        return f"no registered model {self.name!r}{hint} (`registry models` lists them)"


class VersionNotFound(NotFound):
    """The model exists, but nothing in it answers to the reference."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        model, at, _ = self.ref.rpartition("@")
        hint = f" (`registry versions {model}` lists them)" if at else ""
        return f"{self.ref}: {self.reason}{hint}"


class RunNotFound(NotFound):
    """No run has this id."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return f"no run {self.run!r} (`registry runs MODEL` lists them)"


class ArtifactNotFound(NotFound):
    """The version's manifest has no such file."""

    def __init__(self, ref: str, path: str) -> None:
        super().__init__(ref, path)
        self.ref, self.path = ref, path

    def __str__(self) -> str:
        return f"{self.ref} has no artifact {self.path!r} (`registry show {self.ref}` lists them)"


class CommitNotFound(NotFound):
    """Git does not have this commit."""

    def __init__(self, commit: str, repository: str) -> None:
        super().__init__(commit, repository)
        self.commit, self.repository = commit, repository

    def __str__(self) -> str:
        return f"commit {self.commit!r} is not in {self.repository}; fetch it, or name another"


class NothingToRollBack(NotFound):
    """No earlier version held the slot."""

    def __init__(self, model: str, stage: str) -> None:
        super().__init__(model, stage)
        self.model, self.stage = model, stage

    def __str__(self) -> str:
        return (
            f"{self.model} has no earlier {self.stage} version to go back to; promote one instead"
        )


class StoreMissing(NotFound):
    """There is no metadata store at the address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return (
            f"no registry at {self.url}; register a first version (`registry retrain MODEL`), "
            "or set REGISTRY_STORE to an existing one"
        )


# -------------------------------------------------------------------------------- Conflict


class CurrentMoved(Conflict):
    """Compare-and-swap failed: the slot holds another version than expected."""

    def __init__(self, slot: str, expected: str, found: str) -> None:
        super().__init__(slot, expected, found)
        self.slot, self.expected, self.found = slot, expected, found

    def __str__(self) -> str:
        return (
            f"{self.slot} holds {self.found}, not {self.expected} as expected; nothing was "
            "changed. Look at it again, then retry"
        )


class RefExists(Conflict):
    """A Git ref that must be created is already there and points elsewhere."""

    def __init__(self, ref: str, expected: str, found: str) -> None:
        super().__init__(ref, expected, found)
        self.ref, self.expected, self.found = ref, expected, found

    def __str__(self) -> str:
        return f"Git ref {self.ref} is at {self.found}, not at {self.expected}; `registry doctor` tells more"


# --------------------------------------------------------------------------------- Refused


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


class InUse(Refused):
    """What is in use cannot be archived."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return f"{self.ref} was not archived: {self.why}; take it out of use first"


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


# ----------------------------------------------------------------------------- Unavailable


class StoreLocked(Unavailable):
    """Another process held the store longer than the wait."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url} is locked by another process; nothing was changed, retry in a moment"


class StoreReadOnly(Unavailable):
    """The store or its folder cannot be written."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place} is read-only; give this user the right to write, then retry"


class DiskFull(Unavailable):
    """No space is left."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"no space left at {self.place}; nothing was half done, free some and retry"


class SchemaOlder(Unavailable):
    """The store was made by an older release."""

    def __init__(self, url: str, found: str, needed: str) -> None:
        super().__init__(url, found, needed)
        self.url, self.found, self.needed = url, found, needed

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, this release needs {self.needed}; back it up, "
            "then run `registry migrate`"
        )


class SchemaNewer(Unavailable):
    """The store was made by a newer release."""

    def __init__(self, url: str, found: str, known: str) -> None:
        super().__init__(url, found, known)
        self.url, self.found, self.known = url, found, known

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, which this release (up to {self.known}) does not "
            "know; upgrade registry-tasks"
        )


class RemoteMissing(Unavailable):
    """The place where objects live is not set up or not there."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place}: {self.reason}; set REGISTRY_REMOTE or mount it, then retry"


class ProgramFailed(Unavailable):
    """Git or DVC ended with an error."""

    def __init__(self, program: str, arguments: str, said: str) -> None:
        super().__init__(program, arguments, said)
        self.program, self.arguments, self.said = program, arguments, said

    def __str__(self) -> str:
        return f"`{self.program} {self.arguments}` failed: {self.said.strip() or 'it said nothing'}"


class ExtraMissing(Unavailable):
    """An optional part of the package is not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(purpose, extra)
        self.purpose, self.extra = purpose, extra

    def __str__(self) -> str:
        return f"{self.purpose} needs an extra: pip install 'registry-tasks[{self.extra}]'"


# --------------------------------------------------------------------------------- Corrupt


class ObjectCorrupt(Corrupt):
    """Stored bytes are not the bytes that were registered."""

    def __init__(self, path: str, place: str, expected: str, found: str) -> None:
        super().__init__(path, place, expected, found)
        self.path, self.place, self.expected, self.found = path, place, expected, found

    def __str__(self) -> str:
        return (
            f"{self.path} in {self.place} is {self.found}, not {self.expected} as recorded; "
            "`registry doctor` tells what else is hit and how to repair it"
        )


class ObjectMissing(Corrupt):
    """Registered bytes are not where they must be."""

    def __init__(self, path: str, place: str, digest: str) -> None:
        super().__init__(path, place, digest)
        self.path, self.place, self.digest = path, place, digest

    def __str__(self) -> str:
        return f"{self.path} ({self.digest}) is missing in {self.place}; `registry doctor` tells how to repair it"


class StoreCorrupt(Corrupt):
    """The metadata store itself is damaged or is not one."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return (
            f"{self.url} is damaged or no registry store: {self.reason}; restore it from a backup"
        )
