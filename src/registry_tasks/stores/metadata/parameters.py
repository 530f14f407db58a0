"""Parameters: kept as they were told, and beside that as what search compares."""

import json
import sys
from typing import Any, Final

DERIVED: Final = frozenset({"number", "text"})
"""Columns that follow from the value."""
MAX_TEXT: Final = 500
"""How many characters of a value search compares: what an index of PostgreSQL can hold."""


def parameter_row(key: Any, value: Any = None) -> dict[str, Any]:
    """Return a row: a number is compared as one, everything else as text."""
    number, text = None, None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and abs(value) <= sys.float_info.max:
        number = float(value)
    else:
        text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
        text = text[:MAX_TEXT]
    return {"key": key, "value": value, "number": number, "text": text}
