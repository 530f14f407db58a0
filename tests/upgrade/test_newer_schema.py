"""A store of a newer release is refused by every face, with a sentence, and is left as it is."""

import pytest
import sqlalchemy as sa
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.errors import SchemaNewer
from registry_tasks.faces.cli.app import run

COMMANDS = (
    ("models",),
    ("versions", "mower"),
    ("runs", "mower"),
    ("show", "mower@1"),
    ("compare", "mower@1", "mower@2"),
    ("history", "mower"),
    ("lineage", "mower@1"),
    ("resolve", "mower@1"),
    ("download", "mower@1"),
    ("doctor",),
    ("promote", "mower@1", "--to", "staging"),
    ("rollback", "mower"),
    ("archive", "mower@1"),
    ("restore", "trimmer@3"),
    ("describe", "mower@1", "text"),
    ("alias", "set", "mower@1", "trial"),
    ("alias", "remove", "trimmer", "challenger"),
    ("sync",),
    ("migrate",),
)


@pytest.fixture
def newer(upgraded: World) -> World:
    """A later release has been here: its schema has another name, and a table that we lack."""
    with upgraded.registry().metadata.writing("ada") as tx:
        tx.connection.execute(sa.text("CREATE TABLE later (id INTEGER PRIMARY KEY)"))
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9000'"))
        tx.commit()
    upgraded.close()
    return upgraded


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command))
def test_every_command_refuses_it(
    newer: World,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REGISTRY_PROJECT", str(newer.root))
    monkeypatch.setenv("REGISTRY_STATE", str(newer.state))
    monkeypatch.setenv("REGISTRY_STORE", newer.store_url)
    assert run(list(command)) == 6
    told = capsys.readouterr().err
    assert "has schema 9000, which this release" in told
    assert "upgrade registry-tasks" in told


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
