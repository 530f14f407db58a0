"""dvc.lock: which DVC stages made a model, in which order."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.lockfile import read_pipeline

RunDvc = Callable[..., subprocess.CompletedProcess[str]]

MD5 = "d41d8cd98f00b204e9800998ecf8427e"


def path(name: str, **more: object) -> str:
    fields = {"path": name, "hash": "md5", "md5": MD5, "size": 3, **more}
    return "{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"


def stage(
    name: str,
    deps: Sequence[str] = (),
    outs: Sequence[str] = (),
    params: str = "{}",
    cmd: str = "run",
) -> str:
    lists = [
        f"    {key}: [{', '.join(value)}]\n" for key, value in (("deps", deps), ("outs", outs))
    ]
    return f"  {name}:\n    cmd: {cmd}\n    params: {params}\n{''.join(lists)}"


def write(root: Path, *stages: str) -> None:
    (root / "dvc.lock").write_text("schema: '2.0'\nstages:\n" + "".join(stages))


def names(root: Path, target: str) -> list[str]:
    return [stage.name for stage in read_pipeline(root, target).stages]


def test_stages_come_after_those_they_need_and_then_by_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        stage("end", [path("b"), path("a")], [path("model")]),
        stage("z-first", outs=[path("raw")]),
        stage("b", [path("raw")], [path("b")]),
        stage("a", [path("raw")], [path("a")]),
        stage("other", [path("raw")], [path("o")]),
    )
    assert names(tmp_path, "end") == ["z-first", "a", "b", "end"]
    assert names(tmp_path, "a") == ["z-first", "a"]


def test_a_dependency_inside_or_around_an_output_needs_its_stage(tmp_path: Path) -> None:
    write(
        tmp_path,
        stage("inside", [path("data/raw/one.csv")], [path("x")]),
        stage("around", [path("data")], [path("y")]),
        stage("beside", [path("data/raw-2"), path("data/ra")], [path("z")]),
        stage("raw", outs=[path("data/raw", nfiles=2)]),
    )
    assert names(tmp_path, "inside") == ["raw", "inside"]
    assert names(tmp_path, "around") == ["raw", "around"]
    assert names(tmp_path, "beside") == ["beside"]


def test_a_foreach_stage_without_a_key_means_all_its_members(tmp_path: Path) -> None:
    write(tmp_path, stage("raw@b"), stage("raw@a"), stage("raw-2@a"))
    assert names(tmp_path, "raw") == ["raw@a", "raw@b"]
    assert names(tmp_path, "raw@a") == ["raw@a"]


def test_parameters_are_flat_and_those_of_other_files_carry_their_name(tmp_path: Path) -> None:
    params = "{params.yaml: {a.b: 1, c: {d: [1], e: 2013-01-01}}, other.json: {a: {b: 2}}}"
    write(tmp_path, stage("train", params=params))
    assert read_pipeline(tmp_path, "train").stages[0].parameters == {
        "a.b": 1,
        "c.d": [1],
        "c.e": "2013-01-01",
        "other.json:a.b": 2,
    }


def test_commands_sizes_and_counts_are_read(tmp_path: Path) -> None:
    write(tmp_path, stage("train", [path("d", nfiles=4)], [path("m")], cmd="[one, two]"))
    found = read_pipeline(tmp_path, "train").stages[0]
    assert found.command == "one\ntwo"
    assert [(d.path, d.md5, d.size_bytes, d.files) for d in found.dependencies] == [
        ("d", MD5, 3, 4)
    ]
    assert found.outputs[0].files == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no stages"),
        ("stages: []", "no stages"),
        ("stages: {other: {cmd: x}}", "no stage 'train'"),
        ("stages: {train: x}", "'train'"),
        ("stages: {train: {deps: []}}", "no command"),
        ("stages: {train: {cmd: x, deps: {}}}", "deps is not a list"),
        ("stages: {train: {cmd: x, deps: [x]}}", "md5"),
        ("stages: {train: {cmd: x, deps: [{path: http://x, etag: y}]}}", "md5"),
        (f"stages: {{train: {{cmd: x, outs: [{{path: a, md5: {MD5}, size: 1}}]}}}}", "DVC 3"),
        ("stages: {train: {cmd: x, params: [a]}}", "params"),
        ("stages: {train: {cmd: x, params: {params.yaml: [a]}}}", "params of params.yaml"),
        ("stages: {", "not YAML"),
    ],
)
def test_a_lock_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "dvc.lock").write_text(text)
    with pytest.raises(InvalidProject, match=said) as raised:
        read_pipeline(tmp_path, "train")
    assert raised.value.file == "dvc.lock"


def test_a_missing_lock_file_and_a_circle_are_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidProject, match="there is none"):
        read_pipeline(tmp_path, "a")
    write(tmp_path, stage("a", [path("b")], [path("a")]), stage("b", [path("a")], [path("b")]))
    with pytest.raises(InvalidProject, match="need each other: a, b"):
        read_pipeline(tmp_path, "a")


@pytest.mark.slow
def test_what_the_real_dvc_writes_is_read(checkout: Path, run_dvc: RunDvc) -> None:
    run_dvc(checkout, "init", "--quiet")
    (checkout / "params.yaml").write_text("k: {a: 1, b: [x]}\nday: '2013-01-01'\n")
    (checkout / "dvc.yaml").write_text(
        "stages:\n"
        "  raw: {matrix: {m: [1, 2]}, cmd: 'mkdir raw${item.m}; echo ${item.m} > raw${item.m}/f',"
        " params: [k, day], outs: ['raw${item.m}']}\n"
        "  train: {cmd: ['cat raw1/f raw2/f > model', 'echo 1 > m.json'], deps: [raw1/f, raw2,"
        " code.py], outs: [model], metrics: [m.json: {cache: false}]}\n"
    )
    done = run_dvc(checkout, "repro")
    assert done.returncode == 0, done.stderr

    pipeline = read_pipeline(checkout, "train")

    assert [stage.name for stage in pipeline.stages] == ["raw@1", "raw@2", "train"]
    assert pipeline.stages[0].parameters == {"k.a": 1, "k.b": ["x"], "day": "2013-01-01"}
    assert [out.path for out in pipeline.stages[2].outputs] == ["m.json", "model"]
    assert pipeline.stages[0].outputs[0].md5.endswith(".dir")
