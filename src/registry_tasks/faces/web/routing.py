"""What a module of pages lists: addresses and the functions behind them."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Page(NamedTuple):
    """A page (GET) or what a form is sent to (POST), which answers with the way to a page."""

    method: str
    path: str
    endpoint: Callable[..., Any]


def page(path: str, endpoint: Callable[..., Any]) -> Page:
    """List a page."""
    return Page("GET", path, endpoint)


def form(path: str, endpoint: Callable[..., Any]) -> Page:
    """List what a form is sent to."""
    return Page("POST", path, endpoint)
