"""Score a raw partition with a `flight-duration` model: one row a flight, label and prediction.

Rows keep the partition's order, so that the files of two versions pair row by row.
"""

import zipfile
from pathlib import Path

import pandas as pd
import skops.io
from sklearn.pipeline import Pipeline
from skops.io.exceptions import UntrustedTypesFoundException
from threadpoolctl import threadpool_limits

from bad_input import BadInput, run_step
from duration import INPUTS, TARGET, DurationParameters
from features import make_features
from parameters import read_parameters
from partition import read_partition

# skops trusts scikit-learn's public types; this private one holds the trees, numbers only.
TRUSTED = ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"]


def load(path: Path) -> Pipeline:
    """Load the model without running anything that the file brings. Raises: BadInput."""
    try:
        model = skops.io.load(path, trusted=TRUSTED)
    except (OSError, KeyError, zipfile.BadZipFile, UntrustedTypesFoundException) as error:
        message = f"{path} is not a skops file of this model: {error}"
        raise BadInput(message) from error
    if not isinstance(model, Pipeline):
        message = f"{path} holds a {type(model).__name__}, not a Pipeline"
        raise BadInput(message)
    return model


def score(table: pd.DataFrame, model: Pipeline, parameters: DurationParameters) -> pd.DataFrame:
    """Return ``label`` and ``prediction`` in minutes in the air, rows as in ``table``."""
    with threadpool_limits(parameters.num_threads):
        minutes = model.predict(table[list(INPUTS)])
    return pd.DataFrame({"label": table[TARGET], "prediction": minutes})


def main(arguments: list[str]) -> None:
    """Write the predictions' file that the command line names."""
    model, raw_dir, predictions = (Path(argument) for argument in arguments)
    parameters = read_parameters("flight-duration", DurationParameters)
    table = make_features(read_partition(raw_dir))
    scored = score(table, load(model), parameters)
    scored.to_csv(predictions, index=False, lineterminator="\n")


if __name__ == "__main__":
    run_step(main, "MODEL RAW_DIR PREDICTIONS_CSV")
