"""Where a checkout's DVC finds cache and remote, as the real DVC understands it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from registry_tasks.entities.errors import (
    InvalidProject,
    InvalidSetting,
    ObjectCorrupt,
    ObjectMissing,
    StageFailed,
)
from registry_tasks.stores.dvc.cache import DvcCache, shared_cache
from registry_tasks.stores.dvc.command import run_command
from registry_tasks.stores.dvc.workspace import dvc_environment, point_checkout, point_workspace
from registry_tasks.stores.git.repository import GitRepository

pytestmark = pytest.mark.slow

RunDvc = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("name", ["plain", "with space", "a,b", "a #b", 'say "x"', "it's", "50%"])
def test_the_real_dvc_uses_the_cache_and_the_remote_it_is_pointed_to(
    checkout: Path, run_dvc: RunDvc, tmp_path: Path, name: str
) -> None:
    run_dvc(checkout, "init", "--quiet")
    cache, remote = tmp_path / name / "cache", tmp_path / name / "remote"
    point_workspace(checkout, cache, remote)

    (checkout / "data").write_text("data\n")
    for command in (["add", "data"], ["push"]):
        done = run_dvc(checkout, *command)
        assert done.returncode == 0, done.stderr

    stored = DvcCache(remote).path(hashlib.md5(b"data\n").hexdigest())
    assert stored.read_text() == "data\n"
    assert DvcCache(cache).path(hashlib.md5(b"data\n").hexdigest()).read_text() == "data\n"
    assert shared_cache(checkout).root == cache


def test_other_settings_and_comments_stay_and_pointing_again_changes_nothing(
    checkout: Path, run_dvc: RunDvc, tmp_path: Path
) -> None:
    run_dvc(checkout, "init", "--quiet")
    config = checkout / ".dvc" / "config.local"
    config.write_text(
        "# mine\n[core]\n    remote = mine\n    autostage = true\n"
        "['remote \"mine\"']\n    url = /mine  # here\n[cache]\n    type = copy\n"
    )
    point_workspace(checkout, DvcCache(tmp_path / "cache"), tmp_path / "remote")
    once = config.read_text()
    point_workspace(checkout, DvcCache(tmp_path / "cache"), tmp_path / "remote")

    assert config.read_text() == once
    assert "# mine" in once and "url = /mine  # here" in once
    told = dict(line.split("=", 1) for line in run_dvc(checkout, "config", "-l").stdout.split())
    assert told == {
        "core.remote": "registry",
        "core.autostage": "true",
        "remote.mine.url": "/mine",
        "remote.registry.url": str(tmp_path / "remote"),
        "cache.type": "copy",
        "cache.dir": str(tmp_path / "cache"),
    }


@pytest.mark.parametrize(
    ("config", "local", "expected"),
    [
        ("", "", "registry"),
        ("", "[core]\n    remote = registry\n", "registry"),
        ('[core]\n    remote = "registry" # ours\n', "", "registry"),
        ("[core]\n    remote = mine\n", "", "mine"),
        ("", "[core]\n    remote = mine\n", "mine"),
        ("[core]\n    remote = registry\n", "[core]\n    remote = mine\n", "mine"),
        ("[core]\n    remote = mine\n", "[core]\n    remote = registry\n", "registry"),
    ],
)
def test_the_user_s_checkout_keeps_its_default_remote(
    checkout: Path, run_dvc: RunDvc, tmp_path: Path, config: str, local: str, expected: str
) -> None:
    run_dvc(checkout, "init", "--quiet")
    (checkout / ".dvc" / "config").write_text(config)
    (checkout / ".dvc" / "config.local").write_text(local)
    before = shared_cache(checkout).root
    for _ in range(2):
        point_checkout(checkout, tmp_path / "remote")

    listed = run_dvc(checkout, "config", "-l").stdout.split()  # later ones outrank
    told = dict(line.split("=", 1) for line in listed)
    assert told == {"core.remote": expected, "remote.registry.url": str(tmp_path / "remote")}
    assert (checkout / ".dvc" / "config").read_text() == config
    assert shared_cache(checkout).root == before


def test_a_workspace_of_such_a_checkout_gets_the_registry_s_remote(
    checkout: Path, run_dvc: RunDvc, tmp_path: Path
) -> None:
    run_dvc(checkout, "init", "--quiet")
    (checkout / ".dvc" / "config").write_text("[core]\n    remote = mine\n")
    point_workspace(checkout, tmp_path / "cache", tmp_path / "remote")
    assert run_dvc(checkout, "config", "core.remote").stdout.strip() == "registry"


def test_a_checkout_whose_configuration_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".dvc").mkdir()
    (tmp_path / ".dvc" / "config").write_text("remote = x\n")
    with pytest.raises(InvalidProject, match=r"\.dvc/config"):
        point_checkout(tmp_path, tmp_path / "remote")
    assert not (tmp_path / ".dvc" / "config.local").exists()


def test_git_never_sees_the_local_configuration(repository: GitRepository, tmp_path: Path) -> None:
    point_workspace(repository.root, tmp_path / "cache", tmp_path / "remote")
    assert repository.uncommitted() == (".dvc/.gitignore",)
    point_workspace(repository.root, tmp_path / "cache", tmp_path / "remote")
    assert (repository.root / ".dvc" / ".gitignore").read_text().count("/config.local") == 1


def test_a_folder_that_no_configuration_can_hold_is_refused(tmp_path: Path) -> None:
    for name in ("a\nb", "both \" and '"):
        with pytest.raises(InvalidSetting):
            point_workspace(tmp_path, tmp_path / name, tmp_path / "remote")
    assert not (tmp_path / ".dvc" / "config.local").exists()


def test_the_cache_is_dvc_s_own_unless_configured(tmp_path: Path) -> None:
    dvc = tmp_path / ".dvc"
    dvc.mkdir()
    assert shared_cache(tmp_path).root == dvc / "cache"
    (dvc / "config").write_text("[core]\n    remote = x\n[cache]\n    dir = ../../shared\n")
    assert shared_cache(tmp_path).root == tmp_path.parent / "shared"
    (dvc / "config.local").write_text("[cache]\ndir = /local # mine\n")
    assert shared_cache(tmp_path).root == Path("/local")
    (dvc / "config.local").write_text("dir = /local\n")
    with pytest.raises(InvalidProject, match=r"config\.local"):
        shared_cache(tmp_path)


def write_listing(cache: DvcCache, content: bytes) -> str:
    md5 = hashlib.md5(content).hexdigest() + ".dir"
    cache.path(md5).parent.mkdir(parents=True)
    cache.path(md5).write_bytes(content)
    return md5


def test_a_listing_is_read_in_order_of_path(tmp_path: Path) -> None:
    cache = DvcCache(tmp_path)
    entries = [{"md5": "a" * 32, "relpath": "z/b"}, {"md5": "b" * 32, "relpath": "a"}]
    md5 = write_listing(cache, json.dumps(entries).encode())
    assert cache.listing(md5) == (("a", "b" * 32), ("z/b", "a" * 32))


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "{}x",
        "[1]",
        '[{"relpath": "a"}]',
        f'[{{"relpath": "../a", "md5": "{"a" * 32}"}}]',
        f'[{{"relpath": "/a", "md5": "{"a" * 32}"}}]',
        f'[{{"relpath": "", "md5": "{"a" * 32}"}}]',
        '[{"relpath": "a", "md5": "../../x"}]',
        '[{"relpath": 1, "md5": 2}]',
    ],
)
def test_a_listing_that_is_none_is_corrupt(tmp_path: Path, content: str) -> None:
    cache = DvcCache(tmp_path)
    md5 = write_listing(cache, content.encode())
    with pytest.raises(ObjectCorrupt):
        cache.listing(md5)


def test_a_listing_that_is_damaged_or_missing_is_said(tmp_path: Path) -> None:
    cache = DvcCache(tmp_path)
    md5 = write_listing(cache, b"[]")
    cache.path(md5).write_bytes(b"[ ]")
    with pytest.raises(ObjectCorrupt):
        cache.listing(md5)
    cache.path(md5).unlink()
    with pytest.raises(ObjectMissing):
        cache.listing(md5)


@pytest.mark.parametrize(
    "md5", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "/x", "a" * 33]
)
def test_only_an_md5_leads_to_a_path(tmp_path: Path, md5: str) -> None:
    with pytest.raises(ValueError, match="MD5"):
        DvcCache(tmp_path).path(md5)


def test_the_environment_keeps_dvc_inside_and_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "DVC_ROOT", "DVC_STUDIO_TOKEN"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("MINE", "kept")
    environment = dvc_environment(tmp_path)
    assert not {"GIT_DIR", "DVC_ROOT", "DVC_STUDIO_TOKEN"} & environment.keys()
    assert environment["MINE"] == "kept"
    assert environment["DVC_NO_ANALYTICS"] == environment["PYTHONDONTWRITEBYTECODE"] == "1"
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    places = [
        value for name, value in environment.items() if name.endswith("_DIR") and "DVC" in name
    ]
    assert len(places) == 3
    assert all(Path(place).is_relative_to(tmp_path) for place in places)


def test_a_command_runs_in_the_workspace_with_a_shell(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("6\n")
    done = run_command("cat in.txt | tr 6 7; echo x >&2", tmp_path, dvc_environment(tmp_path))
    assert done.output == "7\nx\n"
    assert done.duration_s > 0


def test_a_command_that_fails_says_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(StageFailed) as raised:
        run_command("seq 100; exit 3", tmp_path, dvc_environment(tmp_path))
    assert raised.value.stage == "score"
    assert raised.value.log_tail.splitlines() == [str(n) for n in range(71, 101)]
    with pytest.raises(StageFailed, match="ended with 4"):
        run_command("exit 4", tmp_path, dvc_environment(tmp_path))


def test_a_command_that_is_interrupted_does_not_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "up")

    def interrupt(_: subprocess.Popen[bytes]) -> None:
        (tmp_path / "up").read_text()
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_command("echo up > up; sleep 5; touch done", tmp_path, dvc_environment(tmp_path))
    assert not (tmp_path / "done").exists()
