"""However many decide at once, and wherever one dies: one promotion, or none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from support.approving import acting, all_of, ask_people, now, say_no, say_yes, wait, waiting
from support.patience import until
from support.replay import replay
from support.world import World

from registry_tasks.entities.approval import Approval, Approve, Closing
from registry_tasks.entities.errors import ApprovalClosed, RegistryError
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.promotion import Promote
from registry_tasks.faces.http.tending import tended
from registry_tasks.registry.care.sync import sync
from registry_tasks.registry.lifecycle import approve as approving
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.registry.lifecycle.promote import promote

pytestmark = pytest.mark.slow


def decided_and_died(world: World) -> Approval:
    """Somebody approved, and the process died before the promotion."""
    asked = waiting(world, reason="better on rain")
    request = Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
    approving._approve(acting(world, "grace"), request)
    left = now(world, asked)
    assert (left.is_decided, left.outcome) == (True, None)
    assert world.stages()[1] == "staging"
    return left


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Begin them all in the same moment; returns what each gave or raised."""
    barrier = Barrier(len(acts))

    def work(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except RegistryError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def by_sync(world: World) -> object:
    return sync(acting(world, "linus"))


def by_asking_again(world: World) -> object:
    return promote(acting(world, "bob"), Promote(ref="mower@1", to="production"))


def by_another_approval(world: World) -> object:
    (asked,) = all_of(world)
    return say_yes(world, asked, "linus")


def by_the_same_approval(world: World) -> object:
    (asked,) = all_of(world)
    return say_yes(world, asked, "grace")


def by_a_running_server(world: World) -> object:
    (asked,) = all_of(world)
    with tended(world.settings, every_s=0.01):
        return until(lambda: now(world, asked).outcome)


FINISHERS = (
    *(by_sync, by_asking_again, by_another_approval, by_the_same_approval),
    by_a_running_server,
)


@pytest.mark.parametrize("finish", FINISHERS)
def test_what_died_in_between_is_finished_by(
    world: World, finish: Callable[[World], object]
) -> None:
    ask_people(world)
    asked = decided_and_died(world)

    finish(world)

    done = now(world, asked)
    assert (done.outcome, world.stages()) == (Closing.PROMOTED, {1: "production"})
    (moved,) = [e for e in world.history() if e.kind == K.VERSION_PROMOTED][1:]
    assert (moved.actor, moved.reason) == ("grace", "better on rain")
    before = world.history()
    assert carry_on(world.registry()) == ()
    assert world.history() == before


def test_a_decision_waits_for_a_checkout_that_knows_the_policy(
    sqlite_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = sqlite_world
    ask_people(world)
    decided_and_died(world)
    params = world.root / "params.yaml"
    whole = params.read_text()
    world.commit({"params.yaml": "registry: {models: {mower: {stages: 3}}}\n"})

    assert carry_on(world.registry()) == ()
    assert "mower@1 to production was approved: " in caplog.text

    world.commit({"params.yaml": whole})
    (done,) = carry_on(world.registry())
    assert done.outcome is Closing.PROMOTED


def test_what_goes_on_waiting_holds_up_nobody_who_writes(sqlite_world: World) -> None:
    """A server looks at it again and again: it only reads."""
    ask_people(sqlite_world)
    waiting(sqlite_world)
    with sqlite_world.registry().metadata.writing("ada"):  # or it would wait for this in vain
        assert carry_on(acting(sqlite_world, "linus")) == ()


def test_two_carry_on_at_once(world: World) -> None:
    ask_people(world)
    decided_and_died(world)
    people = [acting(world, name) for name in ("linus", "sofia", "tove")]

    told = at_once(*(lambda registry=registry: carry_on(registry) for registry in people))

    assert not any(isinstance(each, RegistryError) for each in told)
    assert world.kinds().count(K.VERSION_PROMOTED) == 2
    assert world.kinds().count(K.APPROVAL_CLOSED) == 1
    assert world.stages() == replay(world.history()) == {1: "production"}


def test_many_approve_at_once(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    asked = waiting(world)
    names = ("grace", "linus", "sofia", "tove")

    told = at_once(*(lambda name=name: say_yes(world, asked, name) for name in names))

    late = [each for each in told if isinstance(each, RegistryError)]
    assert all(isinstance(each, ApprovalClosed) for each in late)
    done = now(world, asked)
    assert done.outcome is Closing.PROMOTED
    assert len(done.approved_by) + len(late) == len(names)
    assert world.kinds().count(K.VERSION_PROMOTED) == 2
    assert world.kinds().count(K.APPROVAL_DECIDED) == len(done.decisions) >= 2
    assert world.stages() == {1: "production"}


def test_yes_and_no_at_once(world: World) -> None:
    ask_people(world)
    asked = waiting(world)

    told = at_once(
        lambda: say_yes(world, asked, "grace"),
        lambda: say_no(world, asked, "linus"),
    )

    done = now(world, asked)
    assert world.kinds().count(K.APPROVAL_CLOSED) == 1
    assert done.outcome in (Closing.PROMOTED, Closing.REJECTED)
    promoted = done.outcome is Closing.PROMOTED
    assert world.stages() == {1: "production" if promoted else "staging"}
    assert isinstance(told[int(promoted)], ApprovalClosed)
    assert not isinstance(told[int(not promoted)], RegistryError)


def test_one_person_twice_at_once(world: World) -> None:
    ask_people(world)
    asked = waiting(world)

    told = at_once(*[lambda: say_yes(world, asked, "grace")] * 3)

    assert [each.outcome for each in told if isinstance(each, Approval)] == [Closing.PROMOTED] * 3
    assert world.kinds().count(K.APPROVAL_DECIDED) == 1
    assert world.kinds().count(K.VERSION_PROMOTED) == 2


def test_many_ask_at_once(world: World) -> None:
    ask_people(world)
    world.version(1)
    world.raise_to("mower@1", "staging")

    told = at_once(*(lambda name=name: wait(world, actor=name) for name in ("ada", "bob", "cleo")))

    assert len({each.uuid for each in told if isinstance(each, Approval)}) == 1
    assert len(told) == len([each for each in told if isinstance(each, Approval)])
    assert world.kinds().count(K.APPROVAL_REQUESTED) == 1
