"""A request of every kind, each of a model that is prepared for it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_OID, uuid5

import pytest

from registry_tasks import entities
from registry_tasks.entities.access import (
    AddAccount,
    CloseAccount,
    GrantRight,
    IssueToken,
    RevokeRight,
    RevokeToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    PointAlias,
    PutSchema,
    RemoveAlias,
    RemoveSchema,
)
from registry_tasks.entities.approval import Approve, Reject
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.dropped_bytes import DropBytes, DropBytesByPolicy
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import AccountsOn, AwaitingApproval
from registry_tasks.entities.logged_run import FailRun, FinishRun, LogFile, LogRun, LogValues
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import Cost
from registry_tasks.entities.subscription import (
    Receiver,
    Replay,
    SendSample,
    Subscribe,
    Unsubscribe,
)
from registry_tasks.entities.sweep import EndSweep
from registry_tasks.registry.access.accounts import (
    add_account,
    close_account,
    grant_right,
    revoke_right,
    turn_on_accounts,
)
from registry_tasks.registry.access.tokens import issue_token, revoke_token
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema, remove_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import (
    begin_run,
    fail_run,
    finish_run,
    log_values,
)
from registry_tasks.registry.experiments.sweep import end_sweep
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes, drop_bytes_by_policy
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.outward.subscriptions import (
    replay,
    send_sample,
    subscribe,
    unsubscribe,
)
from registry_tasks.registry.registry import Registry
from support.sweeping import begin_trial, sweep_start
from support.world import World

VIEWER: Final = Right(role=Role.VIEWER)
POLICY: Final = """
      stages:
        production: [{gate: metric, metric: auc, at_least: 0.5}]
        canary: [{gate: approved, author_may_approve: true}]
        pair: [{gate: approved, people: 2, author_may_approve: true}]
      aliases: {champion: production}
      retention: {keep_superseded: 0, keep_stale: 0, drop_bytes_after_days: 0}
"""
SHAPE: Final = {"properties": {"a": {"type": "integer"}}}
COST: Final = Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1)
UNTOLD: Final = frozenset({"log-values", "log-file"})
"""Cases without an event of their own: the end of the run tells of them."""
Verb = Callable[[Registry, Any], Entity]


def all_requests() -> set[type[Request]]:
    """Every kind of request that there is, by whatever module."""
    for found in walk_packages(entities.__path__, f"{entities.__name__}."):
        import_module(found.name)
    return set(_below(Request))


def _below(kind: type[Request]) -> Iterator[type[Request]]:
    for made in kind.__subclasses__():
        yield made
        yield from _below(made)


class Case(NamedTuple):
    """A request to make of a model that is prepared for it, and another one for the same key."""

    prepare: Callable[["Maker"], Request]
    other: Callable[[Any], Request]


class Maker:
    """Makes what a request needs, for a model of its own."""

    def __init__(self, world: World, model: str) -> None:
        self.world, self.model = world, model

    def file(self, number: int) -> str:
        path = self.world.folder / f"{self.model}-{number}.bin"
        path.write_text(f"{self.model} {number}")
        return str(path)

    def version(self, number: int, auc: float = 0.7) -> str:
        request = RegisterFile(
            model=self.model,
            path=self.file(number),
            parameters={"trees": number},
            metrics={"auc": auc},
        )
        return register_file(self.world.registry(), request).version.ref

    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_OID, self.model))

    def risen(self, number: int) -> str:
        ref = self.version(number)
        self.world.raise_to(ref, "staging", "production")
        return ref


def _logged_run(make: Maker) -> LogRun:
    return LogRun(run=make.uuid(), model=make.model, parameters={"trees": 1})


def _begun(make: Maker) -> str:
    return begin_run(make.world.registry(), _logged_run(make)).uuid


def _values(make: Maker) -> LogValues:
    points = {"loss": [(1, 0.5), (2, 0.25)]}
    return LogValues(run=_begun(make), metrics={"auc": 0.5}, points=points, importance={"x": 1})


def _logged_file(make: Maker) -> LogFile:
    return LogFile(run=_begun(make), path=make.file(1), name="a/file")


def _run(make: Maker) -> RegisterRun:
    return RegisterRun(run=make.world.finished_run(model=make.model), tags={"a": "b"})


def _file(make: Maker) -> RegisterFile:
    return RegisterFile(model=make.model, path=make.file(1), description="first")


def _promotion(make: Maker) -> Promote:
    make.version(1)
    return Promote(ref=f"{make.model}@latest", to="staging", reason="better")


def _refusal(make: Maker) -> Promote:
    make.world.raise_to(make.version(1, auc=0.1), "staging")
    return Promote(ref=f"{make.model}@latest", to="production")


def _to_approve(make: Maker, stage: str) -> Promote:
    make.world.raise_to(make.version(1), "staging")
    return Promote(ref=f"{make.model}@latest", to=stage, reason="better")


def _shown(make: Maker, stage: str) -> dict[str, str]:
    """What waits for people, and what they are shown."""
    with pytest.raises(AwaitingApproval) as caught:
        promote(make.world.registry(), _to_approve(make, stage))
    uuid = caught.value.approval
    digest = show_approval(make.world.registry(), uuid).approval.evidence_sha256
    return {"approval": uuid, "evidence_sha256": digest}


def _way_back(make: Maker) -> RollBack:
    for number in (1, 2):
        make.risen(number)
    return RollBack(model=make.model, reason="slow")


def _stale(make: Maker) -> ArchiveByPolicy:
    for number in (1, 2):
        make.version(number)
    make.world.raise_to(make.version(3), "staging")
    return ArchiveByPolicy(model=make.model)


def _remakable(make: Maker) -> str:
    """An archived version that a rebuild gave again."""
    version = make.world.version(1, model=make.model, content=make.model.encode())
    make.world.reproduced(version, Verdict.IDENTICAL)
    archive(make.world.registry(), Archive(ref=version.ref))
    return version.ref


def _to_drop(make: Maker) -> DropBytes:
    return DropBytes(ref=_remakable(make), reason="space")


def _to_drop_all(make: Maker) -> DropBytesByPolicy:
    _remakable(make)
    return DropBytesByPolicy(model=make.model)


def _archived(make: Maker) -> Restore:
    archive(make.world.registry(), Archive(ref=make.version(1)))
    return Restore(ref=f"{make.model}@1")


def _alias(make: Maker) -> RemoveAlias:
    point_alias(make.world.registry(), PointAlias(ref=make.version(1), alias="hero"))
    return RemoveAlias(model=make.model, alias="hero")


def _model(make: Maker) -> str:
    return make.version(1).partition("@")[0]


def _shaped(make: Maker) -> RemoveSchema:
    put_schema(make.world.registry(), PutSchema(model=_model(make), json_schema=SHAPE))
    return RemoveSchema(model=make.model)


def _text(request: Any) -> Request:
    changed: Request = request.model_copy(update={"text": "mows not"})
    return changed


def _held(make: Maker) -> Release:
    hold(make.world.registry(), Hold(ref=make.version(1), reason="case 7"))
    return Release(ref=f"{make.model}@1", reason="closed")


def _read(make: Maker) -> DescribeDataset:
    name = f"{make.model}.csv"
    use = DatasetUse(name=name, md5="4" * 32, size_bytes=1, files=1, stage="train")
    make.world.finished_run(model=make.model, datasets=(use,))
    return DescribeDataset(name=name, owner="ada", retain_until="2030-01-31")


def _sweep(make: Maker) -> EndSweep:
    start = sweep_start(make.uuid(), make.model)
    fail(make.world.registry(), begin_trial(make.world, start, 0), "no")
    return EndSweep(sweep=start.uuid)


def _used(make: Maker, number: int) -> StartDeployment:
    return StartDeployment(ref=make.version(number), environment="eu", place="API", replace=True)


def _replacement(make: Maker) -> StartDeployment:
    start_deployment(make.world.registry(), _used(make, 1))
    return _used(make, 2)


def _deployed(make: Maker) -> EndDeployment:
    start_deployment(make.world.registry(), _used(make, 1))
    return EndDeployment(ref=f"{make.model}@1", environment="eu", place="API")


def _with_accounts(make: Maker) -> Registry:
    """The registry has accounts; whoever asks is told by the world (``World.caller``)."""
    registry = make.world.registry()
    with suppress(AccountsOn):
        turn_on_accounts(registry, TurnOnAccounts(account="root"))
    return registry


def _account(make: Maker, *rights: Right) -> str:
    add_account(_with_accounts(make), AddAccount(account=make.model, rights=rights))
    return make.model


def _new_account(make: Maker) -> AddAccount:
    _with_accounts(make)
    return AddAccount(account=make.model, rights=(VIEWER,))


def _token(make: Maker) -> RevokeToken:
    asked = IssueToken(account=_account(make))
    return RevokeToken(token=issue_token(make.world.registry(), asked).token.uuid)


def _hook(make: Maker) -> str:
    asked = Subscribe(name=make.model, receiver=Receiver.WEBHOOK, to="https://hooks.example.org")
    return subscribe(make.world.registry(), asked).subscription.name


def _reason(request: Any) -> Request:
    changed: Request = request.model_copy(update={"reason": f"not {request.reason}"})
    return changed


def _described(request: Any) -> Request:
    changed: Request = request.model_copy(update={"description": "another"})
    return changed


CASES: Final = MappingProxyType(
    {
        "register-run": Case(_run, _described),
        "register-file": Case(_file, _described),
        "promote": Case(_promotion, _reason),
        "refuse": Case(_refusal, _reason),
        "ask": Case(lambda make: _to_approve(make, "canary"), _reason),
        "approve": Case(lambda make: Approve(**_shown(make, "pair"), reason="good"), _reason),
        "approve-last": Case(
            lambda make: Approve(**_shown(make, "canary"), reason="good"), _reason
        ),
        "reject": Case(lambda make: Reject(**_shown(make, "canary"), reason="bad"), _reason),
        "roll-back": Case(_way_back, _reason),
        "archive": Case(lambda make: Archive(ref=make.version(1)), _reason),
        "by-policy": Case(_stale, lambda asked: Archive(ref=f"{asked.model}@1")),
        "restore": Case(_archived, _reason),
        "drop-bytes": Case(_to_drop, _reason),
        "drop-by-policy": Case(_to_drop_all, lambda asked: DropBytes(ref=f"{asked.model}@1")),
        "describe": Case(
            lambda make: Describe(ref=make.version(1), text="mows"),
            _text,
        ),
        "describe-model": Case(
            lambda make: DescribeModel(model=_model(make), owner="bo", document={"a": 1}), _text
        ),
        "note": Case(lambda make: AddNote(subject=make.version(1), text="mows"), _text),
        "tag": Case(
            lambda make: ChangeTags(subject=make.version(1), put={"a": "b"}, remove=("c",)),
            lambda asked: asked.model_copy(update={"put": {"a": "c"}}),
        ),
        "put-schema": Case(
            lambda make: PutSchema(model=_model(make), json_schema=SHAPE),
            lambda asked: asked.model_copy(update={"json_schema": {}}),
        ),
        "remove-schema": Case(_shaped, lambda asked: AddNote(subject=asked.model, text="mows")),
        "point-alias": Case(lambda make: PointAlias(ref=make.version(1), alias="hero"), _reason),
        "remove-alias": Case(_alias, _reason),
        "delete": Case(lambda make: Delete(ref=make.version(1), reason="bad"), _reason),
        "hold": Case(lambda make: Hold(ref=make.version(1), reason="case 7"), _reason),
        "release": Case(_held, _reason),
        "describe-dataset": Case(_read, lambda asked: asked.model_copy(update={"owner": "bo"})),
        "end-sweep": Case(_sweep, lambda asked: asked.model_copy(update={"sweep": "another"})),
        "start-deployment": Case(_replacement, _reason),
        "end-deployment": Case(_deployed, _reason),
        "log-run": Case(
            _logged_run, lambda asked: asked.model_copy(update={"experiment": "other"})
        ),
        "log-values": Case(_values, lambda asked: asked.model_copy(update={"metrics": {}})),
        "log-file": Case(_logged_file, lambda asked: asked.model_copy(update={"name": "b"})),
        "finish-run": Case(
            lambda make: FinishRun(run=_begun(make), cost=COST),
            lambda asked: FailRun(run=asked.run, why="late"),
        ),
        "fail-run": Case(
            lambda make: FailRun(run=_begun(make), why="bad data"),
            lambda asked: asked.model_copy(update={"why": "worse data"}),
        ),
        "add-account": Case(
            _new_account, lambda asked: asked.model_copy(update={"account": "another"})
        ),
        "close-account": Case(
            lambda make: CloseAccount(account=_account(make), reason="left"), _reason
        ),
        "grant-right": Case(
            lambda make: GrantRight(account=_account(make), right=VIEWER, reason="new"), _reason
        ),
        "revoke-right": Case(
            lambda make: RevokeRight(account=_account(make, VIEWER), right=VIEWER, reason="gone"),
            _reason,
        ),
        "unsubscribe": Case(
            lambda make: Unsubscribe(name=_hook(make)),
            lambda asked: asked.model_copy(update={"name": "another"}),
        ),
        "send-sample": Case(
            lambda make: SendSample(name=_hook(make)),
            lambda asked: asked.model_copy(update={"name": "another"}),
        ),
        "replay": Case(
            lambda make: Replay(name=_hook(make)),
            lambda asked: asked.model_copy(update={"sequence": 1}),
        ),
        "revoke-token": Case(_token, lambda asked: asked.model_copy(update={"token": "another"})),
    }
)
VERBS: Final[MappingProxyType[type[Request], Verb]] = MappingProxyType(
    {
        RegisterRun: register,
        RegisterFile: register_file,
        Promote: promote,
        Approve: approve,
        Reject: reject,
        RollBack: roll_back,
        Archive: archive,
        ArchiveByPolicy: archive_by_policy,
        Restore: restore,
        DropBytes: drop_bytes,
        DropBytesByPolicy: drop_bytes_by_policy,
        Describe: describe,
        DescribeModel: describe_model,
        AddNote: add_note,
        ChangeTags: change_tags,
        PutSchema: put_schema,
        RemoveSchema: remove_schema,
        PointAlias: point_alias,
        RemoveAlias: remove_alias,
        Delete: delete,
        Hold: hold,
        Release: release,
        DescribeDataset: describe_dataset,
        EndSweep: end_sweep,
        StartDeployment: start_deployment,
        EndDeployment: end_deployment,
        LogRun: begin_run,
        LogValues: log_values,
        LogFile: log_file,
        FinishRun: finish_run,
        FailRun: fail_run,
        AddAccount: add_account,
        CloseAccount: close_account,
        GrantRight: grant_right,
        RevokeRight: revoke_right,
        RevokeToken: revoke_token,
        Unsubscribe: unsubscribe,
        SendSample: send_sample,
        Replay: replay,
    }
)
