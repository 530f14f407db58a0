"""Eight processes at once: dense numbers, one production at every instant, no lock error."""

from collections.abc import Callable

import pytest
from support.processes import together
from support.replay import replay
from support.world import World

from registry_tasks.entities.errors import CurrentMoved, IllegalMove
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.lifecycle.promote import promote

PROCESSES, ROUNDS = 8, 2
RecordProperty = Callable[[str, object], None]

pytestmark = pytest.mark.slow


def test_numbers_are_dense_and_unique(world: World, record_property: RecordProperty) -> None:
    def work(number: int) -> list[int]:
        found = []
        for turn in range(ROUNDS):
            content = f"model {number} {turn}".encode()
            run = world.finished_run(content=content, parameters={"trees": number * 100 + turn})
            found.append(register(world.registry(), RegisterRun(run=run)).version.number)
        return found

    world.close()
    numbers = [n for found in together(PROCESSES, work) for n in found]

    record_property("N", f"{len(numbers)} versions by {PROCESSES} processes")
    assert sorted(numbers) == list(range(1, PROCESSES * ROUNDS + 1))
    assert len(world.git("tag", "--list").split()) == PROCESSES * ROUNDS
    assert examine(world.registry()) == ()


def test_one_run_registered_by_all_is_one_version(world: World) -> None:
    run = world.finished_run()
    world.close()

    made = together(PROCESSES, lambda _: register(world.registry(), RegisterRun(run=run)))

    assert len({answer.version.uuid for answer in made}) == 1
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 1


def test_the_same_bytes_from_all_are_one_version(world: World) -> None:
    world.close()

    made = together(PROCESSES, lambda _: world.register())

    assert {answer.version.number for answer in made} == {1}
    assert sum(answer.created for answer in made) == 1
    assert world.kinds().count(EventKind.VERSION_CONFIRMED) == PROCESSES - 1


def test_a_new_store_is_made_once(sqlite_world: World) -> None:
    world = sqlite_world
    for file in world.state.iterdir():
        file.unlink()

    made = together(PROCESSES, lambda number: world.register(content=str(number).encode()))

    assert sorted(answer.version.number for answer in made) == list(range(1, PROCESSES + 1))


def test_production_has_one_version_at_every_instant(
    world: World, record_property: RecordProperty
) -> None:
    versions = [world.version(number) for number in range(1, PROCESSES + 1)]
    world.close()

    def work(number: int) -> None:
        for _ in range(ROUNDS):
            # Others push a version out of staging in between, so going on is not always allowed.
            try:
                world.raise_to(versions[number].ref, "staging", "production")
                world.raise_to(versions[number].ref, "experiment")
            except IllegalMove:
                continue

    together(PROCESSES, work)

    history = world.history()
    promoted = sum(event.kind == EventKind.VERSION_PROMOTED for event in history)
    record_property("N", f"{promoted} promotions by {PROCESSES} processes")
    assert replay(history) == world.stages()
    assert examine(world.registry()) == ()


def test_of_all_that_expect_the_same_current_one_wins(world: World) -> None:
    versions = [world.version(number) for number in range(1, PROCESSES + 1)]
    world.set_policy("stages: {staging: []}")
    world.close()

    def work(number: int) -> bool:
        request = Promote(ref=versions[number].ref, to="staging", expect_current=0)
        try:
            promote(world.registry(), request)
        except CurrentMoved:
            return False
        return True

    assert sum(together(PROCESSES, work)) == 1
