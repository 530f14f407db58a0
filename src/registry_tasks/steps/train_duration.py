"""Fit `flight-duration`: scikit-learn's gradient boosting, one skops file, the same every run."""

import math

import pandas as pd
from dvclive.live import Live
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OrdinalEncoder
from threadpoolctl import threadpool_limits

from bad_input import BadInput, run_step
from canonical_skops import dump
from duration import INPUTS, MODEL, OUTPUTS, REPORTS, SIGNATURE, TARGET, DurationParameters
from parameters import read_parameters
from signature import write_signature
from window import training_table


def fit(fitted: pd.DataFrame, aside: pd.DataFrame, parameters: DurationParameters) -> Pipeline:
    """Fit on ``fitted``; the error on ``aside`` is followed but stops nothing.

    Categories become codes in a step of their own: the regressor's way of taking them would
    put functions into the file, which a careful reader refuses to load.

    Raises: BadInput when scikit-learn refuses a parameter or the features.
    """
    columns = list(INPUTS)
    categories = [name for name, kind in INPUTS.items() if kind == "category"]
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=math.nan)
    encoder = ColumnTransformer([("codes", codes, categories)], remainder="passthrough")
    regressor = HistGradientBoostingRegressor(
        max_iter=parameters.max_iter,
        learning_rate=parameters.learning_rate,
        max_leaf_nodes=parameters.max_leaf_nodes,
        min_samples_leaf=parameters.min_samples_leaf,
        l2_regularization=parameters.l2_regularization,
        random_state=parameters.seed,
        early_stopping=True,  # the only way to have the losses recorded ...
        n_iter_no_change=parameters.max_iter + 1,  # ... and this never stops
        scoring="loss",
    )
    try:
        regressor.fit(
            encoder.fit_transform(fitted[columns]),
            fitted[TARGET],
            X_val=encoder.transform(aside[columns]),
            y_val=aside[TARGET],
        )
    except ValueError as error:
        message = f"scikit-learn refuses the features or the parameters: {error}"
        raise BadInput(message) from error
    return Pipeline([("encode", encoder), ("regress", regressor)])


def log_curves(regressor: HistGradientBoostingRegressor) -> None:
    """Write the root mean squared error in minutes after each iteration through DVCLive.

    scikit-learn records the negative of half the mean squared error, from before the first
    iteration on.
    """
    scores = {"train": regressor.train_score_, "validation": regressor.validation_score_}
    with Live(str(REPORTS / "live"), save_dvc_exp=False, report=None, dvcyaml=None) as live:
        for train, validation in zip(*scores.values(), strict=True):
            live.log_metric("train/rmse", math.sqrt(-2 * train))
            live.log_metric("validation/rmse", math.sqrt(-2 * validation))
            live.next_step()


def main(_: list[str]) -> None:
    """Write the model, its signature and its error curves."""
    parameters = read_parameters("flight-duration", DurationParameters)
    fitted, aside = training_table(parameters.validation_every_days)
    with threadpool_limits(parameters.num_threads):
        model = fit(fitted, aside, parameters)
    log_curves(model.named_steps["regress"])
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    dump(model, MODEL)
    write_signature(SIGNATURE, INPUTS, OUTPUTS)


if __name__ == "__main__":
    run_step(main, "")
