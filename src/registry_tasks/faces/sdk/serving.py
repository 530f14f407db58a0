"""Use a version: what serving asks for all day."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.sdk.loading import Trust, load
from registry_tasks.faces.sdk.session import Session
from registry_tasks.settings import EXPIRES_S

if TYPE_CHECKING:
    from datetime import datetime


class Serving(Session):
    """Which version, its bytes, the model itself; may be called from many threads."""

    def resolve(self, ref: str, at: "datetime | str | None" = None) -> ModelVersion:
        """Return the version that a reference names now, or named at a time, as it was then.

        A time must tell its zone: an aware datetime, or text such as ``2026-03-02T14:05Z``.
        """
        if at is None:
            return self._road.resolve(ref)
        from registry_tasks.entities.instant import to_instant

        return self._road.resolve(ref, to_instant(at))

    def download(self, ref: str, target: Path | str | None = None) -> Path:
        """Return a file with the version's verified bytes: in the local cache, or at ``target``.

        A ``target`` that is a folder gets the file under the name it was registered with.
        """
        from registry_tasks.registry.catalogue import download

        version = self.resolve(ref)
        source = self._road.bytes_of(version)
        if target is None:
            return download.download(self.settings, version, source)
        return download.download_to(self.settings, version, Path(target), source)

    def download_url(self, ref: str, expires_s: int = EXPIRES_S) -> str:
        """Return a link to the version's model file, where the remote is a bucket.

        Whoever has it can read the file for so many seconds, and must hash what they get.
        """
        return self._road.download_url(self.resolve(ref), expires_s)

    def load(self, ref: str, trust: Trust = Trust.FORMAT_ONLY) -> Any:
        """Return the model itself, made from bytes that were verified in memory.

        Raises: UntrustedFormat for what could run code, unless ``trust`` says so.
        """
        from registry_tasks.registry.catalogue import download

        version = self.resolve(ref)
        content = download.read(self.settings, version, self._road.bytes_of(version))
        return load(version, content, trust)
