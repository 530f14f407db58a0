"""Who may do what, as a table: people with one right each, and what they may be asked to change.

Whatever face a change comes through, it must be let through for exactly the same people. A new
request is put into ``DEEDS`` by its class; a test fails as long as one is missing.
"""

import pickle
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import pytest

from registry_tasks.entities.access import (
    AddAccount,
    CloseAccount,
    GrantRight,
    Identity,
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
from registry_tasks.entities.approval import Approve, DecideByCode, IssueCode, Reject
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.dropped_bytes import DropBytes, DropBytesByPolicy
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.logged_run import FailRun, FinishRun, LogFile, LogRun, LogValues
from registry_tasks.entities.permission import Permission as P
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Reproduce
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import Cost
from registry_tasks.entities.subscription import (
    Receiver,
    Replay,
    RotateSecret,
    SendSample,
    Subscribe,
    Unsubscribe,
)
from registry_tasks.entities.sweep import Choice, EndSweep, Sampler, SweepPlan
from registry_tasks.registry.access.accounts import add_account, turn_on_accounts
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.experiments.log_run import begin_run
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import PERMISSIONS
from registry_tasks.stores.metadata import accounts, tables as t
from registry_tasks.stores.metadata.experiments import put_experiment
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.store import Transaction
from support.shared import once
from support.world import World, copy_tree

OWN: Final = "mower"
OTHER: Final = "blower"
DATASET: Final = "data.csv"
NO_COST: Final = Cost(duration_s=1.0, cpu_s=1.0, peak_memory_bytes=1)


_GATES: Final = {
    "production": "[{gate: metric, metric: auc, at_least: 0.5}]",
    "canary": "[{gate: approved}]",
}


class Person(NamedTuple):
    """Somebody with one right, or none."""

    name: str
    rights: tuple[Right, ...]


PEOPLE: Final = (
    *(Person(f"{role}-of-all", (Right(role=role),)) for role in Role),
    *(Person(f"{role}-of-own", (Right(role=role, model=OWN),)) for role in Role),
    Person("production-of-own", (Right(stage="production", model=OWN),)),
    Person("production-of-all", (Right(stage="production"),)),
    Person("production-eu-of-own", (Right(stage="production-eu", model=OWN),)),
    Person("experiment-of-own", (Right(stage="experiment", model=OWN),)),
    Person("any-stage-of-own", (Right(stage="*", model=OWN),)),
    Person("challenger-of-own", (Right(alias="challenger", model=OWN),)),
    Person("any-alias-of-all", (Right(alias="*"),)),
    Person("nothing", ()),
)
FEW: Final = tuple(PEOPLE[n] for n in (0, 3, 5, 8, 13, -1))
"""Whom a short trial takes."""


class Facts(NamedTuple):
    """What there is of one model, to be named in requests."""

    model: str
    run: str  # finished, of version 1
    running: str
    sweep: str
    approval: str
    token: str  # of somebody else
    file: Path

    @property
    def ref(self) -> str:
        """A version in staging."""
        return f"{self.model}@1"

    @property
    def held(self) -> str:
        """A version in production."""
        return f"{self.model}@2"


class Deed(NamedTuple):
    """A change that somebody may ask for: what it needs, what it moves, how it is asked for."""

    needs: P
    ask: Callable[[Facts], Request]
    moves: str | None = None
    of_model: bool = True


_HOOK: Final = Subscribe(name="hook", receiver=Receiver.WEBHOOK, to="https://hooks.example.org/in")
DEEDS: Final[dict[str, Deed]] = {
    "turn accounts on": Deed(P.ACCESS, lambda f: TurnOnAccounts(account="eve"), of_model=False),
    "add an account": Deed(P.ACCESS, lambda f: AddAccount(account="eve"), of_model=False),
    "close an account": Deed(P.ACCESS, lambda f: CloseAccount(account="bob"), of_model=False),
    "grant a right": Deed(
        P.ACCESS,
        lambda f: GrantRight(account="bob", right=Right(role=Role.VIEWER, model=f.model)),
        of_model=False,
    ),
    "revoke a right": Deed(
        P.ACCESS,
        lambda f: RevokeRight(account="bob", right=Right(role=Role.VIEWER, model=f.model)),
        of_model=False,
    ),
    "issue a token for somebody": Deed(P.ACCESS, lambda f: IssueToken(account="bob")),
    "revoke somebody's token": Deed(P.ACCESS, lambda f: RevokeToken(token=f.token)),
    "subscribe": Deed(P.SUBSCRIBE, lambda f: _HOOK, of_model=False),
    "unsubscribe": Deed(P.SUBSCRIBE, lambda f: Unsubscribe(name="hook"), of_model=False),
    "rotate a secret": Deed(P.SUBSCRIBE, lambda f: RotateSecret(name="hook"), of_model=False),
    "send a sample": Deed(P.SUBSCRIBE, lambda f: SendSample(name="hook"), of_model=False),
    "replay": Deed(P.SUBSCRIBE, lambda f: Replay(name="hook"), of_model=False),
    "describe a version": Deed(P.ANNOTATE, lambda f: Describe(ref=f.ref, text="x")),
    "describe a model": Deed(P.ANNOTATE, lambda f: DescribeModel(model=f.model, purpose="x")),
    "describe data": Deed(
        P.ANNOTATE, lambda f: DescribeDataset(name=DATASET, owner="x"), of_model=False
    ),
    "note a version": Deed(P.ANNOTATE, lambda f: AddNote(subject=f.ref, text="x")),
    "note a model": Deed(P.ANNOTATE, lambda f: AddNote(subject=f.model, text="x")),
    "tag a version": Deed(P.ANNOTATE, lambda f: ChangeTags(subject=f.ref, put={"k": "v"})),
    "tag a model": Deed(P.ANNOTATE, lambda f: ChangeTags(subject=f.model, put={"k": "v"})),
    "put a schema": Deed(
        P.ANNOTATE, lambda f: PutSchema(model=f.model, json_schema={"type": "object"})
    ),
    "remove a schema": Deed(P.ANNOTATE, lambda f: RemoveSchema(model=f.model)),
    "begin a run": Deed(P.RECORD, lambda f: LogRun(model=f.model)),
    "log values": Deed(P.RECORD, lambda f: LogValues(run=f.running, parameters={"a": 1})),
    "log a file": Deed(
        P.RECORD, lambda f: LogFile(run=f.running, path=str(f.file), name="file.bin")
    ),
    "finish a run": Deed(P.RECORD, lambda f: FinishRun(run=f.running, cost=NO_COST)),
    "fail a run": Deed(P.RECORD, lambda f: FailRun(run=f.running, why="x")),
    "reproduce": Deed(P.RECORD, lambda f: Reproduce(ref=f.ref)),
    "end a sweep": Deed(P.RECORD, lambda f: EndSweep(sweep=f.sweep)),
    "register a run": Deed(P.RECORD, lambda f: RegisterRun(run=f.run)),
    "register a file": Deed(P.RECORD, lambda f: RegisterFile(model=f.model, path=str(f.file))),
    "start a deployment": Deed(
        P.RECORD, lambda f: StartDeployment(ref=f.ref, environment="eu", place="x")
    ),
    "end a deployment": Deed(
        P.RECORD, lambda f: EndDeployment(ref=f.ref, environment="eu", place="x")
    ),
    "point an alias": Deed(
        P.MOVE_ALIAS, lambda f: PointAlias(ref=f.ref, alias="challenger"), "challenger"
    ),
    "point another alias": Deed(
        P.MOVE_ALIAS, lambda f: PointAlias(ref=f.ref, alias="champion"), "champion"
    ),
    "remove an alias": Deed(
        P.MOVE_ALIAS, lambda f: RemoveAlias(model=f.model, alias="challenger"), "challenger"
    ),
    "take out of production": Deed(
        P.MOVE_STAGE, lambda f: Promote(ref=f.held, to="experiment"), "production"
    ),
    "promote to production": Deed(
        P.MOVE_STAGE, lambda f: Promote(ref=f.ref, to="production"), "production"
    ),
    "promote to production elsewhere": Deed(
        P.MOVE_STAGE,
        lambda f: Promote(ref=f.ref, to="production", environment="eu"),
        "production-eu",
    ),
    "roll back": Deed(P.MOVE_STAGE, lambda f: RollBack(model=f.model), "production"),
    "archive": Deed(P.MOVE_STAGE, lambda f: Archive(ref=f.ref), "archived"),
    "archive by policy": Deed(P.MOVE_STAGE, lambda f: ArchiveByPolicy(model=f.model), "archived"),
    "restore": Deed(P.MOVE_STAGE, lambda f: Restore(ref=f.ref), "experiment"),
    "drop bytes": Deed(P.KEEP, lambda f: DropBytes(ref=f.ref)),
    "drop bytes by policy": Deed(P.KEEP, lambda f: DropBytesByPolicy(model=f.model)),
    "approve": Deed(
        P.APPROVE, lambda f: Approve(approval=f.approval, evidence_sha256="0" * 64, reason="x")
    ),
    "reject": Deed(
        P.APPROVE, lambda f: Reject(approval=f.approval, evidence_sha256="0" * 64, reason="x")
    ),
    "make a code": Deed(
        P.APPROVE, lambda f: IssueCode(approval=f.approval, evidence_sha256="0" * 64)
    ),
    "decide by code": Deed(
        P.READ, lambda f: DecideByCode(approval=f.approval, code="x", choice="approved", reason="x")
    ),
    "hold": Deed(P.KEEP, lambda f: Hold(ref=f.ref, reason="x")),
    "release a hold": Deed(P.KEEP, lambda f: Release(ref=f.ref, reason="x")),
    "delete": Deed(P.KEEP, lambda f: Delete(ref=f.ref, reason="x")),
}
"""Every change that there is, by what it does."""

OF_EVERYBODY: Final = frozenset({P.READ, P.OWN_TOKENS})
OF_ALL: Final = frozenset({P.ACCESS, P.SUBSCRIBE, P.CARE})


def is_permitted(person: Person, deed: Deed, model: str) -> bool:
    """Say what the table of roles says of one cell, in the plainest way."""
    return any(_permits(right, deed, model) for right in person.rights)


def _permits(right: Right, deed: Deed, model: str) -> bool:
    if deed.needs in OF_EVERYBODY:
        return True
    if deed.needs in OF_ALL:
        covers = right.model is None
    else:
        covers = right.model in (None, model) or not deed.of_model
    if right.role is not None:
        return covers and deed.needs in PERMISSIONS[right.role]
    if deed.needs is P.MOVE_STAGE:
        return covers and right.stage in ("*", deed.moves)
    if deed.needs is P.MOVE_ALIAS:
        return covers and right.alias in ("*", deed.moves)
    return False


class Guarded(NamedTuple):
    """A registry with accounts: what there is of each model, and a secret of each person."""

    facts: dict[str, Facts]
    secrets: dict[str, str]
    admin: str  # the secret of another admin, "root"


def guard(world: World) -> Guarded:
    """Fill a world with two models and turn accounts on, with an account for each person."""
    world.commit({"params.yaml": "registry:\n  models:\n" + "".join(map(_policy, (OWN, OTHER)))})
    facts = {model: _fill(world, model) for model in (OWN, OTHER)}
    admin = turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    acting = Registry(world.settings, Identity(actor="root", rights=(Right(role=Role.ADMIN),)))
    add_account(acting, AddAccount(account="bob", rights=(Right(role=Role.VIEWER),)))
    token = issue_token(acting, IssueToken(account="bob")).token.uuid
    with acting.metadata.writing("root") as tx:
        secrets = {}
        for name, rights in PEOPLE:
            account_id = accounts.add(tx, AddAccount(account=name))
            for right in rights:
                accounts.grant(tx, account_id, right)
            lasts = timedelta(days=1)
            secrets[name] = accounts.issue(tx, account_id, name, "", lasts).secret
        tx.commit()
    acting.close()
    told = {model: found._replace(token=token) for model, found in facts.items()}
    return Guarded(told, secrets, admin.secret)


def copy_guarded(template: Path, folder: Path) -> tuple[World, Guarded]:
    """Make ``folder`` a copy of a world that was guarded once for all."""

    def make(made: Path) -> None:
        copy_tree(template, made)
        world = World(made)
        (made / "guarded").write_bytes(pickle.dumps(guard(world)))
        world.close()

    copy_tree(once("guarded", make), folder)
    guarded: Guarded = pickle.loads((folder / "guarded").read_bytes())
    here = {m: f._replace(file=folder / f.file.name) for m, f in guarded.facts.items()}
    return World(folder), guarded._replace(facts=here)


def _policy(model: str) -> str:
    stages = "".join(f"        {name}: {gates}\n" for name, gates in _GATES.items())
    return f"    {model}:\n      stages:\n{stages}"


def _fill(world: World, model: str) -> Facts:
    versions = [world.version(number, model=model) for number in (1, 2)]
    world.raise_to(f"{model}@2", "staging", "production")
    world.raise_to(f"{model}@1", "staging")
    file = world.folder / f"{model}.bin"
    file.write_bytes(model.encode())
    with pytest.raises(AwaitingApproval) as waits:
        world.raise_to(f"{model}@1", "canary")
    running = begin_run(world.registry(), LogRun(model=model)).uuid
    sweep = str(uuid4())
    with world.registry().metadata.writing("ada") as tx:
        model_id = get_model(tx.connection, model)
        _begin_sweep(tx, model_id, sweep)
        tx.commit()
    return Facts(model, versions[0].run, running, sweep, waits.value.approval, "", file)


def _begin_sweep(tx: Transaction, model_id: int, uuid: str) -> None:
    plan = SweepPlan(
        commit="0" * 40,
        space={"trees": Choice(values=(1, 2))},
        sampler=Sampler.GRID,
        trials=2,
        metric="auc",
        higher_is_better=True,
        seed=0,
        parallel=1,
    )
    told = {"plan": plan.model_dump(mode="json"), "started_at": tx.at, "started_by": tx.actor}
    of = {"model_id": model_id, "experiment_id": put_experiment(tx, f"sweep {uuid}")}
    insert_one(tx.connection, t.sweep, {"uuid": uuid, **of, **told})
