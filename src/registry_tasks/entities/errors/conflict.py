"""Someone else was first: read again, then retry."""

from registry_tasks.entities.errors.families import Conflict


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


class ChangedSince(Conflict):
    """What a change is about is not as its caller last saw it."""

    def __init__(self, seen: str, found: str) -> None:
        super().__init__(seen, found)
        self.seen, self.found = seen, found

    def __str__(self) -> str:
        return (
            f"it is not as it was seen (mark {self.seen}; now {self.found}); nothing was changed. "
            "Look at it again, then retry"
        )


class RefExists(Conflict):
    """A Git ref that must be created is already there and points elsewhere."""

    def __init__(self, ref: str, expected: str, found: str) -> None:
        super().__init__(ref, expected, found)
        self.ref, self.expected, self.found = ref, expected, found

    def __str__(self) -> str:
        return f"Git ref {self.ref} is at {self.found}, not at {self.expected}; `registry doctor` tells more"


class KeyReused(Conflict):
    """The idempotency key was used for another request."""

    def __init__(self, key: str, verb: str) -> None:
        super().__init__(key, verb)
        self.key, self.verb = key, verb

    def __str__(self) -> str:
        return (
            f"key {self.key!r} was used for another {self.verb} request; nothing was changed. "
            "Take a new key for a new request"
        )


class SecretTold(Conflict):
    """What answers with a secret was asked for with this key before, and was done then."""

    def __init__(self, key: str, verb: str) -> None:
        super().__init__(key, verb)
        self.key, self.verb = key, verb

    def __str__(self) -> str:
        return (
            f"key {self.key!r} was used for this {self.verb} request, which was done then; nothing "
            "was changed. Its secret was told once and is kept nowhere: take a new key for another"
        )


class AlreadyLogged(Conflict):
    """What a run has said is not said again: a metric, a point, a parameter, a file."""

    def __init__(self, run: str, what: str) -> None:
        super().__init__(run, what)
        self.run, self.what = run, what

    def __str__(self) -> str:
        return (
            f"run {self.run} has {self.what} already; nothing was logged. What is logged stays as "
            "it is: take another name or step"
        )


class RunExists(Conflict):
    """A run with this UUID has begun before."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return f"run {self.run} has begun already; nothing was written. Begin another one, without a UUID"


class RunSuperseded(Conflict):
    """A scheduled run comes late, and a newer one that does the same is due or was done."""

    def __init__(self, run: str, newer: str) -> None:
        super().__init__(run, newer)
        self.run, self.newer = run, newer

    def __str__(self) -> str:
        return f"{self.run} comes late: {self.newer} does the same, or did; see that one"


class RetrainingUnderWay(Conflict):
    """A model is being retrained, and its policy ends whatever overlaps."""

    def __init__(self, model: str, other: str) -> None:
        super().__init__(model, other)
        self.model, self.other = model, other

    def __str__(self) -> str:
        return (
            f"{self.model} is being retrained by {self.other}, and policy says `overlapping: end`; "
            "nothing was trained. Retry when that one has ended"
        )
