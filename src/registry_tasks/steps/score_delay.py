"""Score a raw partition with a `flight-delay` model: one row a flight, label and prediction.

Rows keep the partition's order, so that the files of two versions pair row by row.
"""

from pathlib import Path

import lightgbm as lgb
import pandas as pd

from bad_input import BadInput, run_step
from delay import INPUTS, DelayParameters, late
from features import make_features
from parameters import read_parameters
from partition import read_partition


def load(path: Path) -> lgb.Booster:
    """Load the model's text. Raises: BadInput."""
    try:
        return lgb.Booster(model_str=path.read_text(encoding="utf-8"))
    except (OSError, TypeError, ValueError, lgb.basic.LightGBMError) as error:
        message = f"{path} is not a LightGBM model: {error}"
        raise BadInput(message) from error


def score(table: pd.DataFrame, booster: lgb.Booster, parameters: DelayParameters) -> pd.DataFrame:
    """Return ``label`` (1 is late) and ``prediction`` (probability), rows as in ``table``."""
    probability = booster.predict(table[list(INPUTS)], num_threads=parameters.num_threads)
    return pd.DataFrame({"label": late(table, parameters), "prediction": probability})


def main(arguments: list[str]) -> None:
    """Write the predictions' file that the command line names."""
    model, raw_dir, predictions = (Path(argument) for argument in arguments)
    parameters = read_parameters("flight-delay", DelayParameters)
    table = make_features(read_partition(raw_dir))
    scored = score(table, load(model), parameters)
    scored.to_csv(predictions, index=False, lineterminator="\n")


if __name__ == "__main__":
    run_step(main, "MODEL RAW_DIR PREDICTIONS_CSV")
