"""What a module of pages lists: addresses and the functions behind them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.convertors import Convertor, register_url_convertor


class Number(Convertor[int]):
    """The number of a version in an address, ``{number:number}``; longer ones there are none.

    It is read before anybody is asked who they are.
    """

    regex = "[1-9][0-9]{0,8}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


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


def know_numbers() -> None:
    """Let addresses have ``{number:number}`` in them; to be said before routes are made of them."""
    register_url_convertor("number", Number())
