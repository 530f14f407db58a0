"""params.yaml: read as plain values, changed in place."""

import datetime as dt
from pathlib import Path

import pytest
from dvc.utils.serialize import load_yaml  # type: ignore[import-untyped]  # DVC has none
from hypothesis import HealthCheck, given, settings, strategies as st
from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidProject, UnknownParameter
from registry_tasks.stores.dvc.parameters import override_parameters, parse_value, read_parameters

TEXT = """\
# What is tuned
data:
  months: [2013-01, 2013-02]  # oldest first
  holdout: 2013-04
  day: 2013-01-01
  at: 2013-01-01T10:00:00Z
model:
  learning_rate: 0.1   # per step
  name: "quoted"
  deep:
    er: 1
  nothing:
  empty: {}
  dotted.key: 5
7: seven
text: of many words, {WORDS}
""".replace("{WORDS}", "word " * 50 + "end")
FLAT = {
    "data.months": ["2013-01", "2013-02"],
    "data.holdout": "2013-04",
    "data.day": "2013-01-01",
    "data.at": "2013-01-01T10:00:00Z",
    "model.learning_rate": 0.1,
    "model.name": "quoted",
    "model.deep.er": 1,
    "model.nothing": None,
    "model.empty": {},
    "model.dotted.key": 5,
    "7": "seven",
    "text": "of many words, " + "word " * 50 + "end",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "params.yaml").write_text(TEXT)
    return tmp_path


def test_parameters_are_flat_and_plain(root: Path) -> None:
    assert read_parameters(root) == FLAT


@pytest.mark.parametrize(
    "text", ["a: [", "- 1\n", "a: .nan\n", "a: &x [*x]\n", "a: 1\na: 2\n", "a: !!binary aGk=\n"]
)
def test_a_file_that_holds_no_plain_values_is_refused(root: Path, text: str) -> None:
    (root / "params.yaml").write_text(text)
    with pytest.raises(InvalidProject) as raised:
        read_parameters(root)
    assert raised.value.file == "params.yaml"


def test_a_missing_file_is_said_and_an_empty_one_is_fine(root: Path) -> None:
    (root / "params.yaml").write_text("# nothing\n")
    assert read_parameters(root) == {}
    (root / "params.yaml").unlink()
    with pytest.raises(InvalidProject, match="there is none"):
        read_parameters(root)


def test_overriding_changes_values_and_nothing_else(root: Path) -> None:
    override_parameters(root, {"model.learning_rate": 0.5, "data.holdout": "2013-05"})
    expected = TEXT.replace("0.1 ", "0.5 ").replace("holdout: 2013-04", "holdout: 2013-05")
    assert (root / "params.yaml").read_text() == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("data.months", ["2013-07"]),
        ("model.dotted.key", 6),
        ("model.nothing", True),
        ("model.empty", "x"),
        ("7", "eight"),
        ("data.day", "2014-01-01"),
    ],
)
def test_every_kind_of_key_can_be_overridden(root: Path, key: str, value: JsonValue) -> None:
    override_parameters(root, {key: value})
    assert read_parameters(root) == FLAT | {key: value}


def test_an_unknown_key_changes_nothing_and_names_what_is_near(root: Path) -> None:
    with pytest.raises(UnknownParameter) as raised:
        override_parameters(root, {"data.holdout": "x", "model.learning_rat": 1})
    assert raised.value.near[0] == "model.learning_rate"
    assert (root / "params.yaml").read_text() == TEXT
    for key in ("model", "data.months.0", ""):
        with pytest.raises(UnknownParameter):
            override_parameters(root, {key: 1})


def test_no_other_file_is_left_and_the_mode_stays(root: Path) -> None:
    (root / "params.yaml").chmod(0o640)
    override_parameters(root, {"model.deep.er": 2})
    assert [path.name for path in root.iterdir()] == ["params.yaml"]
    assert (root / "params.yaml").stat().st_mode & 0o777 == 0o640


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["yes", "on", "1e3", "010", "0x1f", "1_000", "~", "2013-01-01", "12:30", "- a"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES)
def test_what_is_written_is_what_dvc_and_we_read_back(root: Path, value: JsonValue) -> None:
    (root / "params.yaml").write_text(TEXT)
    override_parameters(root, {"model.deep.er": value})
    assert read_parameters(root)["model.deep.er"] == value
    seen_by_dvc = load_yaml(str(root / "params.yaml"))
    assert seen_by_dvc["model"]["deep"]["er"] == value
    assert seen_by_dvc["data"]["day"] == dt.date(2013, 1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("1e-3", 0.001),
        ("true", True),
        ("null", None),
        ("[1, two]", [1, "two"]),
        ("{a: 1}", {"a": 1}),
        ("2013-01-01", "2013-01-01"),
        ("2013-04", "2013-04"),
        ("plain text", "plain text"),
        ("a: b", "a: b"),
        ("- a", "- a"),
        ("'3'", "3"),
        ('"[1"', "[1"),
        ('".nan"', ".nan"),
        ("C:/models/*.txt", "C:/models/*.txt"),
        ("", None),
    ],
)
def test_a_value_from_a_command_line_is_read_as_yaml_would(text: str, value: JsonValue) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[1", "not YAML"),
        ("[1,2", "not YAML"),
        ("*.txt", "not YAML"),
        (".nan", "JSON does not have"),
        ("[1, -.inf]", "JSON does not have"),
        ("1e999", "JSON does not have"),
        ("!!python/name:os.system", "not YAML"),
        ("!!binary aGk=", "JSON does not have"),
    ],
)
def test_a_value_that_yaml_or_json_has_not_is_no_text(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_value(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("data: {seed: 18446744073709551615}\n", "$.data.seed: a whole number beyond 64 bits"),
        ('n: ["a\\0b"]\n', "$.n[0]: it has the character"),
        ('n: "\\ud800"\n', "$.n: it has the character"),
        (f"deep: {{{'x' * 250}: 1}}\n", "name of a parameter 'deep.xxx"),
        ('"a\\tb": 1\n', "name of a parameter 'a\\tb'"),
    ],
)
def test_values_that_no_database_keeps_are_refused_with_their_key(
    root: Path, text: str, named: str
) -> None:
    (root / "params.yaml").write_text(text)
    with pytest.raises(InvalidProject) as raised:
        read_parameters(root)
    assert named in str(raised.value)
