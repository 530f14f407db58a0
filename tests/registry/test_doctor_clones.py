"""Several clones of one project: what was only not fetched is a note, what is lost an alarm."""

import shlex
import subprocess
from pathlib import Path

import pytest
from support.world import World, plain_git

from registry_tasks.entities.finding import Finding, FindingKind, Outcome
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.ledger.mirror import sync

from .test_shared_git_remote import Sharing, clone

pytestmark = pytest.mark.slow


@pytest.fixture
def origin(sqlite_world: World) -> World:
    """A project with two versions, whose log and refs only its own clone has."""
    world = sqlite_world
    world.commit({})
    for number in (1, 2):
        world.version(number)
    sync(world.registry())
    return world


def cloned(world: World, *options: str) -> World:
    folder = world.folder / "clone"
    world.git("clone", "--quiet", "--no-local", *options, str(world.root), str(folder))
    return world.beside(folder, World)


def of_refs(world: World) -> list[Finding]:
    return [f for f in examine(world.registry()) if f.kind.startswith("ref.")]


def run_it(world: World, finding: Finding) -> None:
    subprocess.run(shlex.split(finding.repair), cwd=world.root, env=plain_git(), check=True)


@pytest.mark.parametrize("options", [(), ("--no-tags",)])
def test_refs_that_a_fresh_clone_has_not_fetched_are_notes(
    origin: World, options: tuple[str, ...]
) -> None:
    made = cloned(origin, *options)  # with tags, the commits are there, and no ref that keeps them

    found = of_refs(made)
    assert len(found) == 2
    assert {(f.kind, f.note) for f in found} == {(FindingKind.REF_ELSEWHERE, True)}
    for finding in found:
        assert finding.repair == f"git fetch origin +{finding.where}:{finding.where}"
        run_it(made, finding)

    assert of_refs(made) == []


def test_the_log_and_the_tags_of_a_fresh_clone_are_no_alarm_either(origin: World) -> None:
    made = cloned(origin)
    assert {f.note for f in examine(made.registry())} == {True}
    assert {f.outcome for f in repair(made.registry())} == {Outcome.MENDED}
    assert examine(made.registry()) == ()


def test_where_clones_share_a_remote_sync_fetches_them(origin: World) -> None:
    bare = origin.folder / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", origin.root, bare], check=True)
    one = clone(origin, bare, "one")
    one.git("fetch", "--quiet", str(origin.root), "refs/registry/*:refs/registry/*")
    sync(one.registry())
    one.version(3)
    two = clone(origin, bare, "two")

    found = of_refs(two)
    assert {(f.kind, f.note, f.repair) for f in found} == {
        (FindingKind.REF_ELSEWHERE, True, "registry sync")
    }
    assert len(found) == 3
    sync(two.registry())
    assert examine(two.registry()) == ()


def test_a_ref_that_is_gone_where_it_was_made_is_an_alarm_though_another_clone_has_it(
    origin: World,
) -> None:
    made = cloned(origin)
    for number in (1, 2):
        (origin.state / "runs" / origin.resolve(f"mower@{number}").run).mkdir(parents=True)
    found = of_refs(made)
    assert {(f.kind, f.note) for f in found} == {(FindingKind.REF_MISSING, False)}
    assert all("which was made here" in f.what for f in found)


def test_a_ref_that_no_remote_has_is_an_alarm_and_is_made_again(origin: World) -> None:
    made = cloned(origin)
    for ref in origin.git("for-each-ref", "--format=%(refname)", "refs/registry/runs").split():
        origin.git("update-ref", "-d", ref)

    found = of_refs(made)
    assert {(f.kind, f.note) for f in found} == {(FindingKind.REF_MISSING, False)}
    assert all("nor does origin have it" in f.what for f in found)
    run_it(made, found[0])
    assert of_refs(made) == found[1:]
    repair(made.registry())
    assert of_refs(made) == []


def test_a_remote_that_does_not_answer_is_told(origin: World) -> None:
    made = cloned(origin)
    made.git("remote", "set-url", "origin", str(origin.folder / "nowhere"))
    found = of_refs(made)
    assert {(f.kind, f.note) for f in found} == {(FindingKind.REF_MISSING, False)}
    assert all("origin did not answer" in f.what for f in found)


def test_a_commit_that_the_shared_remote_should_have_is_an_alarm(
    origin: World, tmp_path: Path
) -> None:
    """Its clone is another one, which has not sent it, or is lost."""
    bare = origin.folder / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    origin.git("push", "--quiet", str(bare), "main")
    two = clone(origin, bare, "two")
    assert isinstance(two, Sharing)

    found = of_refs(two)
    assert {(f.kind, f.note, f.repair) for f in found} == {
        (FindingKind.REF_MISSING, False, "registry sync")
    }
    assert {f.advice for f in found} == {"in the clone that made it"}


def test_without_a_shared_remote_another_clone_may_have_it(origin: World) -> None:
    made = cloned(origin, "--no-tags")
    made.git("remote", "remove", "origin")
    found = of_refs(made)
    assert {(f.kind, f.note) for f in found} == {(FindingKind.REF_ELSEWHERE, True)}
    assert {f.advice for f in found} == {"with a clone that has it in place of origin"}
