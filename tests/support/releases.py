"""What released schemas left, brought back to life at another path; see tests/upgrade."""

import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Final

import psycopg
import sqlalchemy as sa

from support.world import World

FIXTURES: Final = Path(__file__).parents[1] / "upgrade"
SCHEMAS: Final = tuple(sorted(path.name for path in FIXTURES.iterdir() if path.name.isdigit()))
"""Every released schema; make_fixture.py adds one when it is released."""

RENAMED: Final = {"description": "version_profile"}
"""Tables that later schemas call otherwise."""

Rows = dict[str, list[tuple[object, ...]]]


def revive(schema: str, folder: Path, url: str | None = None) -> World:
    """Make the world as that release left it; ``url`` names an empty PostgreSQL database."""
    fixture = FIXTURES / schema / ("postgresql" if url else "sqlite")
    world = World(folder, url)
    world.state.mkdir(parents=True)
    _restore_repository(fixture / "repository.bundle", world.root)
    shutil.copytree(fixture / "remote", folder / "remote")
    restore_store((fixture / "store.sql").read_text(), world)
    return world


def restore_store(sql: str, world: World) -> None:
    """Run a dump of a store in the world's empty database."""
    if world.store_url.startswith("sqlite"):
        connection = sqlite3.connect(world.state / "registry.db")
        connection.executescript(sql)
        connection.close()
        return
    address = sa.make_url(world.store_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as server:
        server.execute(sql.encode())


def everything(world: World) -> tuple[Rows, list[str]]:
    """All rows of all tables as the database keeps them, and the names of all that guards them."""
    engine = sa.create_engine(world.store_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = {
            name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
            for name in names
        }
        guards = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if engine.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
            "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).scalars()
        found = sorted(guards)
    return rows, found


def as_before(before: Rows, after: Rows) -> Rows:
    """Return what ``after`` holds of the tables and columns that ``before`` has; columns are added last."""
    seen = {}
    for name, rows in before.items():
        width = len(rows[0]) if rows else 0
        seen[name] = sorted((row[:width] for row in after[_now(name, after)]), key=repr)
    return seen


def _now(name: str, rows: Rows) -> str:
    return name if name in rows else RENAMED[name]


def _restore_repository(bundle: Path, root: Path) -> None:
    root.mkdir(parents=True)
    for command in (
        ["init", "--quiet", "--initial-branch=main", "--template="],
        ["fetch", "--quiet", "--update-head-ok", str(bundle), "+refs/*:refs/*"],
        ["reset", "--quiet", "--hard", "main"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    (root / ".git" / "info").mkdir(exist_ok=True)
