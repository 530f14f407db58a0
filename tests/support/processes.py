"""Many real processes that do the same thing at the same time."""

import multiprocessing
import traceback
from collections.abc import Callable
from typing import Any


def together(count: int, work: Callable[[int], Any], deadline_s: float = 120) -> list[Any]:
    """Run ``work(0)`` ... ``work(count - 1)`` in processes that start at one moment.

    Returns what each returned, in order; what one raised fails the test with its traceback.
    """
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(count), context.SimpleQueue()

    def run(number: int) -> None:
        barrier.wait(deadline_s)
        try:
            answers.put((number, work(number), None))
        except BaseException:  # noqa: BLE001 - a child hands on whatever it was
            answers.put((number, None, traceback.format_exc()))

    workers = [context.Process(target=run, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    found = sorted((answers.get() for _ in workers), key=lambda answer: int(answer[0]))
    for worker in workers:
        worker.join(deadline_s)
    failures = [failure for _, _, failure in found if failure]
    assert not failures, "\n".join(failures)
    return [answer for _, answer, _ in found]
