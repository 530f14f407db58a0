"""A request of every kind, each of a model that is prepared for it."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.request import Request
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from support.world import World

POLICY: Final = """
      stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}
      aliases: {champion: production}
      retention: {keep_superseded: 0, keep_stale: 0}
"""
Verb = Callable[[Registry, Any], Entity]


class Case(NamedTuple):
    """A request to make of a model that is prepared for it, and another one for the same key."""

    prepare: Callable[["Maker"], Request]
    other: Callable[[Any], Request]


class Maker:
    """Makes what a request needs, for a model of its own."""

    def __init__(self, world: World, model: str) -> None:
        self.world, self.model = world, model

    def file(self, number: int) -> str:
        path = self.world.folder / f"{self.model}-{number}.bin"
        path.write_text(f"{self.model} {number}")
        return str(path)

    def version(self, number: int, auc: float = 0.7) -> str:
        request = RegisterFile(
            model=self.model,
            path=self.file(number),
            parameters={"trees": number},
            metrics={"auc": auc},
        )
        return register_file(self.world.registry(), request).version.ref

    def risen(self, number: int) -> str:
        ref = self.version(number)
        self.world.raise_to(ref, "staging", "production")
        return ref


def _run(make: Maker) -> RegisterRun:
    return RegisterRun(run=make.world.finished_run(model=make.model), tags={"a": "b"})


def _file(make: Maker) -> RegisterFile:
    return RegisterFile(model=make.model, path=make.file(1), description="first")


def _promotion(make: Maker) -> Promote:
    make.version(1)
    return Promote(ref=f"{make.model}@latest", to="staging", reason="better")


def _refusal(make: Maker) -> Promote:
    make.world.raise_to(make.version(1, auc=0.1), "staging")
    return Promote(ref=f"{make.model}@latest", to="production")


def _way_back(make: Maker) -> RollBack:
    for number in (1, 2):
        make.risen(number)
    return RollBack(model=make.model, reason="slow")


def _stale(make: Maker) -> ArchiveByPolicy:
    for number in (1, 2):
        make.version(number)
    make.world.raise_to(make.version(3), "staging")
    return ArchiveByPolicy(model=make.model)


def _archived(make: Maker) -> Restore:
    archive(make.world.registry(), Archive(ref=make.version(1)))
    return Restore(ref=f"{make.model}@1")


def _alias(make: Maker) -> RemoveAlias:
    point_alias(make.world.registry(), PointAlias(ref=make.version(1), alias="hero"))
    return RemoveAlias(model=make.model, alias="hero")


def _held(make: Maker) -> Release:
    hold(make.world.registry(), Hold(ref=make.version(1), reason="case 7"))
    return Release(ref=f"{make.model}@1", reason="closed")


def _reason(request: Any) -> Request:
    changed: Request = request.model_copy(update={"reason": f"not {request.reason}"})
    return changed


def _described(request: Any) -> Request:
    changed: Request = request.model_copy(update={"description": "another"})
    return changed


CASES: Final = MappingProxyType(
    {
        "register-run": Case(_run, _described),
        "register-file": Case(_file, _described),
        "promote": Case(_promotion, _reason),
        "refuse": Case(_refusal, _reason),
        "roll-back": Case(_way_back, _reason),
        "archive": Case(lambda make: Archive(ref=make.version(1)), _reason),
        "by-policy": Case(_stale, lambda asked: Archive(ref=f"{asked.model}@1")),
        "restore": Case(_archived, _reason),
        "describe": Case(
            lambda make: Describe(ref=make.version(1), text="mows"),
            lambda asked: asked.model_copy(update={"text": "mows not"}),
        ),
        "point-alias": Case(lambda make: PointAlias(ref=make.version(1), alias="hero"), _reason),
        "remove-alias": Case(_alias, _reason),
        "delete": Case(lambda make: Delete(ref=make.version(1), reason="bad"), _reason),
        "hold": Case(lambda make: Hold(ref=make.version(1), reason="case 7"), _reason),
        "release": Case(_held, _reason),
    }
)
VERBS: Final[MappingProxyType[type[Request], Verb]] = MappingProxyType(
    {
        RegisterRun: register,
        RegisterFile: register_file,
        Promote: promote,
        RollBack: roll_back,
        Archive: archive,
        ArchiveByPolicy: archive_by_policy,
        Restore: restore,
        Describe: describe,
        PointAlias: point_alias,
        RemoveAlias: remove_alias,
        Delete: delete,
        Hold: hold,
        Release: release,
    }
)
