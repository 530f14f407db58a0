"""What every object remote keeps to: its bytes are proven, in and out, in a folder or a bucket."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.processes import together
from support.remotes import Hand, artifact_of

from registry_tasks.entities.errors import ObjectCorrupt, ObjectMissing, RemoteCannot
from registry_tasks.stores.artifacts.digests import digest_file

pytestmark = pytest.mark.slow

CONTENT = b"a model\n" * 100_000
MD5 = hashlib.md5(CONTENT).hexdigest()
FLIPPED = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]
DAMAGES = [FLIPPED, CONTENT[:-1], CONTENT + b"x", b""]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "model.txt"
    path.write_bytes(CONTENT)
    return path


def test_an_object_is_stored_under_its_md5(hand: Hand, source: Path) -> None:
    assert not hand.objects.is_there() or hand.md5s() == set()
    assert hand.objects.put(source, MD5) == digest_file(source)
    assert hand.md5s() == {MD5}
    assert hand.objects.is_there()
    assert hand.objects.has(MD5)
    assert not hand.objects.has("0" * 32)
    assert hand.objects.temporaries() == ()
    assert hand.objects.sweep() == 0


@pytest.mark.parametrize("content", [b"", b"x"])
def test_the_smallest_files_are_objects_too(hand: Hand, source: Path, content: bytes) -> None:
    source.write_bytes(content)
    artifact = artifact_of(content)
    hand.objects.put(source, artifact.md5)
    hand.objects.fetch(artifact, source.with_name("fetched"))
    assert source.with_name("fetched").read_bytes() == content


def test_an_object_that_was_removed_is_stored_again(hand: Hand, source: Path) -> None:
    hand.objects.put(source, MD5)
    hand.remove(MD5)
    assert not hand.objects.has(MD5)
    hand.objects.put(source, MD5)
    hand.objects.verify(artifact_of(CONTENT))


def test_a_remote_that_keeps_no_versions_brings_none_back(hand: Hand, source: Path) -> None:
    hand.objects.put(source, MD5)
    hand.remove(MD5)
    assert not hand.objects.restore_earlier(artifact_of(CONTENT))


def test_a_remote_that_cannot_says_so_and_changes_nothing(hand: Hand, source: Path) -> None:
    """A server that knows no holds might take the hold for the object's new bytes."""
    hand.objects.put(source, MD5)
    artifact = artifact_of(CONTENT)
    if type(hand.objects).__name__ == "ObjectDirectory":
        with pytest.raises(RemoteCannot, match="registry download"):
            hand.objects.download_url(artifact, 60)
        hand.objects.hold(artifact)
        hand.objects.release(artifact)
        with pytest.raises(ObjectMissing):
            hand.objects.hold(artifact_of(b"another"))
    else:
        for act in (hand.objects.hold, hand.objects.release):
            with pytest.raises(RemoteCannot, match="object lock"):
                act(artifact)
    hand.objects.verify(artifact)


def put_again_and_again(hand: Hand, source: Path) -> None:
    objects = hand.again()
    for _ in range(5):
        objects.put(source, MD5)
        objects.sweep()
        objects.verify(artifact_of(CONTENT))


def test_many_processes_store_the_same_object_at_once(hand: Hand, source: Path) -> None:
    hand.objects.has(MD5)  # connections that are open here are of no use to a fork
    together(4, lambda _: put_again_and_again(hand, source))
    hand.objects.verify(artifact_of(CONTENT))
    assert hand.objects.temporaries() == ()


def test_a_source_with_other_bytes_is_refused_and_nothing_is_stored(
    hand: Hand, source: Path
) -> None:
    source.write_bytes(FLIPPED)
    with pytest.raises(ObjectCorrupt, match=MD5):
        hand.objects.put(source, MD5)
    assert not hand.objects.has(MD5)
    assert hand.objects.temporaries() == ()


def test_a_missing_source_is_a_missing_file(hand: Hand, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        hand.objects.put(tmp_path / "nothing", MD5)


def test_an_object_that_is_there_is_hashed_and_not_written_again(hand: Hand, source: Path) -> None:
    hand.objects.put(source, MD5)
    before = hand.written(MD5)
    hand.objects.put(source, MD5)
    after = hand.written(MD5)
    assert after == before


@pytest.mark.parametrize("content", DAMAGES)
def test_a_damaged_object_is_replaced_by_a_good_one(
    hand: Hand, source: Path, content: bytes
) -> None:
    hand.objects.put(source, MD5)
    hand.damage(MD5, content)
    hand.objects.put(source, MD5)
    hand.objects.verify(artifact_of(CONTENT))


@pytest.mark.parametrize("content", DAMAGES)
def test_every_damage_is_found_by_reading_back_and_never_fetched(
    hand: Hand, source: Path, tmp_path: Path, content: bytes
) -> None:
    hand.objects.put(source, MD5)
    hand.damage(MD5, content)
    target = tmp_path / "out" / "model.txt"
    with pytest.raises(ObjectCorrupt, match="model.txt"):
        hand.objects.verify(artifact_of(CONTENT))
    with pytest.raises(ObjectCorrupt):
        hand.objects.fetch(artifact_of(CONTENT), target)
    assert list(target.parent.iterdir()) == []


def test_a_missing_object_is_named(hand: Hand, tmp_path: Path) -> None:
    with pytest.raises(ObjectMissing, match="models/model.txt"):
        hand.objects.verify(artifact_of(CONTENT))
    with pytest.raises(ObjectMissing):
        hand.objects.fetch(artifact_of(CONTENT), tmp_path / "model.txt")


def test_the_same_md5_with_another_sha256_is_corrupt(hand: Hand, source: Path) -> None:
    hand.objects.put(source, MD5)
    forged = artifact_of(CONTENT).model_copy(update={"sha256": "0" * 64})
    with pytest.raises(ObjectCorrupt):
        hand.objects.verify(forged)


def test_a_listing_is_checked_by_the_md5_before_its_suffix(hand: Hand, source: Path) -> None:
    hand.objects.put(source, f"{MD5}.dir")
    hand.objects.verify(artifact_of(CONTENT, suffix=".dir"))
    assert hand.md5s() == {f"{MD5}.dir"}


def test_fetching_gives_the_bytes_and_replaces_what_was_there(
    hand: Hand, source: Path, tmp_path: Path
) -> None:
    hand.objects.put(source, MD5)
    target = tmp_path / "deep" / "er" / "model.txt"
    for _ in range(2):
        hand.objects.fetch(artifact_of(CONTENT), target)
        assert target.read_bytes() == CONTENT
        target.chmod(0o644)
        target.write_bytes(b"other")
    assert [path.name for path in target.parent.iterdir()] == ["model.txt"]


@pytest.mark.parametrize("md5", ["", "../../../etc/passwd", "A" * 32, "a" * 31, "a" * 32 + ".dirx"])
def test_no_name_leads_out_of_the_remote(hand: Hand, source: Path, md5: str) -> None:
    for call in (hand.objects.has, lambda name: hand.objects.put(source, name)):
        with pytest.raises(ValueError, match="MD5"):
            call(md5)


def test_notes_stand_beside_the_objects(hand: Hand) -> None:
    notes = hand.objects.collecting
    assert (notes.list_notes("stores"), notes.find_note("stores/a.json")) == ((), None)
    for content in (b"{}", b'{"a": 1}'):
        notes.write_note("stores/a.json", content)
    assert notes.list_notes("stores") == ("stores/a.json",)
    assert notes.find_note("stores/a.json") == b'{"a": 1}'
    assert hand.md5s() == set()
    notes.remove_note("stores/a.json")
    notes.remove_note("stores/a.json")
    assert notes.list_notes("stores") == ()


def test_an_object_knows_whether_a_registry_wrote_it(hand: Hand, source: Path) -> None:
    hand.objects.put(source, MD5)
    notes = hand.objects.collecting
    assert notes.is_ours(MD5)
    assert notes.read(MD5) == CONTENT
    hand.remove(MD5)
    assert not notes.is_ours(MD5)
    with pytest.raises(ObjectMissing):
        notes.read(MD5)
    assert not hand.objects.renew(MD5)


def test_only_what_is_old_is_taken_and_only_where_it_could_come_back(
    hand: Hand, source: Path
) -> None:
    hand.objects.put(source, MD5)
    notes, now = hand.objects.collecting, datetime.now(UTC)
    if type(hand.objects).__name__ != "ObjectDirectory":
        with pytest.raises(RemoteCannot, match="versioning"):
            notes.check()
        return
    notes.check()
    assert not notes.remove_old(MD5, now - timedelta(days=1))
    assert hand.objects.renew(MD5)
    assert notes.remove_old(MD5, now + timedelta(days=1))
    assert not notes.remove_old(MD5, now + timedelta(days=1))
    assert hand.md5s() == set()
