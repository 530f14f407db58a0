"""The frame of all pages: what they are made of, forms, tables as CSV, what people wrote."""

import csv
import inspect
import re
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from fastapi import HTTPException, Request
from support.http_server import serving
from support.site import ADMIN, APPROVER, AUTHOR, VIEWER, let_people_in
from support.town import Town
from support.visiting import Visitor
from support.world import World, copy_tree

from registry_tasks.entities.access import AddAccount, IssueToken, Right
from registry_tasks.entities.annotation import AddNote, DescribeModel
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.faces.csv_value import csv_value
from registry_tasks.faces.web import filters, router
from registry_tasks.faces.web.forms import Filled, Form, _parse, number
from registry_tasks.faces.web.links import model_url, version_url
from registry_tasks.faces.web.static_files import assets
from registry_tasks.faces.web.tables import csv_url
from registry_tasks.registry.access.accounts import add_account
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.catalogue.describe import describe_model
from registry_tasks.registry.catalogue.note import add_note

FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "|cmd", "%0a=1")


def test_files_are_named_by_content_and_kept_for_ever(still: Visitor) -> None:
    page = still.look("/models")
    made_of = [v for tag, name, v in page.attributes if (tag, name) == ("script", "src")]
    made_of += [v for tag, name, v in page.attributes if (tag, name) == ("link", "href")]
    assert {address.partition(".")[0] for address in made_of} >= {"/static/app", "/static/icon"}
    for address in made_of:
        answer = still.client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert re.fullmatch(r"/static/[\w-]+\.[0-9a-f]{12}\.(css|js|svg)", address)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["app.css", "../app.py", "%2e%2e%2fapp.py", "app.000000000000.css"]
)
def test_nothing_but_these_files_is_served(still: Visitor, name: str) -> None:
    assert still.client.get(f"/static/{name}").status_code in (400, 404)


@pytest.mark.slow
def test_pages_have_no_style_and_no_script_in_them(world: World, reader: Visitor) -> None:
    world.version(1)
    world.version(2)
    for address in ("/", "/models", "/models/mower", "/models/mower/versions/2"):
        page = reader.look(address)
        assert page.status == 200
        inside = [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")]
        assert inside == []
        assert not re.search(r"<style|<script(?![^>]* src=)", page.answer.text)


def test_an_address_that_is_not_there_says_what_to_do(still: Visitor) -> None:
    page = still.look("/nowhere")
    assert page.status == 404
    assert "There is no such page" in page.text
    assert "/models" in page.links


def test_every_form_reads_its_token() -> None:
    forms = [page for page in router.ROUTES if page.method == "POST"]
    assert forms
    for page in forms:
        taken = [p.annotation for p in inspect.signature(page.endpoint).parameters.values()]
        assert Filled in taken or page.path == "/login", page.path


def test_a_form_without_its_token_changes_nothing(still: Visitor) -> None:
    form = still.look("/models/mower").form("/do/note")
    for token in ("", "0" * 64):
        page = still.press(form, text="from elsewhere", form_token=token)
        assert page.status == 403
    assert "from elsewhere" not in still.look("/models/mower").text


@pytest.mark.slow
def test_a_form_that_is_sent_twice_is_carried_out_once(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    sqlite_world.version(1)
    form = sqlite_reader.look("/models/mower").form("/do/note")
    for _ in range(2):
        assert sqlite_reader.press(form, text="clicked twice").status == 200
    assert sqlite_reader.look("/models/mower").text.count("clicked twice") == 1
    page = sqlite_reader.press(form, text="another one")
    assert page.status == 200
    assert "another one" in page.text


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert csv_value(text) == f"'{text}"


def test_numbers_of_a_table_stay_numbers() -> None:
    assert [csv_value(v) for v in (-1, -0.5, None, True, "plain")] == [
        -1,
        -0.5,
        None,
        "true",
        "plain",
    ]


def test_the_address_of_a_table_keeps_what_was_asked_and_begins_at_its_start() -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/models/a",
        "headers": [],
        "query_string": b"q=x+%3D+1&cursor=abc",
        "scheme": "http",
        "server": ("h", 1),
    }
    assert csv_url(Request(scope)) == "/models/a?q=x+%3D+1&format=csv"


@pytest.mark.slow
def test_what_people_wrote_never_runs(sqlite_world: World, sqlite_reader: Visitor) -> None:
    sqlite_world.version(1)
    wrote = (
        "<script>alert(1)</script> [a](javascript:alert(1)) ![b](http://example.org/c.png) **d**"
    )
    add_note(sqlite_world.registry(), AddNote(subject="mower", text=wrote))
    describe_model(sqlite_world.registry(), DescribeModel(model="mower", text=wrote, purpose=wrote))
    page = sqlite_reader.look("/models/mower")
    assert "<script>alert" not in page.answer.text
    assert "<strong>d</strong>" in page.answer.text
    assert not any(tag == "img" for tag, _, _ in page.attributes)
    assert not any(link.startswith("javascript") for link in page.links)


def test_links_that_people_wrote_carry_nothing_along() -> None:
    assert 'rel="noopener noreferrer nofollow"' in filters.prose("[a](https://example.org)")


def test_a_form_reads_whole_numbers_only() -> None:
    assert number(Form({"n": [" 12 "]}), "n") == 12
    assert number(Form({"n": [""]}), "n") is None
    for said in ("1.5", "-1", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 10):
        with pytest.raises(InvalidSetting):
            number(Form({"n": [said]}), "n")


def test_a_form_is_read_as_browsers_write_it() -> None:
    chance = Random(1)
    signs = ("a", "=", "%", "+", " ", "&", "\n", "é", "\u2603", "_", "=41", "=\n", "\t", ".", "%41")
    for _ in range(500):
        told = [
            ("".join(chance.choices(signs, k=3)), "".join(chance.choices(signs, k=9)))
            for _ in range(chance.randint(0, 4))
        ]
        expected: dict[str, list[str]] = {}
        for name, text in told:
            expected.setdefault(name, []).append(text)
        assert _parse(urlencode(told).encode()) == expected
    for odd in (b"a=%", b"a=%4", b"a=%zz", b"a=%ff", b"a=\xc3\xa9"):
        with pytest.raises(HTTPException, match="cannot be read"):
            _parse(odd)


def test_addresses_tell_a_model_from_a_version_of_one() -> None:
    assert model_url("team/mower") == "/models/team/mower"
    assert version_url("team/mower@3") == "/models/team/mower/versions/3"
    assert model_url("team/versions/3") == "/models/team/versions/3?as=model"


@pytest.mark.slow
def test_a_table_is_whole_as_csv(world: World, reader: Visitor) -> None:
    for count in range(1, 4):
        world.version(count)
    answer = reader.client.get("/models/mower?format=csv&cursor=nonsense")
    rows = [*csv.reader(StringIO(answer.text))]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert [row[0] for row in rows] == ["version", "3", "2", "1"]


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("/models?q=stage+%3D", 400, "column 8"),
        ("/models/mower?q=stage+%3D", 400, "column 8"),
        ("/models/mover", 404, "registry models"),
        ("/runs?q=metrics.", 400, "metrics."),
        ("/approvals?subject=nobody", 404, "nobody"),
        ("/sweeps?model=nobody", 404, "nobody"),
        ("/history?subject=nobody", 404, "nobody"),
    ],
)
def test_a_table_that_cannot_be_read_says_so_and_is_no_file(
    still: Visitor, asked: str, status: int, told: str
) -> None:
    page = still.look(f"{asked}{'&' if '?' in asked else '?'}format=csv")
    assert page.status == status
    assert "content-disposition" not in page.answer.headers
    assert told in page.text


def test_all_files_are_of_a_kind_that_is_served() -> None:
    assert {name.rpartition(".")[2] for name in assets()} <= {"css", "js", "svg"}
    assert b"http://" not in b"".join(
        a.content for n, a in assets().items() if not n.endswith("svg")
    )


@pytest.fixture(scope="module")
def people(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A registry that has two versions, and accounts; the first one stays as it is."""
    folder = tmp_path_factory.mktemp("people") / "world"
    copy_tree(template, folder)
    world = World(folder)
    world.version(1)
    world.version(2)
    tokens = let_people_in(world)
    with serving(world.settings) as url, ExitStack() as stack:
        yield Town(world, url, tokens, stack)
    world.close()


def bearing(town: Town, token: str) -> Visitor:
    """Somebody who shows a token with each request."""
    visitor = town.stranger()
    visitor.client.headers["Authorization"] = f"Bearer {token}"
    return visitor


def test_whoever_is_not_known_is_led_to_log_in_and_back(
    people: Town,
) -> None:
    asked = "/models/mower?metric=auc&format=csv"
    answer = people.stranger().client.get(asked)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?{urlencode({'next': asked})}"


@pytest.mark.slow
@pytest.mark.parametrize("name", [VIEWER, APPROVER, AUTHOR, ADMIN])
def test_pages_offer_what_somebody_may_do_and_nothing_else(people: Town, name: str) -> None:
    visitor = bearing(people, people.tokens[name])
    offered = {
        form.action.rpartition("/do/")[2]
        for address in ("/models/mower", "/models/mower/versions/1")
        for form in visitor.look(address).forms
        if form.method == "post"
    }
    annotating, moving = {"note", "tag", "describe"}, {"alias", "promote", "archive"}
    may = {VIEWER: set(), APPROVER: annotating, AUTHOR: annotating | moving}
    assert offered == may.get(name, annotating | moving)


@pytest.mark.slow
def test_a_page_names_whoever_looks_and_never_their_token(
    people: Town,
) -> None:
    page = bearing(people, people.tokens[VIEWER]).look("/models/mower")
    assert VIEWER in page.text
    assert "Without accounts" not in page.text
    assert people.tokens[VIEWER] not in page.answer.text


def test_what_stands_in_backquotes_is_code_and_nothing_is_markup() -> None:
    assert filters.said("run `a <b>` now") == "run <code>a &lt;b&gt;</code> now"
    assert filters.said("one ` <only>") == "one ` &lt;only&gt;"


@pytest.mark.slow
def test_who_may_move_one_alias_is_offered_that_one(
    people: Town,
) -> None:
    registry = people.registry()
    add_account(registry, AddAccount(account="cho", rights=(Right(alias="nightly"),)))
    visitor = bearing(people, issue_token(registry, IssueToken(account="cho")).secret)
    page = visitor.look("/models/mower/versions/2")
    assert [form.action.rpartition("/do/")[2] for form in page.forms if form.method == "post"] == [
        "alias"
    ]
    assert visitor.press(page.form("/do/alias"), alias="nightly").status == 200
    refused = visitor.press(page.form("/do/alias"), alias="champion")
    assert refused.status == 403
    assert "cho may not move the alias champion of mower" in refused.text
