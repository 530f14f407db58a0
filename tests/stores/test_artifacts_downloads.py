"""The cache of downloads hands out the artifact's bytes or nothing."""

import fcntl
import hashlib
from pathlib import Path

import pytest
from support.processes import together
from support.remotes import Hand

from registry_tasks.entities.errors import ObjectCorrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.stores.artifacts.downloads import Downloads
from registry_tasks.stores.artifacts.writing import SUFFIX, sweep_among_others

pytestmark = pytest.mark.slow

CONTENT = b"a model\n" * 10_000
ARTIFACT = Artifact(
    path="models/delay/model.txt",
    md5=hashlib.md5(CONTENT).hexdigest(),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size_bytes=len(CONTENT),
    home=Home.REMOTE,
    stage=None,
)


@pytest.fixture(autouse=True)
def stored(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(CONTENT)
    hand.objects.put(tmp_path / "source", ARTIFACT.md5)


@pytest.fixture
def downloads(tmp_path: Path) -> Downloads:
    return Downloads(tmp_path / "downloads")


def test_a_download_keeps_its_name_and_is_fetched_once(downloads: Downloads, hand: Hand) -> None:
    path = downloads.get(ARTIFACT, hand.objects)
    assert path.read_bytes() == CONTENT
    digest = ARTIFACT.sha256
    assert path == downloads.root / "sha256" / digest[:2] / digest[2:] / "model.txt"
    hand.remove(ARTIFACT.md5)
    assert downloads.get(ARTIFACT, hand.objects) == path


@pytest.mark.parametrize("content", [b"", b"x" + CONTENT[1:], CONTENT[:-1], CONTENT + b"x"])
def test_a_damaged_download_is_fetched_anew_and_never_handed_out(
    downloads: Downloads, hand: Hand, content: bytes
) -> None:
    path = downloads.get(ARTIFACT, hand.objects)
    path.chmod(0o644)
    path.write_bytes(content)
    assert downloads.get(ARTIFACT, hand.objects).read_bytes() == CONTENT

    path.chmod(0o644)
    path.write_bytes(content)
    hand.remove(ARTIFACT.md5)
    with pytest.raises(ObjectMissing):
        downloads.get(ARTIFACT, hand.objects)


def test_a_link_in_place_of_a_download_is_replaced(
    downloads: Downloads, hand: Hand, tmp_path: Path
) -> None:
    path = downloads.get(ARTIFACT, hand.objects)
    path.unlink()
    path.symlink_to(tmp_path / "source")
    assert not downloads.get(ARTIFACT, hand.objects).is_symlink()


def test_a_damaged_object_is_not_handed_out(downloads: Downloads, hand: Hand) -> None:
    hand.damage(ARTIFACT.md5, b"x" + CONTENT[1:])
    with pytest.raises(ObjectCorrupt):
        downloads.get(ARTIFACT, hand.objects)
    assert [path for path in downloads.root.rglob("*") if path.is_file()] == []


def test_what_a_killed_download_left_is_removed_by_the_next(
    downloads: Downloads, hand: Hand
) -> None:
    folder = downloads.get(ARTIFACT, hand.objects).parent
    (folder / "1-dead.unfinished").touch()
    (folder / "model.txt").unlink()
    downloads.get(ARTIFACT, hand.objects)
    assert [path.name for path in folder.iterdir()] == ["model.txt"]


@pytest.mark.parametrize("path", ["a/..", "..", ""])
def test_no_name_leads_out_of_the_folder(downloads: Downloads, hand: Hand, path: str) -> None:
    with pytest.raises(ValueError, match="name"):
        downloads.get(ARTIFACT.model_copy(update={"path": path}), hand.objects)
    with pytest.raises(ValueError, match="SHA-256"):
        downloads.get(ARTIFACT.model_copy(update={"sha256": "../.."}), hand.objects)


def get_and_damage(root: Path, hand: Hand) -> bool:
    downloads, objects = Downloads(root), hand.again()
    for _ in range(30):
        downloads.get(ARTIFACT, objects).unlink(missing_ok=True)
    return True


def test_many_processes_download_at_once(downloads: Downloads, hand: Hand) -> None:
    assert all(together(4, lambda _: get_and_damage(downloads.root, hand)))
    assert downloads.get(ARTIFACT, hand.objects).read_bytes() == CONTENT


def test_what_dead_writers_left_among_a_user_s_files_is_swept_and_what_ends_alike_stays(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    ours, theirs = folder / f"12-{'a' * 32}{SUFFIX}", folder / f"thesis{SUFFIX}"
    for path in (ours, theirs):
        path.write_bytes(b"half")
    with ours.open("rb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)  # it lives
        sweep_among_others(folder)
        assert ours.exists()
    sweep_among_others(folder)
    assert [path.name for path in folder.iterdir()] == [theirs.name]
