"""The window of the next retraining: a month on while the source has one, and then the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT, RunStep

pytestmark = pytest.mark.slow
FIRST = {"data.months": ["2013-01", "2013-02", "2013-03"], "data.holdout": "2013-04"}
SECOND = {"data.months": ["2013-02", "2013-03", "2013-04"], "data.holdout": "2013-05"}
LAST = {"data.months": ["2013-09", "2013-10", "2013-11"], "data.holdout": "2013-12"}


@pytest.mark.parametrize(
    ("trained", "chosen"),
    [({}, FIRST), ({**FIRST, "flight-delay.seed": 7}, SECOND), (LAST, LAST)],
    ids=["nothing yet", "a month on", "no later month"],
)
def test_the_window_moves_on_as_long_as_there_is_a_later_month(
    trained: dict[str, Any], chosen: dict[str, Any], step: RunStep, tmp_path: Path
) -> None:
    (tmp_path / "params.yaml").write_text((ROOT / "params.yaml").read_text())
    (tmp_path / "trained.json").write_text(json.dumps(trained))

    done = step("next_window.py", "trained.json", "next.json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "next.json").read_text()) == chosen


def test_what_is_no_window_is_refused_in_a_sentence(step: RunStep, tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_text((ROOT / "params.yaml").read_text())
    (tmp_path / "trained.json").write_text('{"data.months": ["May"], "data.holdout": "2013-06"}')

    done = step("next_window.py", "trained.json", "next.json", cwd=tmp_path)

    assert done.returncode == 1
    assert "'May' is not a month" in done.stderr
    assert not (tmp_path / "next.json").exists()
