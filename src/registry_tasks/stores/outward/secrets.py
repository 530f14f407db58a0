"""Where receivers are and what their messages are signed with: files of the owner's alone.

No part of it is in the metadata store, so none is in its dumps, backups and exports. Whoever has
no such file at hand leaves a receiver to those who have.
"""

import base64
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import SecretsUnreadable
from registry_tasks.entities.secrets import SIGNING_PREFIX
from registry_tasks.stores.artifacts.writing import sweep_among_others, temporary
from registry_tasks.stores.folders import make_folder, sync_folder

_BYTES: Final = 32


class Hidden(Entity):
    """All that is secret of a subscription: addresses, and for a webhook what signs.

    ``older`` signs too until ``older_until``.
    """

    addresses: tuple[str, ...] = Field(repr=False)
    secret: str | None = Field(default=None, repr=False)
    older: str | None = Field(default=None, repr=False)
    older_until: datetime | None = None

    def signing(self, now: datetime) -> tuple[str, ...]:
        """Return the secrets that sign a message, the newest first."""
        both = self.older_until is not None and now < self.older_until
        return tuple(s for s in (self.secret, self.older if both else None) if s)


def new_secret() -> str:
    """Return a secret as Standard Webhooks writes it."""
    return SIGNING_PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


class SecretFolder:
    """Secrets by the UUID of their subscription."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, uuid: str) -> Hidden | None:
        """Return what is kept, None if it is not here. Raises SecretsUnreadable."""
        try:
            return Hidden.model_validate_json(self._path(uuid).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise SecretsUnreadable(str(self._path(uuid)), type(error).__name__) from None

    def put(self, uuid: str, hidden: Hidden) -> None:
        """Keep it, in place of what was kept. Raises SecretsUnreadable."""
        target = self._path(uuid)
        try:
            make_folder(self._folder.parent)
            self._folder.mkdir(0o700, exist_ok=True)
            with temporary(self._folder) as (unfinished, writer):
                os.fchmod(writer.fileno(), 0o600)
                writer.write(hidden.model_dump_json().encode())
                writer.flush()
                os.fsync(writer.fileno())
                unfinished.replace(target)
            sync_folder(self._folder)
        except OSError as error:
            raise SecretsUnreadable(str(target), error.strerror or type(error).__name__) from error

    def remove(self, uuid: str) -> None:
        """Forget it, if it is here. Raises SecretsUnreadable."""
        try:
            self._path(uuid).unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SecretsUnreadable(str(self._path(uuid)), reason) from error

    def sweep(self) -> None:
        """Remove what died while it was being kept."""
        sweep_among_others(self._folder)

    def _path(self, uuid: str) -> Path:
        return self._folder / f"{uuid}.json"
