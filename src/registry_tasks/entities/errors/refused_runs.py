"""A rule about runs and what is made of them said no: nothing was changed."""

from registry_tasks.entities.errors.families import Refused


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


class NotExplainable(Refused):
    """The change of a metric between two versions cannot be split by cause."""

    def __init__(self, pair: str, reason: str) -> None:
        super().__init__(pair, reason)
        self.pair, self.reason = pair, reason

    def __str__(self) -> str:
        return f"{self.pair} cannot be explained: {self.reason}"
