"""Where the checkout at hand has little to tell: what the store knows is shown all the same."""

import pytest
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.registration import RegisterFile
from registry_tasks.faces.web.version import VIEWS
from registry_tasks.registry.catalogue.register_file import register_file

pytestmark = pytest.mark.slow


def test_a_checkout_without_a_commit_hides_no_page(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    sqlite_world.git("checkout", "--quiet", "--orphan", "fresh")
    (sqlite_world.folder / "m.bin").write_bytes(b"m")
    asked = RegisterFile(model="mower", path=str(sqlite_world.folder / "m.bin"))
    for number in (1, 2):
        asked = asked.model_copy(update={"parameters": {"n": number}})
        register_file(sqlite_world.registry(), asked)
    page = sqlite_reader.open("/models/mower")
    assert "no commit yet" in page.text
    for view, _ in VIEWS:
        sqlite_reader.open(f"/models/mower/versions/1?view={view}")
    for address in ("/", "/models", "/runs", "/compare?ref=mower@1&ref=mower@2", "/approvals"):
        sqlite_reader.open(address)
    sqlite_reader.open("/lineage?subject=mower@1")
