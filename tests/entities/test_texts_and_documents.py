"""What people may write: limits, characters, and JSON that every database can keep."""

import math
from typing import Any

import pytest

from registry_tasks.entities import document, texts
from registry_tasks.entities.annotation import AddNote, ChangeTags, Describe, PutSchema
from registry_tasks.entities.errors import InvalidDocument, MalformedName, MalformedText


@pytest.mark.parametrize("text", ["", "one\ntwo\t\x1b[31m", "größer → 好", "x" * texts.MAX_PROSE])
def test_prose_is_kept_as_it_is(text: str) -> None:
    assert Describe(ref="mower@1", text=text, purpose=text).text == text


@pytest.mark.parametrize("text", ["\0", "a\ud800", "x" * (texts.MAX_PROSE + 1)])
def test_prose_that_cannot_be_kept_is_refused(text: str) -> None:
    for ask in (
        lambda: Describe(ref="mower@1", text=text),
        lambda: Describe(ref="mower@1", purpose=text),
        lambda: AddNote(subject="mower", text=text),
    ):
        with pytest.raises(MalformedText, match=r"cannot be stored|100,000 are allowed"):
            ask()


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_note_says_something(text: str) -> None:
    with pytest.raises(MalformedText, match="it says nothing"):
        AddNote(subject="mower", text=text)


@pytest.mark.parametrize("name", ["", "ada", "Jürgen Groß", "ada@example.org", "Ада", "小林"])
def test_a_person_is_called_what_people_are_called(name: str) -> None:
    assert Describe(ref="mower@1", owner=name).owner == name


def test_a_name_has_one_spelling() -> None:
    for spelling in ("Ju\u0308rgen", " Jürgen ", "\uff2aürgen"):
        assert Describe(ref="mower@1", team=spelling).team == "Jürgen"


@pytest.mark.parametrize(
    "name",
    ["a\nb", "a\0", "\x1b[31m", "a\u202eb", "a\u200bb", "\u0430da", "Ορs", "x" * 201, "\ud800"],
)
def test_a_name_that_looks_like_another_is_refused(name: str) -> None:
    with pytest.raises(MalformedText):
        Describe(ref="mower@1", owner=name)


@pytest.mark.parametrize(
    "key",
    ["", "a b", "a/", "/a", "..", "a\n", "tée", "\u0430", "a=b", "a'", 'a"', "a\0", "x" * 101],
)
def test_a_tag_has_a_name_that_needs_no_quotes(key: str) -> None:
    with pytest.raises(MalformedText):
        ChangeTags(subject="mower", put={key: "x"})
    with pytest.raises(MalformedText):
        ChangeTags(subject="mower", remove=(key,))


@pytest.mark.parametrize("key", ["team", "mlflow.source.name", "a/b", "a:b", "A_1-2"])
def test_what_tags_are_called_elsewhere_is_allowed(key: str) -> None:
    assert ChangeTags(subject="mower", put={key: "größer\n"}).put == {key: "größer\n"}


def test_a_tag_has_a_short_value() -> None:
    with pytest.raises(MalformedText, match="5,000 are allowed"):
        ChangeTags(subject="mower", put={"a": "x" * 5001})


def test_a_change_of_tags_is_clear() -> None:
    with pytest.raises(ValueError, match="'a' cannot be set and removed at once"):
        ChangeTags(subject="mower", put={"a": "1"}, remove=("a",))
    with pytest.raises(ValueError, match="at least one tag"):
        ChangeTags(subject="mower")


@pytest.mark.parametrize("link", ["https://example.org/a?b#c", "doi:10.1/x", "arXiv:1706.03762"])
def test_a_link_leads_somewhere(link: str) -> None:
    assert Describe(ref="mower@1", links=(link, link)).links == (link,)


@pytest.mark.parametrize(
    "link",
    ["", "javascript:alert(1)", "data:text/html,x", "example.org", "https://", "https://a b"]
    + ["https://a\n", "file:///etc/passwd", "https://\u202e", "https://" + "x" * 2000],
)
def test_a_link_that_a_page_must_not_show_is_refused(link: str) -> None:
    with pytest.raises(MalformedText):
        Describe(ref="mower@1", links=(link,))


def test_related_are_names_of_models() -> None:
    with pytest.raises(MalformedName):
        Describe(ref="mower@1", related=("Edger",))
    with pytest.raises(MalformedText, match="101 entries; 100 are allowed"):
        Describe(ref="mower@1", related=tuple(f"edger-{n}" for n in range(101)))


def test_nothing_to_change_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one field"):
        Describe(ref="mower@1")


DEEP: Any = 1
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        ({"a": {"b": [1, math.nan]}}, "$.a.b[1]", "nan is no number of JSON"),
        ({"a b": math.inf}, '$["a b"]', "inf is no number of JSON"),
        ({"a": {1, 2}}, "$.a", "a set is no JSON"),
        ({"a": (1, 2)}, "$.a", "a tuple is no JSON"),
        ({"a": 2**63}, "$.a", "beyond 64 bits"),
        ({"a": "\0"}, "$.a", "cannot be stored"),
        ({"\ud800": 1}, "$", "cannot be stored"),
        ({1: 2}, "$", "is no text"),
        ([1], "$", "not an object"),
        ({"a": DEEP}, "$.a[0][0]...", "deeper than the 50 levels"),
        ({"a": "x" * 10_000_000}, "$", "more than the 1,000,000 bytes"),
        ({"a": [None] * 2_000_000}, "$", "more than the 1,000,000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_document_that_is_no_json_is_refused_with_the_place(
    value: Any, path: str, reason: str
) -> None:
    for check in (document.check_document, lambda v: Describe(ref="mower@1", document=v).document):
        with pytest.raises(InvalidDocument, match=reason) as refused:
            check(value)
        assert refused.value.path == path


def test_a_document_may_be_as_big_as_is_said() -> None:
    room = document.MAX_BYTES - len('{"a":""}')
    kept = {"a": "x" * room}
    assert Describe(ref="mower@1", document=kept).document == kept
    with pytest.raises(InvalidDocument):
        Describe(ref="mower@1", document={"a": "x" * (room + 1)})
    with pytest.raises(InvalidDocument, match="100,000 bytes"):
        PutSchema(model="mower", json_schema={"title": "x" * 100_000})


def test_a_document_keeps_its_values() -> None:
    kept = {"a": [1, 2.5, True, None, "ü", {"b": {}}], "n": -(2**63)}
    assert Describe(ref="mower@1", document=kept).document == kept
