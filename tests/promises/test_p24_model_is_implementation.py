"""P24: whatever is asked in whatever order, the registry answers as a plain model of it does."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from support.http_server import Lodging
from support.machine import Machine, Place
from support.plain_model import POLICY
from support.trials import Trial
from support.world import World, copy_tree

pytestmark = pytest.mark.slow
STEPS: Final = 50  # of an example
REFUSED: Final = frozenset({"AwaitingApproval", "ApprovalClosed", "NotDroppable", "BytesDropped"})
BEEN: Final = frozenset(
    {
        *("version.archived", "version.restored", "version.rolled_back", "version.deleted"),
        *("version.bytes_dropped", "version.bytes_remade", "version.held", "version.released"),
        *("request promoted", "request rejected", "request voided", "request expired"),
        "state: default experiment, eu production; ",
    }
)
"""Where a full trial must have been; ``state`` is where an example ended."""


@pytest.mark.parametrize(
    ("database", "short", "full"),
    [("SQLite", 12, 64), ("PostgreSQL", 4, 15), ("REST over SQLite", 4, 15)],
)
def test_the_registry_does_what_its_model_does(
    database: str,
    short: int,
    full: int,
    template: Path,
    tmp_path: Path,
    trial: Trial,
    request: pytest.FixtureRequest,
) -> None:
    copy_tree(template, tmp_path / "template")
    World(tmp_path / "template").set_policy(POLICY)
    place = Place(tmp_path / "template", tmp_path / "example")
    examples = trial.size(short, full)
    with ExitStack() as stack:
        if database == "PostgreSQL":
            place = place._replace(postgres=request.getfixturevalue("postgres"))
        elif database == "REST over SQLite":
            lodging = Lodging(tmp_path / "elsewhere").opened(World(place.template).settings)
            place = place._replace(lodging=stack.enter_context(lodging))
        steps, seen = _wander(place, examples, trial.seed)

    refused = {what: n for what, n in steps.items() if what[0].isupper() and what != "None"}
    assert len(refused) >= 9, refused  # else chance did not go far
    if database == "SQLite" and trial.full:
        assert REFUSED <= refused.keys(), refused
        assert BEEN <= seen.keys(), BEEN - seen.keys()
    trial.report(
        "P24",
        n=f"{database}, {sum(steps.values())} steps in {examples} examples, of them "
        f"{sum(refused.values())} refused in {len(refused)} ways, {steps['repeat']} repeated by key, "
        f"{sum(what.startswith('state: ') for what in seen)} states of a version",
        figure="0 divergences, doctor clean after each example",
    )


def _wander(place: Place, examples: int, chance: int) -> tuple[Counter[str], Counter[str]]:
    """Ask both in orders of chance; returns how often each step was taken, and what came about."""
    steps, seen = Counter[str](), Counter[str]()
    machine = type("Machine", (Machine,), {"place": place, "steps": steps, "seen": seen})
    run_state_machine_as_test(
        seed(chance)(machine),
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=False,
            database=None,
            phases=[Phase.generate],  # shrinking takes minutes; the seed brings a failure back
            suppress_health_check=list(HealthCheck),
        ),
    )
    return steps, seen
