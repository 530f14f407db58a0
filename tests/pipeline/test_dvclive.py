"""Training scripts that log through DVCLive, with not a line of ours: all of it is on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pipelines import Project
from support.recording import train
from support.world import copy_tree

from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.catalogue.compare import read_curves

pytestmark = pytest.mark.slow

DATA = """
import numpy as np
import params
random = np.random.default_rng(params.read()["data"]["seed"])
x = random.normal(size=(120, 3))
y = (x[:, 0] + 0.1 * random.normal(size=120) > 0).astype(int)
"""
LIVE = 'Live("live/NAME", save_dvc_exp=False, report=None, dvcyaml=None)'
LIGHTGBM = f"""{DATA}
import lightgbm
from dvclive import Live
from dvclive.lgbm import DVCLiveCallback
options = {{"objective": "binary", "num_leaves": 4, "num_threads": 1, "verbosity": -1}}
fitted, held = lightgbm.Dataset(x[:80], y[:80]), lightgbm.Dataset(x[80:], y[80:])
with {LIVE.replace("NAME", "lightgbm")} as live:
    live.log_params({{"options": options, "rows": 80}})
    model = lightgbm.train(
        options, fitted, 4, valid_sets=[fitted, held], valid_names=["train", "held"],
        callbacks=[DVCLiveCallback(live=live)],
    )
model.save_model("lightgbm.txt")
rows = zip(model.feature_name(), model.feature_importance("gain"), strict=True)
with open("importance.csv", "w") as out:
    out.write("feature,gain\\n" + "".join(f"{{name}},{{gain}}\\n" for name, gain in rows))
"""
XGBOOST = f"""{DATA}
import xgboost
from dvclive.xgb import DVCLiveCallback
from dvclive import Live
fitted, held = xgboost.DMatrix(x[:80], y[:80]), xgboost.DMatrix(x[80:], y[80:])
options = {{"objective": "binary:logistic", "max_depth": 2, "nthread": 1}}
with {LIVE.replace("NAME", "xgboost")} as live:
    model = xgboost.train(
        options, fitted, 5, evals=[(fitted, "train"), (held, "held")], verbose_eval=False,
        callbacks=[DVCLiveCallback(live=live)],
    )
model.save_model("xgboost.ubj")
"""
OPTUNA = f"""{DATA}
import json
import optuna
from dvclive.optuna import DVCLiveCallback
def error(trial):
    cut = trial.suggest_float("cut", -1, 1)
    return float(((x[:, 0] > cut) != y).mean())
study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
options = {{"report": None, "dvcyaml": None}}
study.optimize(error, 3, callbacks=[DVCLiveCallback("error", dir="live/optuna", **options)])
json.dump(study.best_params, open("optuna.json", "w"))
"""
SKLEARN = f"""{DATA}
import joblib
import pathlib
from dvclive import Live
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
model = SGDClassifier(loss="log_loss", random_state=0)
with {LIVE.replace("NAME", "sklearn")} as live:
    for _ in range(3):
        model.partial_fit(x[:80], y[:80], classes=[0, 1])
        live.log_metric("held/loss", log_loss(y[80:], model.predict_proba(x[80:])))
        live.next_step()
    live.log_metric("accuracy", model.score(x[80:], y[80:]), plot=False)
    live.log_sklearn_plot("roc", y[80:], model.predict_proba(x[80:])[:, 1])
    images = pathlib.Path(live.plots_dir, "images")
    images.mkdir(parents=True)
    images.joinpath("weights.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
joblib.dump(model, "sklearn.joblib")
"""
SCRIPTS = {
    "lightgbm": (
        LIGHTGBM,
        "lightgbm.txt",
        "outs: [lightgbm.txt, live/lightgbm/params.yaml: {cache: false}]",
        "importance.csv",
    ),
    "xgboost": (XGBOOST, "xgboost.ubj", "outs: [xgboost.ubj]", None),
    "optuna": (OPTUNA, "optuna.json", "outs: [optuna.json, live/optuna/params.yaml]", None),
    "sklearn": (SKLEARN, "sklearn.joblib", "outs: [sklearn.joblib]", None),
}
STAGE = """
  NAME:
    cmd: python NAME_model.py
    deps: [NAME_model.py, params.py]
    params: [data]
    OUTS
    metrics:
      - live/NAME/metrics.json: {cache: false}
"""
PLOTS = """    plots:
      - live/NAME/plots: {cache: false}
"""
ARTIFACT = """
  NAME-model:
    path: PATH
    type: model
    meta:
      format: NAME
      pipeline: NAME
      metrics: live/NAME/metrics.json
"""


def _files() -> dict[str, str]:
    from support.pipelines import READ_PARAMS

    stages, artifacts = "stages:", "artifacts:"
    files = {
        "params.py": READ_PARAMS,
        "params.yaml": "data:\n  seed: 7\n",
        "requirements.lock": "nothing\n",
        ".gitignore": "__pycache__/\n/lightgbm.txt\n/xgboost.ubj\n/optuna.json\n/sklearn.joblib\n",
        ".dvcignore": "",
        ".dvc/config": "[core]\n    analytics = false\n    autostage = false\n",
        ".dvc/.gitignore": "/config.local\n/tmp\n/cache\n",
        "live/optuna/.gitignore": "/params.yaml\n",
    }
    for name, (script, path, outs, importance) in SCRIPTS.items():
        files[f"{name}_model.py"] = script
        stage, artifact = STAGE.replace("OUTS", outs), ARTIFACT.replace("PATH", path)
        if name != "optuna":
            stage += PLOTS
            artifact += "      curves: live/NAME/plots/metrics\n"
        if importance:
            stage += f"      - {importance}: {{cache: false}}\n"
            artifact += f"      importance: {importance}\n"
        stages += stage.replace("NAME", name)
        artifacts += artifact.replace("NAME", name)
    return files | {"dvc.yaml": f"{stages}\n{artifacts}"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose four stages have run once: a run of each model finds them up to date."""
    project = Project(tmp_path_factory.mktemp("dvclive") / "project")
    project.make_pipeline(_files())
    return project.folder


@pytest.fixture
def project(trained: Path, tmp_path: Path) -> Iterator[Project]:
    copy_tree(trained, tmp_path / "project")
    made = Project(tmp_path / "project")
    made.moved()
    yield made
    made.close()


def series_of(project: Project, run: str) -> dict[str, int]:
    curves = read_curves(project.registry(), [f"run:{run}"]).curves
    return {curve.series: len(curve.values) for curve in curves}


def test_the_callback_for_lightgbm(project: Project) -> None:
    made = train(project, "lightgbm-model")
    assert made.run.status is RunStatus.FINISHED
    assert series_of(project, made.run.uuid) == {
        "held/binary_logloss": 4,
        "train/binary_logloss": 4,
    }
    finals = {series.key.replace("/", "."): series.final for series in made.series}
    assert {key: made.metrics[key] for key in finals} == pytest.approx(finals)
    assert set(made.importance) == {"Column_0", "Column_1", "Column_2"}
    assert next(iter(made.importance)) == "Column_0"
    assert made.parameters == {
        "data.seed": 7,
        "options.num_leaves": 4,
        "options.num_threads": 1,
        "options.objective": "binary",
        "options.verbosity": -1,
        "rows": 80,
    }
    assert made.plots == (
        "importance.csv",
        "live/lightgbm/plots/metrics/held/binary_logloss.tsv",
        "live/lightgbm/plots/metrics/train/binary_logloss.tsv",
    )


def test_the_callback_for_xgboost(project: Project) -> None:
    made = train(project, "xgboost-model")
    assert series_of(project, made.run.uuid) == {"held/logloss": 5, "train/logloss": 5}
    assert made.metrics["held.logloss"] < made.series[0].highest
    assert made.model_path == "xgboost.ubj"


def test_the_callback_for_optuna(project: Project) -> None:
    made = train(project, "optuna-model")
    assert set(made.metrics) == {"error"}
    assert made.parameters["data.seed"] == 7
    assert -1 < made.parameters["cut"] < 1  # the last trial's, as DVCLive leaves it
    assert "live/optuna/params.yaml" in {a.path for a in made.manifest.files}


def test_plain_calls_for_scikit_learn(project: Project) -> None:
    made = train(project, "sklearn-model")
    assert series_of(project, made.run.uuid) == {"held/loss": 3}
    assert set(made.metrics) == {"accuracy", "held.loss", "step"}
    assert made.plots == (
        "live/sklearn/plots/images/weights.svg",
        "live/sklearn/plots/metrics/held/loss.tsv",
        "live/sklearn/plots/sklearn/roc.json",
    )
    assert {"live/sklearn/plots/images/weights.svg"} < {a.path for a in made.manifest.files}


def test_each_run_is_of_its_own_parameters(project: Project) -> None:
    """The stages run again, for real, and what they log replaces what was there."""
    first = train(project, "lightgbm-model")
    other = train(project, "lightgbm-model", {"data.seed": 8})
    assert other.metrics != first.metrics
    assert other.series[0].final != first.series[0].final
    assert other.importance != first.importance
