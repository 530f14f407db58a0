"""Every error, grouped by what the caller can do next.

RegistryError
  Invalid      the request is wrong: fix it
  Forbidden    the actor may not
  NotFound     the thing named does not exist
  Conflict     someone else was first: read again, then retry
  Refused      a rule said no: nothing was changed
  Unavailable  wait, free some space or set something up, then retry
  Corrupt      stop and look: bytes or rows are not what was recorded

Facts travel in ``args``, so that errors survive pickling between workers; the sentence is made
in ``__str__``. A face has one table from family to exit code or HTTP status.
"""

from registry_tasks.entities.errors.conflict import (
    CurrentMoved,
    RefExists,
)
from registry_tasks.entities.errors.corrupt import (
    ObjectCorrupt,
    ObjectMissing,
    StoreCorrupt,
)
from registry_tasks.entities.errors.families import (
    Conflict,
    Corrupt,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    RegistryError,
    Unavailable,
)
from registry_tasks.entities.errors.invalid import (
    InvalidArtifact,
    InvalidMetrics,
    InvalidPolicy,
    InvalidProject,
    InvalidSetting,
    MalformedName,
    MalformedReference,
    NotAProject,
    StageFailed,
    UnknownParameter,
    UntrustedFormat,
)
from registry_tasks.entities.errors.not_found import (
    CommitNotFound,
    DatasetNotFound,
    ModelNotFound,
    NothingToRollBack,
    RunNotFound,
    StoreMissing,
    VersionNotFound,
)
from registry_tasks.entities.errors.refused import (
    DirtyCheckout,
    GateFailed,
    IllegalMove,
    Immutable,
    InUse,
    NotArchived,
    NotReproducible,
    NotScorable,
    ReservedAlias,
    RunNotRegistrable,
)
from registry_tasks.entities.errors.unavailable import (
    DiskFull,
    ExtraMissing,
    ProgramFailed,
    RemoteMissing,
    SchemaNewer,
    SchemaOlder,
    StoreIoFailed,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
)

__all__ = [
    "CommitNotFound",
    "Conflict",
    "Corrupt",
    "CurrentMoved",
    "DatasetNotFound",
    "DirtyCheckout",
    "DiskFull",
    "ExtraMissing",
    "Forbidden",
    "GateFailed",
    "IllegalMove",
    "Immutable",
    "InUse",
    "Invalid",
    "InvalidArtifact",
    "InvalidMetrics",
    "InvalidPolicy",
    "InvalidProject",
    "InvalidSetting",
    "MalformedName",
    "MalformedReference",
    "ModelNotFound",
    "NotAProject",
    "NotArchived",
    "NotFound",
    "NotReproducible",
    "NotScorable",
    "NothingToRollBack",
    "ObjectCorrupt",
    "ObjectMissing",
    "ProgramFailed",
    "RefExists",
    "Refused",
    "RegistryError",
    "RemoteMissing",
    "ReservedAlias",
    "RunNotFound",
    "RunNotRegistrable",
    "SchemaNewer",
    "SchemaOlder",
    "StageFailed",
    "StoreCorrupt",
    "StoreIoFailed",
    "StoreLocked",
    "StoreMissing",
    "StoreReadOnly",
    "StoreUnreachable",
    "Unavailable",
    "UnknownParameter",
    "UntrustedFormat",
    "VersionNotFound",
]
