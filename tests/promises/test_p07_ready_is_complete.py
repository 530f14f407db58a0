"""P7: a version that is there has all its bytes, however often its storing was killed."""

from pathlib import Path

import pytest
from crash.fixtures import crew
from crash.many_files import make_project, store_and_die
from support.crew import Crew
from support.trials import Trial

__all__ = ["crew"]  # a fixture


@pytest.mark.slow
def test_a_version_of_many_files(crew: Crew, tmp_path: Path, trial: Trial) -> None:
    files, kills = trial.size(40, 2000), trial.size(15, 50)
    make_project(tmp_path / "template", files)
    done = crew.all_do(store_and_die, tmp_path / "template", files, kills, trial.seed)
    versions = sum(one.versions for one in done)
    assert versions > 0
    trial.report(
        "P7",
        n=f"{sum(one.kills for one in done)} SIGKILLs while {files} files are stored",
        figure=f"0 versions with a missing or wrong object, {versions} whole in the end, "
        "pulled by DVC",
    )
