"""The object remote: a folder in the layout of DVC's remotes, which the real DVC reads too."""

from collections.abc import Iterator
from pathlib import Path

from registry_tasks.entities.errors import (
    InvalidArtifact,
    ObjectCorrupt,
    ObjectMissing,
    RemoteCannot,
    RemoteMissing,
)
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import (
    Digests,
    digest,
    digest_file,
    digest_sha256,
    open_regular,
    pieces,
)
from registry_tasks.stores.artifacts.directory_collecting import (
    DirectoryCollecting,
    put_back_aside,
    renew,
)
from registry_tasks.stores.artifacts.failures import reading_remote, using_remote
from registry_tasks.stores.artifacts.layout import parts
from registry_tasks.stores.artifacts.listing import StoredObject, list_folder
from registry_tasks.stores.artifacts.proof import check_artifact, check_sha256, check_source, plain
from registry_tasks.stores.artifacts.sealing import seal
from registry_tasks.stores.artifacts.writing import dead_temporaries, write_bytes, write_file
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder


class ObjectDirectory:
    """Objects at ``<root>/files/md5/ab/cdef...``; what is being written is in ``<root>/tmp``.

    Its files share no inode with any cache: a byte that flips in one does not in the other.
    Every method that touches the folder raises RemoteMissing if it is not there.
    """

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return str(self.root)

    def is_there(self) -> bool:
        """Whether it was made: a mount point without its share is a folder too."""
        with using_remote(self.root):
            return (self.root / "files" / "md5").is_dir()

    def create(self) -> None:
        """Make the folder unless it is there. Raises StoreReadOnly, DiskFull, RemoteMissing."""
        with using_remote(self.root):
            self._make_folders(self.root / "files" / "md5")

    def path(self, md5: str) -> Path:
        """Say where the object is or would be. Raises ValueError for what is no MD5."""
        return self.root.joinpath(*parts(md5))

    def has(self, md5: str) -> bool:
        """Whether there is an object of this name; its bytes may still be wrong."""
        self._check_root()
        return self.path(md5).is_file()

    def list_objects(self) -> Iterator[StoredObject]:
        """Give all objects, as the folder lists them and without reading them."""
        self._check_root()
        with reading_remote(self.root):
            yield from list_folder(self.root)

    def put(self, source: Path, md5: str) -> Digests:
        """Store the bytes of ``source`` for ever, or prove that they are stored already.

        A damaged object in its place is replaced. Returns the digests of what is stored.
        Raises: ObjectCorrupt if ``source`` is not what ``md5`` says, FileNotFoundError if it is
        missing, DiskFull, StoreReadOnly.
        """
        self._check_root()
        target = self.path(md5)
        stored = self._stored(target, source.stat().st_size)
        if stored is not None and stored.md5 == plain(md5) and renew(target):
            return stored
        with open_regular(source) as reader, using_remote(self.root):
            temporaries = self._make_folders(target.parent)
            return write_file(
                pieces(reader),
                target,
                temporaries,
                lambda found: check_source(source, md5, found),
                seal,
            )

    def put_bytes(self, content: bytes, digests: Digests) -> None:
        """Store bytes, whose digests these are, or prove that they are stored already.

        A damaged object in its place is replaced. Raises: DiskFull, StoreReadOnly.
        """
        self._check_root()
        target = self.path(digests.md5)
        if self._stored(target, digests.size_bytes) == digests and renew(target):
            return
        with using_remote(self.root):
            write_bytes(content, target, self._make_folders(target.parent), seal)

    def renew(self, md5: str) -> bool:
        """Let an object be young, so that nobody collects it; False if it is not there."""
        self._check_root()
        with using_remote(self.root):
            return renew(self.path(md5))

    @property
    def collecting(self) -> DirectoryCollecting:
        """What collecting needs of it."""
        self._check_root()
        return DirectoryCollecting(self.root)

    def verify(self, artifact: Artifact) -> None:
        """Read the object back. Raises ObjectMissing, ObjectCorrupt."""
        self._check_root()
        check_artifact(artifact, self.place, digest(self._read(artifact)))

    def read_back(self, artifact: Artifact) -> None:
        """Read what was just put by its SHA-256. Raises ObjectMissing, ObjectCorrupt."""
        self._check_root()
        check_sha256(artifact, self.place, digest_sha256(self._read(artifact)))

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the object to ``target``, which appears only when all its bytes are proven.

        Raises: ObjectMissing, ObjectCorrupt, DiskFull, StoreReadOnly.
        """
        self._check_root()
        with writing(target.parent):
            make_folder(target.parent)
            content = self._read(artifact)
            write_file(
                content,
                target,
                target.parent,
                lambda found: check_artifact(artifact, self.place, found),
            )

    def temporaries(self) -> tuple[str, ...]:
        """List what writers that died left behind."""
        self._check_root()
        return tuple(map(str, dead_temporaries(self.root / "tmp")))

    def sweep(self) -> int:
        """Remove what writers that died left behind; says how many files."""
        self._check_root()
        swept = 0
        with using_remote(self.root):
            put_back_aside(self.root)
            for path in dead_temporaries(self.root / "tmp"):
                path.unlink()
                swept += 1
        return swept

    def hold(self, artifact: Artifact) -> None:
        """Make sure that the object is there and read-only; a folder knows no stronger hold.

        Whoever owns the folder can still delete it; only the registry's own verbs refuse to.
        """
        self._check_root()
        path = self.path(artifact.md5)
        if not path.is_file():
            raise ObjectMissing(artifact.path, self.place, f"sha256 {artifact.sha256}")
        with using_remote(self.root):
            path.chmod(0o444)
            renew(path)

    def release(self, artifact: Artifact) -> None:
        """Leave the object as it is: every object is read-only, held or not."""
        self._check_root()

    def download_url(self, artifact: Artifact, expires_s: int) -> str:
        """Raise RemoteCannot: nobody serves a folder."""
        reason = "a folder has no links; use `registry download`, or a bucket as REGISTRY_REMOTE"
        raise RemoteCannot(self.place, reason)

    def restore_earlier(self, artifact: Artifact) -> bool:
        """Return False: a folder keeps no earlier versions."""
        return False

    def _check_root(self) -> None:
        if not self.root.is_dir():
            raise RemoteMissing(str(self.root), "there is no such folder")

    def _make_folders(self, folder: Path) -> Path:
        """Make the object's folder, and the one of temporary files, which is returned."""
        make_folder(folder)
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
        place = self.place
        try:
            with reading_remote(self.root), open_regular(self.path(artifact.md5)) as reader:
                yield from pieces(reader)
        except FileNotFoundError as error:
            raise ObjectMissing(artifact.path, place, f"sha256 {artifact.sha256}") from error
        except InvalidArtifact as error:
            wanted = f"a file with sha256 {artifact.sha256}"
            raise ObjectCorrupt(artifact.path, place, wanted, error.reason) from error
