"""Has a column drifted? The population stability index over bins of the training data."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry_tasks.entities.drift import Bin, ColumnDrift

FLOOR: Final = 1e-4
"""The least share of a bin: without one, a value that was never seen would be infinitely far."""
MISSING: Final = "missing"
OTHER: Final = "other"
_WORDS_FOR_NOTHING: Final = frozenset({"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"})
_Floats = NDArray[np.float64]


def column_drift(
    column: str, training: Sequence[str], newest: Sequence[str], bins: int = 10
) -> ColumnDrift:
    """Measure how far a column's values have drifted, numbers and categories alike.

    Args:
        training: n >= 1 values as text; sets the bins: quantiles of numbers, the most frequent
            categories else. Values that are missing are a bin of their own.
        newest: m >= 1 values as text.
        bins: of numbers, >= 2; of categories twice as many, and one for all others.

    Returns: index in nats, >= 0; 0 means the same shares. Below 0.1 is usually called stable, above
    0.25 a shift.
    Source: Siddiqi, Credit Risk Scorecards (2006), ch. 9.
    """
    numbers, others = _numbers(training), _numbers(newest)
    if numbers is not None and others is not None:
        labels, before, after = _of_numbers(numbers, others, bins)
    else:
        labels, before, after = _of_categories(training, newest, 2 * bins)
    old, new = before / before.sum(), after / after.sum()
    shown = tuple(
        Bin(values=label, training=float(t), newest=float(n))
        for label, t, n in zip(labels, old, new, strict=True)
    )
    old, new = np.maximum(old, FLOOR), np.maximum(new, FLOOR)
    index = float(np.sum((new - old) * np.log(new / old)))
    return ColumnDrift(column=column, index=index, bins=shown)


def _numbers(values: Sequence[str]) -> _Floats | None:
    """Return values as numbers, missing ones as NaN; None if one is no number, or all miss."""
    try:
        found = np.array([np.nan if v in _WORDS_FOR_NOTHING else float(v) for v in values])
    except ValueError:
        return None
    return found if np.isfinite(found).any() else None


def _of_numbers(
    training: _Floats, newest: _Floats, bins: int
) -> tuple[list[str], _Floats, _Floats]:
    quantiles = np.quantile(training[np.isfinite(training)], np.linspace(0, 1, bins + 1)[1:-1])
    edges = np.unique(quantiles)
    shown = [f"{edge:.6g}" for edge in edges]
    labels = [f"<= {shown[0]}"]
    labels += [f"({low}, {high}]" for low, high in pairwise(shown)]
    labels += [f"> {shown[-1]}", MISSING]

    def counts(values: _Floats) -> _Floats:
        there = ~np.isnan(values)
        places = np.searchsorted(edges, values[there], side="left")
        found = np.bincount(places, minlength=len(edges) + 1)
        return np.append(found, np.sum(~there)).astype(np.float64)

    return labels, counts(training), counts(newest)


def _of_categories(
    training: Sequence[str], newest: Sequence[str], most: int
) -> tuple[list[str], _Floats, _Floats]:
    def counted(values: Sequence[str]) -> Counter[str]:
        return Counter(MISSING if v in _WORDS_FOR_NOTHING else v for v in values)

    before, after = counted(training), counted(newest)
    kinds = sorted(before.keys() - {MISSING}, key=lambda kind: (-before[kind], kind))[:most]

    def counts(found: Counter[str]) -> _Floats:
        told = [found[kind] for kind in kinds]
        missing = found[MISSING]
        return np.array([*told, found.total() - sum(told) - missing, missing], dtype=np.float64)

    return [*kinds, OTHER, MISSING], counts(before), counts(after)
