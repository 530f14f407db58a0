"""The provenance grade: at birth, after a push, after a rebuild; as a gate; back from Git."""

import subprocess
from pathlib import Path

import pytest
from pydantic import ValidationError
from support.dump import dump
from support.world import Recorded, World

from registry_tasks.entities.environment import DECLARING_FILES, LOCK_FILES
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.keeping import Keeping
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.policy import Graded
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.provenance import Provenance
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_versions, show
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import rebuild
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.rules.provenance import grade, is_at_least
from registry_tasks.stores.git.pushed import find_remote_ref, find_remote_refs
from registry_tasks.stores.metadata import runs

BEST = Provenance(
    has_commit=True,
    has_base=True,
    uncommitted=0,
    pushed_to="origin/main",
    loose_inputs=(),
    is_locked=True,
    is_reproduced=True,
)
LACKING = {
    "uncommitted": 2,
    "pushed_to": None,
    "loose_inputs": ("data.csv",),
    "is_locked": False,
    "is_reproduced": False,
}


def test_all_criteria_make_an_a() -> None:
    assert grade(BEST) == ("A", ())


@pytest.mark.parametrize("lacks", LACKING)
def test_each_criterion_that_is_lacking_costs_one_grade_and_says_how_to_get_it(lacks: str) -> None:
    found, (reason,) = grade(BEST.model_copy(update={lacks: LACKING[lacks]}))
    assert found == "B"
    assert "; " in reason
    worst = BEST.model_copy(update=LACKING)
    letter, reasons = grade(worst)
    assert (letter, len(reasons)) == ("D", 5)
    mended = worst.model_copy(update={lacks: getattr(BEST, lacks)})
    assert len(grade(mended)[1]) == 4


def test_what_no_pipeline_made_has_e_with_a_commit_and_f_without() -> None:
    logged = BEST.model_copy(update={"has_commit": False})
    assert grade(logged)[0] == "E"
    assert grade(logged.model_copy(update={"has_base": False}))[0] == "F"


def test_a_is_better_than_b() -> None:
    assert is_at_least("A", "B")
    assert is_at_least("B", "B")
    assert not is_at_least("C", "B")


def registered(
    world: World,
    kept_by: Keeping | None = None,
    loose: bool = False,
    recorded: Recorded | None = None,
) -> ModelVersion:
    """Register a run as ``record`` writes one, with what it knew of who keeps its inputs."""
    uuid = world.begin_run()
    made = world.record_of(recorded or Recorded(), world.git("rev-parse", "HEAD"))
    if loose:
        more = Artifact(
            path="raw.csv", md5="7" * 32, sha256="7" * 64, size_bytes=1, home=Home.GIT, stage=None
        )
        manifest = Manifest(artifacts=(*made.manifest.artifacts, more))
        made = made.model_copy(update={"manifest": manifest})
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        run = runs.get_row(tx.connection, uuid).id
        runs.finish(tx, run, made.model_copy(update={"kept_by": kept_by}))
        tx.commit()
    return register(registry, RegisterRun(run=uuid)).version


def test_a_run_of_a_pushed_commit_is_born_with_b(world: World) -> None:
    made = registered(world, Keeping(commit="origin/main"))
    record = show(world.registry(), made.ref)
    assert (made.grade, record.grade_at_birth) == ("B", "B")
    assert [r.partition(";")[0] for r in record.grade_reasons] == [
        "no rebuild has given the same bytes"
    ]


def test_what_declares_software_without_naming_all_of_it_locks_nothing(world: World) -> None:
    declared = {name: "3" * 64 for name in DECLARING_FILES if name not in LOCK_FILES}
    made = registered(world, Keeping(commit="origin/main"), recorded=Recorded(lock_files=declared))
    assert made.grade == "C"
    assert "no lock file" in show(world.registry(), made.ref).grade_reasons[0]


def test_data_that_only_git_has_is_named(world: World) -> None:
    made = registered(world, Keeping(commit="origin/main"), loose=True)
    assert made.grade == "C"
    assert (
        "only the run's commit keeps raw.csv" in show(world.registry(), made.ref).grade_reasons[0]
    )


def test_an_identical_rebuild_makes_an_a_and_a_different_one_takes_it_back(world: World) -> None:
    made = registered(world, Keeping(commit="origin/main"))

    world.reproduced(made, Verdict.IDENTICAL)

    record = show(world.registry(), made.ref)
    assert (record.version.grade, record.grade_reasons) == ("A", ())
    assert record.grade_at_birth == "B"
    assert world.resolve(made.ref).grade == "A"
    assert list_versions(world.registry(), "mower")[0].grade == "A"
    told = world.history()[-1]
    assert told.kind == EventKind.VERSION_REGRADED
    assert (told.before["grade"], told.after["grade"]) == ("B", "A")
    world.reproduced(made, Verdict.IDENTICAL)
    assert world.kinds().count(EventKind.VERSION_REGRADED) == 1
    world.reproduced(made, Verdict.EQUIVALENT)
    assert world.resolve(made.ref).grade == "B"


def push(world: World) -> None:
    bare = world.folder / "bare.git"
    if not bare.exists():
        subprocess.run(["git", "clone", "--quiet", "--bare", world.root, bare], check=True)
        world.git("remote", "add", "origin", str(bare))
    world.git("push", "--quiet", "origin", "main")
    world.git("fetch", "--quiet", "origin")


@pytest.mark.slow
def test_a_later_push_raises_the_grade_at_the_next_sync(world: World) -> None:
    one = world.version(1)
    assert one.grade == "C"
    assert confirm_pushed(world.registry()) == ()
    push(world)
    world.commit({"train.py": "more\n"})
    two = world.version(2)

    assert confirm_pushed(world.registry()) == (one.ref,)

    assert world.resolve(one.ref).grade == "B"
    assert world.resolve(two.ref).grade == "C"
    assert world.history()[-1].after["pushed_to"] == "origin/main"
    assert confirm_pushed(world.registry()) == ()
    push(world)
    assert confirm_pushed(world.registry()) == (two.ref,)


@pytest.mark.slow
def test_a_grade_is_back_after_a_rebuild_from_git(world: World, tmp_path: Path) -> None:
    made = world.version(1)
    push(world)
    confirm_pushed(world.registry())
    world.reproduced(made, Verdict.IDENTICAL)
    sync(world.registry())
    before = dump(world.registry().metadata)
    assert before["version_grade"]
    world.close()
    world.store_url = f"sqlite:///{tmp_path / 'anew.db'}"

    rebuild(world.registry(), Rebuild())

    assert dump(world.registry().metadata) == before
    assert world.resolve(made.ref).grade == "A"


@pytest.mark.slow
def test_a_grade_is_a_gate(world: World) -> None:
    world.set_policy("stages: {staging: [{gate: grade, at_least: B}]}")
    made = world.version(1)
    with pytest.raises(GateFailed, match="its provenance grade is C: its commit was seen on no"):
        promote(world.registry(), Promote(ref=made.ref, to="staging"))
    push(world)
    confirm_pushed(world.registry())
    moved = promote(world.registry(), Promote(ref=made.ref, to="staging"))
    (gate,) = moved.gates
    assert (gate.gate, gate.measured, gate.bound) == ("grade", "B", "B or better")


def test_a_gate_asks_for_a_grade_that_there_is() -> None:
    with pytest.raises(ValidationError):
        Graded(at_least="G")  # type: ignore[arg-type]


def test_what_git_says_of_pushed_commits(sqlite_world: World) -> None:
    world = sqlite_world
    one = world.git("rev-parse", "HEAD")
    assert find_remote_ref(world.root, one) is None
    push(world)
    two = world.commit({"train.py": "more\n"})
    assert find_remote_ref(world.root, one) == "origin/main"
    assert find_remote_ref(world.root, two) is None
    gone = "1" * 40
    assert find_remote_refs(world.root, {one, two, gone}) == {one: "origin/main"}
    assert find_remote_refs(world.root, {gone}) == {}
