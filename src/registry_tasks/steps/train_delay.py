"""Fit `flight-delay`: LightGBM, one text file, the same bytes on every run."""

import lightgbm as lgb
import pandas as pd
from dvclive.lgbm import DVCLiveCallback
from dvclive.live import Live

from bad_input import BadInput, run_step
from delay import INPUTS, MODEL, OUTPUTS, REPORTS, SIGNATURE, DelayParameters, late
from parameters import read_parameters
from signature import write_signature
from window import training_table


def fit(fitted: pd.DataFrame, aside: pd.DataFrame, parameters: DelayParameters) -> lgb.Booster:
    """Fit on ``fitted`` and write the loss on both tables, round by round, through DVCLive.

    Raises: BadInput when LightGBM refuses a parameter.
    """
    columns = list(INPUTS)
    train = lgb.Dataset(fitted[columns], late(fitted, parameters))
    validation = lgb.Dataset(aside[columns], late(aside, parameters), reference=train)
    settings = {
        "objective": "binary",
        "learning_rate": parameters.learning_rate,
        "num_leaves": parameters.num_leaves,
        "min_data_in_leaf": parameters.min_data_in_leaf,
        "feature_fraction": parameters.feature_fraction,
        "lambda_l2": parameters.lambda_l2,
        "seed": parameters.seed,
        "num_threads": parameters.num_threads,
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }
    # DVCLive's files carry no times unless asked, so they too are the same on every run.
    with Live(str(REPORTS / "live"), save_dvc_exp=False, report=None, dvcyaml=None) as live:
        try:
            return lgb.train(
                settings,
                train,
                num_boost_round=parameters.num_boost_round,
                valid_sets=[train, validation],
                valid_names=["train", "validation"],
                callbacks=[DVCLiveCallback(live=live)],
            )
        except lgb.basic.LightGBMError as error:
            message = f"LightGBM refuses the parameters under flight-delay: {error}"
            raise BadInput(message) from error


def main(_: list[str]) -> None:
    """Write the model, its signature and its loss curves."""
    parameters = read_parameters("flight-delay", DelayParameters)
    fitted, aside = training_table(parameters.validation_every_days)
    booster = fit(fitted, aside, parameters)
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    MODEL.write_text(booster.model_to_string(), encoding="utf-8")
    write_signature(SIGNATURE, INPUTS, OUTPUTS)


if __name__ == "__main__":
    run_step(main, "")
