"""Which DVC stages lead to a model, and with which parameters, told by dvc.yaml alone."""

from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.upstream import makers_of, read_named_parameters

DVC_YAML = """
stages:
  raw:
    foreach: [a, b]
    do:
      cmd: make ${item}
      params: [data.seed]
      outs: ["data/${item}/rows.csv"]
  train:
    cmd: train
    deps: [data/a, train.py]
    params:
      - mower
      - params.yaml: [rates.fast]
      - other.yaml: [x]
    outs:
      - model.bin
    plots:
      - live/plots: {cache: false}
  evaluate:
    cmd: score
    deps: [model.bin, "data/${other}/rows.csv"]
    metrics: [scores.json]
  beside:
    cmd: beside
    deps: [nothing]
    params: [beside]
    outs: [beside.txt]
  all:
    cmd: all
    params:
      - params.yaml:
    outs: [all.txt]
"""
PARAMS = """
data: {seed: 1, unused: 2}
mower: {slope: 2.0, deep: {er: [1, 2]}}
mowers: 3
rates: {fast: 4, slow: 5}
beside: 6
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dvc.yaml").write_text(DVC_YAML)
    (tmp_path / "params.yaml").write_text(PARAMS)
    return tmp_path


def test_the_parameters_of_a_stage_and_of_those_it_needs(root: Path) -> None:
    assert read_named_parameters(root, "evaluate") == {
        "data.seed": 1,
        "mower.slope": 2.0,
        "mower.deep.er": [1, 2],
        "rates.fast": 4,
    }
    assert read_named_parameters(root, "raw@a") == {"data.seed": 1}
    assert read_named_parameters(root, "beside") == {"beside": 6}


def test_a_stage_that_names_the_file_has_all_of_it(root: Path) -> None:
    assert len(read_named_parameters(root, "all")) == 8


def test_who_makes_a_path(root: Path) -> None:
    assert makers_of(root, "live/plots/metrics") == {"train"}
    assert makers_of(root, "live") == {"train"}
    assert makers_of(root, "data/b/rows.csv") == {"raw"}
    assert makers_of(root, "elsewhere") == set()


def test_a_broken_file_is_an_error(root: Path) -> None:
    (root / "dvc.yaml").write_text("stages: [")
    with pytest.raises(InvalidProject):
        read_named_parameters(root, "evaluate")
