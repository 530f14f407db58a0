"""The next semantic version: free, above the one it follows, and in the right part."""

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.semantic_version import Bump, SemanticVersion
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.rules.semantic_versions import FIRST, changed, judge_change, next_version

parts = st.integers(0, 6)
semantics = st.builds(SemanticVersion, parts, parts, parts)
bumps = st.sampled_from([Bump.MAJOR, Bump.MINOR, Bump.PATCH])


@given(base=semantics, others=st.sets(semantics), bump=bumps)
def test_the_next_version_is_free_and_above_its_base(
    base: SemanticVersion, others: set[SemanticVersion], bump: Bump
) -> None:
    taken = others | {base}

    found = next_version(base, bump, taken)

    assert found not in taken
    assert found > base
    moved = {Bump.MAJOR: found.major > base.major, Bump.MINOR: found[0] == base[0]}
    assert moved.get(bump, found[:2] == base[:2])
    assert bump is not Bump.MAJOR or found[1:] == (0, 0)
    assert bump is not Bump.MINOR or (found.minor > base.minor and found.patch == 0)


@given(base=semantics, others=st.sets(semantics), bump=bumps)
def test_three_versions_say_as_much_as_all(
    base: SemanticVersion, others: set[SemanticVersion], bump: Bump
) -> None:
    """The store hands over the highest of all, of the major and of the minor only."""
    taken = others | {base}
    scopes = (taken, {v for v in taken if v[0] == base[0]}, {v for v in taken if v[:2] == base[:2]})
    assert next_version(base, bump, [max(s) for s in scopes]) == next_version(base, bump, taken)


names = st.sampled_from(["a", "b"])
texts = st.dictionaries(names, st.sampled_from(["1", "2"]))
parameters = st.dictionaries(st.sampled_from(["x", "data.y", "database"]), st.integers(0, 1))
recipes = st.builds(
    Recipe,
    code=texts,
    commands=texts,
    resolved=st.just(""),
    parameters=parameters,
    data=texts,
    environment=st.sampled_from(["1", "2"]),
)
signatures = st.none() | st.builds(
    Signature, inputs=st.just(()), outputs=st.tuples(st.builds(Column, name=names, type=names))
)


@pytest.mark.slow
@given(old=recipes, new=recipes, was=signatures, becomes=signatures)
def test_a_change_is_graded_by_the_gravest_part_of_it(
    old: Recipe, new: Recipe, was: Signature | None, becomes: Signature | None
) -> None:
    bump, reasons = judge_change(old, was, new, becomes)

    grave = {k: v for k, v in old.parameters.items() if not k.startswith("data.")} != {
        k: v for k, v in new.parameters.items() if not k.startswith("data.")
    }
    grave = grave or (old.code, old.commands) != (new.code, new.commands)
    expected = Bump.MAJOR if was != becomes else Bump.MINOR if grave else Bump.PATCH
    assert bump is expected
    assert reasons


PLAIN = Recipe(
    code={"a.py": "1"},
    commands={"train": "1"},
    resolved="1",
    parameters={"x": 1, "data.y": 1},
    data={"d": "1"},
    environment="1",
)


@pytest.mark.parametrize(
    ("other", "bump", "reasons"),
    [
        ({}, Bump.PATCH, ("the same recipe gave other bytes",)),
        ({"environment": "2"}, Bump.PATCH, ("environment",)),
        ({"data": {"d": "2"}, "resolved": "2"}, Bump.PATCH, ("data: d",)),
        ({"parameters": {"x": 1, "data.y": 2}}, Bump.PATCH, ("data: parameter data.y",)),
        (
            {"resolved": "2"},
            Bump.MINOR,
            ("command: a placeholder outside the declared parameters",),
        ),
        (
            {"code": {"b.py": "1"}, "commands": {}, "parameters": {"data.y": 1}, "data": {}},
            Bump.MINOR,
            ("code: a.py", "code: b.py", "command: train", "parameter: x"),
        ),
    ],
)
def test_each_change_is_named(
    other: dict[str, object], bump: Bump, reasons: tuple[str, ...]
) -> None:
    assert judge_change(PLAIN, None, PLAIN.model_copy(update=other), None) == (bump, reasons)


def test_another_signature_is_all_that_is_said() -> None:
    signature = Signature(inputs=(), outputs=())
    found = judge_change(PLAIN, None, PLAIN.model_copy(update={"code": {}}), signature)
    assert found == (Bump.MAJOR, ("the signature changed",))


def test_the_first_is_1_0_0() -> None:
    assert next_version(SemanticVersion(4, 4, 4), Bump.FIRST, ()) == FIRST == (1, 0, 0)


def test_what_changed_is_told_in_order() -> None:
    assert changed({"c": 1, "a": 1, "b": 1}, {"b": 2, "c": 1, "d": None}) == ["a", "b", "d"]
    assert changed({"a": None}, {}) == ["a"]
