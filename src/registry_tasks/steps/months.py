"""A month's name, the key of a partition: ``2013-04``."""

import itertools
import re

from bad_input import BadInput

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse_month(text: str) -> tuple[int, int]:
    """Split ``"2013-04"`` into ``(2013, 4)``. Raises: BadInput."""
    match = _MONTH.fullmatch(text)
    if match is None:
        message = f"{text!r} is not a month: write it like 2013-04"
        raise BadInput(message)
    return int(match[1]), int(match[2])


def check_order(months: list[str]) -> None:
    """Let months pass that are distinct and oldest first.

    With the holdout as the last one this says that a model is never measured on a month that
    it was trained on. Raises: BadInput.
    """
    order = [parse_month(month) for month in months]
    if any(earlier >= later for earlier, later in itertools.pairwise(order)):
        message = (
            f"data.months and data.holdout are {', '.join(months)}: they must be distinct "
            "months, oldest first, the holdout last"
        )
        raise BadInput(message)
