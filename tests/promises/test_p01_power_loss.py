"""P1: what was acknowledged outlives a loss of power, and nothing half done does."""

from pathlib import Path

import pytest
from crash.fixtures import crew
from crash.power_cuts import lose_power
from support.crew import Crew
from support.trials import Trial

__all__ = ["crew"]  # a fixture


@pytest.mark.slow
def test_unsynced_changes_are_gone(crew: Crew, pipeline_template: Path, trial: Trial) -> None:
    cuts = trial.size(8, 200)
    done = crew.all_do(lose_power, pipeline_template, cuts, trial.seed)
    lost = sum(one.unsynced for one in done)
    assert lost > 0, "no cut lost anything, so nothing was tried"
    trial.report(
        "P1",
        n=f"power lost at {sum(one.cuts for one in done)} instants of a day of 11 verbs "
        f"({done[0].changes} changes on disk), unsynced changes gone in {lost}",
        figure="0 acknowledged lost, 0 half done, all retries converge",
    )
