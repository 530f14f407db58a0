"""P24: the registry gets into every state that its plain model can, and into no other.

The states of two versions are counted out: each step is tried from each state. A full trial leads
the real registry into every one of them and asks it after each step; a short one into some.
"""

from collections import Counter
from collections.abc import Sequence, Set as AbstractSet
from pathlib import Path
from random import Random
from typing import Final

import pytest
from support.machine import Machine, Place
from support.plain_model import POLICY
from support.state_steps import ONE_PLACE, TWO_PLACES
from support.states import AUC, MADE, Graph, Key, Step, reachable, seen, whole
from support.trials import Trial
from support.world import World, copy_tree

pytestmark = pytest.mark.slow
LONG: Final = 60  # steps of a walk, so that its history stays short
SHORT, FULL = 15, 250  # states of a trial


class Walks:
    """Leads the machine to states, the nearest first; ``seen`` is what the registry showed."""

    def __init__(self, place: Place, graph: Graph, steps: Sequence[Step]) -> None:
        self.graph, self.ways = graph, steps
        self.steps, self.reached, self.seen = Counter[str](), set[Key](), set[Key]()
        told = {"place": place, "steps": self.steps, "seen": Counter[str]()}
        self.kind = type("Machine", (Machine,), told)

    def reach(self, wanted: AbstractSet[Key]) -> None:
        while not wanted <= self.reached:
            machine = self.kind()
            try:
                self._walk(machine, wanted)
            finally:
                machine.teardown()

    def _walk(self, machine: Machine, wanted: AbstractSet[Key]) -> None:
        machine.begin(
            tells_git_at_once=False, has_pipeline=True, begins_empty=True, made=[], raised=[]
        )
        for made in MADE:
            machine.register(made, AUC, False)
        here, left = self.graph.start, LONG
        self._arrive(machine, here)
        while left > 0:
            path = self.graph.path(here, lambda key: key in wanted and key not in self.reached)
            if path is None:
                return
            left -= len(path)
            for there in path:
                self.ways[self.graph.ways[here][there]].both(machine)
                self._arrive(machine, there)
                here = there

    def _arrive(self, machine: Machine, expected: Key) -> None:
        assert whole(machine.model) == expected
        for number, _ in enumerate(MADE):
            machine.show(("nth", number))
        found = seen(machine.client, machine.calendar)
        assert found == self.graph.shown[expected]
        self.reached.add(expected)
        self.seen.add(found)


@pytest.mark.parametrize(
    ("of", "steps"),
    [("one environment, with marks and requests", ONE_PLACE), ("two environments", TWO_PLACES)],
)
def test_every_state_is_reached(
    of: str, steps: tuple[Step, ...], template: Path, tmp_path: Path, trial: Trial
) -> None:
    copy_tree(template, tmp_path / "template")
    World(tmp_path / "template").set_policy(POLICY)
    graph = reachable(steps)
    every = [*graph.shown]
    count = len(every) if trial.every_point else trial.size(SHORT, FULL)
    wanted = set(Random(trial.seed).sample(every, count))
    walks = Walks(Place(tmp_path / "template", tmp_path / "walk"), graph, steps)

    walks.reach(wanted)

    assert wanted <= walks.reached
    assert walks.seen <= {*graph.shown.values()}
    if trial.every_point:
        assert walks.seen == {*graph.shown.values()}
    trial.report(
        "P24",
        n=f"states of two versions in {of}: {len(wanted)} of {len(every)}, "
        f"{sum(walks.steps.values())} steps",
        figure="each reached, 0 divergences, doctor clean after each walk",
    )
