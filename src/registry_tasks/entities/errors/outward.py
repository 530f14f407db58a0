"""Subscriptions: what cannot be done with one, and secrets that cannot be read or kept."""

from registry_tasks.entities.errors.families import Conflict, NotFound, Refused, Unavailable


class SubscriptionNotFound(NotFound):
    """Nothing is subscribed under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"no subscription {self.name!r}; `registry subscription list` shows them"


class SubscriptionExists(Conflict):
    """A name is one subscription's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        way = f"take another name, or first: `registry subscription remove {self.name}`"
        return f"there is a subscription {self.name!r}; {way}"


class NothingToSign(Refused):
    """Only messages to webhooks are signed."""

    def __init__(self, name: str, receiver: str) -> None:
        super().__init__(name, receiver)
        self.name, self.receiver = name, receiver

    def __str__(self) -> str:
        way = "to give another address, remove it and add it again"
        return f"subscription {self.name!r} ({self.receiver}) has no signing secret; {way}"


class SecretNotHere(Refused):
    """What is secret of a subscription is kept on another machine, or was lost."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return (
            f"where subscription {self.name!r} leads to is not kept here: ask the server that it was "
            "made on, or let REGISTRY_SECRETS name its folder; if it is lost, remove it and add it again"
        )


class SecretsUnreadable(Unavailable):
    """A file of secrets cannot be read or written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; give it to whoever runs this, or mend it, then retry"
