"""Ranges: which bytes of a file somebody asks for."""

import re
from typing import Final, NamedTuple

_ONE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Span(NamedTuple):
    """Bytes from ``start`` up to and without ``stop``."""

    start: int
    stop: int


class Unsatisfiable(Exception):
    """The file has no such bytes."""


def read_range(asked: str | None, size: int) -> Span | None:
    """Return the one range that is asked for; None, which means all, for none, many and nonsense.

    Raises: Unsatisfiable.
    """
    found = _ONE.fullmatch(asked.replace(" ", "")) if asked else None
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        span = Span(max(0, size - int(last)), size)
    else:
        span = Span(int(first), min(size, int(last) + 1) if last else size)
        if last and int(last) < int(first):
            return None
    if span.start >= span.stop:
        raise Unsatisfiable
    return span
