"""dvc.yaml: complete about code, parameters and artifacts, and agreed with by dvc.lock."""

import ast
import hashlib
from typing import Any

import pytest
from ruamel.yaml import YAML

from .conftest import ROOT, STEPS

CODE = "src/registry_tasks/steps/"
DECLARED: Any = YAML(typ="safe").load(ROOT / "dvc.yaml")
LOCKED: Any = YAML(typ="safe").load(ROOT / "dvc.lock")
PARAMETERS: Any = YAML(typ="safe").load(ROOT / "params.yaml")
STAGES = {name: stage.get("do", stage) for name, stage in DECLARED["stages"].items()}
ARTIFACTS = DECLARED["artifacts"]


def code_behind(script: str) -> set[str]:
    """The script and every step module that it imports, directly or not."""
    found: set[str] = set()
    waiting = [script]
    while waiting:
        name = waiting.pop()
        if name in found or not (STEPS / name).exists():
            continue
        found.add(name)
        for node in ast.walk(ast.parse((STEPS / name).read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                waiting.append(f"{node.module}.py")
            elif isinstance(node, ast.Import):
                waiting.extend(f"{alias.name}.py" for alias in node.names)
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_depends_on_all_the_code_that_it_runs_and_no_more(stage: str) -> None:
    script = STAGES[stage]["cmd"].split()[1].removeprefix(CODE)
    declared = {dep.removeprefix(CODE) for dep in STAGES[stage]["deps"] if dep.startswith(CODE)}
    assert declared == code_behind(script)


def test_no_step_imports_the_package() -> None:
    """An editable install would run the main checkout's code in every workspace."""
    for script in STEPS.glob("*.py"):
        assert "registry_tasks" not in script.read_text(), script.name


@pytest.mark.parametrize("model", ARTIFACTS)
def test_an_artifact_says_where_everything_is(model: str) -> None:
    artifact = ARTIFACTS[model]
    outs = [
        next(iter(out)) if isinstance(out, dict) else out
        for stage in STAGES.values()
        for kind in ("outs", "metrics", "plots")
        for out in stage.get(kind, [])
    ]
    meta = artifact["meta"]
    assert meta["pipeline"] in STAGES
    assert {artifact["path"], meta["metrics"], meta["curves"], meta["signature"]} <= set(outs)
    assert meta["holdout"] == "data/raw/{data.holdout}"
    assert artifact["path"] in meta["score"]
    assert meta["score"].endswith("{holdout} {predictions}")


def test_the_lock_belongs_to_the_committed_code_and_parameters() -> None:
    """So that `dvc pull` after a clone gives what `dvc repro` would make."""
    for name, stage in LOCKED["stages"].items():
        for dep in stage["deps"]:
            if dep["path"].startswith(CODE):
                md5 = hashlib.md5((ROOT / dep["path"]).read_bytes(), usedforsecurity=False)
                assert dep["md5"] == md5.hexdigest(), f"{name}: {dep['path']}: run dvc repro"
        for key, value in stage.get("params", {}).get("params.yaml", {}).items():
            found: Any = PARAMETERS
            for part in key.split("."):
                found = found[part]
            assert value == found, f"{name}: {key}: run dvc repro"
