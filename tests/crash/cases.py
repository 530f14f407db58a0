"""One case for every writing verb: what is there before, the call, and what must be there after.

A call can be made again: it carries the same idempotency key, or says what it expects.
"""

import os
from functools import partial
from pathlib import Path

import pytest
from support.world import MODEL, World

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.approval import Approve, Closing, Reject
from registry_tasks.entities.dropped_bytes import DropBytes, DropBytesByPolicy
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.sync import sync as finish
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.download import download, download_to, read
from registry_tasks.registry.catalogue.register import register, write_version
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle import approve as approving
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy, restore
from registry_tasks.registry.lifecycle.carry_on import settle
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes, drop_bytes_by_policy
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.stores.metadata import runs

from .access_cases import ACCESS
from .case import KEY, Act, Case, EmptyWorld, ask
from .catalogue_cases import CATALOGUE
from .collecting_cases import COLLECTING
from .logging_cases import LOGGING
from .outward_cases import OUTWARD
from .pipeline_cases import PIPELINES
from .whole_store_cases import ONLY_FAR, STORES

# -------------------------------------------------------------------- registering


def _a_run_to_register(world: World) -> Act:
    world.version(1)
    run = world.finished_run(content=b"2", parameters={"trees": 2})
    return ask(register, RegisterRun(run=run, key=KEY))


def _two_versions(world: World) -> None:
    assert list(world.stages()) == [1, 2]
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 2
    assert world.git("tag", "--list", "mower@*").split() == ["mower@v1.0.0", "mower@v1.1.0"]


def _a_file_to_register(world: World) -> Act:
    path = world.folder / "model.bin"
    path.write_bytes(os.urandom(200_000))
    return ask(register_file, RegisterFile(model=MODEL, path=str(path), key=KEY))


def _no_store_yet(world: World) -> Act:
    world.close()
    for file in world.state.iterdir():
        file.unlink()
    return _a_file_to_register(world)


def _one_version(world: World) -> None:
    assert world.stages() == {1: "experiment"}
    assert world.kinds().count(EventKind.VERSION_REGISTERED) == 1


# -------------------------------------------------------------------- moving


def _one_is_better(world: World) -> Act:
    one, two = world.version(1), world.version(2)
    world.raise_to(one.ref, "staging", "production")
    world.raise_to(two.ref, "staging")
    return ask(promote, Promote(ref=two.ref, to="production", reason="better", key=KEY))


def _two_is_in_production(world: World) -> None:
    assert world.stages() == {1: "experiment", 2: "production"}
    assert world.resolve("mower@champion").number == 2
    assert world.kinds().count(EventKind.VERSION_PROMOTED) == 4
    assert len(world.git("tag", "--list", "mower#production#*").split()) == 2


def _two_was_worse(world: World) -> Act:
    for number in (1, 2):
        world.raise_to(world.version(number).ref, "staging", "production")
    return ask(roll_back, RollBack(model=MODEL, key=KEY))


def _one_is_back(world: World) -> None:
    assert world.stages() == {1: "production", 2: "experiment"}
    assert world.kinds().count(EventKind.VERSION_ROLLED_BACK) == 1


def _one_is_old(world: World) -> Act:
    return ask(archive, Archive(ref=world.version(1).ref, reason="old", key=KEY))


def _one_is_archived(world: World) -> None:
    assert world.stages() == {1: "archived"}
    assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 1


def _two_are_old(world: World) -> Act:
    world.set_policy(
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}\n"
        "retention: {keep_superseded: 0, keep_stale: 0}"
    )
    for number in (1, 2, 3):
        world.version(number)
    world.raise_to("mower@3", "staging")
    return ask(archive_by_policy, ArchiveByPolicy(model=MODEL, key=KEY))


def _two_are_archived(world: World) -> None:
    assert world.stages() == {1: "archived", 2: "archived", 3: "staging"}
    assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 2


def _one_was_archived(world: World) -> Act:
    world.version(1)
    archive(world.registry(), Archive(ref="mower@1"))
    return ask(restore, Restore(ref="mower@1", key=KEY))


def _one_is_restored(world: World) -> None:
    assert world.stages() == {1: "experiment"}
    assert world.kinds().count(EventKind.VERSION_RESTORED) == 1


# -------------------------------------------------------------------- dropping bytes


def _one_to_drop(world: World) -> Act:
    _archive_remakable(world)
    return ask(drop_bytes, DropBytes(ref="mower@1", reason="space", key=KEY))


def _ones_to_drop(world: World) -> Act:
    world.set_policy("retention: {drop_bytes_after_days: 0}")
    _archive_remakable(world)
    return ask(drop_bytes_by_policy, DropBytesByPolicy(model=MODEL, key=KEY))


def _archive_remakable(world: World) -> None:
    world.reproduced(world.version(1), Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref="mower@1"))


def _one_is_dropped(world: World) -> None:
    assert show(world.registry(), "mower@1").dropped is not None
    assert world.kinds().count(EventKind.VERSION_BYTES_DROPPED) == 1


def _one_to_take_back(world: World) -> Act:
    _archive_remakable(world)
    drop_bytes(world.registry(), DropBytes(ref="mower@1"))
    return _take_back


def _take_back(world: World) -> object:
    return bring_back(world.registry(), "mower@1")


def _one_has_its_bytes(world: World) -> None:
    assert show(world.registry(), "mower@1").dropped is None
    assert world.kinds().count(EventKind.VERSION_BYTES_REMADE) == 1
    read(world.settings, world.resolve("mower@1"))


# -------------------------------------------------------------------- approving


def _one_to_ask_for(world: World) -> Act:
    world.set_policy(
        "stages: {production: [{gate: approved, author_may_approve: true}]}\n"
        "aliases: {champion: production}"
    )
    world.raise_to(world.version(1).ref, "staging")
    return partial(_wait, Promote(ref="mower@1", to="production", reason="better", key=KEY))


def _wait(request: Promote, world: World) -> str:
    try:
        promote(world.registry(), request)
    except AwaitingApproval as error:
        return error.approval
    raise AssertionError("it did not wait")


def _asked(world: World) -> dict[str, str]:
    _one_to_ask_for(world)
    _wait(Promote(ref="mower@1", to="production", reason="better"), world)
    (waits,) = list_approvals(world.registry())
    return {"approval": waits.uuid, "evidence_sha256": waits.evidence_sha256}


def _one_waits(world: World) -> None:
    (waits,) = list_approvals(world.registry(), over=True)
    assert (waits.outcome, waits.decisions, world.stages()) == (None, (), {1: "staging"})
    assert world.kinds().count(EventKind.APPROVAL_REQUESTED) == 1


def _one_to_approve(world: World) -> Act:
    return ask(approve, Approve(**_asked(world), reason="good", key=KEY))


def _one_is_approved(world: World) -> None:
    """Whoever died between the decision and the promotion: asked again, both are there."""
    (done,) = list_approvals(world.registry(), over=True)
    assert (done.outcome, len(done.decisions)) == (Closing.PROMOTED, 1)
    assert world.stages() == {1: "production"}
    kinds = world.kinds()
    assert kinds.count(EventKind.APPROVAL_DECIDED) == kinds.count(EventKind.APPROVAL_CLOSED) == 1
    assert kinds.count(EventKind.VERSION_PROMOTED) == 2


def _one_was_decided(world: World) -> Act:
    """Somebody approved, and died before anything came of it."""
    asked = Approve(**_asked(world), reason="good")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(approving, "settle", _die)
        approve(world.registry(), asked)
    (left,) = list_approvals(world.registry())
    assert left.is_decided
    return _carry_on


def _one_is_to_settle(world: World) -> Act:
    _one_was_decided(world)
    (left,) = list_approvals(world.registry())
    return partial(_settle, left.uuid)


def _settle(uuid: str, world: World) -> object:
    settle(world.registry(), uuid)
    return None


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def _carry_on(world: World) -> object:
    finish(world.registry())
    return None


def _one_to_reject(world: World) -> Act:
    return ask(reject, Reject(**_asked(world), reason="bad", key=KEY))


def _one_is_rejected(world: World) -> None:
    (done,) = list_approvals(world.registry(), over=True)
    assert (done.outcome, len(done.decisions)) == (Closing.REJECTED, 1)
    assert world.stages() == {1: "staging"}
    assert world.kinds().count(EventKind.APPROVAL_CLOSED) == 1


# -------------------------------------------------------------------- annotating


def _one_to_describe(world: World) -> Act:
    return ask(describe, Describe(ref=world.version(1).ref, text="cuts grass", key=KEY))


def _one_is_described(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_DESCRIBED) == 1


def _one_to_point_to(world: World) -> Act:
    return ask(point_alias, PointAlias(ref=world.version(1).ref, alias="shadow", key=KEY))


def _the_alias_points(world: World) -> None:
    assert world.resolve("mower@shadow").number == 1
    assert world.kinds().count(EventKind.ALIAS_MOVED) == 1


def _an_alias_to_remove(world: World) -> Act:
    _one_to_point_to(world)(world)
    return ask(remove_alias, RemoveAlias(model=MODEL, alias="shadow", key="another"))


def _the_alias_is_gone(world: World) -> None:
    assert world.kinds().count(EventKind.ALIAS_REMOVED) == 1


def _a_tag_to_write(world: World) -> Act:
    """A process registered a version and died before it told Git."""
    request = RegisterRun(run=world.finished_run())
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        row = runs.get_row(tx.connection, request.run)
        write_version(tx, row, runs.read_manifest(tx.connection, row.id), request)
        tx.commit()
    return _sync


def _sync(world: World) -> object:
    sync(world.registry())
    return None


def _the_tag_is_written(world: World) -> None:
    assert world.git("tag", "--list") == "mower@v1.0.0"


# -------------------------------------------------------------------- deleting


def _one_to_delete(world: World) -> Act:
    world.version(1)
    return ask(delete, Delete(ref=world.version(2).ref, reason="a mistake", key=KEY))


def _two_is_deleted(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_DELETED) == 1


def _one_to_hold(world: World) -> Act:
    return ask(hold, Hold(ref=world.version(1).ref, reason="audit", key=KEY))


def _one_is_held(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_HELD) == 1


def _one_to_release(world: World) -> Act:
    hold(world.registry(), Hold(ref=world.version(1).ref, reason="audit"))
    return ask(release, Release(ref="mower@1", reason="over", key=KEY))


def _one_is_released(world: World) -> None:
    assert world.kinds().count(EventKind.VERSION_RELEASED) == 1


# -------------------------------------------------------------------- downloading


def _one_to_download(world: World) -> Act:
    return partial(_download, world.version(1))


def _download(version: ModelVersion, world: World) -> None:
    read(world.settings, version)
    download_to(world.settings, version, _downloaded(world))


def _downloaded(world: World) -> Path:
    return world.folder / "downloaded" / "model.bin"


def _it_is_downloaded(world: World) -> None:
    """In the cache, and whole where the caller wanted it."""
    assert _downloaded(world).read_bytes() == b"model 1"


CASES = {
    "register": Case(_a_run_to_register, _two_versions, (register,), (RegisterRun,)),
    "register_file": Case(_a_file_to_register, _one_version, (register_file,), (RegisterFile,)),
    "promote": Case(_one_is_better, _two_is_in_production, (promote,), (Promote,)),
    "ask_people": Case(_one_to_ask_for, _one_waits, (promote,), (Promote,)),
    "approve": Case(_one_to_approve, _one_is_approved, (approve,), (Approve,)),
    "carry_on": Case(_one_was_decided, _one_is_approved, (finish,)),
    "settle": Case(_one_is_to_settle, _one_is_approved, (settle,)),
    "reject": Case(_one_to_reject, _one_is_rejected, (reject,), (Reject,)),
    "roll_back": Case(_two_was_worse, _one_is_back, (roll_back,), (RollBack,)),
    "archive": Case(_one_is_old, _one_is_archived, (archive,), (Archive,)),
    "archive_by_policy": Case(
        _two_are_old, _two_are_archived, (archive_by_policy,), (ArchiveByPolicy,)
    ),
    "restore": Case(_one_was_archived, _one_is_restored, (restore,), (Restore,)),
    "drop_bytes": Case(_one_to_drop, _one_is_dropped, (drop_bytes,), (DropBytes,)),
    "drop_bytes_by_policy": Case(
        _ones_to_drop, _one_is_dropped, (drop_bytes_by_policy,), (DropBytesByPolicy,)
    ),
    "bring_back": Case(_one_to_take_back, _one_has_its_bytes, (bring_back,)),
    "describe": Case(_one_to_describe, _one_is_described, (describe,), (Describe,)),
    "point_alias": Case(_one_to_point_to, _the_alias_points, (point_alias,), (PointAlias,)),
    "sync": Case(_a_tag_to_write, _the_tag_is_written, (sync,)),
    "delete": Case(_one_to_delete, _two_is_deleted, (delete,), (Delete,)),
    "download": Case(_one_to_download, _it_is_downloaded, (download, read, download_to)),
    "hold": Case(_one_to_hold, _one_is_held, (hold,), (Hold,)),
    "release": Case(_one_to_release, _one_is_released, (release,), (Release,)),
    "remove_alias": Case(_an_alias_to_remove, _the_alias_is_gone, (remove_alias,), (RemoveAlias,)),
    **ACCESS,
    **OUTWARD,
    **CATALOGUE,
    **LOGGING,
}
"""Every writing verb over a world of records."""

NEW_STORE = {
    "new_store": Case(
        _no_store_yet, _one_version, (register_file,), (RegisterFile,), kind=EmptyWorld
    )
}
"""The first verb of all, which makes the store; SQLite only."""

ALL = CASES | NEW_STORE | COLLECTING | STORES | PIPELINES
"""On SQLite and a folder."""

FAR = CASES | STORES | PIPELINES | ONLY_FAR
"""On PostgreSQL and a bucket."""
