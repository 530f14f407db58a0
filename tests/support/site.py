"""A served registry with people in it: everything a page can show, and a promotion to decide."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from registry_tasks.entities.access import (
    AccountKind,
    AddAccount,
    Identity,
    IssueToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.access.accounts import add_account, turn_on_accounts
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from support.stories import Story
from support.world import World

MODEL: Final = "mower"
KITE: Final = "kite"
ADMIN, AUTHOR, APPROVER, VIEWER = "olga", "ada", "bea", "vic"
POLICY: Final = """
registry:
  models:
    mower:
      environments: [eu, us]
      evaluation: {metric: auc, higher_is_better: true}
      stages:
        production: [{gate: metric, metric: auc, at_least: 0.5}]
        guarded: [{gate: approved, author_may_approve: true}]
      aliases: {champion: production}
    kite:
      environments: [eu]
      evaluation: {metric: auc, higher_is_better: true}
      stages:
        production: [{gate: metric, metric: auc, at_least: 0.5}%s]
      aliases: {champion: production}
"""
_RIGHTS: Final[Mapping[str, tuple[Right, ...]]] = {
    AUTHOR: (Right(role=Role.DEVELOPER), Right(stage="*"), Right(alias="*")),
    APPROVER: (Right(role=Role.APPROVER),),
    VIEWER: (Right(role=Role.VIEWER),),
}
_LEASH: Final = (sys.executable, "-m", "registry_tasks.faces.up.leash")
"""So that nothing is left of a run of tests that is killed."""
_COMMAND: Final = "from registry_tasks.faces.cli.app import main; main()"
_DEADLINE_S: Final = 60


def fill(world: World) -> None:
    """Let a world see everything once; kite 1 is in production, kite 2 in staging."""
    world.commit({"params.yaml": POLICY % ""})
    Story(world, 1, MODEL).begin_with_all()
    for number, auc in ((1, 0.7), (2, 0.8), (3, 0.75)):
        world.version(number, model=KITE, metrics={"auc": auc, "loss": 1 - auc})
    world.raise_to(f"{KITE}@1", "staging", "production")
    world.compare(world.resolve(f"{KITE}@2"), world.resolve(f"{KITE}@1"), 0.05)
    world.raise_to(f"{KITE}@2", "staging")
    world.commit({"params.yaml": POLICY % ", {gate: approved, people: 1}"})
    world.close()


def ask_people(world: World) -> None:
    """Ask for what only a person lets into production, and measured well: kite 2."""
    with suppress(AwaitingApproval):
        promote(world.registry(), Promote(ref=f"{KITE}@2", to="production", reason="it is better"))
        raise AssertionError("it did not wait")
    world.close()


def let_people_in(world: World) -> dict[str, str]:
    """Turn accounts on; returns a token of each person by name."""
    tokens = {ADMIN: turn_on_accounts(world.registry(), TurnOnAccounts(account=ADMIN)).secret}
    admin = Registry(world.settings, Identity(actor=ADMIN, rights=(Right(role=Role.ADMIN),)))
    with admin:
        for name, rights in _RIGHTS.items():
            add_account(admin, AddAccount(account=name, rights=rights))
            tokens[name] = issue_token(admin, IssueToken(account=name, label="tests")).secret
        add_account(admin, AddAccount(account="nightly", kind=AccountKind.SERVICE))
    world.close()
    return tokens


@contextmanager
def served(
    folder: Path, variables: Mapping[str, str], *options: str, prefect_url: str | None = None
) -> Iterator[str]:
    """Serve by `registry up` at a free port, beside a Prefect if one is named; gives the address."""
    beside = [f"--prefect-url={prefect_url}", "--no-worker"] if prefect_url else ["--no-prefect"]
    command = [*_LEASH, sys.executable, "-c", _COMMAND, "up", "--port=0", *beside, *options]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _address(process)
    finally:
        process.communicate(timeout=_DEADLINE_S)  # which closes the pipe that holds it


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    ending = threading.Timer(_DEADLINE_S, process.kill)
    ending.start()
    try:
        said = _first(process.stdout, "http://")
    finally:
        ending.cancel()
    return said


def _first(lines: IO[str], part: str) -> str:
    told: list[Any] = []
    for line in lines:
        if part in line:
            return line[line.index(part) :].strip()
        told.append(line)
    raise AssertionError(f"it did not come up: {''.join(told)}")
