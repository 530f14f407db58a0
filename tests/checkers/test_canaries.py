"""Whoever gets at a canary is noticed; else the trials of known attacks would show nothing."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.attacks import FAMILIES, PRODUCT, count
from support.canaries import TESTS, Canaries, Listener
from support.patience import until
from support.world import World


@pytest.fixture
def canaries(sqlite_world: World) -> Iterator[Canaries]:
    """Canaries around a world that nobody serves."""
    listener = Listener()
    made = Canaries.put(sqlite_world, {"olga": "reg_olga"}, listener)
    (made.folder / "log" / "watched").touch()
    yield made
    listener.close()


def test_nothing_is_noticed_where_nothing_is_done(canaries: Canaries) -> None:
    assert canaries.check() == 0
    assert canaries.leaked(b"nothing") is None


def test_every_secret_is_found_in_an_answer(canaries: Canaries) -> None:
    for what, secret in canaries.secrets.items():
        assert canaries.leaked(b"<p>" + secret.encode()) == what
    for told in ("root:x:0:0:root", "SQLite format 3\0", f"is {PRODUCT}"):
        assert canaries.leaked(told.encode())
    assert set(canaries.secrets) == {"file", "variable", "Git", "token of olga"}
    assert (canaries.folder / "canary.txt").read_text() == canaries.secrets["file"]


def test_whoever_connects_is_heard(canaries: Canaries) -> None:
    socket.create_connection(("127.0.0.1", canaries.listener.port)).close()
    assert until(lambda: canaries.listener.heard)
    with pytest.raises(AssertionError, match="the server asked somebody"):
        canaries.check()


@pytest.mark.parametrize(
    "name", ["made/new", "home/.bashrc", "new", "world/project/a.py", "world/project/.git/hooks/a"]
)
def test_a_file_that_is_made_is_seen(canaries: Canaries, name: str) -> None:
    path = canaries.folder / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with pytest.raises(AssertionError):
        canaries.check()


@pytest.mark.parametrize("name", ["canary.txt", "world/project/params.yaml"])
def test_a_file_that_is_changed_is_seen(canaries: Canaries, name: str) -> None:
    (canaries.folder / name).write_text("changed")
    with pytest.raises(AssertionError):
        canaries.check()


def test_links_and_programs_are_seen_in_the_store_as_well(canaries: Canaries) -> None:
    link = canaries.folder / "world" / "remote" / "link"
    link.symlink_to("/etc/passwd")
    with pytest.raises(AssertionError):
        canaries.check()
    link.unlink()
    program = canaries.folder / "world" / "state" / "program"
    program.touch(mode=0o700)
    with pytest.raises(AssertionError):
        canaries.check()
    program.chmod(0o600)
    assert canaries.check() == 0


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['sh', '-c', 'true'])",
        "import pickle; pickle.loads(b'cos\\ngetcwd\\n(tR.')",
        "open('/etc/passwd')",
        "open('../canary.txt')",
        "import os; os.symlink('/etc/passwd', 'link')",
    ],
)
def test_a_server_tells_what_it_does(canaries: Canaries, act: str) -> None:
    log = canaries.folder / "log" / "watched"
    told = f"import sys; from support.watched import watch; sys.addaudithook(watch({str(log)!r})); {act}"
    subprocess.run(
        [sys.executable, "-c", told], cwd=canaries.folder / "tmp", env={"PYTHONPATH": str(TESTS)},
        capture_output=True, check=False,
    )  # fmt: skip
    (canaries.folder / "tmp" / "link").unlink(missing_ok=True)
    with pytest.raises(AssertionError, match="socket|os\\.|subprocess|pickle|open"):
        canaries.check()


def test_git_may_be_run(canaries: Canaries) -> None:
    line = "subprocess.Popen (['git', '-c', 'x'],)\n"
    (canaries.folder / "log" / "watched").write_text(line)
    assert canaries.check() == 1


def test_attacks_are_written_out_for_the_place(canaries: Canaries) -> None:
    assert count() >= 300
    for family in FAMILIES.values():
        assert family.stands_for.startswith("A")
        for text in family.texts:
            aimed = canaries.aim(text)
            assert not [sign for sign in canaries.texts if sign in aimed], aimed
    assert canaries.aim("http://@HOST@/") == f"http://127.0.0.1:{canaries.listener.port}/"
    assert Path(canaries.aim("@FILE@")).read_text() == canaries.secrets["file"]
