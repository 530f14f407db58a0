"""A disk that loses power: what is left of a folder when only what was synced is sure to be.

The model, from POSIX and what ext4, XFS and btrfs do: bytes are on the disk once their file was
synced; a name is once its folder was synced. Of what was not synced, bytes are there or not, each
write for itself; names reach the disk in the order in which they changed, up to some point.
"""

import os
import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from support.disk import Change, Kind

_VOLATILE = "-shm"  # SQLite's shared memory, made anew by whoever opens the store first


@dataclass
class _File:
    data: bytes
    durable: bytes
    mode: int = 0o644
    attributes: dict[str, bytes] = field(default_factory=dict)  # those it had from the beginning
    pending: list[Change] = field(default_factory=list)

    def change(self, change: Change) -> None:
        self.data = _applied(self.data, change)
        self.pending.append(change)

    def sync(self) -> None:
        self.durable = self.data
        self.pending.clear()

    def torn(self, chance: random.Random) -> bytes:
        content = self.durable
        for change in self.pending:
            if chance.random() < 0.5:
                content = _applied(content, change)
        return content


@dataclass
class _Folder:
    entries: dict[str, "_Node"] = field(default_factory=dict)
    durable: dict[str, "_Node"] = field(default_factory=dict)


_Node = _File | _Folder


@dataclass
class _Step:
    """One change of names, which reaches the disk whole."""

    sets: list[tuple[_Folder, str, _Node | None]]

    def apply(self) -> None:
        for folder, name, node in self.sets:
            if node is None:
                folder.durable.pop(name, None)
            else:
                folder.durable[name] = node


class Disk:
    """A folder as processes see it, and as it would be found after a loss of power."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = _load(root)
        self._steps: list[_Step] = []

    def change(self, change: Change) -> None:
        """Take over one change that was made."""
        match change.kind:
            case Kind.WRITE | Kind.CUT:
                if file := self._file(change.path):
                    file.change(change)
            case Kind.MARK:
                return
            case Kind.SYNC:
                self._sync(self._find(change.path))
            case Kind.CREATE:
                self._name(change.path, _File(b"", b""))
            case Kind.MKDIR:
                self._name(change.path, _Folder())
            case Kind.LINK:
                self._name(change.other, self._find(change.path))
            case Kind.RENAME:
                self._rename(change)
            case Kind.UNLINK | Kind.RMDIR:
                self._name(change.path, None)

    def seen(self) -> dict[str, bytes]:
        """Return every file as processes see it now, by its path below the root."""
        return dict(_files(self._top, PurePosixPath()))

    def lose_power(self, target: Path, chance: random.Random | None) -> None:
        """Make ``target`` what is found afterwards.

        Args:
            chance: decides what of the changes that were not synced is there; None: nothing.
        """
        saved = {id(f): dict(f.durable) for f in self._folders()}
        for step in self._steps[: chance.randint(0, len(self._steps)) if chance else 0]:
            step.apply()
        shutil.rmtree(target, ignore_errors=True)
        _store(self._top, target, chance)
        for folder in self._folders():
            folder.durable = saved.get(id(folder), folder.durable)

    def _folders(self) -> Iterable[_Folder]:
        """Every folder there is, or was when the disk was last in order."""
        waiting, met = [self._top], set()
        for step in self._steps:
            waiting += [node for _, _, node in step.sets if isinstance(node, _Folder)]
        while waiting:
            folder = waiting.pop()
            if id(folder) in met:
                continue
            met.add(id(folder))
            yield folder
            inside = (*folder.entries.values(), *folder.durable.values())
            waiting += [node for node in inside if isinstance(node, _Folder)]

    def _sync(self, node: _Node | None) -> None:
        if isinstance(node, _File):
            node.sync()
        elif node is not None:
            waiting = []
            for step in self._steps:
                if any(folder is node for folder, _, _ in step.sets):
                    step.apply()
                else:
                    waiting.append(step)
            self._steps = waiting

    def _rename(self, change: Change) -> None:
        node = self._find(change.path)
        old, old_name = self._place(change.path)
        if node is None or old is None:  # it comes from outside
            node = _File(b"", b"")
        new, new_name = self._place(change.other)
        assert new is not None
        sets: list[tuple[_Folder, str, _Node | None]] = [(new, new_name, node)]
        new.entries[new_name] = node
        if old is not None:
            old.entries.pop(old_name, None)
            sets.append((old, old_name, None))
        self._steps.append(_Step(sets))

    def _name(self, path: str, node: _Node | None) -> None:
        folder, name = self._place(path)
        assert folder is not None, path
        if node is None:
            folder.entries.pop(name, None)
        else:
            folder.entries[name] = node
        self._steps.append(_Step([(folder, name, node)]))

    def _place(self, path: str) -> tuple[_Folder | None, str]:
        normal = PurePosixPath(os.path.normpath(path))
        folder = self._find(str(normal.parent))
        return folder if isinstance(folder, _Folder) else None, normal.name

    def _file(self, path: str) -> _File | None:
        found = self._find(path)  # None: it was removed while it was open
        return found if isinstance(found, _File) else None

    def _find(self, path: str) -> _Node | None:
        normal = PurePosixPath(os.path.normpath(path))
        if not normal.is_relative_to(self._root):
            return None
        node: _Node | None = self._top
        for part in normal.relative_to(self._root).parts:
            node = node.entries.get(part) if isinstance(node, _Folder) else None
        return node


def _applied(content: bytes, change: Change) -> bytes:
    if change.kind is Kind.CUT:
        return content[: change.offset].ljust(change.offset, b"\0")
    end = change.offset + len(change.data)
    head = content[: change.offset].ljust(change.offset, b"\0")
    return head + change.data + content[end:]


def _load(path: Path) -> _Folder:
    """Everything that is there now is on the disk."""
    made = _Folder()
    for entry in os.scandir(path):
        if entry.is_dir(follow_symlinks=False):
            made.entries[entry.name] = _load(Path(entry.path))
        elif not entry.name.endswith(_VOLATILE):
            content = Path(entry.path).read_bytes()
            found = {name: os.getxattr(entry.path, name) for name in os.listxattr(entry.path)}
            made.entries[entry.name] = _File(content, content, entry.stat().st_mode & 0o777, found)
    made.durable = dict(made.entries)
    return made


def _store(folder: _Folder, target: Path, chance: random.Random | None) -> None:
    target.mkdir()
    for name, node in folder.durable.items():
        if isinstance(node, _Folder):
            _store(node, target / name, chance)
        elif not name.endswith(_VOLATILE):
            (target / name).write_bytes(node.torn(chance) if chance else node.durable)
            for attribute, value in node.attributes.items():
                os.setxattr(target / name, attribute, value)
            (target / name).chmod(node.mode)


def _files(folder: _Folder, path: PurePosixPath) -> Iterable[tuple[str, bytes]]:
    for name, node in folder.entries.items():
        if isinstance(node, _Folder):
            yield from _files(node, path / name)
        elif not name.endswith(_VOLATILE):
            yield str(path / name), node.data
