"""Back up: the store as it is now, and the objects that the folder lacks."""

from pathlib import Path

from registry_tasks.entities.backup import Backup
from registry_tasks.tasks.care import add_backup
from registry_tasks.tasks.lasting import lasting_flow


@lasting_flow(name="backup", flow_run_name="backup to {folder}")
def backup(folder: Path, keep: int | None = None) -> Backup:
    """Return what was kept; the run fails if an object could not be had."""
    return add_backup(folder, keep)
