"""What is taken from the params.yaml that DVCLive writes beside its metrics."""

from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.registry.experiments.logged_parameters import with_logged

LOGGED = "num_leaves: 31\nrate: {first: 0.1}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "params.yaml").write_text(LOGGED)
    (tmp_path / "params.yaml").write_text("other: 1\n")
    return tmp_path


def test_what_was_logged_joins_what_dvc_stages_name(folder: Path) -> None:
    assert with_logged(folder, "live/metrics.json", {"data.seed": 7}) == {
        "data.seed": 7,
        "num_leaves": 31,
        "rate.first": 0.1,
    }


def test_a_name_told_twice_keeps_both_values(folder: Path) -> None:
    found = with_logged(folder, "live/metrics.json", {"num_leaves": 15, "rate.first": 0.1})
    assert found == {"num_leaves": 15, "rate.first": 0.1, "live/params.yaml:num_leaves": 31}


def test_the_projects_own_parameters_are_not_what_was_logged(folder: Path) -> None:
    assert with_logged(folder, "metrics.json", {"data.seed": 7}) == {"data.seed": 7}


def test_a_file_whose_keys_a_stage_names_is_not_what_was_logged(folder: Path) -> None:
    named = {"live/params.yaml:num_leaves": 31}
    assert with_logged(folder, "live/metrics.json", named) == named


def test_what_cannot_be_read_names_its_file(folder: Path) -> None:
    (folder / "live" / "params.yaml").write_text("{")
    with pytest.raises(InvalidProject, match="live/params.yaml: it is not YAML"):
        with_logged(folder, "live/metrics.json", {})
