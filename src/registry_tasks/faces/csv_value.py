"""A value as CSV has it, so that no spreadsheet takes a text of others for a formula."""

import json
import re
from datetime import UTC, datetime
from typing import Final

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n|%]")
"""What spreadsheets begin a formula or a command with, after white space too."""


def csv_value(value: object) -> object:
    """Write a value so that it is no formula for a spreadsheet; numbers stay numbers."""
    match value:
        case bool():
            return json.dumps(value)
        case None | int() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case list() | dict() | tuple():
            return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text.lstrip(" ")) else text
