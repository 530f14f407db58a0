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


class RunNotFound(NotFound):
    """No run has this id."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return f"no run {self.run!r} (`registry runs MODEL` lists them)"


class DatasetNotFound(NotFound):
    """No run has read this state of a dataset."""

    def __init__(self, dataset: str) -> None:
        super().__init__(dataset)
        self.dataset = dataset

    def __str__(self) -> str:
        return (
            f"no run has read {self.dataset!r}; name it path@md5 as `registry lineage REF` shows it"
        )


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
