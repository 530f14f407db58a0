"""Whoever delivers may be killed at any time, and others may deliver beside it."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise

import pytest
from support.patience import until
from support.receivers import Place, outward, receiving, webhook
from support.trials import Trial
from support.world import World

from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import list_deliveries, list_subscriptions
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events
from registry_tasks.stores.metadata.models import put_model

pytestmark = pytest.mark.slow
Record = Callable[[str, object], None]
MODELS = ("mower", "blower", "sower")
DELIVERER = """
import time
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.registry import Registry
from support.receivers import QUICK
with Registry.open() as registry:
    while True:
        deliver(registry, QUICK._replace(lease_s=1.0))
        time.sleep(0.01)
"""


def test_a_deliverer_that_is_killed_loses_nothing_and_keeps_the_order(
    world: World, trial: Trial, record_property: Record
) -> None:
    """Between what was sent and what was written down of it, and before, and after."""
    chance, kills = random.Random(trial.seed), trial.size(3, 20)
    with receiving() as place:
        webhook(world, place.url, kinds=("model.noted",))
        for _ in range(kills):
            note_all(world, 7)
            kill_once(world, place, chance)
        with deliverer(world):
            until(lambda: not list_deliveries(world.registry()) and has_all(world, place))
    check_order(place, noted(world))
    twice = len(place.got) - len(noted(world))
    record_property(
        "N", f"{kills} kills, {len(noted(world))} events, none lost, {twice} sent twice"
    )


def test_two_deliverers_at_once_send_each_event_once(world: World, trial: Trial) -> None:
    count = trial.size(60, 600)
    with receiving() as place:
        webhook(world, place.url, kinds=("model.noted",))
        note_all(world, 1)
        over = threading.Event()

        def work() -> None:
            with Registry(world.settings) as registry:
                while not over.is_set():
                    deliver(registry)

        with ThreadPoolExecutor(3) as pool:
            working = [pool.submit(work) for _ in range(3)]
            note_all(world, count // len(MODELS))
            until(lambda: has_all(world, place))
            over.set()
            for each in working:
                each.result()
        wanted = noted(world)
    assert len(place.got) == len(wanted)
    check_order(place, wanted)


def test_throughput(world: World, trial: Trial, record_property: Record) -> None:
    """The figure of the page: many models, one receiver on this machine."""
    count, models = trial.size(300, 3000), tuple(f"model-{number}" for number in range(50))
    with receiving() as place:
        webhook(world, place.url, kinds=("model.noted",))
        note_all(world, count // len(models), models)
        began = time.monotonic()
        sent = deliver(world.registry()).sent
        took = time.monotonic() - began
    assert sent == count == len(place.got)
    (stands,) = list_subscriptions(world.registry())
    assert stands.delivered == count
    record_property("N", f"{count} events of {len(models)} models, {count / took:.0f} a second")


class deliverer:
    """A process that delivers until it is killed."""

    def __init__(self, world: World) -> None:
        told = {**os.environ, **world.variables(), "REGISTRY_ALLOWED_RECEIVERS": "127.0.0.0/8"}
        told["PYTHONPATH"] = os.pathsep.join(sys.path)
        self.process = subprocess.Popen([sys.executable, "-c", DELIVERER], env=told)

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def kill_once(world: World, place: Place, chance: random.Random) -> None:
    """Kill a deliverer at one of the messages that are on their way."""
    at = len(place.got) + chance.randrange(12)
    with deliverer(world) as process:

        def kill(number: int) -> None:
            if number >= at:
                with suppress(ProcessLookupError):
                    process.kill()

        place.before = kill
        until(lambda: process.poll() is not None or has_all(world, place))
    place.before = lambda number: None


def note_all(world: World, count: int, models: tuple[str, ...] = MODELS) -> None:
    """Let ``count`` things happen to each model, in turns."""
    outward(world)
    with world.registry().metadata.writing("ada") as tx:
        ids = [put_model(tx, name) for name in models]
        for number in range(count):
            for model_id in ids:
                told = {"text": str(number)}
                events.append(tx, events.EventKind.MODEL_NOTED, model=model_id, after=told)
        tx.commit()


def noted(world: World) -> list[int]:
    kinds = [events.EventKind.MODEL_NOTED]
    return sorted(e.sequence for e in list_history(world.registry(), kinds=kinds, limit=10_000))


def has_all(world: World, place: Place) -> bool:
    return set(place.sequences) == set(noted(world))


def check_order(place: Place, wanted: list[int]) -> None:
    """Each came; and the first time that each of a model came is after those before it."""
    assert sorted(set(place.sequences)) == wanted
    first: dict[str, list[int]] = {name: [] for name in MODELS}
    for got in place.got:
        data = json.loads(got.body)["data"]
        if data["sequence"] not in first[data["model"]]:
            first[data["model"]].append(data["sequence"])
    for came in first.values():
        assert all(one < next_one for one, next_one in pairwise(came))
