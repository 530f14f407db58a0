"""Idempotency keys: the answer of then, whatever became of the world; another request is refused."""

import pytest
import sqlalchemy as sa
from support.world import World

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.errors import (
    GateFailed,
    InvalidArtifact,
    InvalidSetting,
    KeyReused,
    NotArchived,
)
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.request import Request
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.stores.metadata import tables as t


@pytest.mark.slow
def test_the_answer_is_the_one_of_then(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging", "production")
    request = RollBack(model="mower", key="once")
    made = roll_back(world.registry(), request)
    world.raise_to("mower@2", "staging", "production")
    history = world.history()
    assert roll_back(world.registry(), request) == made
    assert world.history() == history
    assert world.resolve("mower@production").number == 2


def test_what_latest_meant_then_is_what_it_means(world: World) -> None:
    world.version(1)
    request = Archive(ref="mower@latest", key="once")
    made = archive(world.registry(), request)
    world.version(2)
    assert archive(world.registry(), request) == made
    assert world.stages() == {1: "archived", 2: "experiment"}


def test_a_repeat_asks_neither_policy_nor_objects(world: World) -> None:
    world.version(1)
    run = RegisterRun(run=world.finished_run(content=b"2"), key="run")
    rise = Promote(ref="mower@1", to="staging", key="rise")
    point = PointAlias(ref="mower@1", alias="hero", key="point")
    away = RemoveAlias(model="mower", alias="hero", key="away")
    verbs = ((register, run), (promote, rise), (point_alias, point), (remove_alias, away))
    answers = [verb(world.registry(), request) for verb, request in verbs]  # type: ignore[operator]
    world.commit({"params.yaml": "registry: 7\n"})
    for path in sorted((world.folder / "remote").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    again = [verb(world.registry(), request) for verb, request in verbs]  # type: ignore[operator]
    assert again == answers


def test_a_refusal_by_gates_is_an_answer(world: World) -> None:
    world.version(1, metrics={"auc": 0.1})
    world.raise_to("mower@1", "staging")
    request = Promote(ref="mower@1", to="production", key="once")
    with pytest.raises(GateFailed) as first:
        promote(world.registry(), request)
    history = world.history()
    world.set_policy("stages: {production: [{gate: metric, metric: auc, at_least: 0}]}")
    with pytest.raises(GateFailed) as again:
        promote(world.registry(), request)
    assert again.value.args == first.value.args
    assert world.history() == history
    promote(world.registry(), request.model_copy(update={"key": "another"}))


def test_an_error_that_wrote_nothing_is_no_answer(world: World) -> None:
    world.version(1)
    request = Restore(ref="mower@1", key="once")
    with pytest.raises(NotArchived):
        restore(world.registry(), request)
    archive(world.registry(), Archive(ref="mower@1"))
    assert restore(world.registry(), request).moves


def test_one_key_is_for_one_request(world: World) -> None:
    world.version(1)
    request = Describe(ref="mower@1", text="mows", key="once")
    describe(world.registry(), request)
    history = world.history()
    others = (
        (describe, request.model_copy(update={"text": "mows not"})),
        (describe, request.model_copy(update={"ref": "mower@v1.0.0"})),
        (archive, Archive(ref="mower@1", key="once")),
    )
    for verb, other in others:
        with pytest.raises(KeyReused, match="key 'once' was used for another Describe request"):
            verb(world.registry(), other)  # type: ignore[operator]
    assert world.history() == history


def test_other_bytes_at_the_same_path_are_another_request(world: World) -> None:
    path = world.folder / "model.bin"
    path.write_bytes(b"one")
    request = RegisterFile(model="mower", path=str(path), key="nightly")
    made = register_file(world.registry(), request)
    assert register_file(world.registry(), request) == made
    path.write_bytes(b"two")
    with pytest.raises(KeyReused):
        register_file(world.registry(), request)
    path.unlink()
    with pytest.raises(InvalidArtifact):
        register_file(world.registry(), request)


def test_without_a_key_nothing_is_kept(world: World) -> None:
    world.version(1)
    for _ in range(2):
        describe(world.registry(), Describe(ref="mower@1", text="mows"))
    with world.registry().metadata.reading() as connection:
        kept = connection.execute(sa.select(sa.func.count()).select_from(t.request))
        assert kept.scalar_one() == 0
    assert len([e for e in world.history() if e.kind == "version.described"]) == 2


@pytest.mark.parametrize("key", ["", "k" * 201, "ключ", "a\nb", "a\n", "a\0b", "a\tb"])
def test_a_key_is_printable_ascii(key: str) -> None:
    with pytest.raises(InvalidSetting, match="key="):
        Request(key=key)


def test_a_request_without_key_has_the_same_body() -> None:
    one, other = (Describe(ref="mower@1", text="x", key=key) for key in ("a", None))
    assert one.body() == other.body()
