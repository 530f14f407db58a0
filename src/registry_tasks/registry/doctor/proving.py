"""Prove many files or objects at once: in threads, all of them or a sample, telling how far it is."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Reach:
    """How much is read: every byte, none, or ``sample`` things of each place, chosen by chance."""

    sample: int | None = None  # None: everything
    chance: random.Random = field(default_factory=random.Random)
    progress: Callable[[str, int, int], None] | None = None  # what, how many of how many

    def choose(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """Return those that are read."""
        if self.sample is None or self.sample >= len(things):
            return things
        return self.chance.sample(things, self.sample)

    def each(
        self, what: str, things: Sequence[Thing], prove: Callable[[Thing], Result]
    ) -> list[Result]:
        """Prove the chosen things in threads; returns the results in order."""
        chosen = self.choose(things)
        found = []
        with ThreadPoolExecutor() as pool:
            for result in pool.map(prove, chosen):
                found.append(result)
                if self.progress is not None:
                    self.progress(what, len(found), len(chosen))
        return found
