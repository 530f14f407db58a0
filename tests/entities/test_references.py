"""One grammar for naming a version: what is read back is what was meant, or it is refused."""

from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.errors import MalformedReference
from registry_tasks.entities.names import check_label, check_model_name
from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.entities.semantic_version import SemanticVersion

models = st.from_regex(r"[a-z0-9]+([-_/][a-z0-9]+){0,3}", fullmatch=True).filter(
    lambda name: len(name) <= 100
)
labels = st.from_regex(r"[a-z][a-z0-9]*([-_][a-z0-9]+){0,2}", fullmatch=True).filter(
    lambda name: len(name) <= 100 and name != "latest"
)
parts = st.integers(0, 999_999_999)
semantics = st.builds(SemanticVersion, parts, parts, parts)
values = st.one_of(st.integers(1, 10**17).map(str), semantics.map(str), labels, st.just("latest"))


@pytest.mark.slow
@given(model=models, value=values)
def test_every_spelling_of_a_reference_means_the_same(model: str, value: str) -> None:
    found = Reference.parse(f"{model}@{value}")
    assert (found.model, found.value) == (model, value)
    assert Reference.parse(str(found)) == found
    assert Reference.parse(f"models:/{model}@{value}") == found
    assert Reference.parse(f"models:/{model}/{value}") == found


@given(uuid=st.uuids())
def test_a_uuid_names_a_version_in_any_case(uuid: UUID) -> None:
    found = Reference.parse(str(uuid).upper())
    assert (found.kind, found.value, found.model) == (ReferenceKind.UUID, str(uuid), None)
    assert Reference.parse(str(found)) == found


@given(digest=st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
def test_a_digest_names_a_version_in_any_case(digest: str) -> None:
    found = Reference.parse(f"SHA256:{digest.upper()}")
    assert (found.kind, found.value) == (ReferenceKind.DIGEST, digest)
    assert Reference.parse(str(found)) == found


def check(text: str) -> None:
    try:
        found = Reference.parse(text)
    except MalformedReference as error:
        assert "cannot read the reference" in str(error)
        return
    assert Reference.parse(str(found)) == found
    assert str(found).isascii()


@given(text=st.text(max_size=300))
def test_any_text_is_a_reference_or_malformed(text: str) -> None:
    check(text)


@given(
    text=st.text(
        alphabet="aZ09-_/@:.v latesmodl\n\0\u0660\u2167\u212a" + "sha256:models:/", max_size=40
    )
)
def test_any_near_miss_is_a_reference_or_malformed(text: str) -> None:
    check(text)


@given(model=models, value=values, at=st.integers(0, 200), extra=st.characters())
def test_one_character_too_many_is_never_another_error(
    model: str, value: str, at: int, extra: str
) -> None:
    text = f"{model}@{value}"
    check(text[: at % (len(text) + 1)] + extra + text[at % (len(text) + 1) :])


@pytest.mark.parametrize(
    "text",
    [
        *("", "@", "mower", "mower@", "@3", "mower@0", "mower@-1", "mower@03", "mower@1.2"),
        *("Mower@3", "mower@Production", "mower@3 ", " mower@3", "mower@3\n", "mower@1\u0663"),
        *("a//b@1", "-a@1", "a-@1", "models:/", "models:/mower", "sha256:abc", "mower@v01.0.0"),
        *("mower@v1.0.0-rc1", "../x@1", "mower@sha256", "mower@3@4x!", "m" * 101 + "@1"),
    ],
)
def test_what_nobody_understands_is_malformed(text: str) -> None:
    if text == "mower@sha256":  # a label like any other
        assert Reference.parse(text).kind is ReferenceKind.LABEL
        return
    with pytest.raises(MalformedReference):
        Reference.parse(text)


@given(name=models)
def test_every_model_name_makes_good_git_tags(name: str) -> None:
    check_model_name(name)
    for bad in ("..", "@{", "\\", " ", "~", "^", ":", "?", "*", "[", "//", ".lock"):
        assert bad not in name
    assert not name.startswith(("/", "-", ".")) and not name.endswith(("/", "."))


@pytest.mark.slow
@given(name=labels)
def test_no_label_looks_like_a_number_or_a_version(name: str) -> None:
    check_label(name)
    assert Reference.parse(f"m@{name}").kind is ReferenceKind.LABEL
