"""The order of stages, as a machine over a real store beside a model of ten lines."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule
from support.replay import replay
from support.world import World

from registry_tasks.entities.errors import IllegalMove, InUse, NotFound, Refused
from registry_tasks.entities.policy import Described, Policy
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.stage import Stage
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.rules.stages import check_move, moves_from

POLICY = Policy(stages={"canary": (Described(),), "production": (Described(),)})
EVERY = (*Stage, "canary", "nowhere")


@given(source=st.sampled_from(EVERY[:-1]), target=st.sampled_from(EVERY))
def test_a_move_is_in_the_table_or_refused(source: str, target: str) -> None:
    if target in moves_from(source, POLICY):
        check_move("m@1", source, target, POLICY)
    else:
        with pytest.raises(IllegalMove, match=f"cannot go from {source} to {target}"):
            check_move("m@1", source, target, POLICY)


def test_a_stage_of_policy_stands_between_staging_and_production() -> None:
    assert "canary" in moves_from("staging", POLICY)
    assert "production" in moves_from("canary", POLICY)
    assert "canary" not in moves_from("experiment", POLICY)
    assert "canary" not in moves_from("canary", POLICY)


@pytest.mark.parametrize("source", EVERY[:-1])
def test_nothing_is_archived_by_promoting(source: str) -> None:
    """Archiving has a verb that looks first whether the version is in use."""
    assert Stage.ARCHIVED not in moves_from(source, POLICY)


class Lives(RuleBasedStateMachine):
    """Versions move about; a dict of stages and a list of leavers say what must come of it."""

    versions: Bundle[int] = Bundle("versions")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="registry-lives-"))
        self.world = World(self.folder / "world")
        self.world.make_project(
            "registry:\n  models:\n    mower:\n      stages:\n"
            "        canary: []\n"
            "        production: [{gate: metric, metric: auc, at_least: 0.5}]\n"
            "      aliases: {champion: production}\n"
        )
        self.stages: dict[int, str] = {}
        self.left: list[int] = []  # production, the last to leave last

    def teardown(self) -> None:
        self.world.close()
        shutil.rmtree(self.folder)

    @rule(target=versions)
    def register(self) -> int:
        number = len(self.stages) + 1
        assert self.world.version(number).number == number
        self.stages[number] = "experiment"
        return number

    @rule(number=versions, to=st.sampled_from(["staging", "canary", "production", "experiment"]))
    def promote(self, number: int, to: str) -> None:
        request = Promote(ref=f"mower@{number}", to=to)
        source = self.stages[number]
        registry = self.world.registry()
        if to != source and to not in moves_from(source, POLICY):
            with pytest.raises(IllegalMove):
                promote(registry, request)
            return
        promote(registry, request)
        if to != source:
            self._take(number, to)

    @rule(number=versions)
    def archive(self, number: int) -> None:
        request = Archive(ref=f"mower@{number}")
        champion = self._champion() == number
        if self.stages[number] not in ("experiment", "archived") or champion:
            with pytest.raises(InUse):
                archive(self.world.registry(), request)
            return
        archive(self.world.registry(), request)
        self.stages[number] = "archived"

    @rule(number=versions)
    def restore(self, number: int) -> None:
        request = Restore(ref=f"mower@{number}")
        if self.stages[number] != "archived":
            with pytest.raises(Refused):
                restore(self.world.registry(), request)
            return
        restore(self.world.registry(), request)
        self.stages[number] = "experiment"

    @precondition(lambda self: self.stages)
    @rule()
    def roll_back(self) -> None:
        holder = self._holder("production")
        earlier = [n for n in reversed(self.left) if n != holder]
        if not earlier:
            with pytest.raises(NotFound):
                roll_back(self.world.registry(), RollBack(model="mower"))
            return
        roll_back(self.world.registry(), RollBack(model="mower"))
        self._take(earlier[0], "production")

    @invariant()
    def store_and_model_agree(self) -> None:
        if self.stages:
            assert self.world.stages() == self.stages
            assert replay(self.world.history()) == self.stages

    def _take(self, number: int, stage: str) -> None:
        if stage != "experiment" and (holder := self._holder(stage)):
            self._leave(holder)
        self._leave(number)
        self.stages[number] = stage

    def _leave(self, number: int) -> None:
        if self.stages[number] == "production":
            self.left = [n for n in self.left if n != number] + [number]
        self.stages[number] = "experiment"

    def _holder(self, stage: str) -> int | None:
        return next((n for n, held in self.stages.items() if held == stage), None)

    def _champion(self) -> int | None:
        try:
            return self.world.resolve("mower@champion").number
        except NotFound:
            return None


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=6, stateful_step_count=20, deadline=None)
TestLives.pytestmark = [pytest.mark.slow]  # type: ignore[attr-defined]
