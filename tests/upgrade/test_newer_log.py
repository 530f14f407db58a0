"""A log of a newer release is refused with a sentence that tells to upgrade, and stays as it is."""

import json
from typing import Any, Final

import pytest
from support.world import World

from registry_tasks.entities.errors import LogNewer, StoreMissing
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.ledger.rebuild import rebuild

pytestmark = pytest.mark.slow

LATER: Final[dict[str, dict[str, Any]]] = {
    "an entry of format 2": {"format": 2},
    "event 'version.frozen'": {"kind": "version.frozen"},
    "field 'approved_by'": {"approved_by": "ada"},
    "rows of 'approval'": {"rows": {"approval": [{"by": "ada"}]}},
    "column 'colour' of 'version'": {"rows": {"version": [{"colour": "green"}]}},
}
"""What a later release may write -> the entry's fields that say so."""


@pytest.fixture(params=LATER)
def told(request: pytest.FixtureRequest, sqlite_world: World) -> str:
    """A later release has written the newest entry; returns what of it is not known."""
    world, found = sqlite_world, str(request.param)
    world.version(1)
    subject, _, text = world.git("log", "-1", "--format=%B", LOG_REF).partition("\n\n")
    entry = json.dumps(json.loads(text) | LATER[found], sort_keys=True, separators=(",", ":"))
    before, message = f"{LOG_REF}~1", f"{subject}\n\n{entry}"
    made = world.git("commit-tree", f"{LOG_REF}^{{tree}}", "-p", before, "-m", message)
    world.git("update-ref", LOG_REF, made)
    world.close()
    check_store.cache_clear()  # a later process asks anew
    return found


def test_a_rebuild_tells_to_upgrade(sqlite_world: World, told: str) -> None:
    for file in sqlite_world.state.glob("registry.db*"):
        file.unlink()
    with pytest.raises(LogNewer, match=f"{told}.*upgrade registry-tasks"):
        rebuild(sqlite_world.registry(), Rebuild())
    with pytest.raises(StoreMissing):  # nothing of the log was kept
        sqlite_world.resolve("mower@1")


def test_a_change_tells_to_upgrade_and_is_not_made(sqlite_world: World, told: str) -> None:
    before = sqlite_world.git("rev-parse", LOG_REF)
    with pytest.raises(LogNewer, match=f"{told}.*upgrade registry-tasks"):
        sqlite_world.raise_to("mower@1", "staging")
    assert sqlite_world.stages() == {1: "experiment"}
    assert sqlite_world.git("rev-parse", LOG_REF) == before


def test_reading_goes_on_and_the_doctor_names_it(sqlite_world: World, told: str) -> None:
    assert sqlite_world.resolve("mower@1").number == 1
    findings = examine(sqlite_world.registry())
    (named,) = [finding for finding in findings if finding.kind is FindingKind.LOG_DIFFERS]
    assert told in named.what
    assert "upgrade registry-tasks" in named.what


def test_the_command_line_ends_with_6(
    sqlite_world: World,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in {
        "PROJECT": sqlite_world.root,
        "STATE": sqlite_world.state,
        "STORE": sqlite_world.store_url,
        "REMOTE": sqlite_world.folder / "remote",
    }.items():
        monkeypatch.setenv(f"REGISTRY_{name}", str(value))
    monkeypatch.chdir(sqlite_world.root)
    assert run(["promote", "mower@1", "--to", "staging"]) == 6
    said = capfd.readouterr().err
    assert told in said
    assert "upgrade registry-tasks" in said
