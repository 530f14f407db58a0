"""The model `flight-delay`: will a flight arrive late? Its files, parameters, inputs and label."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from features import FEATURES

MODEL = Path("models/flight-delay/model.txt")
SIGNATURE = MODEL.with_name("signature.json")
REPORTS = Path("reports/flight-delay")

INPUTS = FEATURES
OUTPUTS = {"late_probability": "float"}


@dataclass(frozen=True)
class DelayParameters:
    """The section `flight-delay` of params.yaml."""

    late_after_minutes: int
    validation_every_days: int
    num_boost_round: int
    learning_rate: float
    num_leaves: int
    min_data_in_leaf: int
    feature_fraction: float
    lambda_l2: float
    seed: int
    num_threads: int


def late(table: pd.DataFrame, parameters: DelayParameters) -> pd.Series:
    """Label each row: 1 for an arrival more than ``late_after_minutes`` behind schedule, else 0."""
    return (table["arr_delay"] > parameters.late_after_minutes).astype("int64")
