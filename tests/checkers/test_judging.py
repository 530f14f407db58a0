"""The judge of a load accepts what many processes really did, and refuses it with one thing wrong."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.deeds import Deed
from support.history import Call
from support.judging import Evidence, Kept, judge, look
from support.load import WRITERS, Storm, prepare
from support.world import World, copy_tree

from registry_tasks.entities.event import Event, EventKind

pytestmark = pytest.mark.slow
Change = Callable[[Evidence, random.Random], Evidence]


@pytest.fixture(scope="module")
def evidence(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """What four processes really did, two of which were killed now and then."""
    folder = tmp_path_factory.mktemp("judged")
    copy_tree(template, folder / "world")
    world = World(folder / "world")
    prepare(world)
    before = look(world)
    storm = Storm(world, folder / "calls", [WRITERS] * 4, 4, seed=1, kill_every_s=0.5)
    storm.run()
    made = Evidence(before, storm.calls(), look(world))
    world.close()
    return made


def test_what_really_happened_is_accepted(evidence: Evidence) -> None:
    assert judge(evidence) > 100
    assert {"register", "promote", "point alias", "describe"} <= {c.verb for c in evidence.calls}


def _with_events(evidence: Evidence, events: list[Event]) -> Evidence:
    kept = replace(evidence.after, events=tuple(events))
    return replace(evidence, after=kept)


def _answered(evidence: Evidence, *verbs: str) -> list[Call]:
    return [c for c in evidence.calls if c.verb in verbs and c.answer is not None]


def _exchanged(evidence: Evidence, old: Call, new: Call) -> Evidence:
    return replace(evidence, calls=[new if call is old else call for call in evidence.calls])


def _deeds(evidence: Evidence) -> list[Deed]:
    known = {c.id for c in evidence.calls if not c.unknown}
    return [deed for deed in evidence.deeds if deed.owner in known]


def an_event_is_lost(evidence: Evidence, chance: random.Random) -> Evidence:
    lost = chance.choice(chance.choice(_deeds(evidence)).events)
    return _with_events(evidence, [e for e in evidence.after.events if e is not lost])


def an_event_is_told_twice(evidence: Evidence, chance: random.Random) -> Evidence:
    events = list(evidence.after.events)
    place = events.index(chance.choice(chance.choice(_deeds(evidence)).events))
    return _with_events(evidence, [*events[: place + 1], *events[place:]])


def nobody_asked_for_an_event(evidence: Evidence, chance: random.Random) -> Evidence:
    owners = {deed.owner for deed in evidence.deeds}
    owner = chance.choice(sorted(owner for owner in owners if owner))
    return replace(evidence, calls=[c for c in evidence.calls if c.id != owner])


def an_acknowledged_call_left_nothing(evidence: Evidence, chance: random.Random) -> Evidence:
    call = chance.choice(_answered(evidence, "describe", "register", "register file"))
    copy = replace(call, id="p99-1", asked=call.asked | {"run": "another"})
    return replace(evidence, calls=[*evidence.calls, copy])


def two_deeds_have_changed_places(evidence: Evidence, chance: random.Random) -> Evidence:
    calls = {c.id: c for c in evidence.calls}
    deeds = [d for d in _deeds(evidence) if d.kinds == [EventKind.VERSION_DESCRIBED]]
    first, last = deeds[0], deeds[-1]
    assert calls[first.owner or ""].end < calls[last.owner or ""].start
    (a,), (b,) = first.events, last.events
    swapped = {
        a.sequence: b.model_copy(update={"sequence": a.sequence, "at": a.at}),
        b.sequence: a.model_copy(update={"sequence": b.sequence, "at": b.at}),
    }
    return _with_events(evidence, [swapped.get(e.sequence, e) for e in evidence.after.events])


def a_number_is_given_twice(evidence: Evidence, chance: random.Random) -> Evidence:
    last = evidence.after.versions[-1]
    twice = last.model_copy(update={"number": last.number - 1})
    versions = (*evidence.after.versions[:-1], twice)
    return replace(evidence, after=replace(evidence.after, versions=versions))


def a_caller_was_told_another_number(evidence: Evidence, chance: random.Random) -> Evidence:
    call = chance.choice(_answered(evidence, "register", "register file"))
    assert call.answer is not None
    version = call.answer["version"] | {"number": 1}
    return _exchanged(evidence, call, replace(call, answer=call.answer | {"version": version}))


def a_version_is_elsewhere_at_the_end(evidence: Evidence, chance: random.Random) -> Evidence:
    versions = list(evidence.after.versions)
    place = chance.randrange(len(versions))
    stage = "archived" if versions[place].stage != "archived" else "experiment"
    versions[place] = versions[place].model_copy(update={"stages": {"default": stage}})
    return replace(evidence, after=replace(evidence.after, versions=tuple(versions)))


def an_alias_points_elsewhere_at_the_end(evidence: Evidence, chance: random.Random) -> Evidence:
    kept: Kept = replace(evidence.after, aliases={**evidence.after.aliases, "blue": 10_000})
    return replace(evidence, after=kept)


def a_reader_saw_who_was_not_there(evidence: Evidence, chance: random.Random) -> Evidence:
    call = chance.choice(_answered(evidence, "list"))
    assert call.answer is not None
    slots = call.answer["slots"] | {"production": 10_000}
    return _exchanged(evidence, call, replace(call, answer=call.answer | {"slots": slots}))


def a_reader_saw_what_was_long_gone(evidence: Evidence, chance: random.Random) -> Evidence:
    call = _answered(evidence, "list")[0]
    later = max(c.end for c in evidence.calls if not c.unknown) + 1
    late = replace(call, id="p99-1", start=later, end=later + 1)
    last = evidence.after
    assert call.answer is not None and call.answer["versions"] < len(last.versions)
    return replace(evidence, calls=[*evidence.calls, late])


def two_callers_won_the_same_swap(evidence: Evidence, chance: random.Random) -> Evidence:
    won = [
        c
        for c in _answered(evidence, "promote")
        if c.answer and c.asked["to"] == "staging" and c.answer["moves"]
    ]
    call = chance.choice(won)
    rival = replace(call, id="p99-1")
    return replace(evidence, calls=[*evidence.calls, rival])


def a_caller_was_locked_out(evidence: Evidence, chance: random.Random) -> Evidence:
    call = chance.choice(evidence.calls)
    locked = replace(call, error="StoreLocked", answer=None, end=call.start + 10)
    return _exchanged(evidence, call, locked)


CHANGES: tuple[Change, ...] = (
    an_event_is_lost,
    an_event_is_told_twice,
    nobody_asked_for_an_event,
    an_acknowledged_call_left_nothing,
    two_deeds_have_changed_places,
    a_number_is_given_twice,
    a_caller_was_told_another_number,
    a_version_is_elsewhere_at_the_end,
    an_alias_points_elsewhere_at_the_end,
    a_reader_saw_who_was_not_there,
    a_reader_saw_what_was_long_gone,
    two_callers_won_the_same_swap,
    a_caller_was_locked_out,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_one_thing_wrong_is_refused(evidence: Evidence, change: Change) -> None:
    for seed in range(5):
        with pytest.raises(AssertionError):
            judge(change(evidence, random.Random(seed)))
