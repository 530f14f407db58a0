"""What the pages show of drills and of versions without their bytes."""

import pytest
from support.stories import FOUND
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.drill import Looked
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.archive import archive

pytestmark = pytest.mark.slow
HERE = "/models/mower/versions/1"
WELL = FOUND.model_copy(
    update={"environment": Looked.PASSED, "rebuild": Looked.PASSED, "failure": ""}
)


def test_a_failed_drill_is_marked_on_every_page_until_a_better_one(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    sqlite_world.version(1)
    pages = ("/", "/models/mower", HERE)
    keep_drill(sqlite_world.registry(), "mower@1", FOUND)

    for page in pages:
        told = sqlite_reader.look(page).text
        assert FOUND.failure in told or "last drill failed" in told, page
    assert FOUND.failure in sqlite_reader.look(f"{HERE}?view=evidence").text
    assert "failed" in sqlite_reader.look(f"{HERE}?view=history").text

    keep_drill(sqlite_world.registry(), "mower@1", WELL)

    for page in pages:
        told = sqlite_reader.look(page).text
        assert FOUND.failure not in told and "its drill of" not in told, page


def test_a_person_lets_go_of_the_bytes_of_what_can_be_made_again(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    world = sqlite_world
    made = world.version(1)
    assert "Let go of its bytes" not in sqlite_reader.look(HERE).text
    world.reproduced(made, Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref=made.ref))

    page = sqlite_reader.look(HERE)
    sqlite_reader.press(page.form("/do/drop-bytes"), reason="space")

    dropped = show(world.registry(), made.ref).dropped
    assert dropped is not None and dropped.reason == "space"
    told = sqlite_reader.look(HERE).text
    assert "Without its bytes" in told and "registry remake-bytes mower@1" in told
    assert not [f for f in sqlite_reader.look(HERE).forms if f.action.endswith("/do/restore")]
