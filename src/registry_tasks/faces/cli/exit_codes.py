"""What the exit code of every command says, once."""

from types import MappingProxyType
from typing import Final

from registry_tasks.entities.errors import (
    Conflict,
    Corrupt,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    RegistryError,
    Unavailable,
)

DONE: Final = 0
UNEXPECTED: Final = 1
USAGE: Final = 2  # the same as Invalid: the request is wrong
FINDINGS: Final = 9  # the doctor found something
INTERRUPTED: Final = 130  # Ctrl-C, as shells count it
READER_GONE: Final = 141  # the program that read our output has ended, as shells count it

EXIT_CODES: Final = MappingProxyType[type[RegistryError], int](
    {
        Invalid: USAGE,
        NotFound: 3,
        Conflict: 4,
        Refused: 5,
        Unavailable: 6,
        Corrupt: 7,
        Forbidden: 8,
    }
)
"""One code a family of errors."""


def family_of(error: RegistryError) -> type[RegistryError]:
    """Return the family that an error belongs to, RegistryError itself if to none."""
    return next((family for family in EXIT_CODES if isinstance(error, family)), RegistryError)
