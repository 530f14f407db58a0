"""Bytes that went, may not go, or do not come back."""

from registry_tasks.entities.errors.families import Refused


class NotDroppable(Refused):
    """A version that could not be made again for sure keeps its bytes."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return (
            f"{self.ref} keeps its bytes: {self.why}. Only an archived version that "
            f"`registry reproduce {self.ref}` finds identical can do without them"
        )


class BytesDropped(Refused):
    """A version let go of its bytes, and what was asked needs them."""

    def __init__(self, ref: str, by: str) -> None:
        super().__init__(ref, by)
        self.ref, self.by = ref, by

    def __str__(self) -> str:
        return (
            f"{self.ref} has no bytes: {self.by} let them go, because they can be made again. "
            f"Do so in a checkout of its project: `registry remake-bytes {self.ref}`"
        )


class NotRemade(Refused):
    """What a rebuild gave is not what a version was, so its bytes stay away."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(ref, why)
        self.ref, self.why = ref, why

    def __str__(self) -> str:
        return (
            f"{self.ref} is still without its bytes, for only the very same come back: {self.why}. "
            f"`registry show {self.ref}` has the verdict; with its own packages they may come "
            f"again: `registry environment {self.ref}`"
        )


class CollectionRefused(Refused):
    """What nobody needs cannot be told from what somebody else does."""

    def __init__(self, place: str, why: str, way: str) -> None:
        super().__init__(place, why, way)
        self.place, self.why, self.way = place, why, way

    def __str__(self) -> str:
        return f"nothing was collected from {self.place}: {self.why}; {self.way}"
