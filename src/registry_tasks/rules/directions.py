"""Which way a metric is better, where its name says so."""

import re
from typing import Final

from registry_tasks.entities.policy import Evaluation

_WORD: Final = re.compile(r"[a-z]+[0-9]*|[0-9]+")
_LOWER: Final = frozenset(
    {"loss", "logloss", "error", "err", "rmse", "mse", "mae", "mape", "smape", "rmsle", "deviance"}
    | {"perplexity", "brier", "entropy", "l1", "l2", "wer", "cer", "ece", "fpr", "fnr", "pinball"}
)
_HIGHER: Final = frozenset(
    {"auc", "acc", "accuracy", "f1", "r2", "precision", "recall", "map", "ndcg", "iou", "dice"}
    | {"bleu", "rouge", "mcc", "kappa", "gini", "tpr", "tnr", "sensitivity", "specificity"}
)


def higher_is_better(metric: str, evaluation: Evaluation | None = None) -> bool | None:
    """Tell it from policy, else from the last word known of the name; None if nothing says it."""
    if evaluation is not None and evaluation.metric == metric:
        return evaluation.higher_is_better
    for word in reversed(_WORD.findall(metric.lower())):
        if word in _LOWER:
            return False
        if word in _HIGHER:
            return True
    return None
