"""P1: what was acknowledged outlives a loss of power, and nothing half done does."""

from pathlib import Path

import pytest
from crash.cases import ALL
from crash.catalogue_cases import CATALOGUE
from crash.fixtures import Templates, crew, templates
from crash.logging_cases import LOGGING
from crash.power_cuts import lose_power, lose_power_in
from crash.whole_store_cases import STORES
from support.crew import Crew
from support.trials import Trial

__all__ = ["crew", "templates"]  # fixtures
_SHORT = CATALOGUE.keys() | LOGGING.keys() | STORES.keys()
"""What is no step of the day below."""
_ELSEWHERE = {"share"}
"""The Git server's own disk is not in the log; the case is killed at every point instead."""


@pytest.mark.slow
def test_unsynced_changes_are_gone(crew: Crew, pipeline_template: Path, trial: Trial) -> None:
    cuts = trial.size(5, 60)
    done = crew.all_do(lose_power, pipeline_template, cuts, trial.seed)
    lost = sum(one.unsynced for one in done)
    assert lost > 0, "no cut lost anything, so nothing was tried"
    trial.report(
        "P1",
        n=f"power lost at {sum(one.cuts for one in done)} instants of a day of 11 verbs "
        f"({done[0].changes} changes on disk), unsynced changes gone in {lost}",
        figure="0 acknowledged lost, 0 half done, all retries converge",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        name if name in _SHORT else pytest.param(name, marks=pytest.mark.gate)
        for name in ALL
        if name not in _ELSEWHERE
    ],
)
def test_every_verb(name: str, crew: Crew, templates: Templates, trial: Trial) -> None:
    """On the way, and after the verb has answered: then nobody asks again."""
    done = crew.all_do(lose_power_in, name, templates(name), trial.size(1, 2), trial.seed)
    trial.report(
        "P1",
        n=f"{name}: power lost at {sum(one.cuts for one in done)} instants, unsynced changes "
        f"gone in {sum(one.unsynced for one in done)}",
        figure="0 acknowledged lost, 0 half done, all retries converge",
    )
