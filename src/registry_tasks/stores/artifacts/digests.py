"""What a file's bytes are: MD5, as DVC names them, and SHA-256, as they are trusted."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, NamedTuple

from registry_tasks.entities.errors import InvalidArtifact

CHUNK_BYTES = 1 << 20
_MANY_BYTES = 8 << 20  # from here on a thread pays


class Digests(NamedTuple):
    """Digests in lower-case hex, size in bytes."""

    md5: str
    sha256: str
    size_bytes: int


class Hasher:
    """Both digests of bytes that come in pieces; of many bytes each has a thread of its own."""

    def __init__(self) -> None:
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha256 = hashlib.sha256()
        self._size_bytes = 0
        self._helper: ThreadPoolExecutor | None = None
        self._helping: Future[None] | None = None

    def update(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._size_bytes >= _MANY_BYTES:
            self._help_with(piece)
        else:
            self._sha256.update(piece)
        self._md5.update(piece)
        self._size_bytes += len(piece)

    def digests(self) -> Digests:
        """Say what has been taken so far."""
        self._wait()
        if self._helper is not None:
            self._helper.shutdown()
            self._helper = None
        return Digests(self._md5.hexdigest(), self._sha256.hexdigest(), self._size_bytes)

    def _help_with(self, piece: bytes) -> None:
        """Let SHA-256 go on beside MD5, which takes longer, and beside reading what comes next."""
        if self._helper is None:
            self._helper = ThreadPoolExecutor(1)
        self._wait()
        self._helping = self._helper.submit(self._sha256.update, piece)

    def _wait(self) -> None:
        if self._helping is not None:
            self._helping.result()
            self._helping = None


def digest_file(path: Path) -> Digests:
    """Read a file once and hash it.

    Raises: FileNotFoundError, InvalidArtifact for a symbolic link and what else is no file.
    """
    with open_regular(path) as file:
        return digest(pieces(file))


def digest(content: Iterable[bytes]) -> Digests:
    """Hash bytes that come in pieces."""
    hasher = Hasher()
    for piece in content:
        hasher.update(piece)
    return hasher.digests()


def digest_sha256(content: Iterable[bytes]) -> str:
    """Hash bytes that come in pieces by SHA-256 alone, which takes a third of both."""
    hasher = hashlib.sha256()
    for piece in content:
        hasher.update(piece)
    return hasher.hexdigest()


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading without following a link or waiting for a pipe.

    Raises: FileNotFoundError, InvalidArtifact.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        if path.is_symlink():
            raise InvalidArtifact(str(path), "it is a symbolic link") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InvalidArtifact(str(path), "it is not a regular file")
    return os.fdopen(descriptor, "rb", buffering=0)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Give the rest of a file in pieces of a mebibyte."""
    while piece := file.read(CHUNK_BYTES):
        yield piece
