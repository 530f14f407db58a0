"""Parameters: all of them, none else, and a holdout that no model was trained on."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT, RunStep

SECTION = "flight-delay"


@pytest.fixture
def parameters_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "params.yaml"
    file.write_text((ROOT / "params.yaml").read_text())
    return file


def read_delay() -> Any:
    kind = importlib.import_module("delay").DelayParameters
    return importlib.import_module("parameters").read_parameters(SECTION, kind)


@pytest.mark.usefixtures("step_modules", "parameters_file")
def test_the_committed_parameters_are_complete() -> None:
    assert read_delay().late_after_minutes == 15


@pytest.mark.usefixtures("step_modules")
@pytest.mark.parametrize(
    ("found", "written", "says"),
    [
        ("num_leaves", "num_leavs", r"missing \['num_leaves'\], unknown \['num_leavs'\]"),
        ("num_leaves: ", "num_leaves: many  # ", "flight-delay.num_leaves is 'many', not int"),
        ("num_leaves: ", "num_leaves: 1.5  # ", "flight-delay.num_leaves is 1.5, not int"),
        ("num_leaves: ", "num_leaves: true  # ", "flight-delay.num_leaves is True, not int"),
        ("flight-delay:", "flight-delays:", "no section 'flight-delay'"),
        ("flight-delay:", "{", "cannot read"),
    ],
)
def test_a_wrong_parameter_is_refused(
    parameters_file: Path, found: str, written: str, says: str
) -> None:
    text = parameters_file.read_text()
    assert found in text
    parameters_file.write_text(text.replace(found, written, 1))
    with pytest.raises(importlib.import_module("bad_input").BadInput, match=says):
        read_delay()


@pytest.mark.usefixtures("step_modules")
@pytest.mark.parametrize("holdout", ["2013-03", "2012-12"])
def test_a_model_is_never_measured_on_a_month_it_was_trained_on(
    parameters_file: Path, holdout: str
) -> None:
    parameters_file.write_text(
        f"data:\n  months: [2013-01, 2013-02, 2013-03]\n  holdout: {holdout}\n"
    )
    with pytest.raises(importlib.import_module("bad_input").BadInput, match="the holdout last"):
        importlib.import_module("window").holdout_month()


@pytest.mark.slow
def test_a_parameter_the_library_refuses_ends_the_step_with_a_sentence(
    step: RunStep, april: Path, tmp_path: Path
) -> None:
    (tmp_path / "params.yaml").write_text(
        (ROOT / "params.yaml")
        .read_text()
        .replace("[2013-01, 2013-02, 2013-03]", "[2013-04]")
        .replace("holdout: 2013-04", "holdout: 2013-05")
        .replace("  num_leaves: 15", "  num_leaves: 0")
    )
    assert step("features.py", april, "data/features/2013-04.csv", cwd=tmp_path).returncode == 0
    done = step("train_delay.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "LightGBM refuses the parameters" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "models").exists()
