"""Which HTTP status a family of errors is, once for REST, its client and the dashboard."""

from types import MappingProxyType
from typing import Final

from registry_tasks.entities.errors import (
    ChangedSince,
    Conflict,
    Corrupt,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    RegistryError,
    TokenRefused,
    Unavailable,
)

STATUSES: Final = MappingProxyType[type[RegistryError], int](
    {
        TokenRefused: 401,
        ChangedSince: 412,
        Invalid: 400,
        Forbidden: 403,
        NotFound: 404,
        Conflict: 409,
        Refused: 422,
        Unavailable: 503,
        Corrupt: 500,
    }
)
"""One status a family; who is not known is told so before anything else."""


def status_of(error: RegistryError) -> int:
    """Return the status that an error is answered with."""
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)


def family_of(status: int) -> type[RegistryError]:
    """Return the family that a status stands for; Unavailable for one that is no registry's."""
    kind = next((kind for kind, known in STATUSES.items() if known == status), Unavailable)
    return next(parent for parent in kind.__mro__ if RegistryError in parent.__bases__)
