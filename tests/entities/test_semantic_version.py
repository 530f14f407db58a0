"""Semantic versions order as numbers do, and are read back as written."""

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.semantic_version import SemanticVersion

parts = st.integers(0, 999_999_999)
semantics = st.builds(SemanticVersion, parts, parts, parts)


@given(version=semantics)
def test_what_is_written_is_read_back(version: SemanticVersion) -> None:
    assert SemanticVersion.parse(str(version)) == version
    assert SemanticVersion.parse(str(version).removeprefix("v")) == version


@given(one=semantics, other=semantics)
def test_order_is_by_major_then_minor_then_patch(
    one: SemanticVersion, other: SemanticVersion
) -> None:
    assert (one < other) == ((one.major, one.minor, one.patch) < tuple(other))


@given(text=st.text(max_size=40))
def test_any_other_text_is_a_value_error(text: str) -> None:
    try:
        found = SemanticVersion.parse(text)
    except ValueError:
        return
    assert text in (str(found), str(found)[1:])


@pytest.mark.parametrize(
    "text",
    ["", "v1", "1.2", "v1.2.3.4", "v01.2.3", "v1.2.3-rc", "v1.2.\u0663", "1.2.3\n", "V1.2.3"],
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a semantic version"):
        SemanticVersion.parse(text)
