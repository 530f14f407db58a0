"""A manifest proves what the real DVC wrote, and the real DVC reads back what was stored."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from registry_tasks.entities.declaration import ModelDeclaration
from registry_tasks.entities.errors import (
    InvalidArtifact,
    InvalidProject,
    ObjectCorrupt,
    ObjectMissing,
)
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.stores.artifacts.digests import Digests
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.manifest import build_manifest, store_manifest
from registry_tasks.stores.dvc.cache import DvcCache, shared_cache
from registry_tasks.stores.dvc.lockfile import read_pipeline
from registry_tasks.stores.dvc.workspace import dvc_environment, point_workspace

pytestmark = pytest.mark.slow

RunDvc = Callable[..., subprocess.CompletedProcess[str]]

PIPELINE = """
stages:
  prepare:
    cmd: mkdir -p parts && cp raw/one.csv parts/b.csv && cp raw/sub/two.csv parts/a.csv
    deps: [raw, code.py]
    outs: [parts]
  train:
    cmd: >-
      cat parts/* > model.txt && echo '{}' > metrics.json && mkdir -p curves/live
      && echo 1 > curves/loss.tsv && echo 2 > curves/live/z.tsv
    deps: [parts/a.csv, parts, code.py, note.txt]
    outs: [model.txt]
    metrics: [metrics.json: {cache: false}]
    plots: [curves: {cache: false}]
  other:
    cmd: echo other > other.txt
    outs: [other.txt]
"""


class Project(NamedTuple):
    root: Path
    objects: ObjectDirectory

    @property
    def cache(self) -> DvcCache:
        return shared_cache(self.root)

    def manifest(self, model: str = "model.txt") -> Manifest:
        declaration = ModelDeclaration(
            name="m", path=model, format="x", pipeline="train", metrics="metrics.json"
        )
        pipeline = read_pipeline(self.root, "train")
        tracked = frozenset({"code.py"})
        return build_manifest(pipeline, pipeline, declaration, self.root, self.cache, tracked)

    def cached(self, path: str) -> Path:
        artifact = self.manifest().find(path)
        assert artifact is not None
        return self.cache.path(artifact.md5)


@pytest.fixture(scope="module")
def reproduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project that was run once, and its cache; tests copy it."""
    home = tmp_path_factory.mktemp("reproduced")
    root = home / "project"
    (root / "raw" / "sub").mkdir(parents=True)
    (root / "raw" / "one.csv").write_text("one\n")
    (root / "raw" / "sub" / "two.csv").write_text("two\n")
    (root / "code.py").touch()
    (root / "note.txt").write_text("in nobody's care\n")
    (root / "dvc.yaml").write_text(PIPELINE)
    for command in (
        ["init", "--no-scm"],
        ["cache", "dir", "../cache"],
        ["add", "raw"],
        ["repro"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "dvc", *command],
            cwd=root,
            env=dvc_environment(home / "state"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def project(reproduced: Path, tmp_path: Path) -> Project:
    shutil.copytree(reproduced, tmp_path, dirs_exist_ok=True)
    objects = ObjectDirectory(tmp_path / "remote")
    objects.create()
    point_workspace(tmp_path / "project", tmp_path / "cache", objects.root)
    return Project(tmp_path / "project", objects)


def damage(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def test_every_file_is_listed_with_its_home_and_the_stage_that_made_it(project: Project) -> None:
    manifest = project.manifest()
    assert [(a.path, a.home.value, a.stage) for a in manifest.artifacts] == [
        ("curves/live/z.tsv", "git", "train"),
        ("curves/loss.tsv", "git", "train"),
        ("metrics.json", "git", "train"),
        ("model.txt", "remote", "train"),
        ("note.txt", "git", None),
        ("parts", "remote", "prepare"),
        ("parts/a.csv", "remote", "prepare"),
        ("parts/b.csv", "remote", "prepare"),
        ("raw", "remote", None),
        ("raw/one.csv", "remote", None),
        ("raw/sub/two.csv", "remote", None),
    ]


def test_digests_and_sizes_are_those_of_the_files(project: Project) -> None:
    for artifact in project.manifest().files:
        content = (project.root / artifact.path).read_bytes()
        assert artifact.md5 == hashlib.md5(content).hexdigest()
        assert artifact.sha256 == hashlib.sha256(content).hexdigest()
        assert artifact.size_bytes == len(content)


def test_what_is_stored_is_enough_for_the_real_dvc(
    project: Project, run_dvc: RunDvc, tmp_path: Path
) -> None:
    manifest = project.manifest()
    store_manifest(manifest, project.cache, project.root, project.objects)
    for artifact in manifest.stored:
        project.objects.verify(artifact)
    shutil.rmtree(tmp_path / "cache")
    for name in ("raw", "parts"):
        shutil.rmtree(project.root / name)
    (project.root / "model.txt").unlink()

    done = run_dvc(project.root, "pull", "train", "prepare", "raw.dvc")

    assert done.returncode == 0, done.stderr
    assert (project.root / "model.txt").read_text() == "two\none\n"
    assert (project.root / "raw" / "sub" / "two.csv").read_text() == "two\n"


def test_the_remote_holds_nothing_that_is_in_no_manifest_and_nothing_of_git_s(
    project: Project,
) -> None:
    manifest = project.manifest()
    for _ in range(2):
        store_manifest(manifest, project.cache, project.root, project.objects)
    stored = [path for path in project.objects.root.rglob("*") if path.is_file()]
    assert {*stored} == {project.objects.path(artifact.md5) for artifact in manifest.stored}


def test_listings_are_stored_after_all_files(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    put = ObjectDirectory.put

    def watch(self: ObjectDirectory, source: Path, md5: str) -> Digests:
        order.append(md5)
        return put(self, source, md5)

    monkeypatch.setattr(ObjectDirectory, "put", watch)
    store_manifest(project.manifest(), project.cache, project.root, project.objects)
    assert [md5.endswith(".dir") for md5 in order] == [False] * 5 + [True] * 2


@pytest.mark.parametrize("path", ["model.txt", "parts", "parts/a.csv", "raw/one.csv"])
def test_a_damaged_cache_object_is_found(project: Project, path: str) -> None:
    damage(project.cached(path), "damaged\n")
    with pytest.raises(ObjectCorrupt):
        project.manifest()


@pytest.mark.parametrize("path", ["metrics.json", "curves/loss.tsv", "note.txt"])
def test_a_file_of_git_s_that_changed_after_the_run_is_found(project: Project, path: str) -> None:
    damage(project.root / path, "changed\n")
    with pytest.raises(ObjectCorrupt, match=path.partition("/")[0]):
        project.manifest()


def test_a_file_too_many_in_an_uncached_folder_is_found(project: Project) -> None:
    (project.root / "curves" / "more.tsv").touch()
    with pytest.raises(ObjectCorrupt, match="curves"):
        project.manifest()


@pytest.mark.parametrize("path", ["parts/a.csv", "raw/one.csv"])
def test_a_file_of_a_listing_that_is_not_in_the_cache_is_missing(
    project: Project, path: str
) -> None:
    project.cached(path).unlink()
    with pytest.raises(ObjectMissing):
        project.manifest()


def test_an_output_that_dvc_shall_cache_is_missing_if_only_the_workspace_has_it(
    project: Project,
) -> None:
    project.cached("model.txt").unlink()
    with pytest.raises(ObjectMissing, match="model.txt"):
        project.manifest()


@pytest.mark.parametrize("path", ["metrics.json", "note.txt", "curves"])
def test_an_output_for_git_is_missing_if_the_workspace_lacks_it(
    project: Project, path: str
) -> None:
    (project.root / path).rename(project.root / "elsewhere")
    with pytest.raises(ObjectMissing, match=path):
        project.manifest()


def test_dvc_s_run_cache_makes_no_difference(project: Project, run_dvc: RunDvc) -> None:
    """It keeps copies of uncached metrics in the cache, which a run without it does not."""
    before = project.manifest()
    shutil.rmtree(project.cache.root)
    assert run_dvc(project.root, "add", "raw").returncode == 0
    done = run_dvc(project.root, "repro", "--force", "--no-run-cache")
    assert done.returncode == 0, done.stderr
    assert project.manifest() == before


@pytest.mark.parametrize(
    ("model", "said"),
    [("nope.txt", "no stage"), ("parts", "directory"), ("raw/one.csv", "no stage")],
)
def test_a_model_that_the_pipeline_did_not_write_is_refused(
    project: Project, model: str, said: str
) -> None:
    with pytest.raises(InvalidArtifact, match=said):
        project.manifest(model)


def test_an_empty_model_is_refused(project: Project, run_dvc: RunDvc) -> None:
    text = (project.root / "dvc.yaml").read_text()
    (project.root / "dvc.yaml").write_text(text.replace("cat parts/* >", "true >"))
    assert run_dvc(project.root, "repro").returncode == 0
    with pytest.raises(InvalidArtifact, match="empty"):
        project.manifest()


def test_data_outside_of_the_project_is_refused(
    project: Project, run_dvc: RunDvc, tmp_path: Path
) -> None:
    (tmp_path / "outside.csv").write_text("x\n")
    text = (project.root / "dvc.yaml").read_text()
    (project.root / "dvc.yaml").write_text(text.replace("note.txt", "../outside.csv"))
    assert run_dvc(project.root, "repro").returncode == 0
    with pytest.raises((InvalidArtifact, InvalidProject), match="outside"):
        project.manifest()


def test_an_object_that_left_the_cache_is_stored_from_the_workspace(project: Project) -> None:
    manifest = project.manifest()
    model = manifest.find("model.txt")
    assert model is not None and model.home is Home.REMOTE
    project.cache.path(model.md5).unlink()
    store_manifest(manifest, project.cache, project.root, project.objects)
    project.objects.verify(model)
    shutil.rmtree(project.objects.root)
    project.objects.create()
    (project.root / "model.txt").unlink()
    with pytest.raises(ObjectMissing, match="model.txt"):
        store_manifest(manifest, project.cache, project.root, project.objects)


def test_bytes_that_are_not_what_the_manifest_says_are_not_stored_quietly(project: Project) -> None:
    forged = project.manifest().artifacts[3].model_copy(update={"sha256": "0" * 64})
    with pytest.raises(ObjectCorrupt, match="model.txt"):
        store_manifest(Manifest(artifacts=(forged,)), project.cache, project.root, project.objects)
