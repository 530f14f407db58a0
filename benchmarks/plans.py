"""How each database answers the questions that are asked most: the page docs/plans.md.

python benchmarks/plans.py sqlite [VERSIONS]        half of them of one model, the rest 20 a model
python benchmarks/plans.py postgresql [VERSIONS]
"""

import argparse
import re
import sqlite3
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
import sqlalchemy as sa

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests")]

from places import settings_in
from seeding import Seed, Target, seed
from support.databases import postgres_server

from registry_tasks import Client
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import postgresql, sqlite

FILTER: Final = "metrics.m1 > 0.9 and tags.team = 'team-3'"
QUESTIONS: Final = MappingProxyType(
    {
        "resolve an alias": lambda c: c.resolve("hot@champion"),
        "resolve the newest": lambda c: c.resolve("hot@latest"),
        "versions by metric and tag, best first": lambda c: c.search_versions(
            FILTER, order_by="metrics.m1 desc"
        ),
        "versions in production": lambda c: c.search_versions("stage = 'production'"),
        "runs of a model by metric": lambda c: c.search_runs("metrics.m1 > 0.9", model="hot"),
        "history of a model": lambda c: c.history("hot"),
        "history of a version": lambda c: c.history("hot@7"),
        "history of everything by kind": lambda c: c.history(kinds=("alias.moved",)),
    }
)
_ADMISSION: Final = re.compile(r"FROM (alembic_version|account)\b")
"""Of a client's first look: is this the schema, are there accounts."""
Plan = tuple[str, list[str]]
"""A statement, and what the database says it does for it."""


def main() -> None:
    """Print plans as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=("sqlite", "postgresql"))
    parser.add_argument("versions", type=int, nargs="?", default=20_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder))
        if asked.database == "sqlite":
            print_plans(settings, asked.versions)
            return
        with postgres_server() as server:
            print_plans(replace(settings, store_url=server.migrated()), asked.versions)


def print_plans(settings: Settings, versions: int) -> None:
    """Fill an empty store, ask each question, and print what was done for it."""
    fill(settings, versions)
    for question, found in plans(settings).items():
        print(f"### {question}\n\n```text")
        for statement, steps in found:
            print(shortened(statement), *(f"    {step}" for step in steps), sep="\n")
        print("```\n")


def fill(settings: Settings, versions: int) -> None:
    """Make a store of so many versions, with what a database wants to know of its tables."""
    models = {"hot": versions // 2} | {f"model-{n:05}": 20 for n in range(versions // 40)}
    rows = (
        Seed(model, number, {"p1": str(number % 1000)}, {"m1": number * 7919 % 4000 / 4000},
             {"team": f"team-{number % 10}"})
        for model, count in models.items() for number in range(1, count + 1)
    )  # fmt: skip
    seed(settings, rows, [Target(model, "champion", 2) for model in models])
    url = settings.store_url
    engine = sqlite.engine(url) if url.startswith("sqlite") else postgresql.engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE stage_assignment SET stage = 'production', single = TRUE WHERE version_id IN"
            " (SELECT id FROM version WHERE number = 1)"
        )
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def plans(settings: Settings) -> dict[str, list[Plan]]:
    """Ask each question in a client of its own, and explain each statement that it took."""
    watching = _on_sqlite if settings.store_url.startswith("sqlite") else _on_postgresql
    found = {}
    for question, ask in QUESTIONS.items():
        with watching() as explain, Client(settings) as client:
            ask(client)
            found[question] = [plan for plan in explain() if not _ADMISSION.search(plan[0])]
    return found


def shortened(statement: str) -> str:
    """Say what a statement reads and by what, in a line; its columns are left out."""
    line = re.sub(r"\bSELECT (?!count).*? FROM\b", "SELECT ... FROM", " ".join(statement.split()))
    return textwrap.shorten(line, 230, placeholder=" ...")


@contextmanager
def _on_sqlite() -> Iterator[Callable[[], list[Plan]]]:
    """Let every connection tell what it runs, with its values, whatever road it takes."""
    connect, seen = sqlite3.connect, []

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*arguments, **options)
        made.set_trace_callback(lambda statement: seen.append((made, statement)))
        return made

    def explain() -> list[Plan]:
        asked = [(c, s) for c, s in seen if s.lstrip().startswith(("SELECT", "WITH"))]
        for connection, _ in asked:
            connection.set_trace_callback(None)
        steps = [[row[3] for row in c.execute(f"EXPLAIN QUERY PLAN {s}")] for c, s in asked]
        return [(statement, found) for (_, statement), found in zip(asked, steps, strict=True)]

    with pytest.MonkeyPatch.context() as patch:
        for module in (sqlite3, sqlite3.dbapi2):
            patch.setattr(module, "connect", connected)
        yield explain


@contextmanager
def _on_postgresql() -> Iterator[Callable[[], list[Plan]]]:
    seen: list[Plan] = []

    def explained(_: Any, cursor: Any, statement: str, values: Any, *__: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and "pg_" not in statement:
            steps = cursor.connection.execute(f"EXPLAIN (COSTS OFF) {statement}", values)
            seen.append((statement, [line for (line,) in steps]))

    sa.event.listen(sa.Engine, "before_cursor_execute", explained)
    try:
        yield lambda: seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", explained)


if __name__ == "__main__":
    main()
