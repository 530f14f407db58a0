"""Follow a reference: the model it names is in memory, and another one takes its place when it moves."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Self

from registry_tasks.entities.errors import RegistryError, SignatureMisfit
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.signature import Signature
from registry_tasks.faces.sdk.client import Client
from registry_tasks.faces.sdk.loading import Trust, load
from registry_tasks.faces.serving import last_good
from registry_tasks.registry.catalogue import download
from registry_tasks.rules.signatures import why_callers_break

EVERY_S: Final = 5.0
Loader = Callable[[ModelVersion, bytes], Any]
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """What is served: a request takes it once and keeps it, whatever comes next."""

    version: ModelVersion
    model: Any
    signature: Signature | None
    since: datetime
    stale: bool  # the registry could not be asked since this process began


@dataclass(frozen=True)
class Refused:
    """A version that the reference names and that is not served, and why."""

    ref: str
    reason: str


class Following:
    """Keeps the model of a reference in memory; ``current`` is free, and may be read by any thread.

    The registry is asked every ``every_s`` seconds, and at once after ``look``. A version whose bytes
    are not the recorded ones, that cannot be loaded or warmed up, or that breaks whoever calls the
    one before, is refused: the last good one stays, and ``health`` says so. ``expects`` is what
    callers need; without it, it is what the served version has. ``loader`` makes the model from
    verified bytes, by default as ``Client.load`` does; ``warm_up`` is called with it before it is
    served.
    """

    def __init__(
        self,
        ref: str,
        client: Client,
        *,
        every_s: float = EVERY_S,
        loader: Loader | None = None,
        trust: Trust = Trust.FORMAT_ONLY,
        expects: Signature | None = None,
        warm_up: Callable[[Any], object] | None = None,
    ) -> None:
        self.ref, self.every_s = ref, every_s
        self._client, self._expects = client, expects
        self._loader = loader or (lambda version, content: load(version, content, trust))
        self._warm_up = warm_up or (lambda model: None)
        self._current: Served | None = None
        self._refused: Refused | None = None
        self._problem: str | None = None
        self._looked_at: datetime | None = None
        self._looking, self._wake = threading.Lock(), threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def current(self) -> Served:
        """What is served now. Raises RuntimeError before ``start``."""
        if self._current is None:
            raise RuntimeError(f"nothing follows {self.ref} yet; call start()")
        return self._current

    def start(self) -> Self:
        """Load the model, then follow in a thread of its own.

        Where the registry cannot be asked, or names what is refused, the version that was served
        last by a process with the same cache is taken, marked as stale. Raises what stands in the
        way where there is none.
        """
        try:
            self._take(self._client.resolve(self.ref))
        except Exception as error:
            if not self._take_last_good():
                raise
            self._problem = _said(error)
            _log.warning("%s: %s; serving %s", self.ref, error, self.current.version.ref)
        self._looked_at = datetime.now(UTC)
        self._ended = False
        self._thread = threading.Thread(
            target=self._follow, name=f"following {self.ref}", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """End following; what is served stays as it is."""
        self._ended = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> None:
        """Ask the registry soon, in the thread that follows: for whoever heard of a change."""
        self._wake.set()

    def refresh(self) -> bool:
        """Ask the registry now; returns whether another version is served."""
        with self._looking:
            try:
                return self._refresh()
            finally:
                self._looked_at = datetime.now(UTC)

    def health(self) -> dict[str, Any]:
        """Say what is served, since when, and what stands in the way of anything newer."""
        served, refused = self.current, self._refused
        return {
            "follows": self.ref,
            "version": served.version.ref,
            "semantic_version": served.version.semantic_version,
            "sha256": served.version.sha256,
            "since": served.since.isoformat(),
            "stale": served.stale,
            "looked_at": None if self._looked_at is None else self._looked_at.isoformat(),
            "problem": self._problem,
            "refused": None if refused is None else {"version": refused.ref, "why": refused.reason},
        }

    def _follow(self) -> None:
        while not self._ended:
            self._wake.wait(self.every_s)
            self._wake.clear()
            if not self._ended:
                self.refresh()

    def _refresh(self) -> bool:
        try:
            version = self._client.resolve(self.ref)
        except RegistryError as error:
            self._tell(str(error))
            return False
        served = self.current
        if version.uuid == served.version.uuid:
            self._tell(None)
            self._refused = None
            if served.stale:
                self._current = replace(served, stale=False)
            return False
        try:
            self._take(version)
        except Exception as error:  # noqa: BLE001 - loaders and warm-ups are anybody's
            self._refuse(version, error)
            return False
        _log.info("%s: %s is served instead of %s", self.ref, version.ref, served.version.ref)
        return True

    def _take(self, version: ModelVersion) -> None:
        """Verify, load, warm up and only then swap."""
        signature = self._client.show(version.uuid).signature
        before = self._expects or (self._current.signature if self._current else None)
        why = why_callers_break(before, signature)
        if before is not None and why is not None:
            raise SignatureMisfit(version.ref, why)
        model = self._load(version)
        self._current = Served(version, model, signature, datetime.now(UTC), stale=False)
        self._tell(None)
        self._refused = None
        last_good.keep(
            self._client.settings,
            self.ref,
            last_good.LastGood(version=version, signature=signature),
        )

    def _take_last_good(self) -> bool:
        good = last_good.find(self._client.settings, self.ref)
        if good is None:
            return False
        model = self._load(good.version)
        self._current = Served(good.version, model, good.signature, datetime.now(UTC), stale=True)
        return True

    def _load(self, version: ModelVersion) -> Any:
        """Return a warm model of bytes that were hashed in memory, from the cache if they are there."""
        source = self._client._road.bytes_of(version)
        content = download.read(self._client.settings, version, source)
        model = self._loader(version, content)
        self._warm_up(model)
        return model

    def _refuse(self, version: ModelVersion, error: Exception) -> None:
        refused = Refused(version.ref, _said(error))
        if refused != self._refused:
            _log.error("%s: %s is refused: %s", self.ref, version.ref, refused.reason)
        self._refused = refused
        self._tell(None)

    def _tell(self, problem: str | None) -> None:
        if problem is not None and problem != self._problem:
            _log.warning("%s: %s; %s stays", self.ref, problem, self.current.version.ref)
        self._problem = problem


def wait_for(following: Following, number: int, timeout_s: float) -> bool:
    """Wait until a version is served; returns whether it is."""
    deadline = time.monotonic() + timeout_s
    while following.current.version.number != number:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
