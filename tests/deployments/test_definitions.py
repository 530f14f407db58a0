"""What deployments/ may say, and what is said of a mistake in it."""

from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import read_definitions

FLOW = "name: nightly, entrypoint: flows/a.py:a"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "deployments").mkdir()
    (tmp_path / "deployments" / "work-pool.yaml").write_text("work_pool: {name: barn}")
    return tmp_path


def say(root: Path, deployment: str) -> None:
    (root / "deployments" / "prefect.yaml").write_text(f"deployments:\n- {{{deployment}}}\n")


@pytest.mark.parametrize("more", ["", ", work_pool: {}", ", work_pool: {name: barn}"])
def test_who_names_no_pool_gets_the_one_there_is(root: Path, more: str) -> None:
    say(root, FLOW + more)
    (made,) = read_definitions(root).deployments
    assert (made.work_pool.name, made.work_pool.work_queue_name) == ("barn", "default")


def test_a_checkout_that_says_nothing_has_no_deployment(tmp_path: Path) -> None:
    assert read_definitions(tmp_path).deployments == ()


@pytest.mark.parametrize(
    ("deployment", "reason"),
    [
        (f"{FLOW}, work_pool: {{name: attic}}", "nightly: there is no work pool attic"),
        (f"{FLOW}, schedule: daily", "deployments.0.schedule"),
        ("name: nightly", "deployments.0.entrypoint"),
        (f"{FLOW}, schedules: [{{cron: 1}}]", "deployments.0.schedules.0.cron"),
    ],
)
def test_a_mistake_is_named(root: Path, deployment: str, reason: str) -> None:
    say(root, deployment)
    with pytest.raises(InvalidProject, match=reason):
        read_definitions(root)
