"""The whole pipeline through DVC, twice and apart: the same bytes, and nothing to do after."""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import lightgbm as lgb
import pandas as pd
import pytest
from ruamel.yaml import YAML
from sklearn.metrics import roc_auc_score, root_mean_squared_error

from .conftest import RunCommand

pytestmark = pytest.mark.slow

ARTIFACTS = ("flight-delay", "flight-duration")


def repro(run: RunCommand, clone: Path, *options: str) -> str:
    done = run(sys.executable, "-m", "dvc", "repro", *options, cwd=clone)
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def ran(
    make_clone: Callable[[Path], Path], run: RunCommand, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A clone in which every DVC stage has run."""
    clone = make_clone(tmp_path_factory.mktemp("clone"))
    repro(run, clone, "--force", "--no-run-cache")
    return clone


def digests_of_outs(clone: Path) -> dict[str, str]:
    """SHA-256 of every file of every out in dvc.lock."""
    lock = YAML(typ="safe").load(clone / "dvc.lock")
    found = {}
    for stage in lock["stages"].values():
        for out in stage["outs"]:
            path = clone / out["path"]
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in files:
                if file.is_file():
                    name = str(file.relative_to(clone))
                    found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def test_a_second_run_in_another_place_gives_the_same_bytes(
    ran: Path, make_clone: Callable[[Path], Path], run: RunCommand, tmp_path: Path
) -> None:
    other = make_clone(tmp_path)
    repro(run, other, "--force", "--no-run-cache")
    digests = digests_of_outs(ran)
    assert {"models/flight-delay/model.txt", "models/flight-duration/model.skops"} <= set(digests)
    assert digests_of_outs(other) == digests
    assert (other / "dvc.lock").read_bytes() == (ran / "dvc.lock").read_bytes()


def test_a_second_run_in_the_same_place_does_nothing(ran: Path, run: RunCommand) -> None:
    assert "Running stage" not in repro(run, ran)


def test_a_run_leaves_nothing_that_git_neither_has_nor_ignores(ran: Path, run: RunCommand) -> None:
    status = run("git", "status", "--porcelain", cwd=ran).stdout.splitlines()
    assert [line for line in status if line.startswith("??")] == []


def test_curves_carry_steps_and_no_times(ran: Path) -> None:
    curves = sorted((ran / "reports").glob("*/live/plots/metrics/**/*.tsv"))
    assert len(curves) == 4  # train and validation for each of the two models
    for curve in curves:
        assert list(pd.read_csv(curve, sep="\t").columns) == ["step", curve.stem]


def test_the_signature_names_the_inputs_of_the_model_in_order(ran: Path) -> None:
    signature = json.loads((ran / "models/flight-delay/signature.json").read_text())
    booster = lgb.Booster(model_file=ran / "models/flight-delay/model.txt")
    assert [column["name"] for column in signature["inputs"]] == booster.feature_name()
    assert signature["outputs"] == [{"name": "late_probability", "type": "float"}]


@pytest.mark.parametrize(
    ("model", "metric", "measure"),
    [
        ("flight-delay", "auc", roc_auc_score),
        ("flight-duration", "rmse", root_mean_squared_error),
    ],
)
def test_scoring_the_holdout_gives_the_evaluations_number(
    ran: Path,
    run: RunCommand,
    tmp_path: Path,
    model: str,
    metric: str,
    measure: Callable[..., float],
) -> None:
    meta = YAML(typ="safe").load(ran / "dvc.yaml")["artifacts"][model]["meta"]
    holdout = YAML(typ="safe").load(ran / "params.yaml")["data"]["holdout"]
    predictions = tmp_path / "predictions.csv"
    command = meta["score"].format(holdout=f"data/raw/{holdout}", predictions=predictions)
    done = run(*command.split(), cwd=ran)
    assert done.returncode == 0, done.stderr
    scored = pd.read_csv(predictions)
    assert list(scored.columns) == ["label", "prediction"]
    metrics = json.loads((ran / meta["metrics"]).read_text())
    assert len(scored) == metrics["n"]
    assert measure(scored["label"], scored["prediction"]) == pytest.approx(
        metrics[metric], abs=1e-6
    )


@pytest.mark.parametrize("model", ARTIFACTS)
def test_a_damaged_model_is_refused_with_a_sentence(
    ran: Path, run: RunCommand, tmp_path: Path, model: str
) -> None:
    script = f"src/registry_tasks/steps/score_{model.removeprefix('flight-')}.py"
    damaged = tmp_path / "model"
    damaged.write_bytes(b"not a model")
    done = run("python", script, damaged, "data/raw/2013-04", tmp_path / "out.csv", cwd=ran)
    assert done.returncode == 1
    assert f"{damaged} is not" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_new_month_reruns_that_month_and_the_models_only(
    make_clone: Callable[[Path], Path], ran: Path, run: RunCommand, tmp_path: Path
) -> None:
    clone = make_clone(tmp_path)
    run(sys.executable, "-m", "dvc", "cache", "dir", "--local", ran / ".dvc/cache", cwd=clone)
    checkout = run(sys.executable, "-m", "dvc", "checkout", "-q", cwd=clone)
    assert checkout.returncode == 0, checkout.stderr
    parameters = clone / "params.yaml"
    text = parameters.read_text()
    text = text.replace("[2013-01, 2013-02, 2013-03]", "[2013-02, 2013-03, 2013-04]")
    parameters.write_text(text.replace("holdout: 2013-04", "holdout: 2013-05"))
    said = repro(run, clone, "evaluate-delay")
    running = [line.split("'")[1] for line in said.splitlines() if line.startswith("Running")]
    assert running == ["raw@2013-05", "features@2013-05", "train-delay", "evaluate-delay"]
