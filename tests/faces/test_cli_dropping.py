"""The command line of dropping bytes, collecting, drills and risks."""

import pytest
from support.stories import FOUND
from support.world import World

from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.lifecycle.archive import archive

from .conftest import Cli


@pytest.fixture
def told(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Mower 1 is archived and can be made again; its last drill failed."""
    world = sqlite_world
    world.set_policy("retention: {drop_bytes_after_days: 0}")
    world.reproduced(world.version(1), Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref="mower@1"))
    keep_drill(world.registry(), "mower@1", FOUND)
    world.close()
    for name, value in world.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(world.root)
    return world


def test_what_would_go_is_shown_before_it_goes(told: World, cli: Cli) -> None:
    planned = cli("drop-bytes", "--policy", "mower", "--dry-run", "--json")
    assert [item["ref"] for item in planned.document["items"]] == ["mower@1"]
    assert (
        "policy keeps the bytes for 0 days"
        in cli("drop-bytes", "--policy", "mower", "--dry-run").out
    )

    made = cli("drop-bytes", "--policy", "mower")
    assert made.out.startswith("mower@1 let go of 1 objects (7 bytes)"), made.out
    assert cli("drop-bytes", "--policy", "mower").out == "nothing to let go of\n"
    assert "WITHOUT ITS BYTES" in cli("show", "mower@1").out

    shown = cli("collect")
    assert "nothing in" in shown.out  # it went only just now
    assert cli("collect", "--take", "--json").document["taken"] == 0
    assert cli("collect", "--days", "0").code == 2
    refused = cli("collect", "--forget", "nobody")
    assert refused.code == 5 and "no store nobody is known" in refused.err


def test_one_version_is_dropped_or_refused_with_the_reason(told: World, cli: Cli) -> None:
    told.version(2)
    refused = cli("drop-bytes", "mower@2")
    assert refused.code == 5 and "it is in experiment" in refused.err
    made = cli("drop-bytes", "mower@1", "--reason", "space", "--json").document
    assert (made["dropped"]["reason"], made["objects"]) == ("space", 1)
    assert cli("restore", "mower@1").code == 5
    for words in ((), ("mower@1", "--policy", "mower"), ("mower@1", "--dry-run")):
        assert cli("drop-bytes", *words).code == 2


def test_drills_and_risks_are_listed(told: World, cli: Cli) -> None:
    (item,) = cli("drills", "mower", "--failing", "--json").document["items"]
    assert (item["version"], item["verdict"]) == ("mower@1", "failed")
    assert "mower@1" in cli("drills").out
    (risk,) = cli("risks", "--json").document["items"]
    assert risk["ref"] == "mower@1"
    assert "its drill of" in cli("risks", "mower").out
    assert "DRILL FAILED" in cli("show", "mower@1").out
    assert cli("drill").code == 2
    assert cli("drill", "mower", "--all").code == 2
