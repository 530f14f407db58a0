"""Folders whose names outlive a loss of power: a name is on the disk once its folder was synced."""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder and those around it, each durable; nothing happens if it is there."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make what was made, renamed or removed in a folder outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
