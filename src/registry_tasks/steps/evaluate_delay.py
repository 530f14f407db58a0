"""Measure `flight-delay` on the holdout month: metrics, ROC, calibration, importance."""

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score, roc_curve

from bad_input import BadInput, run_step
from delay import INPUTS, MODEL, REPORTS, DelayParameters
from parameters import read_parameters
from report import write_metrics, write_table
from score_delay import load, score
from window import holdout_table

ROC_POINTS = 101
CALIBRATION_BINS = 10
LATE_FROM = 0.5  # probability, for the accuracy only


def metrics_of(scored: pd.DataFrame) -> dict[str, float]:
    """Measure predictions against labels; ``n`` counts rows, ``late_rate`` is the base rate."""
    label, prediction = scored["label"], scored["prediction"]
    return {
        "auc": roc_auc_score(label, prediction),
        "log_loss": log_loss(label, prediction),
        "brier": brier_score_loss(label, prediction),
        "accuracy": float(((prediction > LATE_FROM) == (label == 1)).mean()),
        "late_rate": float(label.mean()),
        "n": len(scored),
    }


def roc(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the ROC curve at ``ROC_POINTS`` evenly spaced false positive rates."""
    false_positive, true_positive, _ = roc_curve(scored["label"], scored["prediction"])
    at = np.linspace(0, 1, ROC_POINTS)
    return pd.DataFrame(
        {
            "false_positive_rate": at,
            "true_positive_rate": np.interp(at, false_positive, true_positive),
        }
    )


def calibration(scored: pd.DataFrame) -> pd.DataFrame:
    """Return mean prediction and observed late rate in bins of equal count, lowest first."""
    bins = pd.qcut(scored["prediction"], CALIBRATION_BINS, labels=False, duplicates="drop")
    return scored.groupby(bins.rename("bin")).agg(
        predicted=("prediction", "mean"), observed=("label", "mean"), n=("label", "size")
    )


def importance(booster: lgb.Booster) -> pd.DataFrame:
    """Return each feature's share of the total gain, largest first."""
    gain = pd.Series(booster.feature_importance("gain"), index=list(INPUTS), name="gain")
    share = (gain / gain.sum()).sort_values(ascending=False, kind="stable")
    return share.rename_axis("feature").reset_index()


def main(_: list[str]) -> None:
    """Write metrics.json, roc.csv, calibration.csv and importance.csv."""
    parameters = read_parameters("flight-delay", DelayParameters)
    booster = load(MODEL)
    scored = score(holdout_table(), booster, parameters)
    if scored["label"].nunique() == 1:
        message = "the holdout month has only late or only punctual flights: no AUC"
        raise BadInput(message)
    write_metrics(REPORTS / "metrics.json", metrics_of(scored))
    write_table(REPORTS / "roc.csv", roc(scored))
    write_table(REPORTS / "calibration.csv", calibration(scored))
    write_table(REPORTS / "importance.csv", importance(booster))


if __name__ == "__main__":
    run_step(main, "")
