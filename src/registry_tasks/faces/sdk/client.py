"""The client: one method a verb, with the words of the command line."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pydantic import JsonValue

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.faces.sdk.loading import Trust, load
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.settings import EXPIRES_S, Settings

if TYPE_CHECKING:
    from registry_tasks.entities.event import Event
    from registry_tasks.entities.lineage import Lineage
    from registry_tasks.entities.model import RegisteredModel
    from registry_tasks.entities.promotion import Transition
    from registry_tasks.entities.registration import Registration
    from registry_tasks.entities.removal import Deletion, Holding
    from registry_tasks.entities.run import Run
    from registry_tasks.entities.side_by_side import SideBySide
    from registry_tasks.entities.signature import Signature
    from registry_tasks.entities.version_record import VersionRecord
    from registry_tasks.registry.registry import Registry
    from registry_tasks.stores.artifacts.remote import ObjectRemote


def connect(store: "str | os.PathLike[str] | None" = None) -> "Client":
    """Open a registry; nothing is read before the first call.

    ``store`` is a state folder or the URL of a metadata store; by default the environment or the
    nearest checkout says where it is.
    """
    return Client(Settings.load(None if store is None else os.fspath(store)))


class Client:
    """One registry. ``resolve``, ``download`` and ``load`` may be called from many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._resolver = Resolver(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        self._resolver.close()
        if "_registry" in self.__dict__:
            self._registry.metadata.close()

    # ------------------------------------------------------------------------- use a version

    def resolve(self, ref: str) -> ModelVersion:
        """Return the version that a reference names now."""
        return self._resolver.resolve(ref)

    def download(self, ref: str, target: Path | str | None = None) -> Path:
        """Return a file with the version's verified bytes: in the local cache, or at ``target``.

        A ``target`` that is a folder gets the file under the name it was registered with.
        """
        from registry_tasks.registry.catalogue import download

        version = self.resolve(ref)
        if target is None:
            return download.download(self.settings, version, self._objects)
        return download.download_to(self.settings, version, Path(target), self._objects)

    def download_url(self, ref: str, expires_s: int = EXPIRES_S) -> str:
        """Return a link to the version's model file, where the remote is a bucket.

        Whoever has it can read the file for so many seconds, and must hash what they get.
        """
        from registry_tasks.registry.catalogue import download

        return download.download_url(self.settings, self.resolve(ref), expires_s, self._objects)

    def load(self, ref: str, trust: Trust = Trust.FORMAT_ONLY) -> Any:
        """Return the model itself, made from bytes that were verified in memory.

        Raises: UntrustedFormat for what could run code, unless ``trust`` says so.
        """
        from registry_tasks.registry.catalogue import download

        version = self.resolve(ref)
        return load(version, download.read(self.settings, version, self._objects), trust)

    # ---------------------------------------------------------------------------------- look

    def models(self) -> tuple["RegisteredModel", ...]:
        """Return all registered models by name."""
        from registry_tasks.registry.catalogue.show import list_models

        return list_models(self._registry)

    def versions(
        self, model: str, before: int | None = None, limit: int = 50, *, deleted: bool = False
    ) -> tuple[ModelVersion, ...]:
        """Return a model's versions, newest first; ``before`` is a number to go on from.

        Those that were deleted are among them if ``deleted``.
        """
        from registry_tasks.registry.catalogue.show import list_versions

        return list_versions(self._registry, model, before=before, limit=limit, deleted=deleted)

    def runs(self, model: str, limit: int = 50) -> tuple["Run", ...]:
        """Return a model's runs, newest first."""
        from registry_tasks.registry.catalogue.show import list_runs

        return list_runs(self._registry, model, limit=limit)

    def show(self, ref: str) -> "VersionRecord":
        """Return everything the registry knows of a version."""
        from registry_tasks.registry.catalogue.show import show

        return show(self._registry, ref)

    def compare(self, *refs: str) -> "SideBySide":
        """Return versions side by side, property by property."""
        from registry_tasks.registry.catalogue.compare import compare

        return compare(self._registry, refs)

    def history(
        self, subject: str, before: int | None = None, limit: int = 100
    ) -> tuple["Event", ...]:
        """Return what happened to a model or a version, newest first."""
        from registry_tasks.registry.catalogue.show import list_history

        return list_history(self._registry, subject, before=before, limit=limit)

    def lineage(self, ref: str) -> "Lineage":
        """Return what a version was made from."""
        from registry_tasks.registry.catalogue.trace import trace_back

        return trace_back(self._registry, ref)

    # --------------------------------------------------------------------------------- write
    # However often a method is called with one ``key``, it has one effect and one answer.

    def register(
        self,
        path: Path | str,
        *,
        model: str,
        format: str = "file",
        parameters: Mapping[str, JsonValue] | None = None,
        metrics: Mapping[str, float] | None = None,
        tags: Mapping[str, str] | None = None,
        description: str = "",
        signature: "Signature | None" = None,
        key: str | None = None,
    ) -> "Registration":
        """Make a version of a file that no pipeline made; the same again makes none."""
        from registry_tasks.entities.registration import RegisterFile
        from registry_tasks.registry.catalogue.register_file import register_file

        request = RegisterFile(
            model=model,
            path=str(path),
            format=format,
            parameters=dict(parameters or {}),
            metrics=dict(metrics or {}),
            tags=dict(tags or {}),
            description=description,
            signature=signature,
            key=key,
        )
        return register_file(self._registry, request)

    def promote(
        self,
        ref: str,
        to: str,
        *,
        environment: str = DEFAULT_ENVIRONMENT,
        expect_current: int | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> "Transition":
        """Move a version into a stage if its gates hold."""
        from registry_tasks.entities.promotion import Promote
        from registry_tasks.registry.lifecycle.promote import promote

        request = Promote(
            ref=ref,
            to=to,
            environment=environment,
            expect_current=expect_current,
            reason=reason,
            key=key,
        )
        return promote(self._registry, request)

    def rollback(
        self,
        model: str,
        *,
        environment: str = DEFAULT_ENVIRONMENT,
        expect_current: int | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> "Transition":
        """Give production back to the version that held it before."""
        from registry_tasks.entities.promotion import RollBack
        from registry_tasks.registry.lifecycle.roll_back import roll_back

        request = RollBack(
            model=model,
            environment=environment,
            expect_current=expect_current,
            reason=reason,
            key=key,
        )
        return roll_back(self._registry, request)

    def archive(self, ref: str, reason: str = "", *, key: str | None = None) -> "Transition":
        """Take a version out of sight; its bytes stay."""
        from registry_tasks.entities.promotion import Archive
        from registry_tasks.registry.lifecycle.archive import archive

        return archive(self._registry, Archive(ref=ref, reason=reason, key=key))

    def restore(self, ref: str, reason: str = "", *, key: str | None = None) -> "Transition":
        """Bring an archived version back to experiment."""
        from registry_tasks.entities.promotion import Restore
        from registry_tasks.registry.lifecycle.archive import restore

        return restore(self._registry, Restore(ref=ref, reason=reason, key=key))

    def describe(self, ref: str, text: str, *, key: str | None = None) -> ModelVersion:
        """Replace a version's description."""
        from registry_tasks.entities.annotation import Describe
        from registry_tasks.registry.catalogue.describe import describe

        return describe(self._registry, Describe(ref=ref, text=text, key=key))

    def point_alias(
        self,
        ref: str,
        alias: str,
        *,
        expect_current: int | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> ModelVersion:
        """Point an alias to a version, wherever it pointed before."""
        from registry_tasks.entities.annotation import PointAlias
        from registry_tasks.registry.lifecycle.point_alias import point_alias

        request = PointAlias(
            ref=ref, alias=alias, expect_current=expect_current, reason=reason, key=key
        )
        return point_alias(self._registry, request)

    def remove_alias(
        self,
        model: str,
        alias: str,
        reason: str = "",
        *,
        expect_current: int | None = None,
        key: str | None = None,
    ) -> None:
        """Take an alias away."""
        from registry_tasks.entities.annotation import RemoveAlias
        from registry_tasks.registry.lifecycle.point_alias import remove_alias

        request = RemoveAlias(
            model=model, alias=alias, expect_current=expect_current, reason=reason, key=key
        )
        remove_alias(self._registry, request)

    def hold(self, ref: str, *, reason: str, key: str | None = None) -> "Holding":
        """Forbid to delete a version and its bytes."""
        from registry_tasks.entities.removal import Hold
        from registry_tasks.registry.lifecycle.hold import hold

        return hold(self._registry, Hold(ref=ref, reason=reason, key=key))

    def release(self, ref: str, *, reason: str, key: str | None = None) -> "Holding":
        """Take a hold away."""
        from registry_tasks.entities.removal import Release
        from registry_tasks.registry.lifecycle.hold import release

        return release(self._registry, Release(ref=ref, reason=reason, key=key))

    def delete(self, ref: str, *, reason: str, key: str | None = None) -> "Deletion":
        """Delete a version for good; its record, history and bytes stay."""
        from registry_tasks.entities.removal import Delete
        from registry_tasks.registry.lifecycle.delete import delete

        return delete(self._registry, Delete(ref=ref, reason=reason, key=key))

    @cached_property
    def _objects(self) -> "ObjectRemote":
        from registry_tasks.stores.artifacts.remote import open_remote

        return open_remote(self.settings)

    @cached_property
    def _registry(self) -> "Registry":
        from registry_tasks.registry.registry import Registry

        return Registry(self.settings)
