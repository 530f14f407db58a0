"""Write what an evaluation found as small text files that Git can hold and diff."""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

DIGITS = 6  # after the point: far below any metric's sampling error


def write_metrics(path: Path, metrics: Mapping[str, float]) -> None:
    """Write numbers as a flat JSON object, in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = {name: round(value, DIGITS) for name, value in metrics.items()}
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write columns as CSV without the index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.round(DIGITS).to_csv(path, index=False, lineterminator="\n")
