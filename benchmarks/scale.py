"""What each act costs at 1,000, 100,000 and 1,000,000 versions: the tables of docs/scale.md.

python benchmarks/scale.py acts sqlite             times and statements of verbs
python benchmarks/scale.py acts postgresql
"""

import argparse
import itertools
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]

from filling import Filler, Share
from support.databases import postgres_server
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.lifecycle.archive import plan_archive
from registry_tasks.stores.metadata import events
from registry_tasks.stores.metadata.query import Bare, Rows
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

MODEL: Final = "hot"
SIZES: Final = (1_000, 100_000, 1_000_000)
_LONG: Final = 100_000  # versions of one model
OTHERS: Final = 100  # models that share half of all versions
POLICY: Final = """
registry:
  models:
    hot:
      stages:
        staging: [{gate: metric, metric: metric_0, at_least: 0}]
        production: [{gate: metric, metric: metric_0, at_least: 0}]
      aliases: {current: production}
      retention: {keep_superseded: 5, keep_stale: 50}
"""
_BODY: Final = random.Random(0).randbytes(100_000)
_PARAMETERS: Final = {f"parameter_{k}": k for k in range(5)}
_METRICS: Final = {f"metric_{k}": k / 10 for k in range(5)}
_TAGS: Final = {"team": "forecast", "host": "a"}
Act = Callable[[], object]


class Meter:
    """Counts statements, and times how long the store's one writer keeps the others waiting."""

    def __init__(self) -> None:
        self.statements = 0
        self.held_ms: list[float] = []
        sa.event.listen(sa.Engine, "connect", self._listen)
        sa.event.listen(sa.Engine, "before_cursor_execute", self._count)
        self._writing = MetadataStore.writing
        meter = self

        @contextmanager
        def writing(store: MetadataStore, actor: str) -> Iterator[Transaction]:
            with meter._writing(store, actor) as tx:
                begun = time.perf_counter()
                yield tx
            meter.held_ms.append(1000 * (time.perf_counter() - begun))

        MetadataStore.writing = writing  # type: ignore[method-assign]
        ask = Bare.__call__

        def asked(bare: Bare, statement: str, values: tuple[Any, ...]) -> Rows:
            meter._count(statement)
            return ask(bare, statement, values)

        Bare.__call__ = asked  # type: ignore[method-assign]

    def _listen(self, connection: Any, record: object) -> None:
        if hasattr(connection, "set_trace_callback"):  # SQLite also answers without SQLAlchemy
            connection.set_trace_callback(self._count)

    def _count(self, *seen: Any) -> None:
        traced = len(seen) == 1
        if traced or seen[0].dialect.name != "sqlite":
            said = (seen[0] if traced else seen[2]).lstrip().upper()
            self.statements += not said.startswith(("BEGIN", "COMMIT", "ROLLBACK", "--", "PRAGMA"))

    def measure(self, act: Act, times: int, prepare: Act = lambda: None) -> tuple[float, ...]:
        """Return milliseconds in all, milliseconds as the one writer, and statements.

        Times are the tenth percentile: on a busy machine the others' work is in all the rest.
        """
        walls, held, statements = [], [], []
        for _ in range(times + 1):
            prepare()
            self.statements, self.held_ms = 0, []
            begun = time.perf_counter()
            act()
            walls.append(1000 * (time.perf_counter() - begun))
            held.append(sum(self.held_ms))
            statements.append(self.statements)
        statement = statistics.median(statements[1:])
        return _low(walls[1:]), _low(held[1:]), statement


class Scene:
    """A project with a policy, a store with versions that were promoted, and a client."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.world = World(folder / "world", url)
        self.world.make_project(POLICY)
        self.client = Client(self.world.settings)
        self._files = folder / "files"
        self._files.mkdir()
        self._turn = itertools.count()
        MetadataStore(self.world.store_url).migrate()
        plain, served, now = (self.register() for _ in range(3))
        for number in (served, now):
            for stage in ("staging", "production"):
                self.client.promote(f"{MODEL}@{number}", stage)
        self.sources = {  # one in ten has been in production
            self.client.resolve(f"{MODEL}@{plain}").uuid: Share(10, tuple(range(1, 10))),
            self.client.resolve(f"{MODEL}@{served}").uuid: Share(10),
        }

    def file(self) -> Path:
        """Make a file that nobody has registered."""
        turn = next(self._turn)
        path = self._files / f"model-{turn}.bin"
        path.write_bytes(turn.to_bytes(8, "big") + _BODY)
        return path

    def register(self) -> int:
        return self.register_file(self.file())

    def register_file(self, path: Path) -> int:
        turn = path.stem.rpartition("-")[2]
        made = self.client.register(
            path,
            model=MODEL,
            parameters=_PARAMETERS | {"content": turn},
            metrics=_METRICS,
            tags=_TAGS,
        )
        return made.version.number

    def fill(self, versions: int) -> float:
        """Fill the store up to so many versions; returns seconds."""
        begun, filler = time.perf_counter(), Filler(self.world.store_url)
        missing = versions - sum(model.versions for model in self.client.models())
        self.client.close()
        filler.add(self.sources, MODEL, missing // 2)
        for other in range(OTHERS):
            filler.add(self.sources, f"model-{other:03}", missing // 2 // OTHERS)
        filler.close()
        with MetadataStore(self.world.store_url).reading() as connection:
            connection.rollback()
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        return time.perf_counter() - begun


def measure_acts(store: str, sizes: tuple[int, ...]) -> None:
    meter = Meter()
    with _scratch() as folder, _database(store) as url:
        scene = Scene(folder, url)
        columns: list[dict[str, tuple[float, ...]]] = []
        for size in sizes:
            print(f"{size} versions: filled in {scene.fill(size):.0f} s", flush=True)
            print(f"{size} versions: {_store_bytes(scene) / size:,.0f} bytes each", flush=True)
            columns.append(dict(_acts(meter, scene)))
        scene.client.close()
        scene.world.close()
    head = " | ".join(f"{size:,}" for size in sizes)
    print(f"\n{store}: ms (of which as the one writer), statements\n\n| act | {head} | SQL |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for act in columns[0]:
        found = [column.get(act) for column in columns]
        cells = ["" if times is None else _cell(*times[:2]) for times in found]
        counts = {f"{times[2]:.0f}" for times in found if times is not None}
        print(f"| {act} | {' | '.join(cells)} | {' / '.join(sorted(counts))} |", flush=True)


def _low(values: list[float]) -> float:
    return sorted(values)[len(values) // 10]


def _cell(wall: float, held: float) -> str:
    return f"{wall:.3g} ({held:.3g})" if held else f"{wall:.3g}"


def _acts(meter: Meter, scene: Scene) -> Iterator[tuple[str, tuple[float, ...]]]:
    client, files, turns = scene.client, iter(scene.file, None), itertools.cycle((0, 1))
    first = scene.register()
    pair = (f"{MODEL}@{first}", f"{MODEL}@{scene.register()}")
    file: Any = None

    def next_file() -> None:
        nonlocal file
        file = next(files)

    def staged() -> None:
        client.promote(pair[next(turns)], "staging")

    def restored() -> None:
        if client.resolve(pair[0]).stages[DEFAULT_ENVIRONMENT] == Stage.ARCHIVED:
            client.restore(pair[0])

    yield "resolve an alias, warm", meter.measure(lambda: client.resolve(f"{MODEL}@current"), 300)
    yield "resolve latest, warm", meter.measure(lambda: client.resolve(f"{MODEL}@latest"), 300)
    yield "resolve, new process", meter.measure(lambda: _cold(scene), 7)
    yield "show a version", meter.measure(lambda: client.show(pair[0]), 30)
    yield "page of 50 versions", meter.measure(lambda: client.versions(MODEL), 20)
    middle = first // 2
    yield "the same, in the middle", meter.measure(lambda: client.versions(MODEL, middle), 20)
    yield "page of 100 events of a model", meter.measure(lambda: client.history(MODEL), 20)
    yield "events of a version", meter.measure(lambda: client.history(pair[0]), 20)
    yield "all models", meter.measure(client.models, 5)
    yield "100 events, one transaction", meter.measure(lambda: _append(scene), 20)
    yield "register 100 kB", meter.measure(lambda: scene.register_file(file), 40, next_file)
    aliased = itertools.cycle(pair)
    yield "move an alias", meter.measure(lambda: client.point_alias(next(aliased), "canary"), 40)
    client.remove_alias(MODEL, "canary")
    yield "archive one", meter.measure(lambda: client.archive(pair[0]), 7, restored)
    restored()
    yield "promote to staging", meter.measure(staged, 20)
    candidate = itertools.cycle(pair)

    def to_production() -> None:
        client.promote(chosen[0], "production")

    chosen = [""]

    def prepare() -> None:
        chosen[0] = next(candidate)
        client.promote(chosen[0], "staging")

    yield "promote to production", meter.measure(to_production, 20, prepare)
    yield "roll back", meter.measure(lambda: client.rollback(MODEL), 10)
    if first < _LONG:  # it reads each version that is not archived
        registry = scene.world.registry()
        yield "plan archive by policy", meter.measure(lambda: plan_archive(registry, MODEL), 1)


def _append(scene: Scene) -> None:
    with scene.world.registry().metadata.writing("scale") as tx:
        for _ in range(100):
            events.append(tx, EventKind.ALIAS_MOVED, model=1, after={"alias": "a"})
        tx.commit()


def _store_bytes(scene: Scene) -> float:
    """Return what the store takes on disk, its indexes included."""
    store = scene.world.registry().metadata
    with store.reading() as connection:
        if connection.dialect.name == "postgresql":
            size = "SELECT pg_database_size(current_database())"
            return float(connection.exec_driver_sql(size).scalar_one())
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return float(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def _cold(scene: Scene) -> None:
    url, ref = scene.world.store_url, f"{MODEL}@current"
    code = f"from registry_tasks import connect; connect({url!r}).resolve({ref!r})"
    subprocess.run([sys.executable, "-c", code], cwd=scene.world.root, check=True)


@contextmanager
def _database(store: str) -> Iterator[str | None]:
    if store == "sqlite":
        yield None
        return
    with postgres_server() as server:
        server.execute("ALTER SYSTEM SET fsync = on")  # costs are those of a server that keeps
        server.execute("SELECT pg_reload_conf()")
        yield server.empty()


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="registry-scale-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=["acts"])
    parser.add_argument("store", nargs="?", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are ended too
    measure_acts(given.store, tuple(given.sizes))


if __name__ == "__main__":
    main()
