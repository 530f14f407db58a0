"""What processes that died left: workspaces, half-written files, runs that still say "running"."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import Unavailable
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.doctor.ailment import BY_SYNC, Ailment, Remedy, ail
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.experiments.train import fail, tidy_up
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.writing import SUFFIX, dead_temporaries
from registry_tasks.stores.metadata import runs
from registry_tasks.stores.metadata.census import CountedRun

_UNTRACED: Final = timedelta(days=7)
"""After so long a run that left no trace here is told of: it may be at work on another machine."""


def dead_workspaces(registry: Registry) -> Iterator[Ailment]:
    """Look for workspaces whose process has let go of their lock."""
    for name in workspaces.dead_workspaces(registry):
        what = "its process died"
        yield ail(FindingKind.WORKSPACE_DEAD, f"workspace {name}", what, BY_SYNC, tidy)


def dead_runs(registry: Registry, counted: tuple[CountedRun, ...]) -> Iterator[Ailment]:
    """Look for runs that say they are running, and whose process is not there.

    A run holds its workspace's lock from before it begins until after it has ended. Where it
    worked here, it left its logs or its workspace; elsewhere another machine may be at it.
    """
    for run in counted:
        if run.status != RunStatus.RUNNING or workspaces.is_held(registry, run.uuid):
            continue
        if not _still_running(registry, run.uuid) or workspaces.is_left(registry, run.uuid):
            continue  # it ended meanwhile; or its dead workspace tells, and is swept
        what = "it says that it is running, and no process holds its workspace"
        if (registry.settings.state / "runs" / run.uuid).is_dir():
            mend = partial(_end, run=run.uuid)
            yield ail(FindingKind.RUN_DEAD, f"run {run.uuid}", what, mend=mend)
        elif datetime.now(UTC) - run.started_at > _UNTRACED:
            what = f"it began {run.started_at:%Y-%m-%d} on another machine and has not ended"
            remedy = Remedy(BY_SYNC.command, "on the machine that it ran on, if it is dead")
            yield ail(FindingKind.RUN_DEAD, f"run {run.uuid}", what, remedy)


def temporaries(registry: Registry) -> Iterator[Ailment]:
    """Look for what writers that died left in the remote; one that is away is told of elsewhere."""
    try:
        left = registry.objects.temporaries()
    except Unavailable:
        left = ()
    for place in left:
        yield ail(FindingKind.TEMPORARY_LEFT, place, "a writer died", BY_SYNC, tidy)


def local_temporaries(folder: Path) -> Iterator[Ailment]:
    """Look for the same anywhere below a folder of this machine."""
    for parent in sorted({path.parent for path in folder.rglob(f"*{SUFFIX}")}):
        for path in dead_temporaries(parent):
            mend = partial(_remove, path=path)
            yield ail(FindingKind.TEMPORARY_LEFT, str(path), "a writer died", mend=mend)


def tidy(registry: Registry) -> None:
    """End dead runs, remove their workspaces and what their writers left."""
    tidy_up(registry)


def _still_running(registry: Registry, uuid: str) -> bool:
    with registry.metadata.reading() as connection:
        return uuid in runs.list_running(connection)


def _end(registry: Registry, run: str) -> None:
    fail(registry, run, "its process ended before the run did")


def _remove(registry: Registry, path: Path) -> None:
    if path in dead_temporaries(path.parent):
        path.unlink(missing_ok=True)
