"""Whatever is asked, a search finds what a plain look at every record finds, in the same order."""

from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from support.plain_search import FIELDS, judge, known, ordered, release_key, trees, values, written

from registry_tasks.entities.search import Search

from .conftest import SEARCHES, Known

pytestmark = pytest.mark.slow

SOME: Final = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
_ORDERS: Final = {
    "versions": (
        *("metrics.auc", "params.train.leaves", "tags.team", "number", "version", "created"),
        *("created_by", "grade", "commit", "owner", "description", "alias", "stage", "python"),
        *("package.lightgbm", "dataset.flights", "model", "experiment", "format", "run"),
    ),
    "runs": (
        *("metrics.auc", "params.train.leaves", "created", "ended", "status", "duration"),
        *("number", "model", "experiment", "python", "package.lightgbm", "commit", "run"),
        *("stage", "alias"),
    ),
    "models": ("name", "created", "owner", "team", "description", "tags.team"),
}


def everything(catalogue: Known, subject: str) -> list[Any]:
    things = {"versions": catalogue.versions, "runs": catalogue.things, "models": catalogue.models}
    return things[subject]


def name_of(item: Any, subject: str) -> Any:
    if subject == "models":
        return item.name
    return (item.model, item.number) if subject == "versions" else item.uuid


def all_pages(catalogue: Known, subject: str, limit: int, **asked: Any) -> list[Any]:
    found, cursor = [], None
    while True:
        page = SEARCHES[subject](catalogue.reader, Search(**asked, limit=limit, cursor=cursor))
        assert len(page.items) <= limit
        found += [name_of(item, subject) for item in page.items]
        cursor = page.next
        if cursor is None:
            return found
        assert len(page.items) == limit, "only the last page is short"


def key_of(catalogue: Known, order: str) -> Any:
    models = {m.name: m for m in catalogue.models}
    name, _, key = order.partition(".")

    def key_of_thing(thing: Any) -> Any:
        at = key or ("default" if name == "stage" else None)
        found = values(thing, models, name, at)
        if not found:
            return None
        if name in ("python", "package"):
            return release_key(found[0])
        lowest = min(found)
        return (isinstance(lowest, str), lowest) if name == "params" else lowest

    return key_of_thing


@pytest.mark.parametrize("subject", FIELDS)
@SOME
@given(data=st.data())
def test_a_filter_leaves_what_a_plain_look_leaves(
    catalogue: Known, subject: str, data: st.DataObject
) -> None:
    tree = data.draw(trees(subject))
    order = data.draw(st.sampled_from(_ORDERS[subject]))
    descending = data.draw(st.booleans())
    limit = data.draw(st.sampled_from([1, 7, 1000]))
    text = written(tree)
    models = {m.name: m for m in catalogue.models}
    shows_deleted = subject != "versions" or "deleted" in text
    wanted = [
        x
        for x in everything(catalogue, subject)
        if judge(tree, known(x, models)) and (shows_deleted or not x.deleted)
    ]
    found = all_pages(
        catalogue, subject, limit, filter=text, order_by=f"{order} {'desc' if descending else ''}"
    )
    expected = ordered(wanted, key_of(catalogue, order), descending=descending)
    assert found == [name_of(x, subject) for x in expected], text


@pytest.mark.parametrize("subject", FIELDS)
@pytest.mark.parametrize("limit", [1, 4, 1000])
def test_without_an_order_the_newest_come_first_and_models_by_name(
    catalogue: Known, subject: str, limit: int
) -> None:
    there = [x for x in everything(catalogue, subject) if subject != "versions" or not x.deleted]
    by = (lambda x: x.name) if subject == "models" else (lambda x: -x.id)
    expected = [name_of(x, subject) for x in sorted(there, key=by)]
    assert all_pages(catalogue, subject, limit) == expected
