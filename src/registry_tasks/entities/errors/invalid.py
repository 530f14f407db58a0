"""The request is wrong: fix it."""

from registry_tasks.entities.errors.families import Invalid


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
        article = "an" if self.kind.startswith(("a", "e")) else "a"
        return f"{self.text[:120]!r} cannot be the name of {article} {self.kind}: {self.reason}"


class UnknownParameter(Invalid):
    """A run was asked to override a parameter that params.yaml does not have."""

    def __init__(self, key: str, file: str, near: tuple[str, ...]) -> None:
        super().__init__(key, file, near)
        self.key, self.file, self.near = key, file, near

    def __str__(self) -> str:
        hint = f"did you mean {', '.join(self.near)}?" if self.near else "add it there first"
        return f"{self.file} has no parameter {self.key!r}; {hint}"


class InvalidSpace(Invalid):
    """A space of parameters that no sweep can search."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason

    def __str__(self) -> str:
        return f"{self.key[:120]!r} cannot be searched: {self.reason}"


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


class InvalidPoint(Invalid):
    """A metric or a point of a series that cannot be kept."""

    def __init__(self, key: str, step: int | None, reason: str) -> None:
        super().__init__(key, step, reason)
        self.key, self.step, self.reason = key, step, reason

    def __str__(self) -> str:
        where = "" if self.step is None else f" at step {self.step}"
        return f"metric {self.key[:120]!r}{where} was not logged: {self.reason}"


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


class NotAnExport(Invalid):
    """A folder is not one that was exported."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder, self.reason = folder, reason

    def __str__(self) -> str:
        return (
            f"{self.folder} is no export: {self.reason}; name a folder that `registry export` wrote"
        )


class UntrustedFormat(Invalid):
    """Loading this file could run code that came with it."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(ref, reason)
        self.ref, self.reason = ref, reason

    def __str__(self) -> str:
        return f"{self.ref} was not loaded: {self.reason}"


class ShallowClone(Invalid):
    """A clone without its first commit does not know which repository it is."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return (
            f"{self.folder} is a shallow clone and lacks the first commit, by which every clone "
            f"knows its repository: `git -C {self.folder} fetch --unshallow`"
        )


class MalformedText(Invalid):
    """A text is too long, or has characters that it may not have."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what, self.reason = what, reason

    def __str__(self) -> str:
        return f"{self.what} cannot be written: {self.reason}"


class InvalidDocument(Invalid):
    """Structured metadata is no JSON, too big, or not of the shape that the model's schema says."""

    def __init__(self, what: str, path: str, reason: str) -> None:
        super().__init__(what, path, reason)
        self.what, self.path, self.reason = what, path, reason

    def __str__(self) -> str:
        return f"{self.what} refused at {self.path}: {self.reason}"


class InvalidSchema(Invalid):
    """A document is no JSON Schema (draft 2020-12) that can be used."""

    def __init__(self, model: str, path: str, reason: str) -> None:
        super().__init__(model, path, reason)
        self.model, self.path, self.reason = model, path, reason

    def __str__(self) -> str:
        return f"schema of {self.model} refused at {self.path}: {self.reason}"


class InvalidFilter(Invalid):
    """A filter or an order of a search cannot be read, or makes no sense; ``shown`` points there."""

    def __init__(self, column: int, reason: str, shown: str) -> None:
        super().__init__(column, reason, shown)
        self.column, self.reason, self.shown = column, reason, shown

    def __str__(self) -> str:
        return f"column {self.column}: {self.reason}\n{self.shown}"


class InvalidCursor(Invalid):
    """A cursor was cut, changed or made for another search."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"this cursor {self.reason}; ask for the first page again, without a cursor"
