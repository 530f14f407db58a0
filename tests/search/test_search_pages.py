"""Pages: bound to their search, stable while others write, no larger than they may be."""

import base64
import json
from pathlib import Path
from typing import Any, Final

import pytest
from places import settings_in
from support.world import World

from registry_tasks.entities.errors import (
    InvalidCursor,
    InvalidFilter,
    InvalidSetting,
    ModelNotFound,
    StoreMissing,
)
from registry_tasks.entities.removal import Delete
from registry_tasks.entities.search import Search, VersionPage
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_models, search_runs, search_versions
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.rules.search.cursors import Mark, seal, unseal
from registry_tasks.rules.search.fields import Kind

from .conftest import Known

ASKED: Final = {"filter": "has metrics.auc", "order_by": "metrics.auc desc", "limit": 3}


def first(catalogue: Known, **changed: Any) -> VersionPage:
    return search_versions(catalogue.reader, Search(**(ASKED | changed)))


@pytest.mark.slow
def test_a_cursor_of_another_search_is_refused(catalogue: Known) -> None:
    cursor = first(catalogue).next
    assert cursor is not None
    others: tuple[dict[str, Any], ...] = (
        {"filter": "has metrics.auc and grade = 'B'"},
        {"filter": ""},
        {"order_by": "metrics.auc"},
        {"order_by": "created"},
        {"model": "ants"},
    )
    for other in others:
        with pytest.raises(InvalidCursor, match="belongs to another filter or order"):
            first(catalogue, **other, cursor=cursor)
    for search in (search_models, search_runs):
        with pytest.raises(InvalidCursor):
            search(catalogue.reader, Search(cursor=cursor))


def test_the_same_search_in_other_words_and_pages_of_another_size_go_on(catalogue: Known) -> None:
    cursor = first(catalogue).next
    again = first(catalogue, filter="metrics.auc  is not null", limit=5, cursor=cursor)
    assert [v.ref for v in again.items] == [v.ref for v in first(catalogue, limit=8).items][3:]


def test_a_cursor_that_was_cut_or_changed_is_refused(catalogue: Known) -> None:
    cursor = first(catalogue).next
    assert cursor is not None
    cut = [cursor[:n] for n in range(len(cursor))]
    changed = [
        cursor[:n] + ("A" if cursor[n] != "A" else "B") + cursor[n + 1 :]
        for n in range(len(cursor))
    ]
    odd = ["*", "ä", "0", "x" * 300_000, cursor + "=", cursor + "\n", f" {cursor}", cursor * 2]
    for wrong in cut + changed + odd:
        with pytest.raises(InvalidCursor):
            first(catalogue, cursor=wrong)


@pytest.mark.parametrize(
    "body",
    [
        [], [0], [0, 1, "x"], [0, 1, 1], [0, 1, True], [0, 1, None], [0, 1, 0.5, 0.5], [-1, 1, 0.5],
        [0, 2**40, 0.5], [0, "1", 0.5], [0.0, 1, 0.5], {"a": 1}, "x", None, [0, 1, [0.5]],
    ],
)  # fmt: skip
def test_a_cursor_that_somebody_made_up_is_refused(body: object) -> None:
    genuine = seal("a search", Mark(0, (0.5,), 1))
    assert unseal("a search", genuine, Kind.NUMBER) == Mark(0, (0.5,), 1)
    from registry_tasks.rules.search import cursors

    text = json.dumps(body).encode()
    forged = base64.urlsafe_b64encode(cursors._digest("a search", text) + text).decode().rstrip("=")
    with pytest.raises(InvalidCursor):
        unseal("a search", forged, Kind.NUMBER)


@pytest.mark.parametrize("limit", [0, -1, 1001, 10**9])
def test_a_page_has_a_size(catalogue: Known, limit: int) -> None:
    with pytest.raises(InvalidSetting, match="a page has 1 to 1000 items"):
        first(catalogue, limit=limit)


def test_an_unknown_model_is_not_found_but_a_filter_may_name_it(catalogue: Known) -> None:
    with pytest.raises(ModelNotFound, match="bees"):
        search_versions(catalogue.reader, Search(model="beees"))
    assert search_versions(catalogue.reader, Search(filter="name = 'beees'")).items == ()


INJECTIONS: Final = (
    "x' OR '1'='1", "x'; DROP TABLE version; --", "x'' OR 1=1 --", "%", "\\", "x\") OR (\"1\"=\"1",
    "${jndi}", "{0}", "%s", "?", "x' UNION SELECT 1, 1 --", "'", "''", "\u02bc OR 1=1", "",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize(
    "filter_",
    ["tags.team = {}", "alias in ({})", "description = {}", "name = {}", "params.x = {}", "owner < {} and owner > {}",
     "experiment = {}", "run = {}", "package.a = {}", "stage = {}"],
)  # fmt: skip
def test_text_is_a_value_whatever_is_in_it(catalogue: Known, text: str, filter_: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    assert (
        search_versions(catalogue.reader, Search(filter=filter_.replace("{}", quoted))).items == ()
    )
    assert len(search_versions(catalogue.reader, Search(limit=1000)).items) > 30


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_key_is_a_value_too(catalogue: Known, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    for name in ("tags", "metrics", "params", "package", "dataset", "stage"):
        filter_ = f"has {name}.{quoted}"
        asked = Search(
            filter=filter_, order_by=None if name == "stage" else f"{name}.{quoted} desc"
        )
        assert search_versions(catalogue.reader, asked).items == ()


def test_without_quotes_it_is_a_mistake(catalogue: Known) -> None:
    for text in (
        "1=1 OR grade = 'A'",
        "grade = 'A' OR 1=1",
        "grade = 'A' UNION SELECT 1",
        "sqlite_master.a = 1",
    ):
        with pytest.raises(InvalidFilter):
            search_versions(catalogue.reader, Search(filter=text))


@pytest.mark.slow
def test_pages_go_on_where_they_were_while_versions_come_and_go(world: World) -> None:
    for number in range(1, 9):
        world.version(number, metrics={"auc": number / 10})
    reader = Reader(world.settings)

    def page(cursor: str | None) -> VersionPage:
        asked = {"filter": "metrics.auc > 0", "order_by": "metrics.auc desc", "limit": 3}
        return search_versions(reader, Search(**asked, cursor=cursor))

    one = page(None)
    world.version(9, metrics={"auc": 0.75})  # before the cursor
    world.version(10, metrics={"auc": 0.35})  # after it
    delete(world.registry(), Delete(ref="mower@6", reason="the page ended here"))
    two = page(one.next)
    three = page(two.next)
    reader.close()
    assert [v.number for v in one.items] == [8, 7, 6]
    assert [v.number for v in two.items] == [5, 4, 10]
    assert [v.number for v in three.items] == [3, 2, 1]
    assert three.next is None


@pytest.mark.slow
def test_every_row_says_where_the_version_stands(world: World) -> None:
    world.version(1, metrics={"auc": 0.9})
    world.version(2, metrics={"auc": 0.8})
    world.raise_to("mower@1", "staging", "production")
    reader = Reader(world.settings)
    (item,) = search_versions(reader, Search(filter="stage = 'production'")).items
    (run,) = search_runs(reader, Search(filter="metrics.auc > 0.85")).items
    (model,) = search_models(reader, Search(filter="alias = 'champion'")).items
    reader.close()
    assert (item.ref, item.stages, item.aliases) == (
        "mower@1",
        {"default": "production"},
        ("champion",),
    )
    assert (run.version, run.stages, run.aliases) == ("mower@1", item.stages, item.aliases)
    assert run.values == {"metrics.auc": 0.9}
    assert (model.versions, model.latest, model.slots) == (2, 2, {"production": 1})


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    reader = Reader(settings_in(tmp_path))
    with pytest.raises(StoreMissing):
        search_versions(reader, Search())
