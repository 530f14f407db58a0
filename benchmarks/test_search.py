"""Search and resolve beside the bare driver, and what each costs as the store grows."""

from collections.abc import Iterator

import pytest
from pairs import Pair
from searching import MODEL, MODELS, PAGE, SearchStores

_OTHERS = {
    "newest of the model": ("", None, MODEL),
    "newest of all": ("", None, None),
    "production of all models": ("stage = 'production'", None, None),
    "champions": ("alias = 'champion'", None, None),
    "three conditions": ("tags.team = 'team-3' and metrics.accuracy < 0.5 and created > '2013-06-01'", None, None),
    "rare": ("metrics.accuracy between 0.5 and 0.5001", "params.parameter_3", None),
    "by parameter": ("params.parameter_3 >= 3", "params.parameter_3 desc", MODEL),
    "common, in no index's order": ("tags.team = 'team-3'", "created_by", None),
}  # fmt: skip


@pytest.fixture(scope="module", params=[10, 10_000, 200_000])
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchStores]:
    made = SearchStores(tmp_path_factory.mktemp("search"), request.param)
    yield made
    made.close()


def test_search(pair: Pair, stores: SearchStores) -> None:
    wanted = stores.search_bare()
    assert len(wanted) == PAGE
    assert stores.search_ours() == wanted
    pair(
        f"search a page of {PAGE}, {stores.versions} versions",
        stores.search_ours,
        stores.search_bare,
        limit_name="one SELECT through sqlite3",
        rounds=100,
    )


def test_resolve(pair: Pair, stores: SearchStores) -> None:
    assert stores.resolve_ours() == stores.resolve_bare()
    pair(
        f"resolve, {stores.versions} versions and {MODELS} models",
        stores.resolve_ours,
        stores.resolve_bare,
        limit_name="one SELECT through sqlite3",
        rounds=30,
        operations=300,
    )


@pytest.mark.parametrize("name", _OTHERS)
def test_other_pages(pair: Pair, stores: SearchStores, name: str) -> None:
    filter_, order, model = _OTHERS[name]
    pair(
        f"{name}, {stores.versions} versions",
        lambda: stores.ours.search_versions(filter_, order_by=order, model=model),
        stores.search_bare,
        limit_name="the page above through sqlite3",
        rounds=20,
    )


def test_listing_all_models(pair: Pair, stores: SearchStores) -> None:
    assert [model.name for model in stores.ours.models()] == stores.list_bare()
    pair(
        f"list {MODELS} models, {stores.versions} versions of one",
        stores.ours.models,
        stores.list_bare,
        limit_name="one SELECT of their names through sqlite3",
        rounds=10,
    )
