"""P9: a full or failing disk: a typed error, nothing half registered, and the retry passes."""

from collections import Counter
from errno import EIO, ENOSPC

import pytest
from crash.cases import CASES, NEW_STORE
from crash.fixtures import Templates, crew, templates
from crash.places import Place
from crash.surviving import Fate, endure
from support.crew import Crew
from support.disk import Action
from support.trials import Trial

__all__ = ["crew", "templates"]  # fixtures
_FATES = {
    "full from then on": Fate(Action.FAIL, error=ENOSPC, sticky=True),
    "full once": Fate(Action.FAIL, error=ENOSPC),
    "EIO once": Fate(Action.FAIL, error=EIO),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        kind if fate.sticky else pytest.param(kind, marks=pytest.mark.gate)
        for kind, fate in _FATES.items()
    ],
)
@pytest.mark.parametrize("name", CASES | NEW_STORE)
def test_a_failing_write(
    name: str, kind: str, crew: Crew, templates: Templates, trial: Trial
) -> None:
    """The n-th system call that changes the disk fails, Git's and SQLite's too."""
    short = 90 if name in NEW_STORE else 24
    every = trial.size(short, 6 if name in NEW_STORE or not _FATES[kind].sticky else 2)
    fate = _FATES[kind]._replace(every=every, first=1 + trial.seed % every)
    done = crew.all_do(endure, name, Place(), templates(name), fate)
    refused = sum((one.refused for one in done), start=Counter[str]())
    assert refused.total() > 0
    told = ", ".join(f"{count} {error}" for error, count in sorted(refused.items()))
    trial.report(
        "P9",
        n=f"{name}, {kind}: every {every}th of {max(one.points for one in done)} system calls",
        figure=f"0 half registered, all retries pass ({told})",
    )
