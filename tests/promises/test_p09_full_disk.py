"""P9: a full or failing disk: a typed error, nothing half registered, and the retry passes."""

from collections import Counter
from collections.abc import Iterator
from errno import EIO, ENOSPC

import pytest
from crash.cases import ALL, CASES
from crash.fixtures import Templates, crew, templates
from crash.pipeline_cases import PIPELINES
from crash.places import Place
from crash.surviving import SELDOM, Fate, endure
from support.crew import Crew
from support.disk import Action
from support.trials import Trial

__all__ = ["crew", "templates"]  # fixtures
_FATES = {
    "full from then on": Fate(Action.FAIL, error=ENOSPC, sticky=True),
    "full once": Fate(Action.FAIL, error=ENOSPC),
    "EIO once": Fate(Action.FAIL, error=EIO),
}
_LEAST = 2
"""At how many system calls of each case; a full trial goes on to every 50th to 200th."""


def _trials() -> Iterator[object]:
    """Full from then on for all, EIO for whatever has workspaces to clear; in full, all of all."""
    for kind, fate in _FATES.items():
        for name in ALL:
            is_short = fate.sticky or (fate.error == EIO and name in PIPELINES)
            marks = () if is_short else pytest.mark.gate
            yield pytest.param(name, kind, marks=marks, id=f"{name}, {kind}")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), list(_trials()))
def test_a_failing_write(
    name: str, kind: str, crew: Crew, templates: Templates, trial: Trial
) -> None:
    """The n-th system call that changes the disk fails, Git's and SQLite's too."""
    fate = _FATES[kind]
    if not trial.every_point:
        every = _every(name, fate) if trial.full else SELDOM
        fate = fate._replace(every=every, least=_LEAST, seed=trial.seed)
    done = crew.all_do(endure, name, Place(), templates(name), fate)
    refused = sum((one.refused for one in done), start=Counter[str]())
    assert refused.total() > 0
    told = ", ".join(f"{count} {error}" for error, count in sorted(refused.items()))
    trial.report(
        "P9",
        n=f"{name}, {kind}: {refused.total()} of {max(one.points for one in done)} system calls",
        figure=f"0 half registered, all retries pass ({told})",
    )


def _every(name: str, fate: Fate) -> int:
    """Say at every how manieth in a full trial: a store or a run has many."""
    if name in CASES:
        return 50 if fate.sticky else 70
    return 200
