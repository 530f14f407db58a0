"""Which version a process served last, kept beside the downloads for a start without the registry."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.signature import Signature
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.writing import write_bytes
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder

_FOLDER: Final = "following"


class LastGood(Entity):
    """A version that was served, and its signature. Its bytes are hashed again before they are."""

    version: ModelVersion
    signature: Signature | None


def keep(settings: Settings, ref: str, good: LastGood) -> None:
    """Remember what is served now. Raises DiskFull, StoreReadOnly."""
    path = _path(settings, ref)
    with writing(path.parent):
        make_folder(path.parent)
        write_bytes(good.model_dump_json().encode(), path, path.parent)


def find(settings: Settings, ref: str) -> LastGood | None:
    """Return what was served last, None if nothing was, or if nobody can read it any more."""
    try:
        return LastGood.model_validate_json(_path(settings, ref).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _path(settings: Settings, ref: str) -> Path:
    """Name a file after the reference and the registry that is asked."""
    name = re.sub(r"[^a-z0-9]+", "-", ref.lower()).strip("-")[:60]
    told = sha256(f"{settings.store_url} {ref}".encode()).hexdigest()[:16]
    return settings.cache / _FOLDER / f"{name}-{told}.json"
