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

from registry_tasks.entities.errors.accounts import (
    AccountClosed as AccountClosed,
    AccountExists as AccountExists,
    AccountNotFound as AccountNotFound,
    AccountsOff as AccountsOff,
    AccountsOn as AccountsOn,
    KeyNotAllowed as KeyNotAllowed,
    LastAdmin as LastAdmin,
    NotPermitted as NotPermitted,
    TokenNotFound as TokenNotFound,
    TokenRefused as TokenRefused,
)
from registry_tasks.entities.errors.approvals import (
    AlreadyDecided as AlreadyDecided,
    ApprovalBarred as ApprovalBarred,
    ApprovalClosed as ApprovalClosed,
    ApprovalNotFound as ApprovalNotFound,
    AwaitingApproval as AwaitingApproval,
    CodeRefused as CodeRefused,
    EvidenceDiffers as EvidenceDiffers,
    PolicyBehind as PolicyBehind,
)
from registry_tasks.entities.errors.conflict import (
    AlreadyLogged as AlreadyLogged,
    ChangedSince as ChangedSince,
    CurrentMoved as CurrentMoved,
    KeyReused as KeyReused,
    RefExists as RefExists,
    RetrainingUnderWay as RetrainingUnderWay,
    RunExists as RunExists,
    RunSuperseded as RunSuperseded,
    SecretTold as SecretTold,
)
from registry_tasks.entities.errors.corrupt import (
    CopyDiffers as CopyDiffers,
    ExportDamaged as ExportDamaged,
    LogBroken as LogBroken,
    LogDiffers as LogDiffers,
    LogIncomplete as LogIncomplete,
    ObjectCorrupt as ObjectCorrupt,
    ObjectDeleted as ObjectDeleted,
    ObjectMissing as ObjectMissing,
    ObjectsLost as ObjectsLost,
    StoreBehindLog as StoreBehindLog,
    StoreCorrupt as StoreCorrupt,
)
from registry_tasks.entities.errors.dropping import (
    BytesDropped as BytesDropped,
    CollectionRefused as CollectionRefused,
    NotDroppable as NotDroppable,
    NotRemade as NotRemade,
)
from registry_tasks.entities.errors.families import (
    Conflict as Conflict,
    Corrupt as Corrupt,
    Forbidden as Forbidden,
    Invalid as Invalid,
    NotFound as NotFound,
    Refused as Refused,
    RegistryError as RegistryError,
    Unavailable as Unavailable,
)
from registry_tasks.entities.errors.forbidden import StoreForbidden as StoreForbidden
from registry_tasks.entities.errors.invalid import (
    InvalidArtifact as InvalidArtifact,
    InvalidCursor as InvalidCursor,
    InvalidDocument as InvalidDocument,
    InvalidFilter as InvalidFilter,
    InvalidMetrics as InvalidMetrics,
    InvalidPoint as InvalidPoint,
    InvalidPolicy as InvalidPolicy,
    InvalidProject as InvalidProject,
    InvalidSchema as InvalidSchema,
    InvalidSetting as InvalidSetting,
    InvalidSpace as InvalidSpace,
    MalformedName as MalformedName,
    MalformedReference as MalformedReference,
    MalformedText as MalformedText,
    NotAnExport as NotAnExport,
    NotAProject as NotAProject,
    ShallowClone as ShallowClone,
    StageFailed as StageFailed,
    UnknownParameter as UnknownParameter,
    UntrustedFormat as UntrustedFormat,
)
from registry_tasks.entities.errors.not_found import (
    ArtifactNotFound as ArtifactNotFound,
    BackupNotFound as BackupNotFound,
    CodeNotRecorded as CodeNotRecorded,
    CommitNotFound as CommitNotFound,
    DatasetNotFound as DatasetNotFound,
    DeploymentNotFound as DeploymentNotFound,
    EnvironmentNotRecorded as EnvironmentNotRecorded,
    LogMissing as LogMissing,
    MetricNotFound as MetricNotFound,
    ModelNotFound as ModelNotFound,
    NothingToRollBack as NothingToRollBack,
    RunNotFound as RunNotFound,
    SchemaNotFound as SchemaNotFound,
    StoreMissing as StoreMissing,
    SweepNotFound as SweepNotFound,
    VersionDeleted as VersionDeleted,
    VersionNotFound as VersionNotFound,
)
from registry_tasks.entities.errors.outward import (
    NothingToSign as NothingToSign,
    SecretNotHere as SecretNotHere,
    SecretsUnreadable as SecretsUnreadable,
    SubscriptionExists as SubscriptionExists,
    SubscriptionNotFound as SubscriptionNotFound,
)
from registry_tasks.entities.errors.over_http import (
    AnswerUnknown as AnswerUnknown,
    NotOverHttp as NotOverHttp,
    RequestRefused as RequestRefused,
    ServerFailed as ServerFailed,
    ServerUnreachable as ServerUnreachable,
)
from registry_tasks.entities.errors.prefect import (
    FlowNotDeployed as FlowNotDeployed,
    FlowRunNotFound as FlowRunNotFound,
    PrefectFailed as PrefectFailed,
    PrefectMissing as PrefectMissing,
)
from registry_tasks.entities.errors.refused import (
    ContentDeleted as ContentDeleted,
    DocumentsDiffer as DocumentsDiffer,
    EnvironmentNotNamed as EnvironmentNotNamed,
    GateFailed as GateFailed,
    IllegalMove as IllegalMove,
    Immutable as Immutable,
    InUse as InUse,
    NotArchived as NotArchived,
    NotDeletable as NotDeletable,
    PolicyElsewhere as PolicyElsewhere,
    ReservedAlias as ReservedAlias,
    SignatureMisfit as SignatureMisfit,
)
from registry_tasks.entities.errors.refused_places import (
    ArtifactElsewhere as ArtifactElsewhere,
    FolderTaken as FolderTaken,
    NotStorable as NotStorable,
    OpenToNetwork as OpenToNetwork,
    PlainToNetwork as PlainToNetwork,
    RemoteCannot as RemoteCannot,
    StoreMovedAway as StoreMovedAway,
    StoreNotEmpty as StoreNotEmpty,
)
from registry_tasks.entities.errors.refused_runs import (
    DirtyCheckout as DirtyCheckout,
    NotExplainable as NotExplainable,
    NotReproducible as NotReproducible,
    NotScorable as NotScorable,
    RunEnded as RunEnded,
    RunNotRegistrable as RunNotRegistrable,
    RunWithoutModel as RunWithoutModel,
)
from registry_tasks.entities.errors.unavailable import (
    BrowserMissing as BrowserMissing,
    ClockSkewed as ClockSkewed,
    CodeNotHere as CodeNotHere,
    CommitUnknown as CommitUnknown,
    CpuSpent as CpuSpent,
    DiskFull as DiskFull,
    ExportNewer as ExportNewer,
    ExportOlder as ExportOlder,
    ExtraMissing as ExtraMissing,
    LogNewer as LogNewer,
    PortTaken as PortTaken,
    ProgramFailed as ProgramFailed,
    RemoteCredentials as RemoteCredentials,
    RemoteDenied as RemoteDenied,
    RemoteMissing as RemoteMissing,
    RemoteRefused as RemoteRefused,
    RemoteUnreachable as RemoteUnreachable,
    SchemaNewer as SchemaNewer,
    SchemaOlder as SchemaOlder,
    StoreConflict as StoreConflict,
    StoreIoFailed as StoreIoFailed,
    StoreLocked as StoreLocked,
    StoreNotDurable as StoreNotDurable,
    StoreReadOnly as StoreReadOnly,
    StoreTimeout as StoreTimeout,
    StoreUnreachable as StoreUnreachable,
)
