"""A few processes, started with disk.c loaded, that carry out trials side by side."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support.disk import Orders


class Hand(NamedTuple):
    """One process of the crew: its number, a folder of its own, what its disk obeys."""

    number: int
    size: int  # of the crew
    folder: Path
    orders: Orders
    library: Path


class Crew:
    """Processes that live as long as the crew."""

    def __init__(self, hands: list[ProcessPoolExecutor], folder: Path, library: Path) -> None:
        self._hands, self._folder, self._library = hands, folder, library

    def all_do(self, work: Callable[..., Any], *arguments: Any) -> list[Any]:
        """Let each do ``work(hand, *arguments)``; returns their answers."""
        size = len(self._hands)
        waiting = [
            hand.submit(_serve, number, size, self._folder, self._library, work, arguments)
            for number, hand in enumerate(self._hands)
        ]
        return [one.result() for one in waiting]


@contextmanager
def crew_of(size: int, folder: Path, library: Path) -> Iterator[Crew]:
    """Start a crew; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(library))
        hands = [ProcessPoolExecutor(1, mp_context=context) for _ in range(size)]
        for hand in hands:  # each starts its process with its first work
            hand.submit(os.getpid).result()
    try:
        yield Crew(hands, folder, library)
    finally:
        for hand in hands:
            hand.shutdown()


_ORDERS: dict[Path, Orders] = {}


def _serve(
    number: int,
    size: int,
    folder: Path,
    library: Path,
    work: Callable[..., Any],
    arguments: Iterable[Any],
) -> Any:
    own = folder / f"hand-{number}"
    if own not in _ORDERS:
        own.mkdir(parents=True, exist_ok=True)
        _ORDERS[own] = Orders(own / "orders")
        _ORDERS[own].obey(library)
    return work(Hand(number, size, own, _ORDERS[own], library), *arguments)
