"""The actor may not do this."""

from registry_tasks.entities.errors.families import Forbidden


class StoreForbidden(Forbidden):
    """The database role lacks a right."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}; nothing was changed. Connect as a role that may"


class TokenRefused(Forbidden):
    """The registry has accounts, and nobody is known by the token, or by none."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        way = "set REGISTRY_TOKEN, or ask an admin for one: `registry access token`"
        return f"this registry has accounts: {self.reason}; {way}"


class NotPermitted(Forbidden):
    """An account lacks a right; nothing was changed."""

    def __init__(self, actor: str, what: str, right: str) -> None:
        super().__init__(actor, what, right)
        self.actor, self.what, self.right = actor, what, right

    def __str__(self) -> str:
        way = f"an admin can give it: `registry access grant {self.actor} {self.right}`"
        return f"{self.actor} may not {self.what}; nothing was changed; {way}"
