"""What can be written, and what a mistake is told: where it is, what is wrong, what to do."""

import pickle
from typing import Final

import pytest
from hypothesis import example, given, strategies as st

from registry_tasks.entities.errors import InvalidFilter
from registry_tasks.entities.search import (
    And,
    Comparison,
    Field,
    Filter,
    Not,
    Operator,
    Or,
    Subject,
)
from registry_tasks.rules.search.checking import check_filter, check_order
from registry_tasks.rules.search.parsing import parse_filter, parse_order


def read(text: str, subject: Subject = Subject.VERSIONS) -> Filter:
    parsed = parse_filter(text)
    assert parsed is not None
    return check_filter(text, subject, parsed)


def test_and_binds_closer_than_or_and_not_closest() -> None:
    a, b, c = (Comparison(Field("number"), Operator.EQUAL, (n,)) for n in (1, 2, 3))
    assert read("number = 1 or not number = 2 and number = 3") == Or((a, And((Not(b), c))))
    assert read("(number = 1 OR number = 2) And number=3") == And((Or((a, b)), c))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("metrics.auc", Field("metrics", "auc")),
        ("params.train.num-leaves.0", Field("params", "train.num-leaves.0")),
        ('metrics."val/auc"', Field("metrics", "val/auc")),
        ('tags."a ""b"" c".d', Field("tags", 'a "b" c.d')),
        ("tags.and", Field("tags", "and")),
        ("package.Scikit_Learn", Field("package", "scikit-learn")),
        ("name", Field("model")),
    ],
)
def test_a_field_is_a_name_and_a_key(text: str, field: Field) -> None:
    assert read(f"has {text}") == Comparison(field, Operator.HAS)


@pytest.mark.parametrize("key", ["auc", "val/auc", 'a "b"', "ключ", "a.b-c", "x y", "\n", "'"])
def test_a_field_is_written_as_it_is_read(key: str) -> None:
    assert read(f"has {Field('metrics', key)}") == Comparison(Field("metrics", key), Operator.HAS)


def test_an_empty_filter_is_none() -> None:
    assert parse_filter("") is None
    assert parse_filter(" \n") is None


MISTAKES: Final = {
    "metrics.auc > 'x'": (15, "metrics.auc is a number, 'x' is text"),
    "metrics.auc > true": (15, "true is true or false"),
    "metric.auc > 1": (1, "did you mean metrics?"),
    "Stage = 'x'": (1, "did you mean stage"),
    "zzz = 1": (1, "versions have no field zzz; they have alias, commit"),
    "grade <= 'Z'": (10, "grade is one of A, B, C, D, E, F"),
    "status = 'failed'": (1, "versions have no field status, runs have"),
    "number = 1 and metrics > 1": (16, "metrics needs a key: metrics.NAME"),
    "number.x = 1": (1, "number has no key"),
    "number = 1.5": (10, "number is a whole number"),
    "number ~ '1'": (8, "cannot be compared with ~; use = != < <= > >= between in"),
    "alias < 'b'": (7, "alias cannot be compared with <; use = != in"),
    "tags.a = 1": (10, "tags.a is text, 1 is a number"),
    "version > '1.2'": (11, "version is a semantic version such as 'v1.2.0'"),
    "created > 'yesterday'": (11, "write it as '2013-06-01' or"),
    "created <= '9999-12-31'": (12, "write it as '2013-06-01' or"),
    "created < '0001-01-01T00:00+05:00'": (11, "write it as '2013-06-01' or"),
    "commit = 'xyz'": (10, "4 or more of 0-9 and a-f"),
    "dataset.a = '9f86'": (13, "a content hash such as 'md5:...'"),
    "package.a < 'new'": (13, "a version number such as '4.6', 'new' is none (PEP 440)"),
    "deleted = 1": (11, "deleted is true or false, 1 is a number"),
    "description like 'a\\'": (18, "cannot end with one \\"),
    "grade == 'A'": (8, "write = once"),
    "grade = \"A\"": (9, "text stands in single quotes: 'text'"),
    "grade = A": (9, "text stands in single quotes: 'A'"),
    "grade = 'A": (9, "the text has no end"),
    'tags."a = 1': (5, "cannot stand here"),
    "grade = null": (9, "write is null"),
    "grade = 'A' && number = 1": (13, "write and"),
    "grade = 'A' || number = 1": (13, "write or"),
    "grade = 'A'; drop table model": (12, "a filter is one condition"),
    "grade = 'A' number = 1": (13, "'number' cannot stand here; expected"),
    "(grade = 'A'": (13, "it ends too early; expected )"),
    "grade = 'A')": (12, "expected the end"),
    "grade in ()": (11, "')' cannot stand here"),
    "not": (4, "it ends too early"),
    "métrics.a = 1": (2, "is no ASCII letter; a key that has others stands in quotes"),
    "met\u0433ics.a = 1": (4, "'\\u0433' is no ASCII letter"),
    "metrics.a > 1e999": (13, "the number is too large"),
    "number = 99999999999999999999": (10, "the number is too large"),
    "grade = 'a\0b'": (11, "no text in a store has this character"),
    "grade = '\udcff'": (10, "no text in a store has this character"),
    "(" * 21 + "grade = 'A'" + ")" * 21: (22, "nested more than 20 deep"),
    " and ".join(["grade = 'A'"] * 101): (1601, "more than 100 comparisons"),
    "grade = '" + "a" * 10_000 + "'": (10_001, "at most 10000 are allowed"),
    "metrics.auc > nan": (15, "text stands in single quotes"),
    "grade = 'A' or 1 = 1 --": (16, "'1' cannot stand here"),
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: ascii(text)[:40])
def test_a_mistake_is_told_with_its_place(text: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        read(text)
    column, reason = MISTAKES[text]
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.column, reason in error.reason) == (column, True), str(error)
    line, caret = error.shown.splitlines()
    assert caret.strip() == "^"
    assert len(caret) <= len(line) + 1
    assert line.isprintable()
    assert str(error).startswith(f"column {column}: ")


def test_the_caret_points_into_a_long_filter_of_several_lines() -> None:
    text = (
        "grade = 'A'\n  and " * 20 + "metrics.auc > 'x'\n or " + " or ".join(["grade = 'B'"] * 20)
    )
    with pytest.raises(InvalidFilter) as caught:
        read(text)
    line, caret = caught.value.shown.splitlines()
    assert line[caret.index("^") :].startswith("'x'  or grade")
    assert len(line) < 130


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("metrics", "needs a key"),
        ("metric.auc desc", "did you mean metrics"),
        ("deleted", "deleted is no order"),
        ("number desc desc", "'desc' cannot stand here; expected the end"),
        ("number, grade", "','"),
        ("", "it ends too early; expected a field"),
    ],
)
def test_a_mistake_in_an_order_is_told_too(text: str, reason: str) -> None:
    with pytest.raises(InvalidFilter, match=reason):
        check_order(text, Subject.VERSIONS, parse_order(text))


def test_a_model_is_not_found_by_a_stage_of_many() -> None:
    with pytest.raises(InvalidFilter, match="archived holds many versions"):
        read("stage = 'archived'", Subject.MODELS)


@given(st.text(max_size=60))
@example("'" * 3)
@example('tags."')
@example("a.\u2028 = 1")
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        parse_filter(text)
    except InvalidFilter as error:
        assert 1 <= error.column <= len(text) + 1


@given(
    st.lists(
        st.sampled_from(
            ["metrics.a", "grade", "not", "and", "or", "(", ")", "=", "<", "'x'", "1", "in", "between",
             ",", "is", "null", "has", "like", "~", "true", "created", "'2013-01-01'", "stage.eu"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_no_order_of_words_does_more_than_be_refused(words: list[str]) -> None:
    text = " ".join(words)
    try:
        parsed = parse_filter(text)
        if parsed is not None:
            check_filter(text, Subject.VERSIONS, parsed)
    except InvalidFilter as error:
        assert 1 <= error.column <= len(text) + 1
