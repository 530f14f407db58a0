"""The cache of downloads hands out the artifact's bytes or nothing."""

import hashlib
from pathlib import Path

import pytest
from support.processes import together

from registry_tasks.entities.errors import ObjectCorrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.downloads import Downloads

CONTENT = b"a model\n" * 10_000
ARTIFACT = Artifact(
    path="models/delay/model.txt",
    md5=hashlib.md5(CONTENT).hexdigest(),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size_bytes=len(CONTENT),
    home=Home.REMOTE,
    stage=None,
)


@pytest.fixture
def objects(tmp_path: Path) -> ObjectDirectory:
    made = ObjectDirectory(tmp_path / "remote")
    made.create()
    (tmp_path / "source").write_bytes(CONTENT)
    made.put(tmp_path / "source", ARTIFACT.md5)
    return made


@pytest.fixture
def downloads(tmp_path: Path) -> Downloads:
    return Downloads(tmp_path / "downloads")


def test_a_download_keeps_its_name_and_is_fetched_once(
    downloads: Downloads, objects: ObjectDirectory
) -> None:
    path = downloads.get(ARTIFACT, objects)
    assert path.read_bytes() == CONTENT
    digest = ARTIFACT.sha256
    assert path == downloads.root / "sha256" / digest[:2] / digest[2:] / "model.txt"
    objects.path(ARTIFACT.md5).unlink()
    assert downloads.get(ARTIFACT, objects) == path


@pytest.mark.parametrize("content", [b"", b"x" + CONTENT[1:], CONTENT[:-1], CONTENT + b"x"])
def test_a_damaged_download_is_fetched_anew_and_never_handed_out(
    downloads: Downloads, objects: ObjectDirectory, content: bytes
) -> None:
    path = downloads.get(ARTIFACT, objects)
    path.chmod(0o644)
    path.write_bytes(content)
    assert downloads.get(ARTIFACT, objects).read_bytes() == CONTENT

    path.chmod(0o644)
    path.write_bytes(content)
    objects.path(ARTIFACT.md5).unlink()
    with pytest.raises(ObjectMissing):
        downloads.get(ARTIFACT, objects)


def test_a_link_in_place_of_a_download_is_replaced(
    downloads: Downloads, objects: ObjectDirectory, tmp_path: Path
) -> None:
    path = downloads.get(ARTIFACT, objects)
    path.unlink()
    path.symlink_to(tmp_path / "source")
    assert not downloads.get(ARTIFACT, objects).is_symlink()


def test_a_damaged_object_is_not_handed_out(downloads: Downloads, objects: ObjectDirectory) -> None:
    path = objects.path(ARTIFACT.md5)
    path.chmod(0o644)
    path.write_bytes(b"x" + CONTENT[1:])
    with pytest.raises(ObjectCorrupt):
        downloads.get(ARTIFACT, objects)
    assert [path for path in downloads.root.rglob("*") if path.is_file()] == []


def test_what_a_killed_download_left_is_removed_by_the_next(
    downloads: Downloads, objects: ObjectDirectory
) -> None:
    folder = downloads.get(ARTIFACT, objects).parent
    (folder / "1-dead.unfinished").touch()
    (folder / "model.txt").unlink()
    downloads.get(ARTIFACT, objects)
    assert [path.name for path in folder.iterdir()] == ["model.txt"]


@pytest.mark.parametrize("path", ["a/..", "..", ""])
def test_no_name_leads_out_of_the_folder(
    downloads: Downloads, objects: ObjectDirectory, path: str
) -> None:
    with pytest.raises(ValueError, match="name"):
        downloads.get(ARTIFACT.model_copy(update={"path": path}), objects)
    with pytest.raises(ValueError, match="SHA-256"):
        downloads.get(ARTIFACT.model_copy(update={"sha256": "../.."}), objects)


def get_and_damage(root: Path, remote: Path) -> bool:
    downloads, objects = Downloads(root), ObjectDirectory(remote)
    for _ in range(30):
        downloads.get(ARTIFACT, objects).unlink(missing_ok=True)
    return True


def test_many_processes_download_at_once(downloads: Downloads, objects: ObjectDirectory) -> None:
    assert all(together(4, lambda _: get_and_damage(downloads.root, objects.root)))
    assert downloads.get(ARTIFACT, objects).read_bytes() == CONTENT
