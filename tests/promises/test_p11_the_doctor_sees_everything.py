"""P11: every seeded inconsistency is found, all that is safe is mended, and looking changes nothing."""

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
import sqlalchemy as sa
from support.commands import check_command
from support.databases import Postgres
from support.inconsistent import (
    OLD_S,
    Seen,
    age,
    flip,
    furnish,
    in_cache,
    in_downloads,
    in_remote,
    run_ref,
    run_sql,
    tag_named,
    unguarded,
    write,
)
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.entities.finding import FindingKind as K, Outcome
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.entities.subscription import Receiver, Subscribe
from registry_tasks.registry.care.examine import QUICK, examine
from registry_tasks.registry.care.move_store import move_store
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.outward.subscriptions import subscribe
from registry_tasks.stores.metadata import outbox

NO_UUID = "00000000-0000-4000-8000-000000000000"
_SUBSCRIBED = """
INSERT INTO subscription (uuid, name, receiver, "to", kinds, position, created_at, created_by, delivered)
VALUES (:uuid, 'eve', 'webhook', 'https://eve.example', '[]', 0, '2020-01-01 00:00:00', 'eve', 0)
"""
_LATE = """
INSERT INTO delivery (subscription_id, sequence, queued_at, attempts, next_at, why, dead_at)
SELECT id, 1, '2020-01-01 00:00:00', 1, '2020-01-01 00:00:00', 'no answer', {dead_at} FROM subscription
"""


class Kind(NamedTuple):
    """One kind of inconsistency: how to make it, what the doctor says, who mends it."""

    seed: Callable[[World], object]
    finds: set[K]
    mended: bool
    quick: bool = True  # seen without reading bytes


# ------------------------------------------------------------------------ bytes


def lost_object(world: World) -> None:
    in_remote(world, 1).unlink()


def lost_object_without_a_copy(world: World) -> None:
    in_remote(world, 1).unlink()
    in_cache(world, 1).unlink()


def rotten_object(world: World) -> None:
    flip(in_remote(world, 1))


def rotten_object_with_a_download(world: World) -> None:
    write(in_downloads(world, 1), in_remote(world, 1).read_bytes())
    in_cache(world, 1).unlink()
    flip(in_remote(world, 1))


def rotten_everywhere(world: World) -> None:
    flip(in_remote(world, 1))
    flip(in_cache(world, 1), bit=1)


def cut_object(world: World) -> None:
    write(in_remote(world, 2), b"mod")


def object_turned_link(world: World) -> None:
    in_remote(world, 2).unlink()
    in_remote(world, 2).symlink_to(in_cache(world, 2))


def object_without_row(world: World) -> None:
    path = world.settings.remote / "files" / "md5" / "ab" / ("c" * 30)
    write(path, b"nobody's")
    age(path)


def rotten_cache(world: World) -> None:
    flip(in_cache(world, 2))


def rotten_download(world: World) -> None:
    write(in_downloads(world, 2), b"modem 2")


def temporary_in_remote(world: World) -> None:
    write(world.settings.remote / "tmp" / "1-dead.unfinished", b"half")


def temporary_in_downloads(world: World) -> None:
    write(in_downloads(world, 1).parent / "1-dead.unfinished", b"half")


def remote_gone(world: World) -> None:
    world.settings.remote.rename(world.folder / "unmounted")


# ------------------------------------------------------------------------ runs


def dead_workspace(world: World) -> None:
    name = world.begin_run()
    (world.state / "workspaces" / name).mkdir(parents=True)
    (world.state / "workspaces" / f"{name}.lock").touch()


def dead_run(world: World) -> None:
    (world.state / "runs" / world.begin_run()).mkdir(parents=True)


def run_of_another_machine(world: World) -> None:
    run_sql(
        world,
        "UPDATE run SET started_at = '2020-01-01 00:00:00' WHERE uuid = :uuid",
        uuid=world.begin_run(),
    )


def version_of_a_failed_run(world: World) -> None:
    run = world.resolve("mower@3").run
    run_sql(world, "UPDATE run SET status = 'failed' WHERE uuid = :uuid", uuid=run)


def changed_manifest(world: World) -> None:
    run_sql(
        world,
        "UPDATE artifact SET sha256 = :lie WHERE sha256 = :sha256",
        lie="f" * 64,
        sha256=world.resolve("mower@3").sha256,
    )


# ------------------------------------------------------------------------ Git


def lost_tag(world: World) -> None:
    world.git("tag", "--delete", "mower@v1.0.0")


def lost_stage_tag(world: World) -> None:
    world.git("tag", "--delete", tag_named(world, r"mower#production!#\d+"))


def moved_tag(world: World) -> None:
    name, other = tag_named(world, r"mower#production!#\d+"), world.commit({"else": "else"})
    world.git("tag", "-f", "-a", "-m", "moved", name, other)


def invented_tag(world: World) -> None:
    world.git("tag", "-a", "-m", "invented", "mower#production#99999")


def lost_run_ref(world: World) -> None:
    world.git("update-ref", "-d", run_ref(world, 1))


def _beside_a_bare_remote(world: World, *specs: str) -> None:
    bare = world.folder / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    world.git("remote", "add", "origin", str(bare))
    world.git("push", "--quiet", "origin", "main", *specs)


def run_ref_not_fetched(world: World) -> None:
    _beside_a_bare_remote(world, "refs/registry/*:refs/registry/*")
    lost_run_ref(world)


def run_ref_on_no_remote(world: World) -> None:
    lost_run_ref(world)
    _beside_a_bare_remote(world, "refs/registry/*:refs/registry/*")


def run_ref_lost_where_it_was_made(world: World) -> None:
    (world.state / "runs" / world.resolve("mower@1").run).mkdir(parents=True)
    run_ref_not_fetched(world)


def moved_run_ref(world: World) -> None:
    world.git("update-ref", run_ref(world, 1), world.commit({"else": "else"}))


def ref_without_row(world: World) -> None:
    world.git("update-ref", f"refs/registry/runs/{uuid4()}", "HEAD")


def lost_commit(world: World) -> None:
    version = world.resolve("mower@3")
    (world.state / "runs" / version.run).mkdir(parents=True)
    world.git("update-ref", "-d", run_ref(world, 3))
    commit = str(version.commit)
    world.git("tag", "--delete", *world.git("tag", "--points-at", commit).split())
    (world.root / ".git" / "objects" / commit[:2] / commit[2:]).unlink()


def broken_ref(world: World) -> None:
    path = world.root / ".git" / "refs" / "registry" / "runs" / NO_UUID
    path.write_text("1234567890" * 4 + "\n")


def stale_lock(world: World) -> None:
    path = world.root / ".git" / "refs" / "tags" / "mower@v1.0.0.lock"
    path.touch()
    age(path)


def lock_of_another_time(world: World) -> None:
    """The clock was put back since a Git was killed."""
    path = world.root / ".git" / "refs" / "registry" / "log.lock"
    path.touch()
    age(path, -OLD_S)


def _queue_again(world: World, name: str) -> None:
    from registry_tasks.registry.ledger.identity import names_here, repository_name
    from registry_tasks.registry.ledger.tags import expected

    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        tags = expected(tx.connection, names_here(registry, tx.connection))
        (tag,) = [tag for tag in tags if tag.name == name]
        outbox.put(tx, repository_name(registry), tag)
        tx.commit()


def stuck_outbox(world: World) -> None:
    _queue_again(world, "mower@v1.0.0")
    world.git("tag", "--delete", "mower@v1.0.0")


def outbox_of_what_is_there(world: World) -> None:
    _queue_again(world, "mower@v1.0.0")


def blocked_outbox(world: World) -> None:
    _queue_again(world, "mower@v1.0.0")
    world.git("tag", "-f", "-a", "-m", "mine", "mower@v1.0.0", "HEAD")


def cut_log(world: World) -> None:
    world.git("update-ref", "refs/registry/log", "refs/registry/log~2")


def other_log(world: World) -> None:
    made = world.git("commit-tree", "HEAD^{tree}", "-p", "refs/registry/log", "-m", "not an entry")
    world.git("update-ref", "refs/registry/log", made)


# ------------------------------------------------------------------------ rows

ID = "(SELECT v.id FROM version v JOIN model m ON m.id = v.model_id WHERE v.number = :number)"


def stage_missing(world: World) -> None:
    run_sql(world, f"DELETE FROM stage_assignment WHERE version_id = {ID}", number=2)


def stage_other(world: World) -> None:
    run_sql(
        world,
        f"UPDATE stage_assignment SET stage = 'archived', single = FALSE WHERE version_id = {ID}",
        number=2,
    )


def stages_swapped(world: World) -> None:
    change = "UPDATE stage_assignment SET stage = :stage, single = :single WHERE version_id = "
    run_sql(world, change + ID, number=2, stage="experiment", single=False)
    run_sql(world, change + ID, number=1, stage="production", single=True)


def stage_without_history(world: World) -> None:
    columns = "(version_id, environment, model_id, stage, single)"
    model = "(SELECT id FROM model)"
    run_sql(
        world,
        f"INSERT INTO stage_assignment {columns} VALUES ({ID}, 'eu', {model}, 'production', TRUE)",
        number=3,
    )


def version_without_history(world: World) -> None:
    run_sql(
        world,
        f"DELETE FROM event WHERE kind = 'version.registered' AND version_id = {ID}",
        number=3,
    )


def history_with_a_hole(world: World) -> None:
    where = f"kind = 'version.promoted' AND version_id = {ID}"
    run_sql(
        world,
        f"DELETE FROM event WHERE sequence = (SELECT min(sequence) FROM event WHERE {where})",
        number=2,
    )


def registered_twice(world: World) -> None:
    columns = "at, actor, kind, model_id, version_id, run_id, reason, before, after"
    run_sql(
        world,
        f"INSERT INTO event ({columns}) SELECT {columns} FROM event "
        f"WHERE kind = 'version.registered' AND version_id = {ID}",
        number=3,
    )


def alias_elsewhere(world: World) -> None:
    run_sql(world, f"UPDATE alias SET version_id = {ID} WHERE name = 'challenger'", number=1)


def alias_lost(world: World) -> None:
    run_sql(world, "DELETE FROM alias WHERE name = 'champion'")


def alias_without_history(world: World) -> None:
    columns = "(model_id, name, version_id)"
    run_sql(
        world, f"INSERT INTO alias {columns} VALUES ((SELECT id FROM model), 'x', {ID})", number=1
    )


def alias_to_nothing(world: World) -> None:
    run_sql(world, "UPDATE alias SET version_id = 999 WHERE name = 'challenger'")


def answer_of_a_lost_version(world: World) -> None:
    uuid = world.resolve("mower@2").uuid
    run_sql(world, "UPDATE request SET answer = replace(answer, :old, :new)", old=uuid, new=NO_UUID)


def answer_that_is_none(world: World) -> None:
    run_sql(world, "UPDATE request SET answer = '{'")


def answer_twice(world: World) -> None:
    with unguarded(world) as connection:
        for statement in (
            "ALTER TABLE request RENAME TO asked",
            "CREATE TABLE request AS SELECT * FROM asked",
            "INSERT INTO request SELECT * FROM asked",
        ):
            connection.exec_driver_sql(statement)


def _edge(world: World, *ends: str) -> None:
    columns = "(source_kind, source_id, target_kind, target_id, by)"
    values = dict(zip(("a", "b", "c", "d"), ends, strict=True))
    run_sql(world, f"INSERT INTO lineage_edge {columns} VALUES (:a, :b, :c, :d, '')", **values)


def edge_to_nothing(world: World) -> None:
    _edge(world, "version", "mower@3", "run", NO_UUID)


def edges_in_a_circle(world: World) -> None:
    _edge(world, "version", "mower@3", "run", world.resolve("mower@3").run)


def edge_lost(world: World) -> None:
    run_sql(world, "DELETE FROM lineage_edge WHERE target_id = 'mower@3'")


def index_damaged(world: World) -> None:
    """As SQLite sees a page of an index that does not fit its table."""
    with unguarded(world) as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = sql || ' WHERE 0' WHERE name = ("
            "SELECT min(name) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'event' "
            "AND sql IS NOT NULL AND sql NOT LIKE '%WHERE%')"
        )


# ------------------------------------------------------- rows that events alone tell of


def _sql(statement: str) -> Callable[[World], None]:
    """One statement behind the registry's back; ``{2}`` is the row id of ``mower@2``."""

    def seed(world: World) -> None:
        with unguarded(world) as connection:
            asked = "SELECT number, id FROM version ORDER BY number"
            ids = dict(connection.execute(sa.text(asked)).all())
            model = connection.execute(sa.text("SELECT id FROM model")).scalar_one()
            text = statement.format(None, *(ids[n] for n in (1, 2, 3)), m=model)
            assert connection.execute(sa.text(text.replace(":", "\\:"))).rowcount > 0, text

    return seed


SAID: dict[str, tuple[str, K, bool]] = {
    "version's owner": ("UPDATE version_profile SET owner = 'eve'", K.ROW_DIFFERS, True),
    "version's profile gone": ("DELETE FROM version_profile", K.ROW_MISSING, True),
    "version's profile invented": (
        (
            "INSERT INTO version_profile "
            "(version_id, description, owner, purpose, team, related, links, document) "
            "SELECT {3}, '', 'eve', '', '', related, links, document FROM version_profile"
        ),
        K.ROW_UNKNOWN,
        True,
    ),
    "model's team": ("UPDATE model SET team = 'eve''s'", K.ROW_DIFFERS, True),
    "model's document": ("UPDATE model SET document = '{{}}'", K.ROW_DIFFERS, True),
    "dataset's owner": ("UPDATE dataset_profile SET owner = 'eve'", K.ROW_DIFFERS, True),
    "dataset's date": (
        "UPDATE dataset_profile SET retain_until = '2030-01-31'",
        K.ROW_DIFFERS,
        True,
    ),
    "dataset's profile gone": ("DELETE FROM dataset_profile", K.ROW_MISSING, True),
    "schema": ("UPDATE model_schema SET schema = 'true'", K.ROW_DIFFERS, True),
    "schema gone": ("DELETE FROM model_schema", K.ROW_MISSING, True),
    "version's tag": ("UPDATE tag SET value = 'eve'", K.ROW_DIFFERS, True),
    "version's tag gone": ("DELETE FROM tag", K.ROW_MISSING, True),
    "version's tag invented": ("INSERT INTO tag VALUES ({3}, 'team', 'eve')", K.ROW_UNKNOWN, True),
    "model's tag gone": ("DELETE FROM model_tag", K.ROW_MISSING, True),
    "note gone": ("DELETE FROM note WHERE version_id IS NULL", K.ROW_MISSING, True),
    "note invented": (
        (
            "INSERT INTO note (model_id, version_id, text, at, by) "
            "SELECT model_id, version_id, 'no', at, by FROM note WHERE version_id = {2}"
        ),
        K.ROW_UNKNOWN,
        False,
    ),
    "note rewritten": ("UPDATE note SET text = 'no'", K.ROW_UNKNOWN, False),
    "grade": ("UPDATE version_grade SET grade = 'A'", K.ROW_DIFFERS, True),
    "grade invented": (
        "INSERT INTO version_grade (version_id, grade, reasons) VALUES ({1}, 'A', '[]')",
        K.ROW_UNKNOWN,
        True,
    ),
    "hold gone": ("DELETE FROM hold", K.ROW_MISSING, True),
    "hold's reason": ("UPDATE hold SET reason = ''", K.ROW_DIFFERS, True),
    "tombstone invented": (
        "INSERT INTO tombstone (version_id, reason, at, by) SELECT {3}, reason, at, by FROM hold",
        K.ROW_UNKNOWN,
        False,
    ),
    "confirmation gone": ("DELETE FROM confirmation", K.ROW_MISSING, True),
    "confirmation by another": ("UPDATE confirmation SET by = 'eve'", K.ROW_DIFFERS, False),
    "deployment that goes on": (
        "UPDATE deployment SET until = NULL, ended_by = NULL WHERE until IS NOT NULL",
        K.ROW_DIFFERS,
        True,
    ),
    "deployment gone": ("DELETE FROM deployment WHERE until IS NULL", K.ROW_MISSING, True),
    "deployment invented": (
        (
            "INSERT INTO deployment (uuid, model_id, version_id, environment, place, reason, since, by)"
            f" SELECT '{NO_UUID}', {{m}}, {{1}}, 'eu', 'eve', '', at, by FROM hold"
        ),
        K.ROW_UNKNOWN,
        False,
    ),
    "deployment elsewhere": (
        "UPDATE deployment SET place = 'eve' WHERE until IS NULL",
        K.ROW_DIFFERS,
        False,
    ),
    "deployment over": (
        "UPDATE deployment SET until = since, ended_by = 'eve' WHERE until IS NULL",
        K.ROW_DIFFERS,
        False,
    ),
    "approval that goes on": (
        (
            "UPDATE approval_request SET outcome = NULL, closed_at = NULL, closed_by = NULL, "
            "because = NULL WHERE outcome = 'rejected'"
        ),
        K.ROW_DIFFERS,
        True,
    ),
    "approval over": (
        (
            "UPDATE approval_request SET outcome = 'promoted', closed_at = requested_at, "
            "closed_by = 'eve' WHERE outcome IS NULL"
        ),
        K.ROW_DIFFERS,
        False,
    ),
    "approval gone": ("DELETE FROM approval_request WHERE outcome IS NULL", K.ROW_MISSING, True),
    "approval of other evidence": (
        "UPDATE approval_request SET evidence = '{{}}'",
        K.ROW_DIFFERS,
        False,
    ),
    "approval by fewer people": (
        "UPDATE approval_request SET people = 0 WHERE outcome IS NULL",
        K.ROW_DIFFERS,
        False,
    ),
    "decision gone": ("DELETE FROM approval_decision", K.ROW_MISSING, True),
    "decision turned": ("UPDATE approval_decision SET choice = 'approved'", K.ROW_DIFFERS, False),
    "decision invented": (
        (
            'INSERT INTO approval_decision (approval_request_id, "by", choice, own_work, reason, at) '
            "SELECT id, 'eve', 'approved', false, '', requested_at FROM approval_request "
            "WHERE outcome IS NULL"
        ),
        K.ROW_UNKNOWN,
        False,
    ),
    "sweep that goes on": ("UPDATE sweep SET ended_at = NULL", K.ROW_DIFFERS, True),
    "sweep by another": ("UPDATE sweep SET started_by = 'eve'", K.ROW_DIFFERS, False),
    "trial gone": ("DELETE FROM trial", K.ROW_MISSING, True),
    "trial of another run": (
        "UPDATE trial SET run_id = (SELECT min(id) FROM run)",
        K.ROW_DIFFERS,
        True,
    ),
    "trial of other parameters": ("UPDATE trial SET parameters = '{{}}'", K.ROW_DIFFERS, False),
    "trial's run gone": ("UPDATE trial SET run_id = 999", K.ROW_DANGLING, True),
    "run of a sweep gone": (
        "DELETE FROM run WHERE id IN (SELECT run_id FROM trial)",
        K.ROW_DANGLING,
        False,
    ),
    "label of a stage": (
        "UPDATE event SET entered = 'archived/default' WHERE kind = 'version.promoted'",
        K.HISTORY_BROKEN,
        False,
    ),
    "label of an alias": (
        "UPDATE event SET entered = NULL WHERE kind = 'alias.moved'",
        K.HISTORY_BROKEN,
        False,
    ),
    "label of what moves nothing": (
        "UPDATE event SET vacated = '@champion' WHERE kind = 'version.described'",
        K.HISTORY_BROKEN,
        False,
    ),
    "event that says nothing": (
        "UPDATE event SET after = '{{}}' WHERE kind = 'deployment.ended'",
        K.HISTORY_BROKEN,
        False,
    ),
}
"""Statement, what the doctor finds, and whether it mends it."""


def sweep_gone(world: World) -> None:
    run_sql(world, "DELETE FROM trial")
    run_sql(world, "DELETE FROM sweep")


def subscription_of_nobody(world: World) -> None:
    """Somebody lets events go to themselves, past the registry."""
    run_sql(world, _SUBSCRIBED, uuid=NO_UUID)


def late_delivery(world: World) -> None:
    subscribe(world.registry(), Subscribe(name="hook", receiver=Receiver.PREFECT))
    run_sql(world, _LATE.format(dead_at="NULL"))


def dead_delivery(world: World) -> None:
    subscribe(world.registry(), Subscribe(name="hook", receiver=Receiver.PREFECT))
    run_sql(world, _LATE.format(dead_at="'2020-01-01 00:00:00'"))


def moved_store(world: World) -> None:
    url = f"sqlite:///{world.folder / 'elsewhere.db'}"
    move_store(world.registry(), MoveStore(to=url))


def number_lost(world: World) -> None:
    run_sql(world, f"DELETE FROM event WHERE version_id = {ID}", number=1)
    run_sql(world, f"DELETE FROM stage_assignment WHERE version_id = {ID}", number=1)
    run_sql(world, "DELETE FROM version WHERE number = 1")


KINDS: dict[str, Kind] = {
    "object missing": Kind(lost_object, {K.OBJECT_MISSING}, True),
    "object missing everywhere": Kind(lost_object_without_a_copy, {K.OBJECT_MISSING}, False),
    "wrong hash in remote": Kind(rotten_object, {K.OBJECT_DAMAGED}, True, quick=False),
    "wrong hash in remote, a download is right": Kind(
        rotten_object_with_a_download, {K.OBJECT_DAMAGED}, True, quick=False
    ),
    "wrong hash in remote and cache": Kind(
        rotten_everywhere, {K.OBJECT_DAMAGED, K.CACHE_DAMAGED}, False, quick=False
    ),
    "object cut": Kind(cut_object, {K.OBJECT_DAMAGED}, True),
    "object is a link": Kind(object_turned_link, {K.OBJECT_DAMAGED}, True),
    "object without row": Kind(object_without_row, {K.OBJECT_UNKNOWN}, False),
    "wrong hash in cache": Kind(rotten_cache, {K.CACHE_DAMAGED}, True, quick=False),
    "wrong hash in downloads": Kind(rotten_download, {K.DOWNLOAD_DAMAGED}, True, quick=False),
    "temporary in remote": Kind(temporary_in_remote, {K.TEMPORARY_LEFT}, True),
    "temporary in downloads": Kind(temporary_in_downloads, {K.TEMPORARY_LEFT}, True),
    "remote gone": Kind(remote_gone, {K.REMOTE_UNAVAILABLE}, False),
    "dead workspace": Kind(dead_workspace, {K.WORKSPACE_DEAD}, True),
    "run without process": Kind(dead_run, {K.RUN_DEAD}, True),
    "run of another machine": Kind(run_of_another_machine, {K.RUN_DEAD}, False),
    "version of a failed run": Kind(version_of_a_failed_run, {K.RUN_UNFINISHED}, False),
    "changed manifest": Kind(changed_manifest, {K.MANIFEST_DIFFERS}, False),
    "tag missing": Kind(lost_tag, {K.TAG_MISSING}, True),
    "stage tag missing": Kind(lost_stage_tag, {K.TAG_MISSING}, True),
    "tag moved": Kind(moved_tag, {K.TAG_MOVED}, True),
    "tag invented": Kind(invented_tag, {K.TAG_UNKNOWN}, False),
    "run ref missing": Kind(lost_run_ref, {K.REF_MISSING}, True),
    "run ref not fetched": Kind(run_ref_not_fetched, {K.REF_ELSEWHERE}, True),
    "run ref on no remote": Kind(run_ref_on_no_remote, {K.REF_MISSING}, True),
    "run ref lost where it was made": Kind(run_ref_lost_where_it_was_made, {K.REF_MISSING}, True),
    "run ref moved": Kind(moved_run_ref, {K.REF_MOVED}, True),
    "ref without row": Kind(ref_without_row, {K.REF_UNKNOWN}, False),
    "commit lost": Kind(lost_commit, {K.REF_MISSING}, False),
    "ref to nothing": Kind(broken_ref, {K.GIT_BROKEN}, False),
    "stale lock": Kind(stale_lock, {K.LOCK_STALE}, True),
    "lock of another time": Kind(lock_of_another_time, {K.LOCK_STALE}, True),
    "outbox stuck": Kind(stuck_outbox, {K.TAG_WAITING}, True),
    "outbox of what is there": Kind(outbox_of_what_is_there, {K.TAG_WAITING}, True),
    "outbox blocked": Kind(blocked_outbox, {K.TAG_BLOCKED}, True),
    "log truncated": Kind(cut_log, {K.LOG_BEHIND}, True),
    "log differs": Kind(other_log, {K.LOG_DIFFERS}, False),
    "stage row missing": Kind(stage_missing, {K.STAGE_MISSING}, True),
    "stage differs": Kind(stage_other, {K.STAGE_DIFFERS}, True),
    "stages swapped": Kind(stages_swapped, {K.STAGE_DIFFERS}, True),
    "stage without history": Kind(stage_without_history, {K.STAGE_UNKNOWN}, True),
    "history missing": Kind(version_without_history, {K.HISTORY_MISSING}, False),
    "history with a hole": Kind(history_with_a_hole, {K.HISTORY_BROKEN}, False),
    "registered twice": Kind(registered_twice, {K.HISTORY_BROKEN}, False),
    "alias elsewhere": Kind(alias_elsewhere, {K.ALIAS_DIFFERS}, True),
    "alias missing": Kind(alias_lost, {K.ALIAS_MISSING}, True),
    "alias without history": Kind(alias_without_history, {K.ALIAS_UNKNOWN}, True),
    "alias to nothing": Kind(alias_to_nothing, {K.ALIAS_DIFFERS, K.ROW_DANGLING}, True),
    "answer dangling": Kind(answer_of_a_lost_version, {K.ANSWER_DANGLING}, False),
    "answer no JSON": Kind(answer_that_is_none, {K.ANSWER_DANGLING}, False),
    "answer twice": Kind(answer_twice, {K.ANSWER_DOUBLED}, False),
    "lineage dangling": Kind(edge_to_nothing, {K.LINEAGE_DANGLING}, False),
    "lineage cycle": Kind(edges_in_a_circle, {K.LINEAGE_CYCLIC}, False),
    "lineage missing": Kind(edge_lost, {K.LINEAGE_MISSING}, True),
    "number gap": Kind(number_lost, {K.NUMBER_MISSING}, False),
    "sweep gone": Kind(sweep_gone, {K.ROW_MISSING}, True),
    "delivery late": Kind(late_delivery, {K.DELIVERY_WAITING}, False),
    "delivery given up": Kind(dead_delivery, {K.DELIVERY_DEAD}, False),
    "subscription unknown": Kind(subscription_of_nobody, {K.ROW_UNKNOWN}, False),
    "store moved": Kind(moved_store, {K.STORE_MOVED}, False),
    **{name: Kind(_sql(said), {kind}, mended) for name, (said, kind, mended) in SAID.items()},
}
ON_SQLITE: dict[str, Kind] = {
    "database damaged": Kind(index_damaged, {K.DATABASE_DAMAGED}, False),
}
ON_CEPH = {K.SOURCE_MISSING, K.SOURCE_DAMAGED}
"""Tried in test_p07_earlier_object.py: only a bucket has versions."""
WITH_A_GIT_REMOTE = {K.SHARED_BEHIND, K.SHARED_DIFFERS, K.SHARED_UNAVAILABLE}
"""Tried in registry/test_shared_git_remote.py."""
ALSO = {
    "history missing": {K.LOG_DIFFERS, K.TAG_UNKNOWN},
    "history with a hole": {K.LOG_DIFFERS, K.TAG_UNKNOWN},
    "registered twice": {K.LOG_BEHIND, K.LOG_DIFFERS},
    "number gap": {
        *(K.LOG_DIFFERS, K.LINEAGE_DANGLING, K.TAG_UNKNOWN, K.ROW_DANGLING, K.ROW_UNKNOWN)
    },
    "version of a failed run": {K.LOG_DIFFERS, K.OBJECT_UNKNOWN},
    "changed manifest": {K.LOG_DIFFERS},
    "lineage dangling": {K.LOG_DIFFERS},
    "note rewritten": {K.ROW_MISSING},
    "trial's run gone": {K.ROW_MISSING},
    "run of a sweep gone": {K.HISTORY_BROKEN, K.LOG_DIFFERS, K.REF_UNKNOWN},
    "event that says nothing": {K.LOG_DIFFERS, K.ROW_DIFFERS},
}
"""What such a thing also sets at odds."""


TOGETHER = (
    "object missing",
    "object cut",
    "wrong hash in downloads",
    "temporary in remote",
    "temporary in downloads",
    "dead workspace",
    "run without process",
    "tag missing",
    "tag moved",
    "run ref missing",
    "stale lock",
    "log truncated",
    "stages swapped",
    "stage without history",
    "alias elsewhere",
    "alias missing",
    "alias without history",
    "lineage missing",
    "model's team",
    "version's profile gone",
    "version's tag invented",
    "note gone",
    "grade",
    "hold gone",
    "deployment that goes on",
    "approval that goes on",
    "decision gone",
    "sweep that goes on",
    "trial gone",
)


@pytest.fixture(scope="module")
def furnished(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("furnished") / "world"
    copy_tree(template, folder)
    world = furnish(World(folder))
    assert examine(world.registry()) == ()
    world.close()
    yield folder


@pytest.fixture
def sick(furnished: Path, tmp_path: Path) -> Iterator[World]:
    copy_tree(furnished, tmp_path / "sick")
    world = World(tmp_path / "sick")
    yield world
    world.close()


def test_every_kind_of_finding_is_tried() -> None:
    tried = set().union(*(kind.finds for kind in (KINDS | ON_SQLITE).values()))
    assert tried | ON_CEPH | WITH_A_GIT_REMOTE == set(K)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS | ON_SQLITE)
def test_each_kind_is_found_and_mended_where_it_is_safe(sick: World, name: str) -> None:
    check(sick, name)


@pytest.mark.slow
def test_each_kind_on_postgresql(
    template: Path, tmp_path: Path, postgres: Postgres, trial: Trial
) -> None:
    copy_tree(template, tmp_path / "furnished")
    world = World(tmp_path / "furnished", postgres.migrated())
    furnish(world)
    world.close()
    names = sorted(KINDS)
    random.Random(trial.seed).shuffle(names)
    tried = names[: trial.size(4, len(names) // 6)]
    for name in tried:
        copy_tree(world.folder, tmp_path / "sick")
        sick = World(tmp_path / "sick", postgres.copy(world.store_url))
        try:
            check(sick, name)
        except BaseException as error:
            error.add_note(f"after: {name}")
            raise
        finally:
            sick.close()
            postgres.drop(sick.store_url)
    figure = (
        f"{len(tried)} of {len(tried)} found, all that is safe mended, nothing changed by looking"
    )
    trial.report("P11", f"{len(tried)} kinds of inconsistency on PostgreSQL", figure)


@pytest.mark.slow
def test_many_at_once_are_all_found_and_the_second_run_finds_none_to_mend(
    sick: World, trial: Trial
) -> None:
    kinds = [KINDS[name] for name in TOGETHER]
    for kind in kinds:
        kind.seed(sick)
    found = examine(sick.registry())
    assert set().union(*(kind.finds for kind in kinds)) == {finding.kind for finding in found}

    repair(sick.registry())

    assert examine(sick.registry()) == ()
    assert repair(sick.registry()) == ()
    mendable = sum(kind.mended for kind in KINDS.values())
    trial.report(
        "P11",
        f"{len(KINDS | ON_SQLITE)} kinds of inconsistency on SQLite, alone; {len(kinds)} at once",
        f"{len(KINDS | ON_SQLITE)} found, {mendable} of {mendable} safe ones mended, second run finds 0",
    )


def check(world: World, name: str) -> None:
    kind = (KINDS | ON_SQLITE)[name]
    kind.seed(world)
    before = Seen.of(world)

    found = examine(world.registry())

    assert Seen.of(world) == before, "looking changes nothing"
    kinds = {finding.kind for finding in found}
    assert kind.finds <= kinds, found
    assert kinds <= kind.finds | ALSO.get(name, set()), found
    assert all(finding.where for finding in found)
    for finding in found:
        check_command(finding.repair)
    quickly = {finding.kind for finding in examine(world.registry(), QUICK)}
    assert (kind.finds <= quickly) == kind.quick

    treated = repair(world.registry())
    again = examine(world.registry())

    outcomes = {f.kind: f.outcome for f in treated if f.kind in kind.finds}
    assert [f for f in again if f.repairable] == [], treated
    if kind.mended:
        assert set(outcomes.values()) == {Outcome.MENDED}, treated
        assert again == ()
    else:
        assert Outcome.NOT_MENDED in outcomes.values()
        assert {f.kind for f in again} & kind.finds
        assert all(f.reason for f in treated if f.outcome is Outcome.NOT_MENDED)
