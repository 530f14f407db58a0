"""The model `flight-duration`: how long will a flight be in the air? Its files and inputs."""

from dataclasses import dataclass
from pathlib import Path

from features import FEATURES

MODEL = Path("models/flight-duration/model.skops")
SIGNATURE = MODEL.with_name("signature.json")
REPORTS = Path("reports/flight-duration")

_NAMES = (
    "carrier",
    "origin",
    "dest",
    "weekday",
    "departure_minute",
    "distance",
    "plane_age",
    "engines",
    "seats",
    "temp",
    "wind_dir",
    "wind_speed",
    "pressure",
)
INPUTS = {name: FEATURES[name] for name in _NAMES}
OUTPUTS = {"air_time_minutes": "float"}
TARGET = "air_time"


@dataclass(frozen=True)
class DurationParameters:
    """The section `flight-duration` of params.yaml."""

    validation_every_days: int
    max_iter: int
    learning_rate: float
    max_leaf_nodes: int
    min_samples_leaf: int
    l2_regularization: float
    seed: int
    num_threads: int
