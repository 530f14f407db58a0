"""Sweeps on the command line, up to where the flow would start."""

import pytest
from support.pipelines import Project
from support.sweeping import begin_trial, sweep_start
from support.world import Recorded

from registry_tasks.faces.cli.app import run
from registry_tasks.faces.cli.exit_codes import DONE
from registry_tasks.faces.cli.output import last_line
from registry_tasks.registry.experiments.train import fail

pytestmark = pytest.mark.slow

UUID = "5d8b8b1e-3c57-4a4e-9a53-0f5f6fd7c4b1"
GRID = ("--set", "mower.slope=choice(1, 2)")


@pytest.fixture(autouse=True)
def _here(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in project.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(project.root)


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        ((), 2, "it names 0 parameters"),
        (("--set", "mower.slope=uniform(.nan, 1)"), 2, "'mower.slope' cannot be searched"),
        (("--set", "mower.slop=choice(1)"), 2, "did you mean mower.slope"),
        ((*GRID, "--trials", "0"), 2, "greater than or equal to 1"),
        ((*GRID, "--trials", "1001", "--sampler", "random"), 2, "less than or equal to 1000"),
        ((*GRID, "--metric", "taste"), 2, "--higher or --lower"),
        (("--space", "nowhere.yaml"), 2, "No such file"),
        (("--resume", UUID), 3, "`registry sweeps` lists them"),
        ((*GRID, "--resume", UUID), 2, "leave out --set"),
        (("--space", "space.yaml", "--resume", UUID), 2, "leave out --space"),
        (("--trials", "20", "--resume", UUID), 2, "leave out --trials"),
        (("--parallel", "2", "--resume", UUID), 2, "leave out --parallel"),
    ],
)
def test_what_cannot_go_well_is_said_before_anything_is_started(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    why: str,
) -> None:
    assert run(["sweep", "mower", *words]) == code
    assert why in capsys.readouterr().err
    assert not (project.state / "prefect").exists()


def test_a_sweep_of_another_model_is_not_gone_on_with(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_trial(project, sweep_start(UUID), 0)
    assert run(["sweep", "trimmer", "--resume", UUID]) == 2
    assert "it is a sweep of mower, not of trimmer" in capsys.readouterr().err
    assert not (project.state / "prefect").exists()


def test_sweeps_are_listed_and_shown(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    start = sweep_start(UUID)
    made = Recorded(model="mower", content=b"0", metrics={"auc": 0.75})
    project.finish_run(begin_trial(project, start, 0), made)
    begin_trial(project, start, 1)
    assert run(["sweeps", "mower"]) == DONE
    (row,) = (line for line in capsys.readouterr().out.splitlines() if UUID in line)
    assert row.split()[2:9] == ["grid", "4", "1", "0", "1", "auc", "0.75"]
    assert run(["sweep-show", UUID]) == DONE
    page = capsys.readouterr().out
    assert "4 trials by grid, auc: higher is better" in page
    assert "best: trial 0, auc 0.75" in page


def test_the_scripts_error_is_shown_and_not_that_dvc_failed() -> None:
    told = (
        "DVC stage 'train' failed; nothing was registered. Its last lines:\n"
        "ValueError: could not convert string to float: 'bad'\n"
        "ERROR: failed to reproduce 'train': failed to run: python train.py, exited with 1\n"
    )
    assert last_line(told) == "ValueError: could not convert string to float: 'bad'"
    assert last_line("ERROR: failed to reproduce 'train': no space\n") == (
        "ERROR: failed to reproduce 'train': no space"
    )
    assert last_line("\n") == ""


def test_the_last_line_of_a_failure_is_what_is_shown(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first one only says which DVC stage it was."""
    lost = begin_trial(project, sweep_start(UUID), 0)
    why = "StageFailed: DVC stage 'train' failed; its last lines:\nTraceback\nKeyError: 'wind'"
    fail(project.registry(), lost, why)
    assert run(["runs", "mower"]) == DONE
    (row,) = (line for line in capsys.readouterr().out.splitlines() if lost in line)
    assert row.endswith("   KeyError: 'wind'")
    assert run(["sweep-show", UUID]) == DONE
    assert "trial 0 failed: KeyError: 'wind'\n" in capsys.readouterr().out
