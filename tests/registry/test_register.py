"""Registering: keyed by content, numbered without gaps, with a semantic version and its reasons."""

import math
from typing import Any

import pytest
from support.world import SIGNATURE, World

from registry_tasks import Client
from registry_tasks.entities.errors import (
    InvalidDocument,
    InvalidPoint,
    MalformedText,
    ObjectCorrupt,
    ObjectMissing,
    RegistryError,
    RunNotFound,
    RunNotRegistrable,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.signature import Column
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.promote import promote


def test_the_first_version_is_one_and_v1_0_0(world: World) -> None:
    made = world.register()

    assert (made.version.number, made.version.semantic_version) == (1, "v1.0.0")
    assert (made.created, made.bump) == (True, Bump.FIRST)
    assert made.version.stage == "experiment"


def test_registering_a_run_twice_gives_the_same_answer_twice(world: World) -> None:
    run = world.finished_run()

    first = register(world.registry(), RegisterRun(run=run))
    again = register(world.registry(), RegisterRun(run=run))

    assert again == first
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 1


def test_a_later_run_with_the_same_bytes_confirms_the_version(world: World) -> None:
    made = world.register()
    run = world.finished_run()

    for _ in range(2):
        confirmed = register(world.registry(), RegisterRun(run=run))
        assert (confirmed.created, confirmed.version) == (False, made.version)

    (confirmation,) = show(world.registry(), made.version.ref).confirmations
    assert (confirmation.run, confirmation.by) == (run, "ada")
    assert world.kinds().count(EventKind.VERSION_CONFIRMED) == 1


def test_the_same_recipe_with_other_bytes_is_a_version_that_says_so(world: World) -> None:
    made = world.register()
    other = world.register(content=b"other bytes")

    record = show(world.registry(), other.version.ref)
    assert record.same_recipe_as == made.version.ref
    assert other.reasons == ("the same recipe gave other bytes",)
    assert other.version.semantic_version == "v1.0.1"


@pytest.mark.parametrize(
    ("changed", "semantic", "reason"),
    [
        ({"code": {"train.py": "9" * 32}}, "v1.1.0", "code: train.py"),
        ({"commands": {"train": "python -O train.py"}}, "v1.1.0", "command: train"),
        ({"parameters": {"trees": 4}}, "v1.1.0", "parameter: trees"),
        ({"parameters": {"trees": 3, "depth": 1}}, "v1.1.0", "parameter: depth"),
        ({"parameters": {"trees": 3, "data.month": 2}}, "v1.0.1", "data: parameter data.month"),
        ({"data": {"data.csv": "8" * 32}}, "v1.0.1", "data: data.csv"),
        ({"packages": {"numpy": "2.1"}}, "v1.0.1", "environment"),
        ({"signature": None}, "v2.0.0", "the signature changed"),
    ],
)
def test_what_changed_decides_the_semantic_version(
    sqlite_world: World, changed: dict[str, object], semantic: str, reason: str
) -> None:
    sqlite_world.register()
    made = sqlite_world.register(content=b"other", **changed)

    assert (made.version.semantic_version, made.reasons) == (semantic, (reason,))


def test_a_renamed_input_is_a_new_major_version(sqlite_world: World) -> None:
    sqlite_world.register()
    renamed = SIGNATURE.model_copy(update={"inputs": (Column(name="z", type="float64"),)})

    made = sqlite_world.register(content=b"other", signature=renamed)

    assert made.version.semantic_version == "v2.0.0"


@pytest.mark.slow
def test_a_version_is_measured_against_the_one_in_production(world: World) -> None:
    one = world.version(1)
    world.raise_to(one.ref, "staging", "production")
    world.version(2)

    third = world.register(content=b"3", parameters={"trees": 1}, data={"data.csv": "8" * 32})

    assert third.version.semantic_version == "v1.0.1"
    assert show(world.registry(), third.version.ref).based_on == one.ref


@pytest.mark.parametrize(
    ("changed", "grade", "reasons"),
    [
        ({}, "C", ()),
        ({"uncommitted": ("a.py", "b.py")}, "D", ("2 uncommitted paths went into",)),
        (
            {"uncommitted": ("a.py",), "lock_files": {}},
            "D",
            ("1 uncommitted path went into", "no lock file declares the environment"),
        ),
    ],
)
def test_the_grade_says_how_well_the_origin_is_known(
    sqlite_world: World, changed: dict[str, object], grade: str, reasons: tuple[str, ...]
) -> None:
    made = sqlite_world.register(**changed)

    assert made.version.grade == grade
    found = show(sqlite_world.registry(), made.version.ref).grade_reasons
    always = ("its commit was seen on no Git remote", "no rebuild has given the same bytes")
    assert len(found) == len(reasons) + len(always)
    for reason in (*reasons, *always):
        assert any(told.startswith(reason) for told in found)


def test_a_run_that_is_not_finished_is_refused(world: World) -> None:
    run = world.begin_run()

    with pytest.raises(RunNotRegistrable, match="is running"):
        register(world.registry(), RegisterRun(run=run))
    with pytest.raises(RunNotFound):
        register(world.registry(), RegisterRun(run="nobody"))
    assert world.stages() == {}


@pytest.mark.parametrize("damage", ["missing", "flipped", "empty", "longer"])
def test_a_version_needs_every_byte_in_the_remote(sqlite_world: World, damage: str) -> None:
    run = sqlite_world.finished_run()
    (stored,) = (sqlite_world.folder / "remote" / "files").rglob("??????????????????????????????")
    stored.chmod(0o644)
    content = bytearray(stored.read_bytes())
    match damage:
        case "missing":
            stored.unlink()
        case "flipped":
            content[0] ^= 1
            stored.write_bytes(content)
        case "empty":
            stored.write_bytes(b"")
        case "longer":
            stored.write_bytes(content + b"x")

    with pytest.raises(ObjectMissing if damage == "missing" else ObjectCorrupt):
        register(sqlite_world.registry(), RegisterRun(run=run))
    assert sqlite_world.stages() == {}


@pytest.mark.slow
def test_numbers_go_on_after_archiving_and_promoting(world: World) -> None:
    for number in range(1, 5):
        assert world.version(number).number == number
    world.raise_to("mower@2", "staging", "production")
    assert world.version(5).number == 5


def test_each_model_has_numbers_of_its_own(world: World) -> None:
    assert world.version(1).number == 1
    assert world.version(1, model="other/model").number == 1


def test_a_file_becomes_a_version_of_grade_f(world: World) -> None:
    file = world.folder / "weights.bin"
    file.write_bytes(b"weights")
    asked = RegisterFile(
        model="loose", path=str(file), parameters={"lr": 0.1}, metrics={"auc": 0.9}, description="x"
    )

    made = register_file(world.registry(), asked)

    record = show(world.registry(), "loose@1")
    assert (record.version.grade, record.version.commit) == ("F", None)
    assert (record.metrics, record.parameters) == ({"auc": 0.9}, {"lr": 0.1})
    assert record.description == "x"
    assert record.run.cost is None, "nobody measured it"
    assert register_file(world.registry(), asked).version == made.version


@pytest.mark.parametrize(
    ("told", "error", "named"),
    [
        ({"parameters": {"p": math.nan}}, InvalidDocument, r"\$\.p: nan is no number"),
        ({"parameters": {"p": [1, math.inf]}}, InvalidDocument, r"\$\.p\[1\]: inf is no number"),
        ({"parameters": {"p": "a\0b"}}, InvalidDocument, r"\$\.p: it has the character"),
        ({"parameters": {"p": "\ud800"}}, InvalidDocument, r"\$\.p: it has the character"),
        (
            {"parameters": {"p": 2**64 - 1}},
            InvalidDocument,
            r"\$\.p: a whole number beyond 64 bits",
        ),
        ({"parameters": {"p": -(10**400)}}, InvalidDocument, r"\$\.p: a whole number beyond"),
        ({"parameters": {"p" * 251: 1}}, MalformedText, "up to 250 printable characters"),
        ({"parameters": {"p": {"q" * 249: 1}}}, MalformedText, "'p.qqq"),
        ({"parameters": {"a.b": 1, "a": {"b": 2}}}, MalformedText, "'a.b' .*it is there twice"),
        ({"metrics": {"m": math.nan}}, InvalidPoint, "'m' was not logged: nan"),
        ({"metrics": {"m\0": 1.0}}, MalformedText, "name of a metric"),
        ({"metrics": {"m" * 1001: 1.0}}, MalformedText, "1,000 are allowed"),
        ({"format": "a\0b"}, MalformedText, "format"),
    ],
)
def test_what_no_database_keeps_is_refused_by_its_name(
    world: World, told: dict[str, Any], error: type[RegistryError], named: str
) -> None:
    (world.folder / "weights.bin").write_bytes(b"weights")
    with Client(world.settings) as client:
        with pytest.raises(error, match=named):
            client.register(world.folder / "weights.bin", model="loose", **told)
        kept = {"seed": 2**63 - 1, "rate": 0.1, "größe": {"a": [None, "ü"]}, "p" * 250: -(2**63)}
        made = client.register(
            world.folder / "weights.bin", model="loose", parameters=kept, metrics={"güte": 1.0}
        )
        found = client.show(made.version.ref)
    flat = {**{k: v for k, v in kept.items() if k != "größe"}, "größe.a": [None, "ü"]}
    assert (found.version.number, found.parameters, found.metrics) == (1, flat, {"güte": 1.0})


def test_nested_parameters_of_a_file_are_told_by_dotted_key(world: World) -> None:
    (world.folder / "weights.bin").write_bytes(b"weights")
    with Client(world.settings) as client:
        for month in (1, 2):
            nested = {"data": {"month": month}, "train": {"num_leaves": 31, "none": {}}}
            made = client.register(world.folder / "weights.bin", model="loose", parameters=nested)
        found = client.search_versions("params.train.num_leaves between 15 and 63", model="loose")
        told = client.show(made.version.ref).parameters
    assert told == {"data.month": 2, "train.num_leaves": 31, "train.none": {}}
    assert [row.number for row in found.items] == [2, 1]
    assert made.version.semantic_version == "v1.0.1"
    assert made.reasons == ("data: parameter data.month",)


def test_a_registered_version_has_a_tag_in_git(world: World) -> None:
    made = world.register().version

    assert world.git("rev-parse", f"{MODEL_TAG}^{{commit}}") == made.commit
    promote(world.registry(), Promote(ref=made.ref, to="staging"))
    assert "mower#staging#" in world.git("tag", "--list")


MODEL_TAG = "mower@v1.0.0"
