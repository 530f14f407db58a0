"""Stores to search: ours with very many versions, and the least that could answer the same page.

The bare store has no history, no stages, no deleted versions: one table a kind of value, each with
the index that the search needs.
"""

import sqlite3
from pathlib import Path
from typing import Final

from filling import Filler, Share
from places import settings_in

from registry_tasks import Client

MODEL: Final = "hot"
MODELS: Final = 2_000
OF_EACH: Final = 10
FILTER: Final = "metrics.accuracy > 0.9 and tags.team = 'team-3'"
ORDER: Final = "metrics.accuracy desc"
PAGE: Final = 50
_SPREAD: Final = (
    "UPDATE metric SET value = (run_id * 48271 % 1000003) / 1000003.0 WHERE key = 'accuracy'",
    "UPDATE tag SET value = 'team-' || (version_id * 7919 % 10) WHERE key = 'team'",
)
_SCHEMA: Final = """
CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE version (
    id INTEGER PRIMARY KEY, model_id INTEGER NOT NULL, number INTEGER NOT NULL, uri TEXT NOT NULL,
    UNIQUE (model_id, number));
CREATE TABLE metric (
    version_id INTEGER NOT NULL, key TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (version_id, key)) WITHOUT ROWID;
CREATE INDEX metric_by_value ON metric (key, value, version_id);
CREATE TABLE tag (
    version_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (version_id, key)) WITHOUT ROWID;
CREATE TABLE alias (
    model_id INTEGER NOT NULL, name TEXT NOT NULL, version_id INTEGER NOT NULL,
    PRIMARY KEY (model_id, name)) WITHOUT ROWID;
INSERT INTO model SELECT id, name FROM ours.model;
INSERT INTO version SELECT id, model_id, number, md5 FROM ours.version ORDER BY id;
INSERT INTO metric SELECT v.id, m.key, m.value FROM ours.version v
    JOIN ours.metric m ON m.run_id = v.run_id ORDER BY v.id;
INSERT INTO tag SELECT version_id, key, value FROM ours.tag ORDER BY version_id;
INSERT INTO alias SELECT model_id, name, version_id FROM ours.alias;
"""
_SEARCH: Final = """
SELECT m.name, v.number FROM metric x
JOIN tag t ON t.version_id = x.version_id AND t.key = ? AND t.value = ?
JOIN version v ON v.id = x.version_id JOIN model m ON m.id = v.model_id
WHERE x.key = ? AND x.value > ? ORDER BY x.value DESC LIMIT ?
"""
_RESOLVE: Final = """
SELECT v.number, v.uri FROM model m
JOIN alias a ON a.model_id = m.id AND a.name = ? JOIN version v ON v.id = a.version_id
WHERE m.name = ?
"""


class SearchStores:
    """A store of ours and a bare one, with the same versions."""

    def __init__(self, folder: Path, versions: int) -> None:
        self.versions = versions
        state = folder / "state"
        self.ours = Client(settings_in(state))
        _fill(self.ours, folder, versions)
        self._bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self._bare.execute("ATTACH ? AS ours", (str(state / "registry.db"),))
        self._bare.executescript(f"PRAGMA synchronous=OFF; {_SCHEMA} DETACH ours; ANALYZE;")

    def search_bare(self) -> list[tuple[str, int]]:
        """Find the page with the bare driver."""
        return self._bare.execute(_SEARCH, ("team", "team-3", "accuracy", 0.9, PAGE)).fetchall()

    def search_ours(self) -> list[tuple[str, int]]:
        """Find the page as a user does."""
        page = self.ours.search_versions(FILTER, order_by=ORDER, limit=PAGE)
        return [(version.model, version.number) for version in page.items]

    def list_bare(self) -> list[str]:
        """Name all models with the bare driver."""
        return [name for (name,) in self._bare.execute("SELECT name FROM model ORDER BY name")]

    def resolve_bare(self) -> int:
        """Resolve an alias with the bare driver."""
        return int(self._bare.execute(_RESOLVE, ("champion", MODEL)).fetchone()[0])

    def resolve_ours(self) -> int:
        """Resolve an alias as a user does."""
        return self.ours.resolve(f"{MODEL}@champion").number

    def close(self) -> None:
        """Close both."""
        self.ours.close()
        self._bare.close()


def _fill(client: Client, folder: Path, versions: int) -> None:
    file = folder / "model.bin"
    file.write_bytes(b"weights")
    client.register(
        file,
        model=MODEL,
        parameters={f"parameter_{k}": k for k in range(10)},
        metrics={"accuracy": 0.5} | {f"metric_{k}": k / 10 for k in range(1, 10)},
        tags={"team": "team-3"} | {f"tag_{k}": f"value {k}" for k in range(1, 5)},
    )
    filler = Filler(client.settings.store_url)
    source = {client.resolve(f"{MODEL}@1").uuid: Share()}
    filler.add(source, MODEL, versions - 1)
    for number in range(MODELS):
        filler.add(source, f"model-{number:04}", OF_EACH)
    filler.close()
    client.point_alias(f"{MODEL}@{versions // 2 + 1}", "champion")
    _spread(client.settings.state / "registry.db")


def _spread(database: Path) -> None:
    """Give each copy values of its own, past the triggers that keep what was recorded."""
    store = sqlite3.connect(database, isolation_level=None)
    store.execute("PRAGMA synchronous=OFF")
    known = store.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('metric', 'tag')"
    ).fetchall()
    for name, _ in known:
        store.execute(f"DROP TRIGGER {name}")
    for statement in _SPREAD:
        store.execute(statement)
    for _, trigger in known:
        store.execute(trigger)
    store.close()
