"""Hot searches go along an index, in each database: the cost of a page is not the store's size."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pytest
from seeding import Seed, Target, seed

from registry_tasks.entities.search import Search
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import postgresql, sqlite
from registry_tasks.stores.metadata.query import Query

from .conftest import EACH_DATABASE, SEARCHES, settings_on

pytestmark = pytest.mark.slow

VERSIONS: Final = 4000
HOT: Final = 2000
BIG: Final = frozenset(
    {"version", "run", "metric", "parameter", "tag", "stage_assignment", "event"}
)
_MORE: Final = {f"m{n}": 1.0 for n in range(2, 9)}
_TAGS: Final = {f"tag{n}": "x" for n in range(6)}
SORTED: Final = (
    ("versions", "metrics.m1 > 0.9 and tags.team = 'team-3'", "metrics.m1 desc"),
    ("versions", "model = 'hot' and metrics.m1 > 0.5", None),
    ("versions", "model = 'hot' and metrics.m2 > 0", "version"),
    ("versions", "created > '2013-06-01'", "created desc"),
    ("versions", "params.p1 between 10 and 900", "params.p1"),
    ("versions", "", "tags.team desc"),
    ("versions", "", None),
    ("runs", "metrics.m1 > 0.9", "metrics.m1 desc"),
    ("runs", "status = 'finished' and model = 'hot'", None),
    ("models", "name > 'model-0050'", None),
)
"""A page of these is read in the order of an index; nothing is sorted."""
FOUND: Final = (
    ("versions", "tags.key = 'rare'", None),
    ("versions", "alias = 'champion' and metrics.m1 < 0.1", None),
    ("versions", "stage = 'production'", "created_by"),
    ("versions", "stage = 'production' and package.lightgbm < '4.6'", None),
    ("versions", "commit = 'abcd'", "grade"),
    ("versions", "dataset.flights = 'md5:9f86d081884c7d659a2feaa0c55ad015'", None),
    ("versions", "metrics.m1 between 0.5 and 0.501 or tags.key = 'rare'", "number"),
    ("versions", "model = 'model-0007'", "metrics.m1 desc"),
    ("runs", "params.p1 = 7", "duration desc"),
    ("runs", "stage = 'staging'", None),
    ("runs", "alias = 'blue' and metrics.m1 < 0.1", None),
)
"""Of these, few rows are found by an index and then sorted."""


@dataclass
class Watched:
    """A store of which every statement is explained before it is run."""

    kind: str
    settings: Settings
    reader: Reader
    plans: list[tuple[str, list[str]]]


@pytest.fixture(scope="module", params=EACH_DATABASE)
def big(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Watched]:
    settings = settings_on(request, tmp_path_factory.mktemp("big"))
    models = {"hot": HOT} | {f"model-{n:04}": 20 for n in range((VERSIONS - HOT) // 20)}
    rows = (
        Seed(model, number, {"p1": number % 1000} | _MORE, {"m1": (number * 7919 % 4000) / 4000} | _MORE,
             {"team": f"team-{number % 10}", "key": "rare" if number == 3 else "common"} | _TAGS)
        for model, count in models.items() for number in range(1, count + 1)
    )  # fmt: skip
    seed(settings, rows, [Target(model, "champion", 2) for model in models])
    _finish(settings.store_url)
    watched = Watched(request.param, settings, Reader(settings), [])
    yield watched
    watched.reader.close()


def _finish(url: str) -> None:
    engine = sqlite.engine(url) if url.startswith("sqlite") else postgresql.engine(url)
    single = "UPDATE stage_assignment SET stage = 'production', single = TRUE WHERE version_id IN"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"{single} (SELECT id FROM version WHERE number = 1)")
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


@pytest.fixture(autouse=True)
def explained(big: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    big.plans.clear()
    original = type(big.reader).reading

    @contextmanager
    def reading(self: Reader) -> Iterator[Query]:
        with original(self) as query:

            def explaining(statement: str, values: tuple[Any, ...]) -> Any:
                big.plans.append((statement, _explain(big.kind, query, statement, values)))
                return query(statement, values)

            yield explaining

    monkeypatch.setattr(Reader, "reading", reading)


def _explain(kind: str, query: Query, statement: str, values: tuple[Any, ...]) -> list[str]:
    if kind == "sqlite":
        return [row[3] for row in query(f"EXPLAIN QUERY PLAN {statement}", values)]
    ((plan,),) = query(f"EXPLAIN (FORMAT JSON) {statement}", values)
    return list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[str]:
    yield " ".join(str(plan[k]) for k in ("Node Type", "Relation Name", "Index Name") if k in plan)
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _scans(big: Watched) -> list[str]:
    """Whole tables that were read, of those that grow with the store; counting ends early."""
    found = []
    for statement, plan in big.plans:
        for line in plan:
            if big.kind == "sqlite":
                whole = (
                    line.startswith("SCAN") and " USING " not in line and "(subquery" not in line
                )
                name = _table(statement, line.split()[1]) if whole else ""
            else:
                name = line.removeprefix("Seq Scan ") if line.startswith("Seq Scan ") else ""
            counts = big.kind == "postgresql" and statement.startswith(
                "SELECT count(*) FROM (SELECT 1"
            )
            if name in BIG and not counts:
                found.append(f"{line}: {statement}")
    return found


def _table(statement: str, alias: str) -> str:
    words = statement.replace(",", " ").replace("(", " ").split()
    return next((a for a, b in pairwise(words) if b == alias), alias)


def _sorts(big: Watched) -> list[str]:
    """Pages that had to be sorted."""
    return [
        statement
        for statement, plan in big.plans
        if "ORDER BY" in statement and "LIMIT" in statement and not statement.startswith("WITH")
        if any("TEMP B-TREE FOR ORDER BY" in line or line.startswith("Sort") for line in plan)
    ]


@pytest.mark.parametrize(("subject", "filter_", "order"), SORTED)
def test_a_page_in_the_order_of_an_index_is_not_sorted(
    big: Watched, subject: str, filter_: str, order: str | None
) -> None:
    page = SEARCHES[subject](big.reader, Search(filter=filter_, order_by=order, limit=20))
    assert len(page.items) == 20
    SEARCHES[subject](
        big.reader, Search(filter=filter_, order_by=order, limit=20, cursor=page.next)
    )
    assert _sorts(big) == []
    assert [s for s in _scans(big) if not _goes_along(s)] == []


def _goes_along(scan: str) -> bool:
    """SQLite says SCAN of a walk along the keys of a table, which ends when the page is full."""
    return scan.startswith("SCAN s:") and "ORDER BY s.id DESC LIMIT" in scan


@pytest.mark.parametrize(("subject", "filter_", "order"), FOUND)
def test_a_rare_condition_is_found_by_its_index(
    big: Watched, subject: str, filter_: str, order: str | None
) -> None:
    SEARCHES[subject](big.reader, Search(filter=filter_, order_by=order, limit=20))
    assert _scans(big) == []


def test_resolving_reads_no_table_as_a_whole(big: Watched) -> None:
    resolver = Resolver(big.settings)
    refs = ("hot@champion", "hot@latest", "hot@production", "hot@7", "hot@v1.3.0")
    for ref in refs:
        assert resolver.resolve(ref).model == "hot"
    resolver.close()
    assert len(big.plans) == 2 * len(refs)  # the version, then where it stands
    assert _scans(big) == []
    assert _sorts(big) == []
