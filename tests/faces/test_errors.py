"""Every error: in one family, with one exit code, whole after a journey, with a way out."""

import pickle
from inspect import isclass, signature
from types import MappingProxyType
from typing import Final

import pytest

from registry_tasks.entities import errors
from registry_tasks.entities.errors import RegistryError
from registry_tasks.faces.cli.exit_codes import EXIT_CODES, family_of

KINDS: Final = tuple(
    kind
    for kind in vars(errors).values()
    if isclass(kind) and issubclass(kind, RegistryError) and "__init__" in vars(kind)
)
WAYS_OUT: Final = MappingProxyType(
    {
        "MalformedReference": "write name@3",
        "MalformedName": "REASON",  # the grammar
        "MalformedText": "REASON",
        "InvalidDocument": "REASON",
        "InvalidSchema": "REASON",
        "DocumentsDiffer": "`--existing may-differ`",
        "SchemaNotFound": "`registry schema put MODEL FILE`",
        "UnknownParameter": "did you mean",
        "InvalidPolicy": "params.yaml: REASON",
        "InvalidSpace": "REASON",
        "InvalidProject": "REASON",
        "InvalidPoint": "REASON",
        "AlreadyLogged": "take another name or step",
        "RunEnded": "Begin another run",
        "RunExists": "Begin another one",
        "RunSuperseded": "see that one",
        "RetrainingUnderWay": "Retry when",
        "RunWithoutModel": "call log_model",
        "InvalidMetrics": "REASON",
        "NotAProject": "run this in a checkout",
        "InvalidArtifact": "nothing was registered",
        "InvalidCursor": "without a cursor",
        "InvalidFilter": "REASON",
        "NotAnExport": "that `registry export` wrote",
        "ShallowClone": "fetch --unshallow",
        "StageFailed": "last lines",
        "InvalidSetting": "REASON",
        "UntrustedFormat": "REASON",
        "ModelNotFound": "`registry models`",
        "BackupNotFound": "`registry backup",
        "StoreBehindLog": "`registry rebuild --from-git --forward`",
        "ObjectsLost": "first:",
        "VersionNotFound": "`registry versions name` lists them",
        "VersionDeleted": "`registry show name@ref`",
        "RunNotFound": "`registry runs MODEL`",
        "SweepNotFound": "`registry sweeps`",
        "DatasetNotFound": "`registry data list` names all",
        "CodeNotRecorded": "`registry show name@ref`",
        "CodeNotHere": "in a checkout of that repository",
        "DeploymentNotFound": "`registry deployment list name@ref --all`",
        "EnvironmentNotRecorded": "`registry environment name@ref` shows",
        "CommitNotFound": "fetch it",
        "NothingToRollBack": "promote one instead",
        "StoreMissing": "register a first version",
        "ArtifactNotFound": "`registry show SUBJECT` lists them",
        "ArtifactElsewhere": "read it where it is",
        "OpenToNetwork": "`registry access start NAME`",
        "PlainToNetwork": "`--https`",
        "CurrentMoved": "then retry",
        "ChangedSince": "then retry",
        "RefExists": "`registry doctor`",
        "KeyReused": "Take a new key",
        "SecretTold": "take a new key",
        "GateFailed": "gate 'GATE': REASON",
        "AwaitingApproval": "`registry approve APPROVAL --reason '...'`",
        "ApprovalNotFound": "`registry approvals` lists",
        "ApprovalClosed": "ask anew with `registry promote name@ref",
        "ApprovalBarred": "Ask somebody else",
        "CodeRefused": "make a new one there",
        "AlreadyDecided": "somebody else can still decide",
        "EvidenceDiffers": "`registry approval APPROVAL`, then decide",
        "PolicyBehind": "Pull it, then retry",
        "EnvironmentNotNamed": "add it to `environments`",
        "SignatureMisfit": "promote a version that does",
        "IllegalMove": "it can go to",
        "InUse": "take it out of use first",
        "DirtyCheckout": "commit or stash",
        "ReservedAlias": "REASON",
        "Immutable": "register a new version",
        "RunNotRegistrable": "only a finished run",
        "NotDeletable": "take it out of use first",
        "NotDroppable": "`registry reproduce name@ref`",
        "BytesDropped": "`registry remake-bytes name@ref`",
        "NotRemade": "`registry environment name@ref`",
        "CollectionRefused": "WAY",
        "ContentDeleted": "change a parameter",
        "NotArchived": "nothing to restore",
        "NotScorable": "REASON",
        "NotStorable": "kind of database that it is from",
        "NotExplainable": "REASON",
        "MetricNotFound": "there is",
        "BrowserMissing": "apt install chromium",
        "NotReproducible": "REASON",
        "PolicyElsewhere": "run `registry sync` once in a checkout of it",
        "StoreLocked": "retry",
        "StoreConflict": "retry",
        "StoreUnreachable": "retry",
        "CommitUnknown": "Repeat the same call",
        "StoreTimeout": "retry when it is less busy",
        "StoreNotDurable": "turn them on",
        "StoreForbidden": "Connect as a role that may",
        "TokenRefused": "set REGISTRY_TOKEN",
        "NotPermitted": "`registry access grant ACTOR RIGHT`",
        "KeyNotAllowed": "takes no key",
        "SubscriptionNotFound": "`registry subscription list` shows them",
        "SubscriptionExists": "`registry subscription remove NAME`",
        "NothingToSign": "remove it and add it again",
        "SecretNotHere": "let REGISTRY_SECRETS name its folder",
        "SecretsUnreadable": "give it to whoever runs this",
        "AccountNotFound": "`registry access list` shows them",
        "TokenNotFound": "`registry access tokens` lists them",
        "AccountExists": "a name is given once",
        "AccountClosed": "under another name",
        "AccountsOff": "`registry access start NAME`",
        "LastAdmin": "`registry access grant NAME admin`",
        "StoreMovedAway": "Set REGISTRY_STORE to TARGET",
        "StoreNotEmpty": "Name an empty database",
        "FolderTaken": "Name a new folder",
        "ExportDamaged": "export anew",
        "ExportNewer": "upgrade registry-tasks",
        "ExportOlder": "`registry migrate`",
        "LogNewer": "upgrade registry-tasks",
        "CopyDiffers": "`registry doctor`",
        "StoreReadOnly": "right to write",
        "StoreIoFailed": "look at its disk or mount, then retry",
        "CpuSpent": "give them more and retry",
        "DiskFull": "free some and retry",
        "SchemaOlder": "`registry migrate`",
        "SchemaNewer": "upgrade registry-tasks",
        "RemoteMissing": "REGISTRY_REMOTE",
        "RemoteUnreachable": "retry in a while",
        "RemoteRefused": "REASON",
        "RemoteCredentials": "renew the credentials",
        "RemoteDenied": "s3:PutObject",
        "RemoteCannot": "REASON",
        "PrefectFailed": "look into its log, then retry",
        "PrefectMissing": "`registry reproduce name@ref`",
        "FlowNotDeployed": "`registry deploy`",
        "FlowRunNotFound": "in the version's history",
        "ServerUnreachable": "(`registry up`)",
        "ServerFailed": "look into the server's log",
        "AnswerUnknown": "again with key='KEY'",
        "RequestRefused": "DETAIL",
        "NotOverHttp": "do it where the store of URL is",
        "ClockSkewed": "NTP",
        "ProgramFailed": "failed:",
        "PortTaken": "name another port",
        "ExtraMissing": "pip install",
        "ObjectCorrupt": "`registry doctor`",
        "ObjectMissing": "`registry doctor`",
        "ObjectDeleted": "bring it back: REPAIR",
        "LogMissing": "git fetch origin",
        "LogBroken": "from another clone",
        "LogDiffers": "docs/rebuild.md",
        "LogIncomplete": "registry rebuild --from-git",
        "StoreCorrupt": "backup",
    }
)


def made(kind: type[RegistryError]) -> RegistryError:
    """An error of a kind with a fact of the right type for each of its parameters."""
    facts: list[object] = []
    for name, parameter in list(signature(kind).parameters.items()):
        text = "name@ref" if name == "ref" else name.upper()
        pairs = name == "failures"
        is_many = "tuple" in str(parameter.annotation)
        facts.append((("GATE", "REASON"),) if pairs else (text,) if is_many else text)
    return kind(*facts)


def test_every_error_has_a_way_out_in_this_table() -> None:
    assert {kind.__name__ for kind in KINDS} == set(WAYS_OUT)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_says_what_to_do(kind: type[RegistryError]) -> None:
    assert WAYS_OUT[kind.__name__] in str(made(kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_has_one_family_and_so_one_exit_code(kind: type[RegistryError]) -> None:
    assert [family for family in EXIT_CODES if issubclass(kind, family)] == [family_of(made(kind))]
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_between_processes(kind: type[RegistryError]) -> None:
    error = made(kind)
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.args, vars(back), str(back)) == (
        kind,
        error.args,
        vars(error),
        str(error),
    )
