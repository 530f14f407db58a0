"""Move: stages, aliases, holds, deletion."""

from typing import TYPE_CHECKING

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.dropped_bytes import Dropping, Droppings
    from registry_tasks.entities.promotion import Transition
    from registry_tasks.entities.removal import Deletion, Holding


class Moving(Session):
    """Changes where versions stand; one ``key``, one effect, one answer."""

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
        return self._ask(promote, request)

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
        return self._ask(roll_back, request)

    def archive(self, ref: str, reason: str = "", *, key: str | None = None) -> "Transition":
        """Take a version out of sight; its bytes stay."""
        from registry_tasks.entities.promotion import Archive
        from registry_tasks.registry.lifecycle.archive import archive

        return self._ask(archive, Archive(ref=ref, reason=reason, key=key))

    def restore(self, ref: str, reason: str = "", *, key: str | None = None) -> "Transition":
        """Bring an archived version back to experiment."""
        from registry_tasks.entities.promotion import Restore
        from registry_tasks.registry.lifecycle.archive import restore

        return self._ask(restore, Restore(ref=ref, reason=reason, key=key))

    def plan_archive(self, model: str) -> dict[str, str]:
        """Return what policy would archive now: reference -> reason."""
        from registry_tasks.registry.lifecycle.archive import plan_archive

        return self._ask(plan_archive, model)

    def archive_by_policy(self, model: str, *, key: str | None = None) -> "Transition":
        """Archive what a model's policy says."""
        from registry_tasks.entities.promotion import ArchiveByPolicy
        from registry_tasks.registry.lifecycle.archive import archive_by_policy

        return self._ask(archive_by_policy, ArchiveByPolicy(model=model, key=key))

    def drop_bytes(self, ref: str, reason: str = "", *, key: str | None = None) -> "Dropping":
        """Let go of an archived version's bytes, which can be made again."""
        from registry_tasks.entities.dropped_bytes import DropBytes
        from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes

        return self._ask(drop_bytes, DropBytes(ref=ref, reason=reason, key=key))

    def plan_drop_bytes(self, model: str) -> dict[str, str]:
        """Return whose bytes policy would let go now: reference -> reason."""
        from registry_tasks.registry.lifecycle.drop_bytes import plan_drop_bytes

        return self._ask(plan_drop_bytes, model)

    def drop_bytes_by_policy(self, model: str, *, key: str | None = None) -> "Droppings":
        """Let go of the bytes that a model's policy does not keep."""
        from registry_tasks.entities.dropped_bytes import DropBytesByPolicy
        from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes_by_policy

        return self._ask(drop_bytes_by_policy, DropBytesByPolicy(model=model, key=key))

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
        return self._ask(point_alias, request)

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
        self._ask(remove_alias, request)

    def hold(self, ref: str, *, reason: str, key: str | None = None) -> "Holding":
        """Forbid to delete a version and its bytes."""
        from registry_tasks.entities.removal import Hold
        from registry_tasks.registry.lifecycle.hold import hold

        return self._ask(hold, Hold(ref=ref, reason=reason, key=key))

    def release(self, ref: str, *, reason: str, key: str | None = None) -> "Holding":
        """Take a hold away."""
        from registry_tasks.entities.removal import Release
        from registry_tasks.registry.lifecycle.hold import release

        return self._ask(release, Release(ref=ref, reason=reason, key=key))

    def delete(self, ref: str, *, reason: str, key: str | None = None) -> "Deletion":
        """Delete a version for good; its record, history and bytes stay."""
        from registry_tasks.entities.removal import Delete
        from registry_tasks.registry.lifecycle.delete import delete

        return self._ask(delete, Delete(ref=ref, reason=reason, key=key))
