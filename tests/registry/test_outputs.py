"""What a pipeline writes about itself, and what of it is refused."""

from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidMetrics
from registry_tasks.entities.run import MAX_POINTS, Point
from registry_tasks.registry.experiments.outputs import read_importance, read_points


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("feature,gain\nx,1\nx,2\n", "twice"),
        ("feature,gain\nx,inf\n", "finite"),
        ("feature,gain\nx,much\n", "one of numbers"),
        ("column,gain\nx,1\n", "one of numbers"),
        ("feature\nx\n", "one of numbers"),
        ("feature,gain,loss\nx,1,2\n", "one of numbers"),
        ("feature,gain\nx\n", "one of numbers"),
        ("feature,gain\nx,1,2\n", "one of numbers"),
        ("feature,gain\n" + "x" * 1001 + ",1\n", "1,000 are allowed"),
        ("feature,gain\n" + "".join(f"{n},1\n" for n in range(100_001)), "100,000 features"),
    ],
)
def test_importance_that_is_none_is_refused(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "importance.csv").write_text(written)
    with pytest.raises(InvalidMetrics, match=why):
        read_importance(tmp_path, "importance.csv")


def test_importance_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidMetrics, match="did not write it"):
        read_importance(tmp_path, "importance.csv")


def test_points_are_read_in_order_of_their_files(tmp_path: Path) -> None:
    (tmp_path / "live" / "train").mkdir(parents=True)
    (tmp_path / "live" / "train" / "loss.tsv").write_text("step\tloss\n0\t1\n2\t0.5\n")
    (tmp_path / "live" / "auc.tsv").write_text("timestamp\tstep\tauc\n9\t0\t0.7\n")
    assert read_points(tmp_path, "live") == (
        Point(key="auc", step=0, value=0.7),
        Point(key="train/loss", step=0, value=1.0),
        Point(key="train/loss", step=2, value=0.5),
    )


@pytest.mark.slow
def test_more_points_than_a_run_may_have_are_refused(tmp_path: Path) -> None:
    lines = "".join(f"{step}\t0.5\n" for step in range(MAX_POINTS + 1))
    (tmp_path / "loss.tsv").write_text("step\tloss\n" + lines)
    with pytest.raises(InvalidMetrics, match="1,000,000 points"):
        read_points(tmp_path, ".")
