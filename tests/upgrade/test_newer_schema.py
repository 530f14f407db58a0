"""A store of a newer release is refused by every face, with a sentence, and is left as it is."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from support.commands import all_commands
from support.releases import SCHEMAS, revive
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.errors import SchemaNewer
from registry_tasks.entities.export import ExportStore
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.export import export
from registry_tasks.registry.care.migrate import migrate
from registry_tasks.registry.ledger.mirror import sync

PROJECT: Final = Path(__file__).parents[2]
RUN: Final = "00000000-0000-0000-0000-000000000000"
ARGUMENTS: Final = {
    "up": ("--no-prefect", "--port", "0"),
    "train": ("mower",),
    "retrain": ("mower",),
    "evaluate": ("mower@3",),
    "reproduce": ("mower@3",),
    "rebuild-run": (RUN,),
    "register": ("params.yaml", "--model", "edger"),
    "models": (),
    "versions": ("mower",),
    "runs": ("mower",),
    "show": ("mower@1",),
    "compare": ("mower@1", "mower@2"),
    "history": ("mower",),
    "tenures": ("mower@production",),
    "lineage": ("mower@1",),
    "resolve": ("mower@1",),
    "download": ("mower@1",),
    "promote": ("mower@1", "--to", "staging"),
    "rollback": ("mower",),
    "archive": ("mower@1",),
    "restore": ("trimmer@3",),
    "drop-bytes": ("trimmer@3",),
    "remake-bytes": ("mower@3",),
    "drill": ("mower",),
    "drills": (),
    "risks": (),
    "collect": (),
    "describe": ("mower@1", "text"),
    "note": ("mower@1", "text"),
    "notes": ("mower",),
    "tag": ("mower@1", "a=b"),
    "schema put": ("mower", "{folder}/schema.json"),
    "schema remove": ("mower",),
    "schema show": ("mower",),
    "run": (RUN,),
    "experiments": (),
    "register-run": (RUN,),
    "search": ("versions",),
    "facets": (),
    "diff": ("mower@1", "mower@2"),
    "plot trend": ("mower", "--metric", "rmse", "--to", "{folder}/trend.html"),
    "plot curves": ("mower@1", "mower@2", "--to", "{folder}/curves.html"),
    "plot parallel": ("mower@1", "mower@2", "--to", "{folder}/parallel.html"),
    "code": ("mower@1",),
    "environment": ("mower@1",),
    "data list": (),
    "data show": ("data.csv",),
    "data versions": ("data.csv",),
    "data uses": ("data.csv@" + "1" * 32,),
    "data describe": ("data.csv", "--owner", "ada"),
    "deployment start": ("mower@1", "--environment", "eu", "--place", "API"),
    "deployment end": ("mower@1", "--environment", "eu", "--place", "API"),
    "deployment list": (),
    "export": ("{folder}/exported",),
    "import-store": ("{folder}/export",),
    "sweeps": (),
    "sweep": ("mower", "--set", "mower.slope=choice(1, 2)", "--sampler", "grid"),
    "sweep-show": ("1",),
    "access start": ("root",),
    "access add": ("bob",),
    "access close": ("bob",),
    "access grant": ("bob", "viewer"),
    "access revoke": ("bob", "viewer"),
    "access list": (),
    "access token": ("bob",),
    "access tokens": (),
    "access revoke-token": ("1",),
    "subscription add": ("hook", "prefect"),
    "subscription remove": ("hook",),
    "subscription rotate": ("hook",),
    "subscription list": (),
    "subscription test": ("hook",),
    "subscription deliveries": (),
    "subscription replay": ("hook",),
    "deliver": (),
    "approvals": (),
    "approval": ("1",),
    "approval-code": ("1",),
    "policy show": ("mower",),
    "policy replay": ("mower",),
    "check-data": ("mower",),
    "approve": ("1", "--reason", "x", "--evidence", "0" * 64),
    "reject": ("1", "--evidence", "0" * 64, "--reason", "no"),
    "hold": ("mower@1", "--reason", "a case"),
    "release": ("mower@1", "--reason", "no case"),
    "delete": ("edger@1", "--reason", "not ours"),
    "alias set": ("mower@1", "trial"),
    "alias remove": ("trimmer", "challenger"),
    "doctor": (),
    "sync": (),
    "backup": ("{folder}/new backup",),
    "recover": ("{folder}/backup",),
    "migrate": (),
    "rebuild": ("--from-git",),
    "move-store": ("--to", "sqlite:///{folder}/moved.db"),
}
"""Of every command; one that is not here fails the test below."""
VARIANTS: Final = {
    "doctor --repair": ("doctor", "--repair"),
    "show MODEL": ("show", "mower"),
    "resolve --at": ("resolve", "mower@1", "--at", "2999-01-01T00:00Z"),
    "reproduce --worker": ("reproduce", "mower@3", "--worker"),
    "rebuild --forward": ("rebuild", "--from-git", "--forward"),
    "move-store --undo": ("move-store", "--undo"),
    "archive --policy": ("archive", "--policy", "mower"),
}
COMMANDS: Final = {name: (*name.split(), *rest) for name, rest in ARGUMENTS.items()} | VARIANTS
FLOWS: Final = frozenset({"train", "retrain", "reproduce", "sweep", "check-data"})
"""They change their process, so each has one of its own."""
NO_STORE: Final = frozenset({"policy check", "deploy"})
"""They read the checkout alone."""
BYTES_FIRST: Final = frozenset({"register"})
"""It makes a place for bytes, and puts them there, before it asks the store."""


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)],
)
def newer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A later release has been here: its schema has another name, and a table that we lack.

    One for all: each command must leave it as it was.
    """
    on_server = request.param == "postgresql"
    url = request.getfixturevalue("postgres").empty() if on_server else None
    world = revive(SCHEMAS[-1], tmp_path_factory.mktemp("newer") / "old", url)
    shutil.copytree(PROJECT / "flows", world.root / "flows", dirs_exist_ok=True)
    world.commit({})
    migrate(world.registry())
    sync(world.registry())
    back_up(world.registry(), world.folder / "backup")
    export(world.registry(), ExportStore(folder=str(world.folder / "export")))
    (world.folder / "schema.json").write_text("{}")
    with world.registry().metadata.writing("ada") as tx:
        tx.connection.execute(sa.text("CREATE TABLE later (id INTEGER PRIMARY KEY)"))
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9000'"))
        tx.commit()
    world.close()
    yield world
    world.close()


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) == set(all_commands()) - NO_STORE


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_it(
    newer: World,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in newer.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(newer.root)
    before = files_of(newer)
    arguments = [argument.format(folder=newer.folder) for argument in COMMANDS[command]]
    code = call(arguments) if command in FLOWS else run(arguments)
    told = capfd.readouterr().err
    assert code == 6, told
    assert "has schema 9000, which this release" in told
    assert "upgrade registry-tasks" in told
    if command not in BYTES_FIRST:
        assert files_of(newer) == before, "something was left behind"


def call(arguments: list[str]) -> int:
    program = "from registry_tasks.faces.cli.app import main; main()"
    return subprocess.run([sys.executable, "-c", program, *arguments], check=False).returncode


def files_of(world: World) -> set[Path]:
    """All but what an open SQLite keeps beside its file."""
    passing = {"registry.db-wal", "registry.db-shm"}
    return {path for path in world.folder.rglob("*") if not passing & set(path.parts)}


@pytest.mark.slow
def test_the_sdk_refuses_it(newer: World) -> None:
    with Client(newer.settings) as client:
        for attempt in (
            lambda: client.resolve("mower@1"),
            lambda: client.promote("mower@1", to="staging"),
        ):
            with pytest.raises(SchemaNewer):
                attempt()


def test_a_process_that_was_there_before_the_migration_changes_nothing_more(
    upgraded: World,
) -> None:
    """It knew the schema when it began; before each change it looks again."""
    server = upgraded.registry()
    with server.metadata.writing("ada") as tx:
        tx.commit()
    other = upgraded.registry()
    with other.metadata.writing("ada") as tx:
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9000'"))
        tx.commit()
    with pytest.raises(SchemaNewer), server.metadata.writing("ada"):
        pass
