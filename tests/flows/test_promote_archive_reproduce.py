"""The other flows, on a version that a real run made; and the same by hand, without us."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.pipelines import EVALUATE, TRAIN, Project
from support.training import train
from support.world import copy_tree

from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.evaluate import evaluate, evaluate_version
from registry_tasks.registry.lifecycle.promote import promote

from .conftest import StartFlow

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trained(pipeline_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to copy: version 1 in production, version 2 a better one in staging."""
    folder = tmp_path_factory.mktemp("trained") / "project"
    copy_tree(pipeline_template, folder)
    project = Project(folder)
    project.moved()
    register(project.registry(), RegisterRun(run=train(project)))
    project.raise_to("mower@1", "staging", "production")
    register(project.registry(), RegisterRun(run=train(project, {"mower.slope": 2.0})))
    project.raise_to("mower@2", "staging")
    project.close()
    return folder


@pytest.fixture
def two(trained: Path, project: Project) -> Project:
    """The project with two versions, trained elsewhere."""
    copy_tree(trained, project.folder)
    project.moved()
    return project


def test_promote_compares_with_production_as_it_is_now(two: Project, start_flow: StartFlow) -> None:
    answer = start_flow("promote", ref="mower@2").result()

    assert [move["target"] for move in answer["moves"]] == ["experiment", "production"]
    assert two.resolve("mower@champion").number == 2
    (comparison,) = show(two.registry(), "mower@2").comparisons
    assert (comparison.incumbent, comparison.holdout) == ("mower@1", "data/new.csv")
    assert comparison.bootstrap.rows == 60


def test_a_comparison_is_void_when_production_has_changed(two: Project) -> None:
    third = train(two, {"mower.slope": 2.1})
    assert evaluate(two.registry(), third) is not None
    register(two.registry(), RegisterRun(run=third))
    evaluate_version(two.registry(), "mower@2")
    two.raise_to("mower@2", "production")
    two.raise_to("mower@3", "staging")

    with pytest.raises(GateFailed, match=r"not compared with mower@2.*registry evaluate mower@3"):
        promote(two.registry(), Promote(ref="mower@3", to="production"))


def test_archive_takes_what_policy_says(two: Project, start_flow: StartFlow) -> None:
    text = (two.root / "params.yaml").read_text()
    two.commit({"params.yaml": text + "      retention: {keep_superseded: 0}\n"})
    start_flow("promote", ref="mower@2").result()

    answer = start_flow("archive", model="mower").result()

    assert [move["ref"] for move in answer["moves"]] == ["mower@1"]
    assert two.stages() == {1: "archived", 2: "production"}


def test_reproduce_gives_identical_bytes(two: Project, start_flow: StartFlow) -> None:
    answer = start_flow("reproduce", ref="mower@2").result()

    assert (answer["verdict"], answer["differences"]) == ("identical", [])
    assert answer["outputs"] >= 6
    assert show(two.registry(), "mower@2").reproductions[0].verdict == Verdict.IDENTICAL
    assert examine(two.registry()) == ()


def test_a_step_that_rolls_dice_is_different_and_named(
    project: Project, start_flow: StartFlow
) -> None:
    project.commit(
        {"train.py": TRAIN.replace("slope = p", "import random\nslope = random.random() + 0 * p")}
    )
    register(project.registry(), RegisterRun(run=train(project)))

    answer = start_flow("reproduce", ref="mower@1").result()

    assert (answer["verdict"], answer["first_different_stage"]) == ("different", "train")
    assert "metric rmse" in [d["what"] for d in answer["differences"]]


def test_other_bytes_with_the_same_metrics_are_equivalent(
    project: Project, start_flow: StartFlow
) -> None:
    noise = TRAIN.replace('"base":', '"noise": __import__("time").time(), "base":')
    project.commit({"train.py": noise})
    register(project.registry(), RegisterRun(run=train(project)))

    answer = start_flow("reproduce", ref="mower@1").result()

    assert (answer["verdict"], answer["first_different_stage"]) == ("equivalent", "train")


def test_a_step_that_fails_now_is_different_and_named(
    project: Project, start_flow: StartFlow
) -> None:
    switch = project.folder / "switch"
    switch.touch()
    project.commit({"evaluate.py": f"open({str(switch)!r})\n" + EVALUATE})
    register(project.registry(), RegisterRun(run=train(project)))
    switch.unlink()

    answer = start_flow("reproduce", ref="mower@1").result()

    assert (answer["verdict"], answer["first_different_stage"]) == ("different", "evaluate")
    assert "No such file" in answer["differences"][0]["found"]


def test_a_colleague_reproduces_by_hand(two: Project, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    version = two.resolve("mower@2")
    two.git("clone", "--quiet", str(two.root), str(clone))
    colleague = {"cwd": clone, "capture_output": True, "text": True}
    assert version.semantic_version == "v1.1.0"
    subprocess.run(["git", "checkout", "--quiet", "mower@v1.1.0"], check=True, **colleague)  # type: ignore[call-overload]
    remote = str(two.settings.remote)
    for command in (
        ["remote", "add", "--local", "--default", "registry", remote],
        ["pull"],
        ["repro", "--force", "--no-run-cache"],
    ):
        done = two.dvc(*command, folder=clone)
        assert done.returncode == 0, done.stdout + done.stderr

    content = (clone / version.model_path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == version.sha256
    status = subprocess.run(["git", "status", "--porcelain"], check=True, **colleague)  # type: ignore[call-overload]
    assert status.stdout == ""


def test_gto_and_dvc_find_the_model_by_its_stage(two: Project, tmp_path: Path) -> None:
    evaluate_version(two.registry(), "mower@2")
    two.raise_to("mower@2", "production")
    run = {"cwd": two.root, "capture_output": True, "text": True}

    gto = [str(Path(sys.executable).parent / "gto"), "show", "mower", "--json"]
    shown = subprocess.run(
        gto, check=True, env=os.environ | {"GIT_DIR": str(two.root / ".git")}, **run
    )  # type: ignore[call-overload]
    stages = {v["version"]: [s["stage"] for s in v["stages"]] for v in json.loads(shown.stdout)}
    assert stages == {"v1.1.0": ["production"], "v1.0.0": []}

    got = two.dvc(
        *("artifacts", "get", str(two.root), "mower", "--stage", "production"),
        *("--out", str(tmp_path / "got")),
        folder=tmp_path,
    )
    assert got.returncode == 0, got.stderr
    content = (tmp_path / "got").read_bytes()
    assert hashlib.sha256(content).hexdigest() == two.resolve("mower@2").sha256


def test_each_checkout_runs_its_own_code(project: Project) -> None:
    here = project.git("rev-parse", "HEAD")
    project.commit({"train.py": TRAIN.replace("print(", "print('other code', ")})
    there = project.git("rev-parse", "HEAD")

    logs = [(train(project, commit=commit), commit) for commit in (here, there)]

    told = {commit: (project.state / "runs" / run / "03-train.log") for run, commit in logs}
    assert "other code" not in "".join(log.read_text() for log in told[here].parent.glob("*.log"))
    assert "other code" in told[there].read_text()
