"""The thing named does not exist."""

from registry_tasks.entities.errors.families import NotFound


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


class VersionDeleted(NotFound):
    """The version was deleted; its record and history can still be read by its number."""

    def __init__(self, ref: str, by: str, reason: str) -> None:
        super().__init__(ref, by, reason)
        self.ref, self.by, self.reason = ref, by, reason

    def __str__(self) -> str:
        return (
            f"{self.ref} was deleted by {self.by}: {self.reason} (`registry show {self.ref}` "
            "shows what is on record)"
        )


class ArtifactNotFound(NotFound):
    """A version or a run has no file of this name."""

    def __init__(self, subject: str, name: str) -> None:
        super().__init__(subject, name)
        self.subject, self.name = subject, name

    def __str__(self) -> str:
        return (
            f"{self.subject} has no file {self.name!r} (`registry show {self.subject}` lists them)"
        )


class RunNotFound(NotFound):
    """No run has this id."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return f"no run {self.run!r} (`registry runs MODEL` lists them)"


class SweepNotFound(NotFound):
    """No sweep with this id has begun a trial."""

    def __init__(self, sweep: str) -> None:
        super().__init__(sweep)
        self.sweep = sweep

    def __str__(self) -> str:
        return f"no sweep {self.sweep[:120]!r} (`registry sweeps` lists them)"


class DatasetNotFound(NotFound):
    """No run has read this state of a dataset."""

    def __init__(self, dataset: str) -> None:
        super().__init__(dataset)
        self.dataset = dataset

    def __str__(self) -> str:
        return (
            f"no run has read {self.dataset[:200]!r}; `registry data list` names all data, "
            "`registry lineage REF` that of a version as path@md5"
        )


class CodeNotRecorded(NotFound):
    """A version has no such code on record."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        return f"{self.ref}: {self.reason} (`registry show {self.ref}` shows what is on record)"


class DeploymentNotFound(NotFound):
    """The version was never used at this place, as far as anybody said."""

    def __init__(self, ref: str, environment: str, place: str) -> None:
        super().__init__(ref, environment, place)
        self.ref, self.environment, self.place = ref, environment, place

    def __str__(self) -> str:
        return (
            f"{self.ref} has no deployment at {self.place!r} in {self.environment!r} "
            f"(`registry deployment list {self.ref} --all` lists those it has)"
        )


class EnvironmentNotRecorded(NotFound):
    """A version's run left no such record of its software."""

    def __init__(self, ref: str, what: str) -> None:
        super().__init__(ref, what)
        self.ref, self.what = ref, what

    def __str__(self) -> str:
        return f"{self.ref}: {self.what}; `registry environment {self.ref}` shows what is on record"


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


class BackupNotFound(NotFound):
    """The folder holds no backup that would do."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder, self.reason = folder, reason

    def __str__(self) -> str:
        return (
            f"{self.folder}: {self.reason}; name another folder or a later --at "
            f"(`registry backup {self.folder}` makes a new one)"
        )


class LogMissing(NotFound):
    """There is no log to rebuild from."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return (
            f"{self.folder} has no refs/registry/log; where a remote keeps it: "
            "`git fetch origin 'refs/registry/*:refs/registry/*' --tags`"
        )


class SchemaNotFound(NotFound):
    """The model's documents may have any shape."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model

    def __str__(self) -> str:
        return f"{self.model} has no schema; `registry schema put {self.model} FILE` gives it one"


class MetricNotFound(NotFound):
    """No run that was looked at has this metric or metric series."""

    def __init__(self, subject: str, metric: str, known: tuple[str, ...]) -> None:
        super().__init__(subject, metric, known)
        self.subject, self.metric, self.known = subject, metric, known

    def __str__(self) -> str:
        hint = f"there is {', '.join(self.known)}" if self.known else "there is none at all"
        return f"{self.subject} has no metric or series {self.metric!r}; {hint}"
