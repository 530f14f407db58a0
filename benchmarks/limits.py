"""What the machine allows: the same acts with the bare driver and bare files, kept as durably.

No hashes, no history, no rules, no reading back: the least that a registry could do.
"""

import os
import sqlite3
from pathlib import Path
from uuid import uuid4

_SCHEMA = """
CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE version (
    id INTEGER PRIMARY KEY, model_id INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL,
    UNIQUE (model_id, number));
CREATE TABLE entry (
    version_id INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value NOT NULL,
    PRIMARY KEY (version_id, kind, key)) WITHOUT ROWID;
CREATE TABLE alias (
    model_id INTEGER NOT NULL, name TEXT NOT NULL, version_id INTEGER NOT NULL,
    PRIMARY KEY (model_id, name)) WITHOUT ROWID;
CREATE TABLE point (
    run_id INTEGER NOT NULL, step INTEGER NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (run_id, step)) WITHOUT ROWID;
"""
RESOLVE = """
SELECT v.number, v.path FROM model m
JOIN alias a ON a.model_id = m.id AND a.name = ? JOIN version v ON v.id = a.version_id
WHERE m.name = ?
"""


class BareStore:
    """One model with versions and one alias, in a SQLite database and a folder."""

    def __init__(self, folder: Path, versions: int) -> None:
        self.database = folder / "bare.db"
        self._files = folder / "files"
        self._files.mkdir(parents=True)
        self._db = sqlite3.connect(self.database, isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {_SCHEMA}")
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO model VALUES (1, 'hot')")
        rows = [(i, 1, i, f"seed/{i}") for i in range(1, versions + 1)]
        self._db.executemany("INSERT INTO version VALUES (?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")
        self.point("champion", versions // 2 + 1)

    def register(self, content: bytes, entries: dict[str, dict[str, object]]) -> int:
        """Write a file, synced with its folder, and a version of it in one transaction."""
        path = self._files / uuid4().hex
        _write(path, content)
        self._db.execute("BEGIN IMMEDIATE")
        last = "SELECT coalesce(max(number), 0) FROM version WHERE model_id = 1"
        number = int(self._db.execute(last).fetchone()[0]) + 1
        insert = "INSERT INTO version (model_id, number, path) VALUES (1, ?, ?)"
        version = self._db.execute(insert, (number, str(path))).lastrowid
        rows = [(version, kind, k, v) for kind, of in entries.items() for k, v in of.items()]
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")
        return number

    def resolve(self, alias: str) -> int:
        """Find the version an alias points to."""
        return int(self._db.execute(RESOLVE, (alias, "hot")).fetchone()[0])

    def point(self, alias: str, version: int) -> None:
        """Point an alias to a version, one transaction."""
        self._db.execute("INSERT OR REPLACE INTO alias VALUES (1, ?, ?)", (alias, version))

    def log(self, run: int, points: list[tuple[int, float]]) -> None:
        """Write points of a curve, one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        rows = [(run, step, value) for step, value in points]
        self._db.executemany("INSERT INTO point VALUES (?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def curve(self, run: int) -> list[tuple[int, float]]:
        """Read a curve."""
        query = "SELECT step, value FROM point WHERE run_id = ? ORDER BY step"
        return self._db.execute(query, (run,)).fetchall()

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
