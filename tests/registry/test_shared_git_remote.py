"""A Git remote that keeps log, tags and run commits, so that no clone is needed for ever."""

import dataclasses
import json
import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.databases import on_sqlite
from support.gto import gto
from support.processes import together
from support.world import World

from registry_tasks.entities.errors import LogDiffers, ProgramFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.finding import Finding, FindingKind, Outcome
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
from registry_tasks.registry.ledger import share
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.settings import Settings

from .test_log import log_of

pytestmark = pytest.mark.slow


class Sharing(World):
    """A checkout that shares with ``origin``."""

    @property
    def settings(self) -> Settings:
        return dataclasses.replace(super().settings, git_remote="origin")


@pytest.fixture
def machines(world: World) -> tuple[Sharing, Sharing]:
    """Two clones of one bare remote, over one store and one object remote."""
    bare = world.folder / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", world.root, bare], check=True)
    return clone(world, bare, "one"), clone(world, bare, "two")


def clone(world: World, bare: Path, name: str) -> Sharing:
    made = world.beside(world.folder / name, Sharing)
    subprocess.run(["git", "clone", "--quiet", bare, made.root], check=True)
    return made


_LIST = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/tags", "refs/registry")


def refs(world: World) -> str:
    return world.git(*_LIST)


def remote_refs(world: World) -> str:
    return on_the_remote(world, *_LIST)


def on_the_remote(world: World, *arguments: str) -> str:
    return world.git(f"--git-dir={world.folder / 'bare.git'}", *arguments)


def test_what_one_clone_tells_the_other_one_gets(machines: tuple[Sharing, Sharing]) -> None:
    one, two = machines
    one.version(1)
    two.version(2)
    one.raise_to("mower@2", "staging", "production")
    sync(two.registry())
    sync(one.registry())
    assert refs(one) == refs(two) == remote_refs(one)
    assert gto(one) == gto(two)
    assert examine(one.registry()) == examine(two.registry()) == ()


def test_both_at_once(machines: tuple[Sharing, Sharing]) -> None:
    for world in machines:
        world.close()

    def work(number: int) -> None:
        world = machines[number]
        for turn in range(3):
            made = world.version(10 * number + turn)
            world.raise_to(made.ref, "staging")

    together(2, work)

    for _ in range(2):
        for world in machines:
            sync(world.registry())
    one, two = machines
    assert refs(one) == refs(two) == remote_refs(one)
    assert log_state(one.registry()).missing == 0
    assert gto(one) == gto(two)


@on_sqlite
def test_tags_of_the_user_stay_at_home(machines: tuple[Sharing, Sharing]) -> None:
    one, _ = machines
    one.git("tag", "mine")
    one.version(1)
    assert "refs/tags/mine" not in remote_refs(one)
    assert "refs/tags/mower@v1.0.0" in remote_refs(one)


@on_sqlite
def test_a_tag_of_the_user_that_reads_like_ours_is_neither_sent_nor_fetched(
    machines: tuple[Sharing, Sharing],
) -> None:
    one, two = machines
    one.git("tag", "mower@v9.9.9")
    one.version(1)
    one.git("tag", "mower#production#99")
    one.raise_to("mower@1", "staging")
    sync(one.registry())
    assert remote_refs(one) == without(refs(one), "mower@v9.9.9", "mower#production#99")
    one.git("push", "--quiet", "origin", "mower@v9.9.9")  # by the user
    one.git("tag", "--delete", "mower@v9.9.9")

    for world in machines:
        sync(world.registry())

    assert "v9.9.9" not in refs(one) + refs(two)
    assert "v9.9.9" in remote_refs(one)


@on_sqlite
def test_a_tag_in_the_way_of_ours_is_not_sent_as_ours(machines: tuple[Sharing, Sharing]) -> None:
    """What it holds up goes out as soon as it is out of the way, though the log went before."""
    one, _ = machines
    one.git("tag", "mower@v1.0.0", one.commit({}))
    one.commit({})
    one.version(1)
    assert "mower@v1.0.0" not in remote_refs(one)
    assert log_of(one) == on_the_remote(one, "rev-parse", LOG_REF)
    one.git("tag", "--delete", "mower@v1.0.0")

    sync(one.registry())

    assert "mower@v1.0.0" in refs(one)
    assert remote_refs(one) == refs(one)


def length_of_log(world: World) -> int:
    return int(world.git("rev-list", "--count", LOG_REF))


def without(listed: str, *names: str) -> str:
    return "\n".join(
        line for line in listed.splitlines() if not any(f"/{name} " in line for name in names)
    )


def found_of_remote(world: World) -> list[Finding]:
    return [f for f in examine(world.registry()) if f.kind.startswith("shared.")]


def by_verb(world: Sharing) -> None:
    world.raise_to("mower@1", "production")


def by_sync(world: Sharing) -> None:
    sync(world.registry())


def by_repair(world: Sharing) -> None:
    (told,) = repair(world.registry())
    assert (told.kind, told.outcome) == (FindingKind.SHARED_BEHIND, Outcome.MENDED)


@on_sqlite
@pytest.mark.parametrize("mend", [by_verb, by_sync, by_repair])
def test_a_remote_that_was_made_anew_is_filled_again(
    machines: tuple[Sharing, Sharing], mend: Callable[[Sharing], None]
) -> None:
    one, _ = machines
    one.version(1)
    one.raise_to("mower@1", "staging")
    other = one.folder / "other.git"
    one.git("init", "--quiet", "--bare", str(other))
    one.git("remote", "set-url", "origin", str(other))

    (found,) = found_of_remote(one)
    assert (found.kind, found.repair, found.note) == (
        FindingKind.SHARED_BEHIND,
        "registry sync",
        False,
    )
    assert found.what.endswith(" lacks the log, 1 refs of runs, 2 tags")
    mend(one)

    assert one.git(f"--git-dir={other}", *_LIST) == refs(one)
    assert examine(one.registry()) == ()


@on_sqlite
def test_each_ref_that_a_remote_lost_is_sent_again(machines: tuple[Sharing, Sharing]) -> None:
    one, _ = machines
    one.version(1)
    one.raise_to("mower@1", "staging")
    older = on_the_remote(one, "rev-parse", f"{LOG_REF}~")
    run_ref = f"refs/registry/runs/{one.resolve('mower@1').run}"
    lost = {
        "1 tags": ("-d", "refs/tags/mower@v1.0.0"),
        "1 refs of runs": ("-d", run_ref),
        "the newest events of the log": (LOG_REF, older),
    }
    for what, change in lost.items():
        on_the_remote(one, "update-ref", *change)
        (found,) = found_of_remote(one)
        assert found.what == f"the Git remote that clones share lacks {what}"
        sync(one.registry())
        assert remote_refs(one) == refs(one)
    assert examine(one.registry()) == ()


@on_sqlite
def test_a_tag_that_was_moved_on_the_remote_is_told_with_what_puts_it_back(
    machines: tuple[Sharing, Sharing],
) -> None:
    one, two = machines
    one.version(1)
    sync(two.registry())
    elsewhere = one.commit({"train.py": "another\n"})
    one.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    on_the_remote(one, "update-ref", "refs/tags/mower@v1.0.0", elsewhere)

    (found,) = found_of_remote(two)
    assert (found.kind, found.where) == (FindingKind.SHARED_DIFFERS, "refs/tags/mower@v1.0.0")
    assert elsewhere in found.what
    with pytest.raises(ProgramFailed, match=r"rejected.*mower@v1\.0\.0"):
        sync(two.registry())

    subprocess.run(shlex.split(found.repair), cwd=two.root, check=True)

    assert examine(two.registry()) == ()
    sync(two.registry())


@on_sqlite
def test_a_log_that_others_tell_differently_on_the_remote_is_told(
    machines: tuple[Sharing, Sharing],
) -> None:
    one, two = machines
    one.version(1)
    sync(two.registry())
    made = ("commit-tree", f"{LOG_REF}^{{tree}}", "-p", f"{LOG_REF}~", "-m")
    message = on_the_remote(one, "log", "-1", "--format=%B", LOG_REF)
    forged = one.git(*made, message.replace('"ada"', '"eve"'))
    one.git("push", "--quiet", "--force", "origin", f"{forged}:{LOG_REF}")

    (found,) = found_of_remote(two)
    assert (found.kind, found.where, found.repair) == (
        FindingKind.SHARED_DIFFERS,
        LOG_REF,
        "registry sync",
    )
    with pytest.raises(LogDiffers, match="remote origin"):
        sync(two.registry())
    assert on_the_remote(one, "rev-parse", LOG_REF) == forged


@on_sqlite
def test_what_another_clone_has_told_meanwhile_is_no_finding(
    machines: tuple[Sharing, Sharing],
) -> None:
    one, two = machines
    one.version(1)
    sync(two.registry())
    one.raise_to("mower@1", "staging")
    assert found_of_remote(two) == []
    assert {f.note for f in examine(two.registry()) if f.kind == FindingKind.LOG_BEHIND} == {True}


@on_sqlite
def test_a_log_that_was_written_anew_takes_the_place_of_the_short_one(
    machines: tuple[Sharing, Sharing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if the remote was away when it was; other clones go on from the whole one."""
    one, two = machines
    with monkeypatch.context() as older:
        older.setattr("support.world.repository_name", lambda _: "/srv/an/old/place")
        one.version(1)
    one.version(2)
    sync(two.registry())
    assert length_of_log(one) == length_of_log(two) == 1
    bare = one.folder / "bare.git"
    bare.rename(one.folder / "away.git")
    with pytest.raises(ProgramFailed):
        sync(one.registry())
    assert length_of_log(one) == len(one.history())
    (one.folder / "away.git").rename(bare)

    sync(one.registry())
    sync(two.registry())

    assert log_of(two) == log_of(one)
    assert refs(one) == refs(two) == remote_refs(one)
    assert examine(one.registry()) == examine(two.registry()) == ()


@on_sqlite
def test_the_remote_may_have_a_relative_path(
    machines: tuple[Sharing, Sharing], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, two = machines
    monkeypatch.chdir(tmp_path)
    for world in machines:
        world.git("remote", "set-url", "origin", "../bare.git")
    one.version(1)
    sync(two.registry())
    assert refs(one) == refs(two) == remote_refs(one)
    assert examine(two.registry()) == ()
    one.commit({"train.py": "on no branch of any remote\n"})
    one.version(2)
    assert "mower@2" in confirm_pushed(one.registry())


@on_sqlite
def test_a_remote_that_does_not_answer_is_told(machines: tuple[Sharing, Sharing]) -> None:
    one, _ = machines
    one.version(1)
    one.git("remote", "set-url", "origin", "../nowhere.git")
    (found,) = found_of_remote(one)
    assert (found.kind, found.where, found.note) == (
        FindingKind.SHARED_UNAVAILABLE,
        "origin",
        False,
    )
    assert "nowhere.git" in found.what
    assert found.repair == "git ls-remote origin"


@on_sqlite
def test_a_verb_that_is_done_is_done_whatever_the_system_says_of_git(
    machines: tuple[Sharing, Sharing],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one, _ = machines
    one.version(1)
    with monkeypatch.context() as removed:  # what is handed to Git goes by a temporary file
        removed.setattr(tempfile, "tempdir", str(one.folder / "removed"))
        one.raise_to("mower@1", "staging")
    assert one.stages() == {1: "staging"}
    assert "not all of it is in Git yet: [Errno 2]" in caplog.text
    sync(one.registry())
    assert "mower#staging#" in remote_refs(one)
    assert examine(one.registry()) == ()


@on_sqlite
def test_what_a_killed_fetch_left_holds_up_nothing(
    machines: tuple[Sharing, Sharing], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = machines
    one.version(1)
    told = two.version(2)
    git = one.root / ".git"
    (git / "refs/registry-remote").mkdir(parents=True)
    for ref in ("refs/registry-remote/log", f"refs/tags/mower@{told.semantic_version}"):
        (git / f"{ref}.lock").touch()
    one.git("worktree", "add", "--quiet", "--detach", str(one.settings.workspaces / "dead"))
    (git / "worktrees" / "dead" / "commondir").write_text("")  # Git dies of it, also in a fetch

    one.raise_to("mower@1", "staging")

    assert "not all of it is in Git yet" not in caplog.text
    assert not [*git.glob("refs/**/*.lock")]
    sync(two.registry())
    assert refs(one) == refs(two) == remote_refs(one)


@on_sqlite
def test_a_remote_that_is_away_holds_up_nothing(
    machines: tuple[Sharing, Sharing], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = machines
    bare = one.folder / "bare.git"
    bare.rename(one.folder / "away.git")

    assert one.version(1).number == 1

    assert "not all of it is in Git yet" in caplog.text
    with pytest.raises(ProgramFailed, match="ls-remote"):
        sync(one.registry())
    assert one.git("tag", "--list") == "mower@v1.0.0"
    (one.folder / "away.git").rename(bare)
    sync(one.registry())
    sync(two.registry())
    assert log_of(two) == log_of(one)


@on_sqlite
def test_a_remote_that_hangs_is_left_at_the_limit(
    machines: tuple[Sharing, Sharing], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = machines
    one.git("remote", "set-url", "origin", "ext::sleep 600")
    one.git("config", "protocol.ext.allow", "always")
    monkeypatch.setattr(share, "LIMIT_S", 1.0)
    began = time.monotonic()
    with pytest.raises(ProgramFailed, match="no answer in 1 s"):
        sync(one.registry())
    assert time.monotonic() - began < 30


def test_a_run_commit_on_the_shared_remote_counts_as_pushed(
    machines: tuple[Sharing, Sharing],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, _ = machines
    one.commit({"train.py": "on no branch of any remote\n"})
    made = one.version(1)
    for name, value in one.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(one.root)

    assert run(["sync", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["regraded"] == ["mower@1"]
    assert (made.grade, one.resolve("mower@1").grade) == ("C", "B")
    told = one.history()[-1]
    assert told.kind == EventKind.VERSION_REGRADED
    assert told.after["pushed_to"] == f"refs/registry/runs/{made.run}"


@on_sqlite
def test_what_the_shared_remote_does_not_have_is_not_pushed(
    machines: tuple[Sharing, Sharing],
) -> None:
    one, _ = machines
    one.commit({"train.py": "on no branch of any remote\n"})
    for number in (1, 2):
        made = one.version(number)
    kept = f"refs/registry/runs/{made.run}"
    on_the_remote(one, "update-ref", kept, "HEAD")  # it says that it has another commit
    on_the_remote(one, "update-ref", "-d", f"refs/registry/runs/{one.resolve('mower@1').run}")

    assert confirm_pushed(one.registry()) == ()

    on_the_remote(one, "update-ref", kept, str(made.commit))
    assert confirm_pushed(one.registry()) == ("mower@2",)
    assert [one.resolve(f"mower@{number}").grade for number in (1, 2)] == ["C", "B"]
    (one.folder / "bare.git").rename(one.folder / "away.git")
    with pytest.raises(ProgramFailed, match="ls-remote"):
        confirm_pushed(one.registry())


def test_a_lost_clone_comes_back_from_remote_and_store(machines: tuple[Sharing, Sharing]) -> None:
    one, two = machines
    one.version(1)
    one.raise_to("mower@1", "staging", "production")
    before = refs(one)
    fresh = clone(two, one.folder / "bare.git", "fresh")

    sync(fresh.registry())

    assert refs(fresh) == before
    assert examine(fresh.registry()) == ()
