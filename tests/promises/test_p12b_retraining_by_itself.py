"""P12b, retraining by itself: workers, Prefect's server and the registry's are killed at any moment.

Each round a retraining is due, and some of them are killed while it runs; then a person approves of
what waits, and the registry's server is killed over it. In the end no run is stuck anywhere, no
month made two versions, what was approved entered production once, whoever subscribed was told all
of it in order, and the doctor finds nothing. Every round has a seed of its own.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

import pytest
from support.by_itself import ByItself, endings, is_open
from support.garden import FIRST, MODELS, MONTHS, Garden
from support.http_server import elsewhere
from support.patience import until
from support.receivers import Place, receiving, webhook
from support.trials import Trial

from registry_tasks import Client
from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval

# `make test` kills worker and server once each, in tests/flows/test_by_itself.py.
pytestmark = [pytest.mark.slow, pytest.mark.storm, pytest.mark.gate]
_SEEDS: Final = 3
_PARTS: Final = ("worker", "Prefect", "registry")
_A_WHILE_S: Final = 4.0
_DECIDING_S: Final = 0.6
Site = ByItself[Garden]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("storm")
    garden = Garden(folder / "garden")
    garden.make(people=", {gate: approved, author_may_approve: true}")
    made = ByItself(garden, folder / "prefect")
    try:
        made.begin()
        yield made
    finally:
        made.end()
        garden.close()


def strike(site: Site, first: str, chance: random.Random) -> set[str]:
    """Kill one of them and perhaps others a while after a moment, and start them again."""
    struck = {first, *chance.sample(_PARTS, chance.randint(0, len(_PARTS) - 1))}
    moment, before = chance.choice(tuple(MOMENTS)), count(site, RunStatus.FINISHED)
    until(lambda: MOMENTS[moment](site, before) or not is_any_open(site))
    time.sleep(chance.uniform(0, _A_WHILE_S))
    if "worker" in struck:
        site.kill_workers()
    if "registry" in struck:
        site.kill_registry()
    if "Prefect" in struck:
        site.server.kill()
        time.sleep(chance.uniform(0, 2))
        site.server.start()
    if "registry" in struck:
        site.start_registry()
    if "worker" in struck:
        site.start_worker()
    return struck


def approve_what_waits(site: Site, chance: random.Random) -> None:
    """Decide over HTTP while the server is killed; who was not heard says it again."""
    for asked in list_approvals(site.garden.registry()):
        deciding = threading.Thread(target=decide, args=(site, asked))
        deciding.start()
        time.sleep(chance.uniform(0, _DECIDING_S))
        site.kill_registry()
        site.start_registry()
        deciding.join()
        if not now(site, asked).is_decided:
            decide(site, asked)
        until(lambda asked=asked: now(site, asked).outcome)
        assert now(site, asked).outcome is Closing.PROMOTED


def decide(site: Site, asked: Approval) -> None:
    """Approve; whether it was heard is seen in the store."""
    with Client(elsewhere(site.address, site.garden.folder / "elsewhere")) as client:
        try:
            client.approve(asked.uuid, evidence_sha256=asked.evidence_sha256, reason="fine")
        except RegistryError:
            return


def now(site: Site, asked: Approval) -> Approval:
    return show_approval(site.garden.registry(), asked.uuid).approval


def count(site: Site, status: RunStatus) -> int:
    """Count the registry's runs of both models that stand so."""
    return sum(run.status is status for model in MODELS for run in site.garden.runs(model))


def is_any_open(site: Site) -> bool:
    return any(map(is_open, site.prefect.runs(["retrain"])))


def has_begun(site: Site, _: int) -> bool:
    return "Running" in endings(site.prefect.runs(["retrain"]))


MOMENTS: Final = MappingProxyType[str, Callable[[Site, int], bool]](
    {
        "it was due": lambda _site, _before: True,
        "its process had begun": has_begun,
        "it trained": lambda site, _: count(site, RunStatus.RUNNING) > 0,
        "it was recorded": lambda site, before: count(site, RunStatus.FINISHED) > before,
    }
)


def test_p12b_killed_retrainings_converge_on_one_version_a_month(site: Site, trial: Trial) -> None:
    struck = Counter[str]()
    slowest = 0.0
    with receiving() as place:
        webhook(site.garden, place.url)
        site.start_registry()
        site.start_worker()
        for number in range(_SEEDS):
            chance = random.Random(trial.seed + number)
            site.prefect.run(f"retrain/{MODELS[number % len(MODELS)]}")
            struck.update(strike(site, _PARTS[number % len(_PARTS)], chance))
            began = time.monotonic()
            site.settle()
            approve_what_waits(site, chance)
            until(lambda: examine(site.garden.registry()) == ())
            slowest = max(slowest, time.monotonic() - began)
            check_sound(site)
            if number % len(MODELS):
                site.garden.arrive_next()
        told = check_told(site, place)

    assert struck.keys() == {*_PARTS}
    states = endings(site.prefect.runs(["retrain"]))
    kinds = ", ".join(f"{part} {times}" for part, times in sorted(struck.items()))
    trial.report(
        "P12b",
        n=f"{_SEEDS} seeds from {trial.seed} (killed: {kinds}, and the registry over each approval)",
        figure=f"{states.count('Crashed')} of {len(states)} flow runs crashed, all done again; "
        f"{told} events told in order; at most {slowest:.0f} s to converge",
    )


def check_sound(site: Site) -> None:
    registry = site.garden.registry()
    for model in MODELS:
        assert RunStatus.RUNNING not in {run.status for run in site.garden.runs(model)}
        made = site.garden.versions(model)
        holdouts = [show(registry, version.ref).parameters["data.holdout"] for version in made]
        assert holdouts == list(MONTHS[FIRST - 1 : FIRST - 1 + len(holdouts)]), model
        assert [entered(site, version.ref) for version in made] == [1] * len(made)
    assert list((site.garden.state / "workspaces").iterdir()) == []


def entered(site: Site, ref: str) -> int:
    """How often a version entered production."""
    return sum(
        event.kind is EventKind.VERSION_PROMOTED and event.after["stage"] == "production"
        for event in site.garden.history(ref)
    )


def check_told(site: Site, place: Place) -> int:
    """Every event of the models arrived, the first time in order; returns how many there are."""
    history = {model: [event.sequence for event in site.garden.history(model)] for model in MODELS}
    wanted = {sequence for sequences in history.values() for sequence in sequences}
    until(lambda: wanted <= {*place.sequences})
    arrived = list(dict.fromkeys(place.sequences))
    for model, sequences in history.items():
        assert [s for s in arrived if s in sequences] == sequences, model
    return len(wanted)
