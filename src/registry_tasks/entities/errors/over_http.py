"""What can go wrong on the way to a registry that is behind a server."""

from registry_tasks.entities.errors.families import Invalid, Refused, Unavailable


class ServerUnreachable(Unavailable):
    """No registry answers at an address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return (
            f"{self.url} cannot be reached: {self.reason}; start the server there (`registry up`) "
            "or correct the address, then retry"
        )


class ServerFailed(Unavailable):
    """A server answers, but not with what a registry says."""

    def __init__(self, url: str, status: int, detail: str) -> None:
        super().__init__(url, status, detail)
        self.url, self.status, self.detail = url, status, detail

    def __str__(self) -> str:
        return (
            f"{self.url} answers {self.status}: {self.detail}; retry in a while, and look into the "
            "server's log if it stays so"
        )


class AnswerUnknown(Unavailable):
    """A change was sent and no answer came."""

    def __init__(self, url: str, key: str | None, reason: str) -> None:
        super().__init__(url, key, reason)
        self.url, self.key, self.reason = url, key, reason

    def __str__(self) -> str:
        way = "Look whether it was, before you make the same call again"
        if self.key is not None:
            way = f"Make the same call again with key={self.key!r}: it has one effect"
        return (
            f"{self.url} gave no answer ({self.reason}), so that it is not known here whether the "
            f"change was made. {way}"
        )


class RequestRefused(Invalid):
    """A server does not take a request of this form or size."""

    def __init__(self, url: str, status: int, detail: str) -> None:
        super().__init__(url, status, detail)
        self.url, self.status, self.detail = url, status, detail

    def __str__(self) -> str:
        return f"{self.url} does not take this request ({self.status}): {self.detail}"


class NotOverHttp(Refused):
    """What needs the store itself, or a checkout beside it, has no address."""

    def __init__(self, what: str, url: str) -> None:
        super().__init__(what, url)
        self.what, self.url = what, url

    def __str__(self) -> str:
        return (
            f"{self.what!r} is not done over HTTP; do it where the store of {self.url} is, with "
            "REGISTRY_STORE set to the store itself"
        )
