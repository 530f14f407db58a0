"""P18 from the command line: every command lets exactly those who may, and shows no secret."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
import typer
from support.permissions import (
    DEEDS,
    FEW,
    OTHER,
    OWN,
    PEOPLE,
    Facts,
    Guarded,
    Person,
    copy_guarded,
    is_permitted,
)
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.entities.errors import Forbidden
from registry_tasks.faces.cli.app import app, run
from registry_tasks.faces.cli.exit_codes import EXIT_CODES

FORBIDDEN: Final = EXIT_CODES[Forbidden]
Words = Callable[[Facts], tuple[str, ...]]
ASKED: Final[dict[str, tuple[str, Words]]] = {
    "access add": ("add an account", lambda f: ("eve",)),
    "access close": ("close an account", lambda f: ("bob",)),
    "access grant": ("grant a right", lambda f: ("bob", "viewer", "--model", f.model)),
    "access revoke": ("revoke a right", lambda f: ("bob", "viewer", "--model", f.model)),
    "access token": ("issue a token for somebody", lambda f: ("bob",)),
    "access revoke-token": ("revoke somebody's token", lambda f: (f.token,)),
    "subscription add": ("subscribe", lambda f: ("hook", "prefect")),
    "subscription remove": ("unsubscribe", lambda f: ("hook",)),
    "subscription rotate": ("rotate a secret", lambda f: ("hook",)),
    "subscription test": ("send a sample", lambda f: ("hook",)),
    "subscription replay": ("replay", lambda f: ("hook",)),
    "describe": ("describe a version", lambda f: (f.ref, "x")),
    "note": ("note a model", lambda f: (f.model, "x")),
    "tag": ("tag a version", lambda f: (f.ref, "k=v")),
    "data describe": ("describe data", lambda f: ("data.csv", "--owner", "x")),
    "schema put": ("put a schema", lambda f: (f.model, str(f.file.with_name("schema.json")))),
    "schema remove": ("remove a schema", lambda f: (f.model,)),
    "register": ("register a file", lambda f: (str(f.file), "--model", f.model)),
    "register-run": ("register a run", lambda f: (f.run,)),
    "deployment start": (
        "start a deployment",
        lambda f: (f.ref, "--environment", "eu", "--place", "x"),
    ),
    "deployment end": (
        "end a deployment",
        lambda f: (f.ref, "--environment", "eu", "--place", "x"),
    ),
    "alias set": ("point an alias", lambda f: (f.ref, "challenger")),
    "alias remove": ("remove an alias", lambda f: (f.model, "challenger")),
    "promote": ("promote to production", lambda f: (f.ref, "--to", "production")),
    "rollback": ("roll back", lambda f: (f.model,)),
    "archive": ("archive", lambda f: (f.ref,)),
    "restore": ("restore", lambda f: (f.ref,)),
    "drop-bytes": ("drop bytes", lambda f: (f.ref,)),
    "approval-code": ("make a code", lambda f: (f.approval, "--evidence", "0" * 64)),
    "approve": ("approve", lambda f: (f.approval, "--reason", "x", "--evidence", "0" * 64)),
    "reject": ("reject", lambda f: (f.approval, "--evidence", "0" * 64, "--reason", "x")),
    "hold": ("hold", lambda f: (f.ref, "--reason", "x")),
    "release": ("release a hold", lambda f: (f.ref, "--reason", "x")),
    "delete": ("delete", lambda f: (f.ref, "--reason", "x")),
}
"""Commands that change something, the deed whose cells they have, and how they are called."""
CARE: Final[dict[str, tuple[str, ...]]] = {
    "backup": ("backups",),
    "export": ("exported",),
    "move-store": ("--undo",),
    "migrate": (),
    "collect": (),
    "doctor": ("--repair", "--quick"),
}
"""Whoever may take care of the store may; the others may not."""
EVALUATED: Final = "evaluate"
NO_STORE_OF_ITS_OWN: Final = {
    *("access start", "recover", "rebuild", "import-store", "up", "deploy", "policy check"),
}
"""What is for an empty store, or asks nobody by what it does; serving asks each who comes."""
BY_FLOW: Final = {"train", "retrain", "sweep", "reproduce", "drill", "remake-bytes", "check-data"}
"""What they ask first is tried with their verbs: tests/access/test_without_requests.py."""
READING: Final[dict[str, Words]] = {
    "models": lambda f: (),
    "versions": lambda f: (f.model,),
    "experiments": lambda f: (),
    "runs": lambda f: (f.model,),
    "run": lambda f: (f.run,),
    "sweeps": lambda f: (),
    "sweep-show": lambda f: (f.sweep,),
    "search": lambda f: ("metrics.auc > 0",),
    "facets": lambda f: (),
    "rebuild-run": lambda f: (f.run,),
    "drills": lambda f: (),
    "risks": lambda f: (),
    "show": lambda f: (f.ref,),
    "compare": lambda f: (f.ref, f.held),
    "diff": lambda f: (f.ref, f.held),
    "notes": lambda f: (f.model,),
    "history": lambda f: (f.model,),
    "tenures": lambda f: (f"{f.model}@production",),
    "lineage": lambda f: (f.ref,),
    "code": lambda f: (f.ref,),
    "environment": lambda f: (f.ref,),
    "resolve": lambda f: (f.ref,),
    "download": lambda f: (f.ref,),
    "sync": lambda f: (),
    "deliver": lambda f: (),
    "plot trend": lambda f: (f.model, "--to", "trend.html"),
    "plot curves": lambda f: (f.ref, "--to", "curves.html"),
    "plot parallel": lambda f: (f.model, "--to", "parallel.html"),
    "data list": lambda f: (),
    "data show": lambda f: ("data.csv",),
    "data versions": lambda f: ("data.csv",),
    "data uses": lambda f: ("data.csv@" + "2" * 32,),
    "schema show": lambda f: (f.model,),
    "deployment list": lambda f: (),
    "policy show": lambda f: (f.model,),
    "policy replay": lambda f: (f.model,),
    "approvals": lambda f: (),
    "approval": lambda f: (f.approval,),
}
"""Who has any right may; who has none may not."""
OWN_ONLY: Final = {"access list", "access tokens", "subscription list", "subscription deliveries"}


def commands(group: typer.core.TyperGroup, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


def test_every_command_has_its_cells() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    known = [*ASKED, *CARE, EVALUATED, *NO_STORE_OF_ITS_OWN, *BY_FLOW, *READING, *OWN_ONLY]
    assert len(known) == len(set(known))
    assert set(commands(group)) == set(known)


@pytest.fixture(scope="module")
def guarded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Guarded]:
    """A registry with people in it, to copy."""
    folder = tmp_path_factory.mktemp("guarded") / "world"
    world, made = copy_guarded(template, folder)
    world.close()
    (folder / "schema.json").write_text("{}")
    return folder, made


@pytest.fixture
def outside(
    guarded: tuple[Path, Guarded], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Guarded]:
    """Outside of any checkout, by the environment as a person has it."""
    copy_tree(guarded[0], tmp_path / "world")
    world = World(tmp_path / "world")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name, value in world.variables().items():
        if name != "REGISTRY_PROJECT":
            monkeypatch.setenv(name, value)
    yield guarded[1]
    world.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "person",
    [p if p in FEW else pytest.param(p, marks=pytest.mark.gate) for p in PEOPLE],
    ids=[person.name for person in PEOPLE],
)
def test_every_command_lets_exactly_those_who_may(
    outside: Guarded,
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trial: Trial,
) -> None:
    monkeypatch.setenv("REGISTRY_TOKEN", outside.secrets[person.name])
    wrong, cells = [], Counter[bool]()

    def is_let(name: str, words: tuple[str, ...], model: str) -> None:
        let = run([*name.split(), *words]) != FORBIDDEN
        told = capsys.readouterr()
        assert outside.secrets[person.name] not in told.out + told.err
        expected = allowed(name, model)
        cells[let] += 1
        if let is not expected:
            wrong.append((name, model, let, told.err))

    def is_let_to_ask_a_worker(facts: Facts, model: str) -> None:
        let = run(["reproduce", facts.ref, "--worker"]) != FORBIDDEN
        capsys.readouterr()
        cells[let] += 1
        if let is not is_permitted(person, DEEDS["reproduce"], model):
            wrong.append(("reproduce --worker", model, let, ""))

    def allowed(name: str, model: str) -> bool:
        if name in ASKED:
            return is_permitted(person, DEEDS[ASKED[name][0]], model)
        if name in READING:
            return bool(person.rights)
        if name == EVALUATED:
            return is_permitted(person, DEEDS["register a run"], model)
        return person.name == "admin-of-all"

    for model in (OTHER, OWN):
        facts = outside.facts[model]
        for name, words in READING.items():
            is_let(name, words(facts), model)
        is_let(EVALUATED, (facts.ref,), model)
        is_let_to_ask_a_worker(facts, model)
        for name, (_, words) in ASKED.items():
            is_let(name, words(facts), model)
    for name in OWN_ONLY:
        is_let(name, (), OWN)
    for name, words_of_care in CARE.items():
        is_let(name, words_of_care, OWN)
    assert not wrong
    trial.report(
        "P18",
        f"{cells.total()} commands of {person.name}",
        f"{cells[True]} let, {cells[False]} refused, as the table of roles has it; no secret shown",
    )
