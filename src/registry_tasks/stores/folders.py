"""Folders whose names outlive a loss of power: a name is on the disk once its folder was synced."""

import os
from pathlib import Path

from registry_tasks.settings import STATE_FOLDER


def make_folder(folder: Path) -> None:
    """Make a folder and those around it, each durable; nothing happens if it is there.

    The state folder of a checkout is its owner's alone, and kept out of what Git shows and adds.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(0o700 if folder.name == STATE_FOLDER else 0o777, exist_ok=True)
        sync_folder(folder.parent)
    if folder.name == STATE_FOLDER:
        hide_folder(folder)


def hide_folder(folder: Path) -> None:
    """Keep what is in a folder out of what Git shows and adds."""
    ignore = folder / ".gitignore"
    if not ignore.exists() or not ignore.stat().st_size:  # empty: its writer died, or had no space
        ignore.write_text("*\n")


def sync_folder(folder: Path) -> None:
    """Make what was made, renamed or removed in a folder outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
