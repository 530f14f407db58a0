"""Which months train and which one measures: the section `data` of params.yaml."""

from pathlib import Path
from typing import Any

import pandas as pd

from bad_input import BadInput
from features import read_features, typed
from months import check_order
from parameters import read_section


def training_months() -> list[str]:
    """Return data.months, oldest first. Raises: BadInput."""
    months: Any = read_section("data").get("months")
    if not isinstance(months, list) or not months or not all(isinstance(m, str) for m in months):
        message = f"data.months is {months!r}, not a list of months like 2013-04"
        raise BadInput(message)
    check_order(months)
    return months


def holdout_month() -> str:
    """Return data.holdout, later than every training month. Raises: BadInput."""
    holdout: Any = read_section("data").get("holdout")
    if not isinstance(holdout, str):
        message = f"data.holdout is {holdout!r}, not a month like 2013-04"
        raise BadInput(message)
    check_order([*training_months(), holdout])
    return holdout


def training_table(validation_every_days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the features of the training months and keep every n-th day of a month aside.

    Whole days, because flights of one day share weather and delays.

    Returns: (rows to fit, rows for the validation curve), both in time order.
    Raises: BadInput.
    """
    if validation_every_days <= 1:
        message = f"validation_every_days is {validation_every_days}: at least 2 leaves some to fit"
        raise BadInput(message)
    tables = [read_features(features_of(month)) for month in training_months()]
    table = typed(pd.concat(tables, ignore_index=True))  # each month has its own categories
    aside = table["day"] % validation_every_days == 0
    if not aside.any():
        message = f"no month has a day {validation_every_days}: lower validation_every_days"
        raise BadInput(message)
    return table[~aside], table[aside]


def holdout_table() -> pd.DataFrame:
    """Read the features of the holdout month. Raises: BadInput."""
    return read_features(features_of(holdout_month()))


def features_of(month: str) -> Path:
    """Where the DVC stage `features` writes a month."""
    return Path("data/features") / f"{month}.csv"
