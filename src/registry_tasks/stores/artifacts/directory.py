"""The object remote: a folder in the layout of DVC's remotes, which the real DVC reads too."""

import re
from collections.abc import Iterator
from pathlib import Path

from registry_tasks.entities.errors import (
    InvalidArtifact,
    ObjectCorrupt,
    ObjectMissing,
    RemoteMissing,
)
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import (
    Digests,
    digest,
    digest_file,
    open_regular,
    pieces,
)
from registry_tasks.stores.artifacts.failures import reading_remote, using_remote, writing
from registry_tasks.stores.artifacts.writing import dead_temporaries, sync_folder, write_file

_MD5 = re.compile(r"([0-9a-f]{2})([0-9a-f]{30}(?:\.dir)?)")


class ObjectDirectory:
    """Objects at ``<root>/files/md5/ab/cdef...``; what is being written is in ``<root>/tmp``.

    Its files share no inode with any cache: a byte that flips in one does not in the other.
    Every method that touches the folder raises RemoteMissing if it is not there.
    """

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self) -> None:
        """Make the folder unless it is there. Raises StoreReadOnly, DiskFull, RemoteMissing."""
        with using_remote(self.root):
            self._make_folders(self.root / "files" / "md5")

    def path(self, md5: str) -> Path:
        """Say where the object is or would be. Raises ValueError for what is no MD5."""
        found = _MD5.fullmatch(md5)
        if not found:
            raise ValueError(f"{md5!r} is not an MD5 of DVC's")
        return self.root / "files" / "md5" / found[1] / found[2]

    def has(self, md5: str) -> bool:
        """Whether there is an object of this name; its bytes may still be wrong."""
        self._check_root()
        return self.path(md5).is_file()

    def put(self, source: Path, md5: str) -> Digests:
        """Store the bytes of ``source`` for ever, or prove that they are stored already.

        A damaged object in its place is replaced. Returns the digests of what is stored.
        Raises: ObjectCorrupt if ``source`` is not what ``md5`` says, FileNotFoundError if it is
        missing, DiskFull, StoreReadOnly.
        """
        self._check_root()
        target = self.path(md5)
        stored = self._stored(target, source.stat().st_size)
        if stored is not None and stored.md5 == _plain(md5):
            return stored
        with open_regular(source) as reader, using_remote(self.root):
            temporaries = self._make_folders(target.parent)
            return write_file(
                pieces(reader), target, temporaries, lambda found: _check_md5(source, md5, found)
            )

    def verify(self, artifact: Artifact) -> None:
        """Read the object back. Raises ObjectMissing, ObjectCorrupt."""
        self._check_root()
        self._check(artifact, digest(self._read(artifact)))

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the object to ``target``, which appears only when all its bytes are proven.

        Raises: ObjectMissing, ObjectCorrupt, DiskFull, StoreReadOnly.
        """
        self._check_root()
        with writing(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            content = self._read(artifact)
            write_file(content, target, target.parent, lambda found: self._check(artifact, found))

    def temporaries(self) -> tuple[Path, ...]:
        """List what writers that died left behind."""
        self._check_root()
        return tuple(dead_temporaries(self.root / "tmp"))

    def sweep(self) -> int:
        """Remove what writers that died left behind; says how many files."""
        self._check_root()
        swept = 0
        with using_remote(self.root):
            for path in dead_temporaries(self.root / "tmp"):
                path.unlink()
                swept += 1
        return swept

    def _check_root(self) -> None:
        if not self.root.is_dir():
            raise RemoteMissing(str(self.root), "there is no such folder")

    def _make_folders(self, folder: Path) -> Path:
        """Make the object's folder, and the one of temporary files, which is returned."""
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
        temporaries = self.root / "tmp"
        temporaries.mkdir(exist_ok=True)
        return temporaries

    @staticmethod
    def _stored(target: Path, size_bytes: int) -> Digests | None:
        """Hash what is there, if it can be the object at all."""
        try:
            return digest_file(target) if target.stat().st_size == size_bytes else None
        except (OSError, InvalidArtifact):  # not there or not readable: it is written anew
            return None

    def _read(self, artifact: Artifact) -> Iterator[bytes]:
        place = str(self.root)
        try:
            with reading_remote(self.root), open_regular(self.path(artifact.md5)) as reader:
                yield from pieces(reader)
        except FileNotFoundError as error:
            raise ObjectMissing(artifact.path, place, f"sha256 {artifact.sha256}") from error
        except InvalidArtifact as error:
            wanted = f"a file with sha256 {artifact.sha256}"
            raise ObjectCorrupt(artifact.path, place, wanted, error.reason) from error

    def _check(self, artifact: Artifact, found: Digests) -> None:
        wanted = Digests(_plain(artifact.md5), artifact.sha256, artifact.size_bytes)
        if found != wanted:
            raise ObjectCorrupt(artifact.path, str(self.root), _told(wanted), _told(found))


def _plain(md5: str) -> str:
    return md5.removesuffix(".dir")


def _told(digests: Digests) -> str:
    return f"{digests.size_bytes} bytes with sha256 {digests.sha256}"


def _check_md5(source: Path, md5: str, found: Digests) -> None:
    if found.md5 != _plain(md5):
        wanted, is_now = f"md5 {_plain(md5)}", f"md5 {found.md5}"
        raise ObjectCorrupt(source.name, str(source.parent), wanted, is_now)
