"""Is the candidate better, or only lucky? A paired bootstrap of the difference."""

import numpy as np

from registry_tasks.analysis.metrics import METRICS, Floats
from registry_tasks.entities.comparison import Bootstrap
from registry_tasks.entities.policy import Evaluation


def paired_bootstrap(
    labels: Floats, candidate: Floats, incumbent: Floats, evaluation: Evaluation
) -> Bootstrap:
    """Resample rows with replacement, the same rows for both models.

    Args:
        labels: shape (n,), n >= 2; for auc both classes must occur.
        candidate, incumbent: shape (n,), predictions for the same rows in the same order.
        evaluation: metric, number of resamples, confidence and seed.

    Returns: the difference candidate minus incumbent with its percentile interval. Resamples in
    which the metric is not defined (one class only) are left out of the interval.
    Raises: KeyError for a metric that is not in METRICS.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
    """
    metric = METRICS[evaluation.metric]
    new, old = metric(labels, candidate), metric(labels, incumbent)
    rows = len(labels)
    ones = np.ones(rows)
    generator = np.random.default_rng(evaluation.seed)
    differences = np.empty(evaluation.resamples)
    for i in range(evaluation.resamples):
        drawn = generator.integers(0, rows, rows)
        weights = np.bincount(drawn, minlength=rows).astype(np.float64)
        differences[i] = new(weights) - old(weights)
    tail = (1 - evaluation.confidence) / 2
    low, high = np.nanquantile(differences, [tail, 1 - tail])
    return Bootstrap(
        candidate=new(ones),
        incumbent=old(ones),
        difference=new(ones) - old(ones),
        low=float(low),
        high=float(high),
        confidence=evaluation.confidence,
        resamples=evaluation.resamples,
        seed=evaluation.seed,
        rows=rows,
    )
