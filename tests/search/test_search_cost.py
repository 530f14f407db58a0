"""What a page costs, in steps of SQLite's machine, which no other program can disturb.

In a store 16 times as large a page may cost some more, for a condition may be rare or lie at the far end
of the order; it may not cost 16 times as much.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from places import settings_in
from seeding import Seed, Target, seed

from registry_tasks.entities.search import Search
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.stores.metadata.query import Bare

from .conftest import SEARCHES

pytestmark = pytest.mark.slow

SMALL: Final = 500
TIMES: Final = 16
ROOT_OF_TIMES: Final = 4
PAGE: Final = 20
FLOOR: Final = 20_000  # steps; below it nothing is said
ASKED: Final = (
    ("versions", "metrics.m > 0.9 and tags.team = 'team-3'", "metrics.m desc"),
    ("versions", "metrics.m > 0.9 and tags.team = 'team-3' and created > '2013-06-01'", None),
    ("versions", "model = 'hot'", None),
    ("versions", "model = 'hot' and metrics.m > 0.2", "version desc"),
    ("versions", "params.same >= 3 and tags.team = 'team-3'", "params.same"),
    ("versions", "alias = 'champion'", "metrics.m"),
    ("versions", "stage = 'production' and package.none < '3'", None),
    ("versions", "tags.one = 'x' or metrics.m between 0.5 and 0.5001", "created_by"),
    ("versions", "", "metrics.m desc"),
    ("versions", "", None),
    ("versions", "experiment = 'files' and tags.team = 'team-1'", "metrics.m"),
    ("runs", "metrics.m > 0.9", "metrics.m desc"),
    ("runs", "status = 'finished'", None),
    ("runs", "model = 'hot' and params.same = 3", "created"),
    ("models", "", None),
    ("models", "alias = 'champion' and owner = 'test'", None),
)
FAR: Final = (
    ("versions", "model = 'hot' and params.same >= 3", "params.same desc"),
    ("versions", "tags.half = 'old' and params.same >= 3", "params.same desc"),
    ("versions", "tags.half = 'old'", None),
    ("versions", "tags.half = 'old'", "created desc"),
    ("versions", "tags.half = 'old' and tags.team = 'team-3'", "number"),
)
"""Whatever meets the condition is common, and all of it at the far end of the order."""
STEPS_A_VERSION: Final = 60


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, Reader]]:
    folder = tmp_path_factory.mktemp("cost")
    made = _store(folder / "small", SMALL), _store(folder / "large", SMALL * TIMES)
    yield made
    for reader in made:
        reader.close()


def _store(folder: Path, count: int) -> Reader:
    """Half of the versions are one model's and come first; a third were tagged in old times."""
    settings = settings_in(folder)

    def rows() -> Iterator[Seed]:
        for place in range(count):
            hot = place < count // 2
            model, number = (
                ("hot", place + 1) if hot else (f"model-{place // 10:05}", place % 10 + 1)
            )
            tags = {
                "team": f"team-{place * 7919 % 10}",
                "half": "old" if place < count // 3 else "new",
            }
            if place == 7:
                tags["one"] = "x"
            yield Seed(model, number, {"same": 3}, {"m": (place * 48271 % 10007) / 10007}, tags)

    seed(settings, rows(), [Target("hot", "champion", 2)])
    return Reader(settings)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many steps were made, in thousands."""
    made = [0]
    original = Bare.__init__

    def opened(self: Bare, url: str) -> None:
        original(self, url)

        def step() -> int:
            made[0] += 1
            return 0

        self._connection.set_progress_handler(step, 1000)

    monkeypatch.setattr(Bare, "__init__", opened)
    return made


def _cost(reader: Reader, steps: list[int], subject: str, **asked: Any) -> int:
    """The dearest of three pages, one after the other."""
    reader.close()  # so that the next connection is one that counts
    cursor, dearest = None, 0
    for _ in range(3):
        before = steps[0]
        page = SEARCHES[subject](reader, Search(**asked, limit=PAGE, cursor=cursor))
        dearest = max(dearest, 1000 * (steps[0] - before))
        cursor = page.next
        if cursor is None:
            break
    return dearest


@pytest.mark.parametrize(("subject", "filter_", "order"), ASKED)
def test_a_page_does_not_cost_what_the_store_has(
    stores: tuple[Reader, Reader], steps: list[int], subject: str, filter_: str, order: str | None
) -> None:
    asked = {"filter": filter_, "order_by": order}
    small, large = (_cost(reader, steps, subject, **asked) for reader in stores)
    assert large < 2 * ROOT_OF_TIMES * max(small, FLOOR), f"{small} -> {large} steps"


@pytest.mark.parametrize(("subject", "filter_", "order"), FAR)
def test_what_lies_far_off_costs_no_more_than_looking_at_each_once(
    stores: tuple[Reader, Reader], steps: list[int], subject: str, filter_: str, order: str | None
) -> None:
    cost = _cost(stores[1], steps, subject, filter=filter_, order_by=order)
    assert cost < STEPS_A_VERSION * SMALL * TIMES


def test_steps_are_counted(stores: tuple[Reader, Reader], steps: list[int]) -> None:
    """An order that no index has reads all, and so shows that the count would tell."""
    costs = [_cost(reader, steps, "versions", order_by="grade") for reader in stores]
    assert costs[1] > 10 * costs[0] > 0
