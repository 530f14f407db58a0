"""Cases of what takes bytes out of a remote for good, and of what looks whether they come back."""

from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path

from botocore.session import Session
from support.world import World

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.drill import Findings, Looked
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.removal import Delete
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.collect import Reach, collect, forget_store
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.show import list_history, show
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.stakes import publish, read_stakes

from .case import Act, Case

FINDINGS = Findings(
    bytes=Looked.PASSED,
    environment=Looked.UNKNOWN,
    rebuild=Looked.FAILED,
    files=1,
    size_bytes=7,
    packages=0,
    failure="it came out different",
    duration_s=0.5,
    cpu_s=0.25,
)
_STRANGER = "stores/0123456789abcdef.json"


def take_away(world: World, ref: str) -> None:
    """Take a version's model out of the remote, as collecting does."""
    name = world.resolve(ref).md5
    if isinstance(world.remote, Bucket):
        key = world.remote.key("files", "md5", name[:2], name[2:])
        Session().create_client("s3").delete_object(Bucket=world.remote.name, Key=key)
    else:
        _path(world, name).unlink()


def _path(world: World, name: str) -> Path:
    assert isinstance(world.remote, Path)
    return world.remote / "files" / "md5" / name[:2] / name[2:]


def _some_to_collect(world: World) -> Act:
    """One dropped, one deleted, one kept, and what a writer left that died."""
    for number in (1, 2, 3):
        world.version(number)
    world.reproduced(world.resolve("mower@1"), Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref="mower@1"))
    drop_bytes(world.registry(), DropBytes(ref="mower@1"))
    delete(world.registry(), Delete(ref="mower@2", reason="a mistake"))
    file = world.folder / "left.bin"
    file.write_bytes(b"left")
    world.registry().objects.put(file, _name(b"left"))
    return _collect


def _collect(world: World) -> object:
    collect(world.registry(), Reach((), datetime.now(UTC) + timedelta(days=1)))
    return None


def _only_that_is_gone(world: World) -> None:
    for content in (b"model 1", b"model 2", b"left"):
        assert not _path(world, _name(content)).exists()
    assert _path(world, _name(b"model 3")).read_bytes() == b"model 3"
    assert isinstance(world.remote, Path)
    assert [path.name for path in (world.remote / "tmp").iterdir()] == []
    assert list((world.remote / "registry" / "collecting").iterdir()) == []
    assert list_history(world.registry(), kinds=[EventKind.OBJECTS_COLLECTED])


def _name(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


def _a_stranger(world: World) -> Act:
    world.version(1)
    publish(world.registry(), frozenset(), datetime.now(UTC))
    (own,) = read_stakes(world.registry())
    notes = world.registry().objects.collecting
    notes.write_note(_STRANGER, notes.find_note(own) or b"")
    return _forget


def _forget(world: World) -> object:
    if _STRANGER in read_stakes(world.registry()):
        forget_store(world.registry(), "0123456789abcdef")
    return None


def _it_is_forgotten(world: World) -> None:
    assert len(read_stakes(world.registry())) == 1


def _one_to_drill(world: World) -> Act:
    world.version(1)
    return _drill


def _drill(world: World) -> object:
    return keep_drill(world.registry(), "mower@1", FINDINGS)


def _the_drill_is_kept(world: World) -> None:
    """One that was cut off may be kept twice: a drill is a look, and two looks are no harm."""
    kept = show(world.registry(), "mower@1").drills
    assert {drill.verdict for drill in kept} == {Looked.FAILED}
    assert world.kinds().count(EventKind.VERSION_DRILL_FAILED) == len(kept) >= 1


COLLECTING = {
    "keep_drill": Case(_one_to_drill, _the_drill_is_kept, (keep_drill,)),
    "collect": Case(_some_to_collect, _only_that_is_gone, (collect,)),
    "forget_store": Case(_a_stranger, _it_is_forgotten, (forget_store,)),
}
"""On SQLite and a folder: rclone's buckets keep no versions, so nothing is collected from them."""
