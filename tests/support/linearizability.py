"""Whether what happened to one register could have happened one step at a time.

The search of Wing and Gong (1993) with Lowe's memo (2017): take any step that began before every
step that is left had ended, see whether the register's value allows it, go on; two ways that took
the same steps and left the same value are one. A history of several registers is linearizable if
each register's own is (Herlihy and Wing 1990), so each is searched alone.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

Value = Hashable


class Mark(Enum):
    """What a step says of a value when it says nothing."""

    ANY = "any"  # of what it found
    KEEP = "keep"  # of what it left
    NOTHING = "nothing"  # of what it did not find


ANY: Final = Mark.ANY
KEEP: Final = Mark.KEEP
NOTHING: Final = Mark.NOTHING


@dataclass(frozen=True)
class Step:
    """What one operation did to one register, between ``start`` and ``end``.

    It found ``expects``, did not find ``forbids``, and left ``writes``. One that is not ``certain``
    may have happened at any time after its start, or never. ``witness`` is a place in an order that
    is tried first; it changes how long the search takes, never what it finds.
    """

    name: str
    start: float
    end: float
    expects: Value = ANY
    forbids: Value = NOTHING
    writes: Value = KEEP
    certain: bool = True
    witness: float = float("inf")

    def allows(self, value: Value) -> bool:
        """Whether it can have found this value."""
        return self.expects in (ANY, value) and self.forbids != value

    @property
    def only_looks(self) -> bool:
        """Whether it never changes a value that it may find."""
        return self.writes is KEEP or (self.writes == self.expects)


class NotLinearizable(AssertionError):
    """No order of the steps explains what they found; ``stuck`` are those no way gets past."""

    def __init__(self, placed: int, value: Value, stuck: tuple[Step, ...]) -> None:
        super().__init__(placed, value, stuck)
        self.placed, self.value, self.stuck = placed, value, stuck

    def __str__(self) -> str:
        told = "".join(f"\n  {step}" for step in self.stuck)
        return f"after {self.placed} steps the value is {self.value!r}, which none allows:{told}"


class Undecided(AssertionError):
    """The search was given up; that counts as a failure, never as a success."""


class _State(NamedTuple):
    """A way so far: all certain steps before ``first`` are taken, and those in ``beyond``."""

    first: int
    beyond: int  # bit i: the certain step first + i is taken
    chosen: int  # bit i: the uncertain step i is taken
    value: Value


def linearize(steps: Iterable[Step], initial: Value, budget: int = 200_000) -> None:
    """Find an order that explains every step. Raises NotLinearizable, Undecided."""
    search = _Search(steps)
    furthest = search.settled(_State(0, 0, 0, initial))
    seen, way = {furthest}, [(furthest, search.next(furthest))]
    while way:
        state, following = way[-1]
        if state.first == len(search.certain):
            return
        found = next(following, None)
        if found is None:
            way.pop()
        elif found not in seen:
            seen.add(found)
            if len(seen) > budget:
                raise Undecided(f"{budget} states were not enough")
            furthest = max(furthest, found, key=_taken)
            way.append((found, search.next(found)))
    stuck = tuple(search.certain[i] for i in search.open(furthest))
    raise NotLinearizable(_taken(furthest), furthest.value, stuck)


def _taken(state: _State) -> int:
    return state.first + state.beyond.bit_count()


class _Search:
    def __init__(self, steps: Iterable[Step]) -> None:
        known = sorted(steps, key=lambda step: (step.start, step.end))
        self.certain = [step for step in known if step.certain]
        self.uncertain = [step for step in known if not step.certain]

    def open(self, state: _State) -> list[int]:
        """Return the certain steps that may come next: none that is left ended before they began."""
        found, first_end = [], float("inf")
        for place in range(state.first, len(self.certain)):
            step = self.certain[place]
            if step.start > first_end:
                break
            if not state.beyond >> (place - state.first) & 1:
                found.append(place)
                first_end = min(first_end, step.end)
        return [place for place in found if self.certain[place].start <= first_end]

    def settled(self, state: _State) -> _State:
        """Take every step that only looks as soon as it may come.

        No way through is lost by that, since it stands in nobody's way afterwards.
        """
        while True:
            for place in self.open(state):
                step = self.certain[place]
                if step.only_looks and step.allows(state.value):
                    state = _advanced(state, place, state.value)
                    break
            else:
                return state

    def next(self, state: _State) -> Iterator[_State]:
        """Give the states one change on, the likeliest first."""
        places = self.open(state)
        ways = [
            (step.witness, _advanced(state, place, step.writes))
            for place, step in ((place, self.certain[place]) for place in places)
            if step.allows(state.value) and not step.only_looks
        ]
        before = min((self.certain[place].end for place in places), default=float("inf"))
        for number, step in enumerate(self.uncertain):
            if step.start > before:
                break
            taken = step.only_looks or state.chosen >> number & 1
            if not taken and step.allows(state.value) and step.writes != state.value:
                chosen = state.chosen | 1 << number
                ways.append((step.witness, state._replace(chosen=chosen, value=step.writes)))
        for _, on in sorted(ways, key=lambda way: way[0]):
            yield self.settled(on)


def _advanced(state: _State, place: int, value: Value) -> _State:
    first, beyond = state.first, state.beyond | 1 << (place - state.first)
    while beyond & 1:
        first, beyond = first + 1, beyond >> 1
    return _State(first, beyond, state.chosen, value)
