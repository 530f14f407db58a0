"""Point at the place of a mistake in what somebody wrote."""

from registry_tasks.entities.errors import InvalidFilter

_AROUND = 60  # characters shown before and after the mistake


def mistake(text: str, column: int, reason: str) -> InvalidFilter:
    """Make the error for a mistake at a column, counted from 1."""
    at = min(max(column, 1), len(text) + 1) - 1
    start = max(at - _AROUND, 0)
    before, after = _shown(text[start:at]), _shown(text[at : at + _AROUND])
    cut = "..." if start else ""
    more = "..." if at + _AROUND < len(text) else ""
    return InvalidFilter(
        at + 1, reason, f"{cut}{before}{after}{more}\n{' ' * (len(cut) + len(before))}^"
    )


def _shown(text: str) -> str:
    """One line, whatever is in it."""
    return "".join(" " if c in "\r\n\t" else c if c.isprintable() else ascii(c)[1:-1] for c in text)
