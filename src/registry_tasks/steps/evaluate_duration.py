"""Measure `flight-duration` on the holdout month: metrics, residuals, importance."""

import numpy as np
import pandas as pd
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.pipeline import Pipeline

from bad_input import run_step
from duration import INPUTS, MODEL, REPORTS, DurationParameters
from parameters import read_parameters
from report import write_metrics, write_table
from score_duration import load, score
from window import holdout_table

RESIDUAL_MINUTES = np.arange(-60, 61, 5)  # edges of the bins; what lies outside counts at the end
IMPORTANCE_ROWS = 2000


def metrics_of(scored: pd.DataFrame) -> dict[str, float]:
    """Measure predictions against labels: errors in minutes; ``n`` counts rows."""
    label, prediction = scored["label"], scored["prediction"]
    return {
        "rmse": root_mean_squared_error(label, prediction),
        "mae": mean_absolute_error(label, prediction),
        "r2": r2_score(label, prediction),
        "bias": float((prediction - label).mean()),
        "n": len(scored),
    }


def residuals(scored: pd.DataFrame) -> pd.DataFrame:
    """Count flights by predicted minus real minutes, in bins named by their lower edge."""
    error = (scored["prediction"] - scored["label"]).clip(
        RESIDUAL_MINUTES[0], RESIDUAL_MINUTES[-1] - 1
    )
    counts, edges = np.histogram(error, bins=RESIDUAL_MINUTES)
    return pd.DataFrame({"minutes": edges[:-1], "flights": counts})


def importance(
    table: pd.DataFrame, model: Pipeline, parameters: DurationParameters
) -> pd.DataFrame:
    """Return by how many minutes the error grows when one input is shuffled, largest first.

    Measured on ``IMPORTANCE_ROWS`` rows, one shuffle each. Source: Breiman, Random Forests (2001).
    """
    random = np.random.default_rng(parameters.seed)
    rows = min(IMPORTANCE_ROWS, len(table))
    sample = table.iloc[np.sort(random.choice(len(table), rows, replace=False))]
    base = metrics_of(score(sample, model, parameters))["rmse"]
    grown = {}
    for name in INPUTS:
        shuffled = sample.assign(**{name: sample[name].to_numpy()[random.permutation(rows)]})
        grown[name] = metrics_of(score(shuffled, model, parameters))["rmse"] - base
    series = pd.Series(grown, name="rmse_increase").sort_values(ascending=False, kind="stable")
    return series.rename_axis("feature").reset_index()


def main(_: list[str]) -> None:
    """Write metrics.json, residuals.csv and importance.csv."""
    parameters = read_parameters("flight-duration", DurationParameters)
    model, table = load(MODEL), holdout_table()
    scored = score(table, model, parameters)
    write_metrics(REPORTS / "metrics.json", metrics_of(scored))
    write_table(REPORTS / "residuals.csv", residuals(scored))
    write_table(REPORTS / "importance.csv", importance(table, model, parameters))


if __name__ == "__main__":
    run_step(main, "")
