"""Judge what many processes saw and what the store kept: does one order of calls explain it all?"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.registry.catalogue.show import list_history, list_models, list_versions
from support.deeds import Deed, deeds_of
from support.history import Call
from support.linearizability import Step, linearize
from support.replay import replay
from support.steps import Register, steps_of
from support.world import MODEL, World

RULES: Final = (
    *("CurrentMoved", "IllegalMove", "GateFailed", "InUse", "NotArchived"),
    *("NothingToRollBack", "VersionNotFound"),
)
"""What a caller may be told by a rule; all else, beside being locked out, is a fault."""
_MANY: Final = 10_000_000


@dataclass(frozen=True)
class Kept:
    """What the store holds at a moment when nobody writes."""

    versions: tuple[ModelVersion, ...]  # by number
    aliases: dict[str, int]
    events: tuple[Event, ...]  # oldest first

    @property
    def stages(self) -> dict[int, str]:
        return {version.number: version.stage for version in self.versions}

    def values(self) -> dict[Register, object]:
        """Return what each register holds."""
        found: dict[Register, object] = {("count", ""): len(self.versions)}
        found |= {("version", str(n)): stage for n, stage in self.stages.items()}
        found |= {("alias", name): number for name, number in self.aliases.items()}
        slots = ("staging", "production")
        return found | {("slot", s): n for n, s in self.stages.items() if s in slots}


@dataclass(frozen=True)
class Evidence:
    """A history and what there was before and after it."""

    before: Kept
    calls: list[Call]
    after: Kept

    @property
    def deeds(self) -> list[Deed]:
        """What was done in between."""
        last = self.before.events[-1].sequence
        return deeds_of((e for e in self.after.events if e.sequence > last), self.calls)


def look(world: World) -> Kept:
    """Read everything at once, after every writer that is still about."""
    registry = world.registry()
    with registry.metadata.writing("judge"):  # whoever died has left its place in the queue
        pass
    (model,) = list_models(registry)
    return Kept(
        versions=tuple(reversed(list_versions(registry, MODEL, limit=_MANY))),
        aliases=model.aliases,
        events=tuple(reversed(list_history(registry, MODEL, limit=_MANY))),
    )


def judge(evidence: Evidence) -> int:
    """Fail unless the history is right in every respect; returns how many steps were explained."""
    check_errors(evidence)
    check_numbers(evidence)
    check_replay(evidence)
    check_answers(evidence)
    check_order(evidence)
    return check_linearizable(evidence)


def check_errors(evidence: Evidence) -> None:
    """Nobody was told anything but an answer or what a rule says, least of all that it is locked."""
    wrong = Counter(c.error for c in evidence.calls if c.error and c.error not in RULES)
    assert not wrong, wrong


def check_numbers(evidence: Evidence) -> None:
    """Numbers are dense, what names a version is its own, and callers were told the same."""
    versions = evidence.after.versions
    assert [v.number for v in versions] == list(range(1, len(versions) + 1))
    for facts in ("uuid", "semantic_version"):
        assert len({getattr(v, facts) for v in versions}) == len(versions), facts
    assert evidence.before.versions == tuple(
        now.model_copy(update={"stages": then.stages, "aliases": then.aliases})
        for then, now in zip(evidence.before.versions, versions, strict=False)
    )
    facts = ("uuid", "number", "semantic_version", "sha256", "run")
    for call in evidence.calls:
        if call.verb in ("register", "register file") and call.answer is not None:
            told = call.answer["version"]
            kept = versions[told["number"] - 1]
            assert all(told[f] == getattr(kept, f) for f in facts), (call, kept)


def check_replay(evidence: Evidence) -> None:
    """The history tells the state: one version in a slot at every instant, no move torn."""
    events, after = evidence.after.events, evidence.after
    assert all(a.sequence < b.sequence for a, b in pairwise(events))
    assert replay(events) == after.stages
    aliases: dict[str, int] = {}
    for event in events:
        if event.kind not in (EventKind.ALIAS_MOVED, EventKind.ALIAS_REMOVED):
            continue
        assert isinstance(event.before, dict), event
        name = str(event.before["alias"])
        assert event.before["version"] == aliases.pop(name, None), event
        if event.kind == EventKind.ALIAS_MOVED:
            assert event.version is not None
            aliases[name] = event.version
    assert aliases == after.aliases


def check_answers(evidence: Evidence) -> None:
    """Whatever was acknowledged has its events, all of them and once; and nothing else has any."""
    deeds: dict[str, Deed] = {}
    for deed in evidence.deeds:
        assert deed.owner is not None, f"nobody asked for {deed}"
        assert deed.owner not in deeds, f"done twice: {deed} and {deeds[deed.owner]}"
        deeds[deed.owner] = deed
    for call in evidence.calls:
        if not call.unknown:
            _check_answer(call, deeds.get(call.id))


def _check_answer(call: Call, deed: Deed | None) -> None:
    if call.error is not None:
        refused = [EventKind.VERSION_REFUSED] if call.error == "GateFailed" else []
        assert (deed.kinds if deed else []) == refused, (call, deed)
        return
    answer = call.answer
    assert answer is not None
    kinds = deed.kinds if deed else []
    match call.verb:
        case "register" | "register file":
            kind = "REGISTERED" if answer["created"] else "CONFIRMED"
            assert kinds == [EventKind[f"VERSION_{kind}"]], (call, deed)
        case "describe":
            assert kinds == [EventKind.VERSION_DESCRIBED], (call, deed)
        case "remove alias":
            assert kinds == [EventKind.ALIAS_REMOVED], (call, deed)
            assert deed and deed.aliases == {call.asked["alias"]: None}, (call, deed)
        case "point alias":  # none if it pointed there
            assert kinds in ([], [EventKind.ALIAS_MOVED]), (call, deed)
            assert (deed.aliases if deed else {}).items() <= {
                call.asked["alias"]: answer["number"]
            }.items(), (call, deed)
        case "promote" | "roll back" | "archive" | "restore":
            _check_transition(call, deed)
        case _:
            assert deed is None, (call, deed)


def _check_transition(call: Call, deed: Deed | None) -> None:
    assert call.answer is not None
    told = [(_number(m["ref"]), m["source"], m["target"]) for m in call.answer["moves"]]
    assert (deed.moves if deed else []) == told, (call, deed)
    aliases = {name: _number(ref) for name, ref in call.answer["aliases"].items()}
    assert (deed.aliases if deed else {}).items() <= aliases.items(), (call, deed)
    expected = call.asked.get("expect_current")
    if expected is not None and told:
        place = call.asked.get("to", "production")
        left = [number for number, source, _ in told if source == place]
        assert left == ([expected] if expected else []), (call, deed)


def _number(ref: str) -> int:
    return int(ref.rpartition("@")[2])


def check_order(evidence: Evidence) -> None:
    """Of two calls, one of which ended before the other began, the first has the earlier events."""
    calls = {call.id: call for call in evidence.calls}
    latest: Call | None = None
    for deed in evidence.deeds:
        call = calls[deed.owner or ""]
        assert latest is None or latest.start <= call.end, f"{call} is told after {latest}"
        if latest is None or call.start > latest.start:
            latest = call


def check_linearizable(evidence: Evidence) -> int:
    """Each slot, alias, stage of a version and the count of versions is a register that one order
    of its calls explains, from what it held before to what it holds now.
    """
    steps = steps_of(evidence.calls, evidence.deeds)
    before, after = evidence.before.values(), evidence.after.values()
    end = max((s.end for found in steps.values() for s in found if s.certain), default=0.0)
    for register in {*steps, *before, *after}:
        found = steps.get(register, [])
        last = _last_look(after.get(register), end)
        try:
            linearize([*found, last], before.get(register))
        except AssertionError as error:
            error.add_note(f"of {register}")
            raise
    return sum(len(found) for found in steps.values())


def _last_look(value: object, end: float) -> Step:
    return Step("what is there at the end", end + 1, end + 2, expects=value)
