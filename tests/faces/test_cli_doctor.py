"""``registry doctor``: what it prints, what it changes, what its exit code says."""

import os
import re
import shlex
import time
from pathlib import Path
from typing import Final

import pytest

from registry_tasks import Client
from registry_tasks.entities.finding import FindingKind

from .conftest import MODEL as M, Cli

PAGE: Final = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text()


def objects(client: Client) -> list[Path]:
    assert isinstance(client.settings.remote, Path)
    return sorted(p for p in (client.settings.remote / "files").rglob("*") if p.is_file())


def damage(path: Path) -> bytes:
    before = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(before[:-1] + b"X")
    return before


def test_every_finding_is_in_the_page_and_nothing_else() -> None:
    assert re.findall(r"^\| `(\w+\.\w+)` \|", PAGE, re.MULTILINE) == list(FindingKind)


def test_it_looks_and_changes_nothing_then_repairs(one: Client, cli: Cli) -> None:
    copy = one.download(f"{M}@1")
    (stored,) = objects(one)
    good = damage(stored)

    looked = cli("doctor")
    assert looked.code == 9
    assert f"{copy} has it\n  to repair: registry doctor --repair\n1 to look at\n" in looked.out
    assert stored.read_bytes() != good

    mended = cli("doctor", "--repair")
    assert (mended.code, mended.out.endswith("\n  mended\n1 mended\n")) == (0, True)
    assert stored.read_bytes() == good
    assert cli("doctor").out == "all is well\n"
    assert cli("doctor", "--repair", "--json").document == {"items": []}


def test_what_cannot_be_mended_says_what_a_person_has_to_do(one: Client, cli: Cli) -> None:
    objects(one)[0].unlink()
    told = cli("doctor", "--repair")
    assert told.code == 9
    assert "  not mended, nothing safe can be done without a person\n" in told.out
    assert (
        "  to repair: registry doctor --repair --from FOLDER\n    no copy is at hand:" in told.out
    )
    (item,) = cli("doctor", "--repair", "--json").document["items"]
    assert (item["kind"], item["outcome"]) == ("object.missing", "not mended")


def test_the_command_that_it_names_is_the_one_that_repairs(
    one: Client, cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "my backup"
    assert cli("backup", str(folder)).code == 0
    objects(one)[0].unlink()
    looked = cli("doctor", "--from", str(folder))
    assert looked.code == 9
    (command,) = re.findall(r"  to repair: registry (.*)\n", looked.out)
    assert shlex.split(command) == ["doctor", "--repair", "--from", str(folder)]
    assert cli(*shlex.split(command)).out.endswith("\n  mended\n1 mended\n")
    assert cli("doctor").out == "all is well\n"
    assert cli("doctor", "--from", str(tmp_path / "nowhere")).code == 2


def test_quick_sees_sizes_and_no_bytes(one: Client, cli: Cli) -> None:
    (stored,) = objects(one)
    good = damage(stored)
    assert cli("doctor", "--quick").out == "all is well\n"
    assert cli("doctor", "--sample", "1").code == 9
    stored.write_bytes(good[:-1])
    assert cli("doctor", "--quick").code == 9


def test_a_sample_hashes_so_many_by_chance(one: Client, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    for number in range(9):
        file.write_text(f"more {number}\n")
        one.register(file, model=M)
    good = {path: damage(path) for path in objects(one)}
    found = cli("doctor", "--sample", "4", "--json").document["items"]
    assert len(found) == 4 < len(good)
    assert len(cli("doctor", "--sample", "400", "--json").document["items"]) == len(good)


def test_a_note_is_no_alarm(one: Client, cli: Cli) -> None:
    assert isinstance(one.settings.remote, Path)
    path = one.settings.remote / "files" / "md5" / "ab" / ("c" * 30)
    path.parent.mkdir()
    path.write_text("nobody's")
    assert cli("doctor").out == "all is well\n", "a run may be about to tell of it"
    old = time.time() - 3 * 24 * 3600
    os.utime(path, (old, old))
    told = cli("doctor")
    assert told.code == 0
    assert "  to repair: git log --all --oneline -S ab" in told.out
    assert f"no DVC project needs it: rm -f {path}\n" in told.out
    assert told.out.endswith("1 only told, no alarm\n")
    assert cli("doctor", "--repair").code == 0
    assert path.exists(), "another store may need it"


@pytest.mark.parametrize("options", [("--quick", "--sample", "3"), ("--sample", "0")])
def test_options_that_make_no_sense_are_refused(
    one: Client, cli: Cli, options: tuple[str, ...]
) -> None:
    assert cli("doctor", *options).code == 2
