"""What a run of a real pipeline leaves on record of its data, its machine and its software."""

import gzip
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from crash.pipeline_cases import train_and_record
from packaging.requirements import Requirement
from support.pipelines import Project

from registry_tasks.entities.dataset import DatasetShape, DatasetUse
from registry_tasks.entities.errors import (
    CommitNotFound,
    EnvironmentNotRecorded,
    InvalidSetting,
    NotAProject,
    ObjectCorrupt,
)
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.datasets import (
    list_dataset_users,
    list_datasets,
    show_dataset,
)
from registry_tasks.registry.catalogue.environment.read import (
    read_declaring_files,
    read_environment,
)
from registry_tasks.registry.catalogue.environment.write import write_environment
from registry_tasks.registry.catalogue.register import register
from registry_tasks.stores.dvc.cache import DvcCache
from registry_tasks.stores.dvc.imports import find_address

pytestmark = pytest.mark.slow
MODEL = "mower"


def recorded(project: Project) -> str:
    """A whole run, its pipeline up to date, and its version."""
    return register(project.registry(), RegisterRun(run=train_and_record(project))).version.ref


def test_a_run_tells_what_its_data_looks_like(project: Project) -> None:
    ref = recorded(project)
    registry = project.registry()
    assert [d.name for d in list_datasets(registry)] == ["data/new.csv", "data/old.csv"]
    old = show_dataset(registry, "data/old.csv")
    assert (old.state.format, old.state.rows, old.state.files, old.note) == ("csv", 60, 1, "")
    assert [(column.name, column.type) for column in old.columns] == [
        ("x", "number"),
        ("y", "number"),
    ]
    assert old.state.size_bytes == (project.root / "data/old.csv").stat().st_size
    (user,) = list_dataset_users(registry, f"data/old.csv@{old.state.md5}")
    assert (user.version, [r.stage for r in user.readings]) == (ref, ["train"])
    assert old.versions == 1


def test_a_state_is_looked_into_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(project)
    before = show_dataset(project.registry(), "data/old.csv")

    def look(workspace: Path, cache: DvcCache, use: DatasetUse) -> DatasetShape:
        raise AssertionError(f"{use.name} was looked into again")

    monkeypatch.setattr("registry_tasks.registry.experiments.shapes._look", look)
    train_and_record(project)
    after = show_dataset(project.registry(), "data/old.csv")
    assert (after.state.rows, after.columns) == (before.state.rows, before.columns)
    assert after.state.last_used > before.state.last_used


def test_a_run_tells_its_machine_and_its_software(project: Project) -> None:
    found = read_environment(project.registry(), recorded(project))
    assert found.environment.python == platform.python_version()
    assert found.environment.packages["pytest"] == pytest.__version__
    assert found.hardware is not None
    assert found.hardware.cpu
    assert 1 <= found.hardware.cores <= (os.cpu_count() or 1)
    assert found.hardware.memory_bytes is None or found.hardware.memory_bytes > 1 << 20
    ours = found.environment.direct_urls["registry-tasks"]
    assert (ours.kind, ours.editable) == ("local", True)


def test_the_written_requirements_are_what_is_installed(project: Project, tmp_path: Path) -> None:
    """pip's own resolver finds nothing to change where they are installed already."""
    ref = recorded(project)
    path = tmp_path / "requirements.txt"
    path.write_bytes(write_environment(project.registry(), ref, "requirements"))
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    pinned = {r.name: str(r.specifier) for r in map(Requirement, lines)}
    packages = read_environment(project.registry(), ref).environment.packages
    local = {"registry-tasks"}
    assert pinned == {n: f"=={v}" for n, v in packages.items() if n not in local}
    assert "# registry-tasks" in path.read_text()
    options = ("--dry-run", "--offline", "--python", sys.executable)
    done = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", *options, "-r", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Would make no changes" in done.stderr


def test_the_lock_file_comes_back_byte_for_byte(project: Project) -> None:
    project.commit({"environment.yml": "name: mower\r\n", "Dockerfile": "FROM python:3.11\n"})
    ref = recorded(project)
    project.commit({"requirements.lock": "something else\n", "Dockerfile": "FROM scratch\n"})
    registry = project.registry()
    assert write_environment(registry, ref, "lock") == b"nothing\n"
    assert read_declaring_files(registry, read_environment(registry, ref)) == {
        "Dockerfile": b"FROM python:3.11\n",
        "environment.yml": b"name: mower\r\n",
        "requirements.lock": b"nothing\n",
    }


def test_a_declaring_file_that_is_another_one_is_not_given(project: Project) -> None:
    registry, ref = project.registry(), recorded(project)
    found = read_environment(registry, ref)
    other = {"requirements.lock": "0" * 64}
    wrong = found.model_copy(
        update={"environment": found.environment.model_copy(update={"files": other})}
    )
    with pytest.raises(ObjectCorrupt, match="requirements.lock in commit"):
        read_declaring_files(registry, wrong)
    for files, error in (({}, EnvironmentNotRecorded), ({"../x": "0"}, EnvironmentNotRecorded)):
        environment = found.environment.model_copy(update={"files": files})
        with pytest.raises(error):
            read_declaring_files(registry, found.model_copy(update={"environment": environment}))
    with pytest.raises(CommitNotFound):
        read_declaring_files(registry, found.model_copy(update={"commit": "0" * 40}))


def test_an_imported_file_brings_its_source(project: Project, tmp_path: Path) -> None:
    """What DVC imported tells by itself where it came from."""
    published = tmp_path / "published" / "old.csv"
    published.parent.mkdir()
    published.write_bytes((project.root / "data" / "old.csv").read_bytes())
    stages = (project.root / "dvc.yaml").read_text()
    project.commit({"dvc.yaml": stages.replace("foreach: [old, new]", "foreach: [new]")})
    (project.root / "data" / "old.csv").unlink()
    done = project.dvc("import-url", str(published), "data/old.csv")
    assert done.returncode == 0, done.stderr
    assert project.dvc("repro").returncode == 0
    project.commit({})
    recorded(project)
    assert show_dataset(project.registry(), "data/old.csv").source == str(published)
    assert show_dataset(project.registry(), "data/new.csv").source == ""


def test_an_address_is_read_from_what_dvc_writes(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for command in (
        ("git", "init", "-q"),
        ("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x", "--allow-empty"),
    ):
        subprocess.run(command, cwd=other, check=True)
    (other / "kept.csv").write_text("a\n1\n")
    subprocess.run(("git", "add", "."), cwd=other, check=True)
    person = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(("git", *person, "commit", "-qm", "data"), cwd=other, check=True)
    head = subprocess.check_output(("git", "rev-parse", "HEAD"), cwd=other, text=True).strip()
    done = project.dvc("import", str(other), "kept.csv", "-o", "data/kept.csv")
    assert done.returncode == 0, done.stderr
    assert find_address(project.root, "data/kept.csv") == f"{other}@{head}#kept.csv"
    assert find_address(project.root, "data/old.csv") == ""


@pytest.mark.parametrize(
    ("document", "address"),
    [
        ({"path": "s3://bucket/a", "version_id": "7", "etag": "e"}, "s3://bucket/a?versionId=7"),
        ({"path": "https://ada:secret@example.org/a"}, "https://example.org/a"),
        ({"path": "https://token@example.org/a"}, "https://example.org/a"),
        ({"path": "ssh://ada@example.org/a"}, "ssh://ada@example.org/a"),
    ],
)
def test_an_address_has_no_password(tmp_path: Path, document: object, address: str) -> None:
    (tmp_path / "a.dvc").write_text(json.dumps({"deps": [document], "outs": [{"path": "a"}]}))
    assert find_address(tmp_path, "a") == address
    assert find_address(tmp_path, "a/inside/of.csv") == address


def test_what_no_pipeline_made_has_no_environment_to_write(project: Project) -> None:
    from registry_tasks.entities.registration import RegisterFile
    from registry_tasks.registry.catalogue.register_file import register_file

    (project.folder / "model.bin").write_bytes(b"weights")
    asked = RegisterFile(model=MODEL, path=str(project.folder / "model.bin"))
    ref = register_file(project.registry(), asked).version.ref
    for form in ("requirements", "conda", "dockerfile", "sbom", "lock"):
        with pytest.raises(EnvironmentNotRecorded, match="registry environment"):
            write_environment(project.registry(), ref, form)
    with pytest.raises(InvalidSetting, match="requirements, conda"):
        write_environment(project.registry(), ref, "nix")
    assert b'"python": "unknown"' in write_environment(project.registry(), ref, "json")


def test_a_lock_needs_the_checkout(project: Project) -> None:
    import dataclasses

    from registry_tasks.registry.registry import Registry

    ref = recorded(project)
    away = Registry(dataclasses.replace(project.settings, project=None))
    assert write_environment(away, ref, "requirements")
    with pytest.raises(NotAProject):
        write_environment(away, ref, "lock")
    away.close()


def test_data_that_no_stage_had_to_read_again_is_looked_into_in_the_cache(tmp_path: Path) -> None:
    from hashlib import md5

    from registry_tasks.registry.experiments.shapes import _look

    cache = DvcCache(tmp_path / "cache")

    def keep(content: bytes, suffix: str = "") -> str:
        name = md5(content, usedforsecurity=False).hexdigest() + suffix
        cache.path(name).parent.mkdir(parents=True, exist_ok=True)
        cache.path(name).write_bytes(content)
        return name

    files = {"2013/01.csv": b"a\n1\n", "2013/02.csv.gz": gzip.compress(b"a\n2\n3\n")}
    entries = [{"relpath": name, "md5": keep(content)} for name, content in files.items()]
    listing = keep(json.dumps(entries).encode(), ".dir")
    use = DatasetUse(name="data/raw", md5=listing, size_bytes=1, files=2, stage="train")
    found = _look(tmp_path / "workspace", cache, use)
    assert (found.format, found.rows, len(found.columns)) == ("csv", 3, 1)
    gone = use.model_copy(update={"md5": "0" * 32})
    assert "not in the workspace" in _look(tmp_path / "workspace", cache, gone).note
