"""A world with accounts: who works there, and everybody's own way into it."""

from dataclasses import replace

import pytest

from registry_tasks.entities.access import (
    AccountKind,
    AddAccount,
    IssueToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.approval import Approval, Approve
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.access.accounts import add_account, turn_on_accounts
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.approve import approve
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from support.approving import ask_people
from support.world import World

MOVER = Right(stage="production", model="mower")
APPROVER = Right(role=Role.APPROVER, model="mower")
PEOPLE = {
    "bob": (MOVER,),
    "grace": (APPROVER,),
    "linus": (Right(role=Role.APPROVER),),
    "dev": (Right(role=Role.DEVELOPER),),
    "other": (Right(role=Role.APPROVER, model="edger"),),
    "robot": (Right(role=Role.ADMIN),),
}


class Office:
    """A world with accounts, and everybody's own way into it."""

    def __init__(self, world: World, gate: str = "gate: approved") -> None:
        self.world = world
        self._secrets: dict[str, str] = {}
        ask_people(world, gate)
        world.version(1)
        world.version(1, model="edger")
        world.raise_to("mower@1", "staging")
        self._secrets["root"] = turn_on_accounts(
            world.registry(), TurnOnAccounts(account="root")
        ).secret
        for name, rights in PEOPLE.items():
            kind = AccountKind.SERVICE if name == "robot" else AccountKind.PERSON
            root = self.as_("root")
            add_account(root, AddAccount(account=name, kind=kind, rights=rights))
            self._secrets[name] = issue_token(root, IssueToken(account=name)).secret

    def as_(self, name: str) -> Registry:
        made = Registry(replace(self.world.settings, token=self._secrets[name]))
        self.world._opened.append(made)
        return made

    def wait(self) -> Approval:
        with pytest.raises(AwaitingApproval) as caught:
            promote(self.as_("bob"), Promote(ref="mower@1", to="production"))
        return show_approval(self.as_("root"), caught.value.approval).approval

    def say_yes(self, name: str, asked: Approval) -> Approval:
        request = Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
        return approve(self.as_(name), request)

    def now(self, asked: Approval) -> Approval:
        return show_approval(self.as_("root"), asked.uuid).approval
