"""What dvc.yaml declares, and what is said when it cannot be used."""

from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidProject, ModelNotFound, NotAProject
from registry_tasks.stores.dvc.project import (
    declared_models,
    read_declaration,
    stage_templates,
    uncached_outputs,
)

FULL = """
stages:
  train:
    cmd: python train.py
  raw:
    foreach: ${data.months}
    do:
      cmd: python raw.py ${item}
  grid:
    matrix:
      k: [1, 2]
    cmd:
      - mkdir ${item.k}
      - python grid.py ${item.k}
artifacts:
  flight-delay:
    path: models/delay.txt
    type: model
    desc: Is it late?
    labels: [lightgbm]
    meta:
      format: lightgbm
      pipeline: train
      metrics: metrics.json
      curves: curves
      importance: importance.csv
      signature: signature.json
      holdout: "data/raw/{data.holdout}"
      score: "python score.py {holdout} {predictions}"
      owner: ada
  small:
    path: small.bin
    meta: {format: skops, pipeline: "raw@2013-01", metrics: m.json}
  pictures:
    path: pictures
    type: dataset
"""


def write(root: Path, text: str) -> None:
    (root / "dvc.yaml").write_text(text)


def test_every_field_of_a_declaration_is_read(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    declared = read_declaration(tmp_path, "flight-delay")
    assert declared.model_dump() == {
        "name": "flight-delay",
        "path": "models/delay.txt",
        "format": "lightgbm",
        "pipeline": "train",
        "metrics": "metrics.json",
        "curves": "curves",
        "importance": "importance.csv",
        "signature": "signature.json",
        "holdout": "data/raw/{data.holdout}",
        "score": "python score.py {holdout} {predictions}",
        "description": "Is it late?",
    }


def test_what_is_optional_may_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    declared = read_declaration(tmp_path, "small")
    assert (declared.curves, declared.score, declared.description) == (None, None, "")


def test_only_models_are_listed(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    assert declared_models(tmp_path) == ("flight-delay", "small")
    write(tmp_path, "stages: {}\n")
    assert declared_models(tmp_path) == ()


def test_an_unknown_model_is_not_found_with_names_that_are_near(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    with pytest.raises(ModelNotFound) as raised:
        read_declaration(tmp_path, "flight-deley")
    assert raised.value.near == ("flight-delay",)


def test_a_folder_without_dvc_yaml_is_no_project(tmp_path: Path) -> None:
    for call in (declared_models, stage_templates):
        with pytest.raises(NotAProject, match="DVC"):
            call(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      format: lightgbm\n", "", r"artifacts.flight-delay.meta.format"),
        ("format: lightgbm", "format: 3", r"artifacts.flight-delay.meta.format"),
        ("metrics: metrics.json", "metrics: ' '", r"artifacts.flight-delay.meta.metrics"),
        ("    path: models/delay.txt\n", "", r"artifacts.flight-delay.path"),
        ("curves: curves", "curves: [a]", r"artifacts.flight-delay.meta.curves"),
        ("models/delay.txt", "../delay.txt", "leads out of the project"),
        ("metrics: metrics.json", "metrics: /etc/passwd", "leads out of the project"),
        ("pipeline: train", "pipeline: trian", "no DVC stage 'trian'"),
        ("desc: Is it late?", "desc: {a: 1}", r"artifacts.flight-delay.desc"),
        ("cmd: python train.py", "cmd: []", r"stages.train.cmd"),
        ("cmd: python train.py", "cmd: {a: b}", r"stages.train.cmd"),
        ("cmd: python train.py", "cmd: python train.py\n    wdir: sub", r"stages.train.wdir"),
        ("artifacts:", "artifacts: [a]\nother:", "artifacts: it must hold keys"),
        ("stages:", "stages: [", "not YAML"),
        ("stages:", "stages:\n  train: {}", "not YAML"),  # the key is there twice
    ],
)
def test_a_declaration_that_cannot_be_used_names_its_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in FULL
    write(tmp_path, FULL.replace(old, new, 1))
    with pytest.raises(InvalidProject, match=said) as raised:
        read_declaration(tmp_path, "flight-delay") and declared_models(tmp_path)
    assert raised.value.file == "dvc.yaml"


def test_a_model_without_meta_and_one_with_a_bad_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "artifacts: {a: {path: x}, A_: {path: x, meta: {}}, b: 3}\n")
    for name in ("a", "A_", "b"):
        with pytest.raises(InvalidProject, match=rf"artifacts\.{name}"):
            read_declaration(tmp_path, name)
    good = FULL.replace("flight-delay", "Flight")
    write(tmp_path, good)
    with pytest.raises(InvalidProject, match="lower-case"):
        read_declaration(tmp_path, "Flight")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"- a\n", b"a: !!python/object:os.x {}\n"])
def test_a_file_that_is_no_mapping_in_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dvc.yaml").write_bytes(content)
    with pytest.raises(InvalidProject):
        declared_models(tmp_path)


def test_templates_are_the_commands_as_written(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    assert stage_templates(tmp_path) == {
        "train": "python train.py",
        "raw": "python raw.py ${item}",
        "grid": "mkdir ${item.k}\npython grid.py ${item.k}",
    }


def test_outputs_that_dvc_shall_not_cache_are_known_by_their_paths(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
stages:
  each:
    foreach: [a, b]
    do:
      cmd: run
      outs: [plain, "data/${item}": {cache: false}, kept: {cache: true, persist: true}]
      metrics: ["./m.${item}.json": {cache: false}, n.json]
      plots: p.csv
  none: {cmd: run}
""",
    )
    found = uncached_outputs(tmp_path)
    paths = ["plain", "data/a", "data", "kept", "m.a.json", "mxa.json", "n.json", "p.csv"]
    assert [path for path in paths if found["each"].fullmatch(path)] == ["data/a", "m.a.json"]
    assert not found["none"].fullmatch("")
