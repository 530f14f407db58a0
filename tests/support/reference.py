"""This repository's own pipeline on real months, with its flows and deployments; people decide.

The trees are few, so that a training takes seconds. One schedule is on, which is due every minute.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from registry_tasks.entities.access import (
    AccountKind,
    AddAccount,
    IssueToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.faces.sdk.client import Client
from registry_tasks.registry.access.accounts import add_account, turn_on_accounts
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import TOKEN
from registry_tasks.stores.dvc.workspace import point_workspace
from support.http_server import elsewhere
from support.pipelines import ROOT, Project
from support.wheels import put_what_is_here

MODEL: Final = "flight-delay"
STEPS: Final = "src/registry_tasks/steps"
_FOLDERS: Final = (STEPS, "flows", "deployments", "reports")
_FILES: Final = (
    *("dvc.yaml", "dvc.lock", ".dvcignore", ".gitignore", "requirements.lock"),
    *(".dvc/config", ".dvc/.gitignore", "data/.gitignore", "models/.gitignore"),
)
_QUICK: Final = {
    "num_boost_round: 100": "num_boost_round: 20",
    "learning_rate: 0.05": "learning_rate: 0.2",
}
_POLICY: Final = f"""registry:
  models:
    {MODEL}:
      evaluation: {{metric: auc, higher_is_better: true, resamples: 100, seed: 7}}
      stages:
        staging: [{{gate: metric, metric: auc, at_least: 0.6}}, {{gate: signature-compatible}}]
        production:
          - {{gate: better-than-production, margin: -0.2}}
          - {{gate: approved, people: 2}}
      aliases: {{champion: production}}
      retention: {{keep_superseded: 0, keep_stale: 0}}
      retraining:
        window: python {STEPS}/next_window.py {{trained}} {{next}}
"""
RELEASE: Final = """
  - name: release
    entrypoint: flows/release.py:release
    work_pool: {name: registry}
    triggers:
      - type: event
        enabled: true
        expect: [registry.version.promoted]
        match:
          prefect.resource.id: registry.model.flight-delay
          registry.stage: production
        parameters:
          version: "{{ event.payload.version }}"
          before: "{{ event.payload.before.stage }}"
"""
"""As docs/subscriptions.md has it."""
_RELEASE_FLOW: Final = """
from pathlib import Path
from prefect import flow

@flow(name="release", flow_run_name="release {version}")
def release(version: int, before: str) -> None:
    with Path(TOLD).open("a") as told:
        told.write(f"{version} from {before}\\n")
"""
_PEOPLE: Final = {
    "grace": (Right(role=Role.APPROVER),),
    "linus": (Right(role=Role.APPROVER, model=MODEL),),
}
WORKER: Final = "robot"
"""As whom flows act: it is the author of what they make."""


class Reference(Project):
    """A checkout of this repository in a registry with accounts: an admin, two people, a worker."""

    def make(self) -> None:
        """Make project, store, remote and accounts; nothing is trained, nothing deployed."""
        self.root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        (self.root / ".git" / "info").mkdir(exist_ok=True)
        hidden = shutil.ignore_patterns("__pycache__")
        for name in _FOLDERS:
            shutil.copytree(ROOT / name, self.root / name, ignore=hidden)
        for name in _FILES:
            (self.root / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, self.root / name)
        told = repr(str(self.folder / "released"))
        self.commit(
            {"params.yaml": _parameters(), "flows/release.py": _RELEASE_FLOW.replace("TOLD", told)}
        )
        self.registry().objects.create()
        self.registry().metadata.migrate()
        point_workspace(self.root, self.root / ".dvc" / "cache", self.settings.remote)
        self._index = put_what_is_here(self.folder / "index")
        self._turn_on_accounts()

    def _turn_on_accounts(self) -> None:
        issued = turn_on_accounts(self.registry(), TurnOnAccounts(account="root"))
        self._secrets = {"root": issued.secret}
        for name, rights in _PEOPLE.items():
            self._add(name, AccountKind.PERSON, rights)
        moves = Right(role=Role.DEVELOPER), Right(stage="*")
        self._add(WORKER, AccountKind.SERVICE, moves)

    def _add(self, name: str, kind: AccountKind, rights: tuple[Right, ...]) -> None:
        add_account(self.as_("root"), AddAccount(account=name, kind=kind, rights=rights))
        self._secrets[name] = issue_token(self.as_("root"), IssueToken(account=name)).secret

    def as_(self, name: str) -> Registry:
        """The registry as somebody opens it, closed with this one."""
        made = Registry(replace(self.settings, token=self._secrets[name]))
        self._opened.append(made)
        return made

    def client(self, name: str, address: str) -> Client:
        """Somebody at a machine that has nothing but a server's address and a token."""
        return Client(elsewhere(address, self.folder / "elsewhere", self._secrets[name]))

    def environment(self, prefect: Mapping[str, str] | None = None) -> dict[str, str]:
        """What worker and servers are given."""
        return {
            **super().environment(prefect),
            **self._index,
            TOKEN: self._secrets[WORKER],
        }

    def released(self) -> list[str]:
        """What the deployment said that promotions start."""
        told = self.folder / "released"
        return told.read_text().splitlines() if told.exists() else []


def deployment_files() -> dict[str, str]:
    """This repository's own, and one that a promotion starts; retraining is due every minute."""
    said = (ROOT / "deployments" / "prefect.yaml").read_text()
    asleep = said.replace("timezone: UTC}", "timezone: UTC, active: false}")
    monthly = 'cron: "0 4 2 * *", timezone: UTC, active: false'
    assert asleep.count(monthly) == 1
    due = asleep.replace(monthly, 'cron: "* * * * *", timezone: UTC')
    return {"prefect.yaml": due + RELEASE}


def _parameters() -> str:
    text = (ROOT / "params.yaml").read_text()
    for slow, quick in _QUICK.items():
        assert slow in text
        text = text.replace(slow, quick, 1)
    return re.sub(r"^registry:\n(?: .*\n|\n)*", lambda _: _POLICY, text, flags=re.MULTILINE)
