"""Look after a registry: back it up, collect what nobody needs."""

from collections.abc import Sequence
from pathlib import Path

from prefect import get_run_logger, task

from registry_tasks.entities.backup import Backup
from registry_tasks.entities.collection import Collection
from registry_tasks.entities.errors import ObjectsLost
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.collect import collect, reach
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks.retrying import WRITES


@task(name="back up", **WRITES)
def add_backup(folder: Path, keep: int | None) -> Backup:
    """Write: add a backup to a folder. Raises ObjectsLost so that somebody is told."""
    with Registry.open() as registry:
        backup = back_up(registry, folder, keep)
    get_run_logger().info(
        "%s: %d versions, %d objects", backup.name, backup.versions, backup.objects
    )
    if backup.missing:
        raise ObjectsLost(str(folder), backup.missing)
    return backup


@task(name="collect", **WRITES)
def collect_unneeded(days: int, repositories: Sequence[str]) -> Collection:
    """Write: take what nobody needed for so many days."""
    with Registry.open() as registry:
        found = collect(registry, reach(tuple(map(Path, repositories)), days))
    get_run_logger().info("%d objects taken, %d bytes", found.taken, found.size_bytes)
    return found
