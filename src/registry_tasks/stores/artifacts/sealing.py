"""Which objects of a folder a registry wrote: plain DVC may have put others beside them.

The seal is an attribute of the file itself, so it comes and goes with it. Where the file system
knows no such attributes nothing is sealed, and what nobody needs there is only told of.
"""

import errno
import os
from pathlib import Path
from typing import Final

_SEAL: Final = "user.registry.wrote"
_UNKNOWN: Final = frozenset({errno.ENOTSUP, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EINVAL})


def seal(descriptor: int) -> None:
    """Mark an open file as written by a registry, where that can be."""
    try:
        os.setxattr(descriptor, _SEAL, b"1")
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise


def is_sealed(path: Path) -> bool:
    """Whether a registry wrote this file; False where that cannot be known."""
    try:
        return os.getxattr(path, _SEAL, follow_symlinks=False) == b"1"
    except OSError:
        return False
