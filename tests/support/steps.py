"""What each call tells of each register: the slots, the aliases, where versions are, how many."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from registry_tasks.entities.stage import Stage
from support.deeds import Deed
from support.history import Call
from support.linearizability import ANY, KEEP, NOTHING, Step, Value

SLOTS: Final = ("staging", "production")
WATCHED: Final = ("champion", "blue", "green")  # aliases
Register = tuple[str, str]
COUNT: Final[Register] = ("count", "")


class Found(NamedTuple):
    """What was found in a register, and what was left there."""

    expects: Value = ANY
    writes: Value = KEEP
    forbids: Value = NOTHING


Tells = Iterator[tuple[Register, Found]]


def steps_of(calls: Iterable[Call], deeds: Iterable[Deed]) -> dict[Register, list[Step]]:
    """Return the steps of each register.

    Of a call whose end nobody saw the store tells what it did, if it did anything; whether it is
    taken is left to the search, which may place it anywhere after its start.
    """
    done = {deed.owner: deed for deed in deeds}
    steps: dict[Register, list[Step]] = {}
    for call in calls:
        deed = done.get(call.id)
        if call.unknown:
            told = _of_deed(deed) if deed else iter(())
        else:
            told = _of_answer(call) if call.error is None else _of_error(call)
        for register, found in told:
            step = Step(
                f"{call.id} {call.verb} {call.asked}",
                call.start,
                call.end,
                expects=found.expects,
                forbids=found.forbids,
                writes=found.writes,
                certain=not call.unknown,
                witness=deed.sequence if deed else float("inf"),
            )
            steps.setdefault(register, []).append(step)
    return steps


def _of_deed(deed: Deed) -> Tells:
    yield from _of_moves(deed.moves)
    for name, number in deed.aliases.items():
        yield ("alias", name), Found(writes=number)
    if deed.registered is not None:
        yield from _of_registration(deed.registered)


def _of_answer(call: Call) -> Tells:
    answer: dict[str, Any] = call.answer or {}
    match call.verb:
        case "resolve":
            yield from _of_resolved(call.asked["ref"].rpartition("@")[2], answer)
        case "list":
            for slot in SLOTS:
                yield ("slot", slot), Found(expects=answer["slots"].get(slot))
            for name in WATCHED:
                yield ("alias", name), Found(expects=answer["aliases"].get(name))
            assert answer["versions"] == answer["latest"], answer
            yield COUNT, Found(expects=answer["versions"])
        case "register" | "register file" if answer["created"]:
            yield from _of_registration(answer["version"]["number"])
        case "register" | "register file":
            yield from _of_version(answer["version"])
        case "point alias":
            expected = call.asked.get("expect_current")
            expects = ANY if expected is None else expected or None
            name = call.asked["alias"]
            yield ("alias", name), Found(expects=expects, writes=answer["number"])
        case "remove alias":
            yield ("alias", call.asked["alias"]), Found(expects=answer["number"], writes=None)
        case "describe":
            pass  # its answer may be one of before
        case _:
            yield from _of_transition(call, answer)


def _of_registration(number: int) -> Tells:
    yield COUNT, Found(expects=number - 1, writes=number)
    yield ("version", str(number)), Found(expects=None, writes=str(Stage.EXPERIMENT))


def _of_resolved(label: str, version: dict[str, Any]) -> Tells:
    if label in SLOTS:
        yield ("slot", label), Found(expects=version["number"])
    elif label in WATCHED:
        yield ("alias", label), Found(expects=version["number"])
    yield from _of_version(version)


def _of_version(version: dict[str, Any]) -> Tells:
    """Where a version stands is seen together with its aliases."""
    number, stage = version["number"], version["stages"]["default"]
    yield ("version", str(number)), Found(expects=stage)
    for slot in SLOTS:
        held = Found(expects=number) if slot == stage else Found(forbids=number)
        yield ("slot", slot), held
    for name in WATCHED:
        points = Found(expects=number) if name in version["aliases"] else Found(forbids=number)
        yield ("alias", name), points


def _of_transition(call: Call, answer: dict[str, Any]) -> Tells:
    moves = [(_number(m["ref"]), m["source"], m["target"]) for m in answer["moves"]]
    if not moves:  # it was there already
        there = call.asked.get("to", str(Stage.ARCHIVED))
        number = _number(call.asked["ref"])
        yield ("version", str(number)), Found(expects=there)
        if there in SLOTS:
            yield ("slot", there), Found(expects=number)
    yield from _of_moves(moves)
    for name, ref in answer["aliases"].items():
        yield ("alias", name), Found(writes=_number(ref))


def _of_moves(moves: list[tuple[int, str, str]]) -> Tells:
    for number, source, target in moves:
        yield ("version", str(number)), Found(expects=source, writes=target)
    for slot in SLOTS:
        left = [number for number, source, _ in moves if source == slot]
        entered = [number for number, _, target in moves if target == slot]
        if left or entered:
            before, after = (found[0] if found else None for found in (left, entered))
            yield ("slot", slot), Found(expects=before, writes=after)


def _of_error(call: Call) -> Tells:
    """A refusal tells what was found."""
    match call.error, call.facts:
        case "CurrentMoved", [place, _, found]:
            kind = "alias" if place.startswith("alias ") else "slot"
            holder = None if found == "nobody" else int(found.removeprefix("version "))
            yield (kind, place.removeprefix("alias ")), Found(expects=holder)
        case "IllegalMove", [ref, source, *_]:
            number = _number(ref)
            yield ("version", str(number)), Found(expects=source)
            for slot in SLOTS:
                held = Found(expects=number) if slot == source else Found(forbids=number)
                yield ("slot", slot), held
        case "NotArchived", [ref, stage]:
            yield ("version", str(_number(ref))), Found(expects=stage)
        case "VersionNotFound", _ if call.verb == "remove alias":
            yield ("alias", call.asked["alias"]), Found(expects=None)
        case "VersionNotFound", _ if call.verb == "resolve":
            label = call.asked["ref"].rpartition("@")[2]
            kind = "slot" if label in SLOTS else "alias"
            yield (kind, label), Found(expects=None)


def _number(ref: str) -> int:
    return int(ref.rpartition("@")[2])
