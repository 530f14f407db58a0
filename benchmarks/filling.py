"""Fill a store with very many versions: copies of versions that were really registered, by SQL.

Every column of every table comes from the schema, so a column that is added later is copied too.
Only keys differ: numbers, UUIDs, digests. Nothing of the copies' bytes is in a remote. References
between rows are not checked while they are made, so this is for scratch stores only. The history
contradicts itself if a copied version was in production and another one is when copies are made.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from hashlib import md5
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from registry_tasks.stores.metadata import postgresql, sqlite, tables as t

_BATCH: Final = 50_000
_OF_A_RUN: Final = (t.parameter, t.metric, t.metric_point, t.artifact, t.dataset_use)
_OF_A_VERSION: Final = (t.stage_assignment, t.tag, t.version_profile, t.promotion_attempt, t.event)
_ELSEWHERE: Final = "'elsewhere'"  # or the next verb would tell all of it to the checkout's Git
_SERIES: Final = """
WITH RECURSIVE series(n) AS (
    SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < :last)
"""

Expressions = Mapping[str, str]


class Share(NamedTuple):
    """The numbers that leave one of ``rests`` when divided by ``of``."""

    of: int = 1
    rests: tuple[int, ...] = (0,)


class Filler:
    """Copies versions into models, each as often as asked; the first copies follow the last number."""

    def __init__(self, url: str) -> None:
        known = sqlite.path_of(url)
        self._engine = sqlite.engine(url) if known else postgresql.engine(url)

    def add(self, sources: Mapping[str, Share], target: str, count: int) -> None:
        """Add ``count`` versions to a model, which is made if need be.

        ``sources`` are UUIDs of versions to copy; their shares must cover each number once.
        """
        with self._writing() as connection:
            model = _put_model(connection, target)
            last = sa.select(sa.func.coalesce(sa.func.max(t.version.c.number), 0))
            first = connection.execute(last.where(t.version.c.model_id == model)).scalar_one() + 1
        for start in range(first, first + count, _BATCH):
            end = min(start + _BATCH, first + count) - 1
            with self._writing() as connection:
                ids = _first_ids(connection, start)
                for uuid, share in sources.items():
                    _Copy(connection, uuid, target, model, share).make(ids, start, end)
                _go_on_counting(connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._engine.dispose()

    @cached_property
    def _connection(self) -> sa.Connection:
        """One for all copies, so that the pages which it has read stay in memory."""
        connection = self._engine.connect().execution_options(writing=True)
        if connection.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("PRAGMA cache_size=-1000000")
            driver.execute("PRAGMA synchronous=OFF")
            driver.create_function("md5", 1, _md5, deterministic=True)
            driver.create_function("uuid", 1, _uuid, deterministic=True)
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        connection = self._connection
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            yield connection


class _Copy:
    """Copies of one version."""

    def __init__(
        self, connection: sa.Connection, uuid: str, target: str, model: int, share: Share
    ) -> None:
        self._connection = connection
        of = sa.select(t.version.c.id, t.version.c.run_id, t.version.c.number, t.model.c.name)
        found = connection.execute(of.join(t.model).where(t.version.c.uuid == uuid)).one()
        self._version, self._run, self._number, self._name = found
        self._target, self._model = target, model
        self._which = f"n % {share.of} IN ({', '.join(map(str, share.rests))})"

    def make(self, ids: tuple[int, int], first: int, last: int) -> None:
        """Make the copies with numbers from ``first`` to ``last``; ids rise with numbers."""
        version, run = ids
        scope = {"first": first, "last": last}
        own = f"{self._target}/' || n"
        sha = f"md5('a{own}) || md5('b{own})"
        ours = {"model_id": str(self._model), "version_id": f"{version} + n"}
        artifact = {"run_id": f"{run} + n", "md5": f"md5('c{own})", "sha256": sha}
        for table in _OF_A_RUN:
            given = artifact if table is t.artifact else {"run_id": f"{run} + n"}
            self._insert(table, given, f"run_id = {self._run}", scope)
        self._insert(
            t.run,
            {
                "id": f"{run} + n",
                "uuid": self._uuid(f"'r{own}"),
                "model_id": str(self._model),
                "repository": _ELSEWHERE,
                "recipe_hash": f"md5('d{own}) || md5('e{own})",
            },
            f"id = {self._run}",
            scope,
        )
        made = {
            "id": f"{version} + n",
            "uuid": self._uuid(f"'v{own}"),
            "model_id": str(self._model),
            "number": "n",
            "minor": "n",
            "repository": _ELSEWHERE,
            "run_id": f"{run} + n",
            "recipe_hash": f"md5('d{own}) || md5('e{own})",
            "sha256": sha,
            "md5": f"md5('c{own})",
        }
        self._insert(t.version, made, f"id = {self._version}", scope)
        told = {
            **ours,
            "run_id": f"CASE WHEN run_id IS NULL THEN NULL ELSE {run} + n END",
            "at": "(SELECT max(at) FROM event)",  # nothing happens before what is there
            "after": self._after(),
        }
        for table in _OF_A_VERSION:
            given = told if table is t.event else ours
            self._insert(table, given, f"version_id = {self._version}", scope)
        edge = {"source_id": self._uuid(f"'r{own}"), "target_id": f"'{self._target}@' || n"}
        self._insert(t.lineage_edge, edge, f"target_id = '{self._name}@{self._number}'", scope)

    def _uuid(self, text: str) -> str:
        if self._connection.dialect.name == "postgresql":
            return f"CAST(CAST(md5({text}) AS uuid) AS TEXT)"
        return f"uuid({text})"

    def _after(self) -> str:
        """Events name their version's number."""
        found = f"'\"number\": {self._number},'", "'\"number\": ' || n || ','"
        text = f"replace(CAST(after AS TEXT), {found[0]}, {found[1]})"
        return f"CAST({text} AS JSON)" if self._connection.dialect.name == "postgresql" else text

    def _insert(
        self, table: sa.Table, given: Expressions, where: str, scope: Mapping[str, int]
    ) -> None:
        counted = table.autoincrement_column
        columns = [c for c in table.c if c is not counted or c.name in given]
        names = ", ".join(f'"{c.name}"' for c in columns)
        values = ", ".join(given.get(c.name, f'"{c.name}"') for c in columns)
        order = "n, sequence" if table is t.event else "n"
        self._connection.execute(
            sa.text(
                f'INSERT INTO "{table.name}" ({names}) {_SERIES} SELECT {values} '
                f'FROM "{table.name}", series WHERE {where} AND {self._which} ORDER BY {order}'
            ),
            dict(scope),
        )


def _first_ids(connection: sa.Connection, first: int) -> tuple[int, int]:
    """Return what to add to a number, ``first`` or later, for the ids of its version and run."""
    found = (
        connection.execute(sa.select(sa.func.max(table.c.id))).scalar_one()
        for table in (t.version, t.run)
    )
    version, run = (last - first + 1 for last in found)
    return version, run


def _put_model(connection: sa.Connection, name: str) -> int:
    m = t.model.c
    found = connection.execute(sa.select(m.id).where(m.name == name)).scalar_one_or_none()
    if found is not None:
        return int(found)
    row = connection.execute(sa.select(t.model).limit(1)).one()._asdict() | {"name": name}
    del row["id"]
    return int(connection.execute(sa.insert(t.model).returning(m.id), row).scalar_one())


def _go_on_counting(connection: sa.Connection) -> None:
    """PostgreSQL counts by itself only what it numbered itself."""
    if connection.dialect.name == "postgresql":
        for table in (t.run, t.version):
            counter = sa.func.pg_get_serial_sequence(table.name, "id")
            last = sa.select(sa.func.max(table.c.id)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(counter, last)))


def _uuid(text: str) -> str:
    return str(UUID(_md5(text)))


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
