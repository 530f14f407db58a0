"""Flows are found by the path of their file, in the project, and called in its root."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry_tasks import Client, errors
from registry_tasks.faces.cli import flows
from registry_tasks.faces.cli.flows import load_flow, run_flow
from registry_tasks.settings import Settings

from .conftest import Cli

TRAIN = """
import os
from pathlib import Path

def train(model, parameters, commit, experiment):
    store = os.environ["REGISTRY_STORE"]
    Path("asked").write_text(repr((model, parameters, commit, experiment, store)))
    return "the-run"
"""
RETRAIN = """
from train import train
from registry_tasks import connect
from registry_tasks.entities.promotion import Refusal
from registry_tasks.entities.retraining import Retraining

def retrain(model, parameters, commit, experiment, promote_to=("staging", "production")):
    train(model, parameters, commit, experiment)
    made = connect().register("asked", model=model)
    refusal = Refusal(ref="m@1", stage="production", failures=(("x", "no"),))
    return Retraining(
        registration=made, comparison=None, reached=promote_to[:1], refusal=refusal
    )
"""
REPRODUCE = """
from datetime import UTC, datetime
from registry_tasks.entities.reproduction import Difference, Reproduction

def reproduce(ref):
    lost = Difference(stage="train", what="model.txt", recorded="1", found=None)
    return Reproduction(
        version=ref, verdict="different", first_different_stage="train", differences=(lost,),
        outputs=3, duration_s=1.6, at=datetime.now(UTC), by="tester",
    )
"""


@pytest.fixture
def project(alone: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout with plain functions for flows, and this process in a folder of it.

    They need no Prefect server, and nothing of a pipeline that could be looked at beforehand.
    """
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setattr("registry_tasks.registry.experiments.foresee.foresee", lambda *_: None)
    subprocess.run(["git", "init", "-q"], cwd=alone, check=True)
    (alone / "flows").mkdir()
    for name, text in (("train", TRAIN), ("retrain", RETRAIN), ("reproduce", REPRODUCE)):
        (alone / "flows" / f"{name}.py").write_text(text)
    path = list(sys.path)
    loaded = {name: sys.modules.pop(name, None) for name in ("train", "retrain", "reproduce")}
    yield alone
    sys.path[:] = path
    for name, module in loaded.items():  # as they were, with what other tests had loaded
        sys.modules.pop(name, None)
        if module is not None:
            sys.modules[name] = module


def test_train_passes_on_what_was_asked(
    project: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(project / "flows")
    state = str(tmp_path / "elsewhere")
    options = ("--set", "flight-delay.rate=1e-2", "--set", "data.months=[1, 2]")
    answer = cli("--store", state, "train", "m", *options, "--commit", "v1", "--experiment", "e")
    assert answer.out == "run the-run of m is recorded; `registry runs m` lists it\n"
    parameters = {"flight-delay.rate": 0.01, "data.months": [1, 2]}
    store = f"sqlite:///{state}/registry.db"
    assert (project / "asked").read_text() == repr(("m", parameters, "v1", "e", store))
    assert cli("train", "m", "--json").document == {"run": "the-run"}


@pytest.mark.slow
def test_retrain_tells_how_far_the_version_rose(project: Path, cli: Cli) -> None:
    answer = cli("retrain", "m", "--promote-to", "staging")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "registered m@1 (v1.0.0)",
        "  because the first version",
        "  promoted to staging",
        "  m@1 was not promoted to production: gate 'x': no",
    ]
    document = cli("retrain", "m", "--json").document
    assert list(document) == [*("registration", "comparison", "reached", "refusal", "awaiting")]
    assert document["registration"]["created"] is False


def test_a_reproduction_that_differs_is_no_success(project: Path, cli: Cli) -> None:
    answer = cli("reproduce", "m@1")
    assert answer.code == 9
    assert answer.out.splitlines() == [
        "m@1 is different: 3 outputs compared in 2 s",
        "  the first DVC stage that differs: train",
        "  model.txt: recorded 1, found missing",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("train", "Bad Name"), "use lower-case"),
        (("train", "m", "--experiment", "7"), "cannot be the name of an experiment"),
        (("train", "m", "--set", "=3"), "write it as key=value"),
        (("retrain", "m", "--promote-to", "Moon!"), "cannot be the name"),
        (("reproduce", "m"), "cannot read the reference"),
    ],
)
def test_bad_requests_are_refused_before_a_flow_is_loaded(
    project: Path, cli: Cli, arguments: tuple[str, ...], said: str
) -> None:
    before = set(sys.modules)
    answer = cli(*arguments)
    assert (answer.code, said in answer.err) == (2, True)
    assert not {"train", "retrain", "reproduce"} & (set(sys.modules) - before)


def test_a_project_without_flows_is_told_so(project: Path, cli: Cli) -> None:
    (project / "flows" / "train.py").unlink()
    answer = cli("train", "m")
    assert answer.code == 2
    assert "has no such flow; run this in a checkout" in answer.err


def test_a_file_without_its_flow_is_told_so(project: Path) -> None:
    (project / "flows" / "train.py").write_text("")
    with pytest.raises(errors.InvalidProject, match="no flow called train"):
        load_flow(project / "flows" / "train.py")


def test_missing_extras_are_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "find_spec", lambda name: None if name == "dvc" else name)
    with pytest.raises(errors.ExtraMissing, match=r"registry-tasks\[flows\]"):
        run_flow(Settings.load(), "train")
    (project / "flows" / "train.py").write_text("import nowhere_at_all\n")
    with pytest.raises(ModuleNotFoundError, match="nowhere_at_all"):
        load_flow(project / "flows" / "train.py")


def test_no_flow_is_needed_to_register_and_look(one: Client, cli: Cli) -> None:
    assert cli("models").code == 0
