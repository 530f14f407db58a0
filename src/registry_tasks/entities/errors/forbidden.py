"""The actor may not do this."""

from registry_tasks.entities.errors.families import Forbidden


class StoreForbidden(Forbidden):
    """The database role lacks a right."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}; nothing was changed. Connect as a role that may"
