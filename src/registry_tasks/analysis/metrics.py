"""Metrics that a bootstrap can weigh: each row counts ``weights`` times."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Metric: TypeAlias = Callable[[Floats], float]
"""From weights, shape (n,), to the metric's value."""

_TINY = 1e-15


def auc(labels: Floats, predictions: Floats) -> Metric:
    """Area under the ROC curve; labels are 0 or 1; ties count half.

    Sorted once, so that each of many weightings costs one pass.
    Source: Hanley and McNeil, Radiology 143 (1982).
    """
    order = np.argsort(predictions, kind="stable")
    positive = labels[order] > 0.5
    starts = np.flatnonzero(np.r_[True, np.diff(predictions[order]) != 0])

    def value(weights: Floats) -> float:
        ordered = weights[order]
        ones = np.add.reduceat(np.where(positive, ordered, 0.0), starts)
        zeros = np.add.reduceat(np.where(positive, 0.0, ordered), starts)
        below = np.cumsum(zeros) - zeros
        pairs = ones.sum() * zeros.sum()
        return float((ones * (below + zeros / 2)).sum() / pairs) if pairs else float("nan")

    return value


def log_loss(labels: Floats, predictions: Floats) -> Metric:
    """Mean negative log-likelihood in nats; predictions are probabilities of label 1."""
    p = np.clip(predictions, _TINY, 1 - _TINY)
    return _mean(-(labels * np.log(p) + (1 - labels) * np.log(1 - p)))


def accuracy(labels: Floats, predictions: Floats) -> Metric:
    """Share of rows where the prediction, cut at one half, is the label."""
    return _mean(((predictions > 0.5) == (labels > 0.5)).astype(np.float64))


def mae(labels: Floats, predictions: Floats) -> Metric:
    """Mean absolute error in the unit of the labels."""
    return _mean(np.abs(labels - predictions))


def rmse(labels: Floats, predictions: Floats) -> Metric:
    """Root of the mean squared error in the unit of the labels."""
    mean = _mean((labels - predictions) ** 2)
    return lambda weights: float(np.sqrt(mean(weights)))


def _mean(losses: Floats) -> Metric:
    return lambda weights: float(losses @ weights / weights.sum())


METRICS: Final[dict[str, Callable[[Floats, Floats], Metric]]] = {
    "accuracy": accuracy,
    "auc": auc,
    "log_loss": log_loss,
    "mae": mae,
    "rmse": rmse,
}
"""By the name that policy uses."""
