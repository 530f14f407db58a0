"""A served registry answers eight who ask at once, each as fast as it can, and fails nobody."""

from collections.abc import Iterator

import pytest
from support.http_load import ask
from support.site import served
from support.world import MODEL, World

pytestmark = pytest.mark.slow
SECONDS = 0.3
ASKING = 8


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """A served registry with one version in production, on each database."""
    world.version(1)
    world.raise_to(f"{MODEL}@1", "staging", "production")
    world.close()
    with served(world.root, world.variables(), "--workers=2") as address:
        yield address


def test_nobody_is_failed_and_no_answer_waits(url: str) -> None:
    """One server for both: starting it takes longest."""
    for path in (f"/api/v1/resolve?ref={MODEL}@production", f"/models/{MODEL}/versions/1"):
        nobody_is_failed(url, path)
    an_answer_does_not_wait_for_the_client_to_acknowledge(url)


def nobody_is_failed(url: str, path: str) -> None:
    answers = 0
    while answers <= ASKING:  # a busy machine may answer each but once in that time
        load = ask(url, [path], connections=ASKING, seconds=SECONDS)
        assert not load.failures
        answers += len(load.times_ms)


def an_answer_does_not_wait_for_the_client_to_acknowledge(url: str) -> None:
    """A socket that gathers small writes sends the second one when the first is acknowledged.

    Which a client that waits for the rest does after 40 ms.
    """
    tries = (ask(url, ["/health"], connections=1, seconds=SECONDS) for _ in range(10))

    assert any(min(load.times_ms) < 20 for load in tries)
