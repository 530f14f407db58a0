"""The whole life of a version whose bytes are in a bucket, with the real DVC beside."""

import hashlib
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from support.pipelines import Project
from support.s3 import S3Server
from support.training import train

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import ExtraMissing, RemoteCredentials, RemoteMissing
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.registry.remote import prepare_remote
from registry_tasks.stores.dvc.workspace import point_checkout, point_workspace

from .conftest import StartFlow

pytestmark = pytest.mark.slow


@pytest.fixture
def in_bucket(project: Project, bucket: Bucket) -> Project:
    """The project, its objects in a bucket, nothing in it yet."""
    project.remote = bucket
    project.moved()
    return project


def test_a_version_is_trained_registered_pulled_and_reproduced(
    in_bucket: Project, bucket: Bucket, start_flow: StartFlow, tmp_path: Path
) -> None:
    register(in_bucket.registry(), RegisterRun(run=train(in_bucket)))
    version = in_bucket.resolve("mower@1")

    clone = tmp_path / "clone"
    in_bucket.git("clone", "--quiet", str(in_bucket.root), str(clone))
    subprocess.run(["git", "checkout", "--quiet", "mower@v1.0.0"], cwd=clone, check=True)
    for command in (
        ["remote", "add", "--local", "--default", "registry", str(bucket)],
        ["pull"],
    ):
        done = in_bucket.dvc(*command, folder=clone)
        assert done.returncode == 0, done.stdout + done.stderr
    content = (clone / version.model_path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == version.sha256

    in_bucket.raise_to("mower@1", "staging")
    got = in_bucket.dvc(
        *("artifacts", "get", str(in_bucket.root), "mower", "--stage", "staging"),
        *("--out", str(tmp_path / "got.json")),
        folder=tmp_path,
    )
    assert got.returncode == 0, got.stdout + got.stderr
    assert (tmp_path / "got.json").read_bytes() == content

    link = registry_cli(in_bucket, "download", "mower@1", "--url")
    with urllib.request.urlopen(link) as answer:
        assert answer.read() == content
    path = registry_cli(in_bucket, "download", "mower@1")
    assert Path(path).read_bytes() == content

    assert start_flow("reproduce", ref="mower@1").result()["verdict"] == "identical"
    assert [finding for finding in examine(in_bucket.registry()) if not finding.note] == []
    config = (in_bucket.root / ".dvc" / "config.local").read_text()
    assert str(bucket) in config
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in config


def test_what_cannot_be_stored_is_not_registered(
    in_bucket: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("AWS_SECRET_ACCESS_KEY", "expired by now")
        with pytest.raises(RemoteCredentials):
            train(in_bucket)
    run = train(in_bucket)
    with monkeypatch.context() as patch:
        patch.setenv("AWS_SECRET_ACCESS_KEY", "expired by now")
        with pytest.raises(RemoteCredentials):
            register(in_bucket.registry(), RegisterRun(run=run))
    assert list_versions(in_bucket.registry(), "mower") == ()
    assert register(in_bucket.registry(), RegisterRun(run=run)).version.number == 1


def test_a_bucket_that_was_emptied_is_never_filled_anew_by_itself(
    in_bucket: Project, bucket: Bucket, rclone: S3Server
) -> None:
    train(in_bucket)
    client = rclone.client()
    for found in client.list_objects_v2(Bucket=bucket.name)["Contents"]:
        client.delete_object(Bucket=bucket.name, Key=found["Key"])
    with pytest.raises(RemoteMissing, match="runs are on record"):
        prepare_remote(in_bucket.registry())


def test_without_what_dvc_needs_the_extra_is_named(
    in_bucket: Project, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dvc_s3", None)
    for point in (
        lambda: point_workspace(tmp_path, tmp_path / "cache", bucket),
        lambda: point_checkout(tmp_path, bucket),
    ):
        with pytest.raises(ExtraMissing, match="s3-flows"):
            point()


def registry_cli(project: Project, *arguments: str) -> str:
    """Run the command line as a person does; what it printed."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "registry"), *arguments],
        cwd=project.root,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\n", "")
