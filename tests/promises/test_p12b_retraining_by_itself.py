"""P12b, retraining by itself: workers and Prefect's server are killed at any moment, months go on.

Each round a month arrives, the retrainings of two models are due, and something is killed while
they run. Then: no run is stuck anywhere, no month made two versions, and the doctor finds nothing.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

import pytest
from support.by_itself import ByItself, endings, is_open
from support.garden import FIRST, MODELS, MONTHS, Garden
from support.patience import until
from support.trials import Trial

from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import show

# `make test` kills worker and server once each, in tests/flows/test_by_itself.py.
pytestmark = [pytest.mark.slow, pytest.mark.storm, pytest.mark.gate]
_ROUNDS: Final = 3
_A_WHILE_S: Final = 4.0


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByItself]:
    folder = tmp_path_factory.mktemp("storm")
    garden = Garden(folder / "garden")
    garden.make()
    made = ByItself(garden, folder / "prefect")
    try:
        made.begin()
        yield made
    finally:
        made.end()
        garden.close()


def strike(site: ByItself, chance: random.Random) -> str:
    """Kill something a while after a moment, and start it again."""
    struck, moment = chance.choice(("worker", "server", "both")), chance.choice(tuple(MOMENTS))
    before = count(site, RunStatus.FINISHED)
    until(lambda: MOMENTS[moment](site, before) or not is_any_open(site))
    time.sleep(chance.uniform(0, _A_WHILE_S))
    if struck in ("worker", "both"):
        site.kill_workers()
    if struck in ("server", "both"):
        site.server.kill()
        time.sleep(chance.uniform(0, 2))
        site.server.start()
    if struck in ("worker", "both"):
        site.start_worker()
    return struck


def count(site: ByItself, status: RunStatus) -> int:
    """Count the registry's runs of both models that stand so."""
    return sum(run.status is status for model in MODELS for run in site.garden.runs(model))


def is_any_open(site: ByItself) -> bool:
    return any(map(is_open, site.prefect.runs(["retrain"])))


def has_begun(site: ByItself, _: int) -> bool:
    return "Running" in endings(site.prefect.runs(["retrain"]))


MOMENTS: Final = MappingProxyType[str, Callable[[ByItself, int], bool]](
    {
        "it was due": lambda _site, _before: True,
        "its process had begun": has_begun,
        "it trained": lambda site, _: count(site, RunStatus.RUNNING) > 0,
        "it was recorded": lambda site, before: count(site, RunStatus.FINISHED) > before,
    }
)


def test_p12b_killed_retrainings_converge_on_one_version_a_month(
    site: ByItself, trial: Trial
) -> None:
    chance = random.Random(trial.seed)
    struck = []
    site.start_worker()
    for _ in range(_ROUNDS):
        for model in MODELS:
            site.prefect.run(f"retrain/{model}")
        struck.append(strike(site, chance))
        site.settle()
        check_sound(site)
        site.garden.arrive_next()
    for model in MODELS:
        site.prefect.run(f"retrain/{model}")
    site.settle()
    check_sound(site)

    states = endings(site.prefect.runs(["retrain"]))
    crashed = states.count("Crashed")
    counts = Counter(struck)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    figure = f"{crashed} of {len(states)} flow runs crashed, all done again or made pointless"
    trial.report("P12b", f"{_ROUNDS} kills ({kinds}), 2 models", figure)


def check_sound(site: ByItself) -> None:
    registry = site.garden.registry()
    for model in MODELS:
        assert RunStatus.RUNNING not in {run.status for run in site.garden.runs(model)}
        holdouts = [
            show(registry, v.ref).parameters["data.holdout"] for v in site.garden.versions(model)
        ]
        assert holdouts == list(MONTHS[FIRST - 1 : FIRST - 1 + len(holdouts)]), model
    assert examine(registry) == ()
    assert list((site.garden.state / "workspaces").iterdir()) == []
