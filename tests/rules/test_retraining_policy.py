"""What policy says of retraining: read, defaulted, and refused with its place."""

import pytest

from registry_tasks.entities.errors import InvalidPolicy
from registry_tasks.entities.policy import Overlapping
from registry_tasks.registry.policies import parse_policy


def written(retraining: str) -> bytes:
    return f"registry: {{models: {{mower: {{retraining: {retraining}}}}}}}".encode()


def test_who_says_nothing_waits_and_looks_at_no_window() -> None:
    found = parse_policy("mower", b"").retraining

    assert (found.overlapping, found.window, found.drift) == (Overlapping.WAIT, None, None)


def test_all_of_it_is_read() -> None:
    drift = "{training: 'a/{m}.csv', newest: b.csv, at_most: 0.1, columns: [x], bins: 5}"
    found = parse_policy(
        "mower", written(f"{{overlapping: end, window: 'w {{next}}', drift: {drift}}}")
    )

    assert found.retraining.overlapping is Overlapping.END
    assert found.retraining.drift is not None
    assert found.retraining.drift.columns == ("x",)


@pytest.mark.parametrize(
    ("retraining", "mistake"),
    [
        ("{overlapping: queue}", "retraining.overlapping"),
        ("{window: python window.py}", "must write {next}"),
        ("{drift: {training: a.csv}}", "retraining.drift.newest"),
        ("{drift: {training: a.csv, newest: b.csv, at_most: 0}}", "retraining.drift.at_most"),
        ("{every: month}", "retraining.every"),
    ],
)
def test_a_mistake_is_told_with_its_place(retraining: str, mistake: str) -> None:
    with pytest.raises(InvalidPolicy, match=mistake):
        parse_policy("mower", written(retraining))
