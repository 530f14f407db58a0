"""What no request stands for asks as well: before any work, and again when it writes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from support.permissions import OTHER, OWN, PEOPLE, Facts, Guarded, Person, guard
from support.world import World

from registry_tasks.entities.errors import NotPermitted, RegistryError
from registry_tasks.entities.export import ExportStore
from registry_tasks.entities.permission import Permission as P
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.run import Cost, Execution, Train
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.export import export
from registry_tasks.registry.care.migrate import migrate
from registry_tasks.registry.care.move_store import move_store, undo_move
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.experiments.evaluate import evaluate, evaluate_version
from registry_tasks.registry.experiments.foresee import foresee
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.reproduce import rebuilding
from registry_tasks.registry.experiments.train import running
from registry_tasks.registry.ledger.rebuild import bring_forward
from registry_tasks.registry.permit import if_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import PERMISSIONS
from registry_tasks.stores.metadata.store import Transaction

pytestmark = pytest.mark.slow

Act = Callable[[Registry, Facts, Path], object]


def _train(registry: Registry, facts: Facts, folder: Path) -> None:
    with running(registry, Train(model=facts.model)):
        pass


def _rebuild(registry: Registry, facts: Facts, folder: Path) -> None:
    with rebuilding(registry, facts.ref):
        pass


def _record(registry: Registry, facts: Facts, folder: Path) -> None:
    workspace = Workspace(
        run=facts.running, model=facts.model, folder=folder, logs=folder, target=None
    )
    cost = Cost(duration_s=1.0, cpu_s=1.0, peak_memory_bytes=1)
    record(registry, workspace, Execution(stages=(), cost=cost))


ACTS: Final[dict[str, tuple[P, Act]]] = {
    "foresee": (P.RECORD, lambda r, f, _: foresee(r, Train(model=f.model))),
    "train": (P.RECORD, _train),
    "record": (P.RECORD, _record),
    "evaluate": (P.RECORD, lambda r, f, _: evaluate(r, f.run)),
    "evaluate a version": (P.RECORD, lambda r, f, _: evaluate_version(r, f.ref)),
    "reproduce": (P.RECORD, _rebuild),
    "repair": (P.CARE, lambda r, f, _: repair(r)),
    "back up": (P.CARE, lambda r, f, folder: back_up(r, folder / "backups")),
    "export": (
        P.CARE,
        lambda r, f, folder: export(r, ExportStore(folder=str(folder / f"exported-{f.model}"))),
    ),
    "migrate": (P.CARE, lambda r, f, _: migrate(r)),
    "bring forward": (P.CARE, lambda r, f, _: bring_forward(r, Rebuild())),
    "undo a move": (P.CARE, lambda r, f, _: undo_move(r)),
}


def test_exactly_those_who_may_get_past_the_door(
    guarded_world: tuple[World, Guarded], tmp_path: Path
) -> None:
    world, guarded = guarded_world
    wrong = []
    for person in PEOPLE:
        registry = Registry(replace(world.settings, token=guarded.secrets[person.name]))
        for model in (OWN, OTHER):
            for name, (permission, act) in ACTS.items():
                let = _is_let(lambda act=act, f=guarded.facts[model]: act(registry, f, tmp_path))  # type: ignore[misc] # noqa: B023
                if let is not _may(person, permission, model):
                    wrong.append((person.name, name, model, let))
        registry.close()
    assert not wrong


def test_a_store_is_moved_with_its_accounts_by_whoever_may(world: World, tmp_path: Path) -> None:
    guarded = guard(world)
    to = MoveStore(to=f"sqlite:///{tmp_path / 'moved' / 'registry.db'}")
    with (
        Registry(replace(world.settings, token=guarded.secrets["developer-of-all"])) as registry,
        pytest.raises(NotPermitted, match="take care of the store"),
    ):
        move_store(registry, to)
    assert not (tmp_path / "moved").exists()
    with Registry(replace(world.settings, token=guarded.admin)) as registry:
        assert move_store(registry, to).rows["token"] == len(PEOPLE) + 2
    settings = replace(world.settings, store_url=to.to, token=guarded.secrets["viewer-of-own"])
    with Registry(settings) as there:
        assert there.identity.actor == "viewer-of-own"


def test_what_is_written_at_the_end_asks_again(guarded_world: tuple[World, Guarded]) -> None:
    world, guarded = guarded_world
    secret = guarded.secrets["viewer-of-all"]
    with Registry(replace(world.settings, token=secret)) as registry:
        written = []

        def act(tx: Transaction) -> None:
            written.append(tx)

        with registry.metadata.writing("x") as tx, pytest.raises(NotPermitted):
            if_permitted(registry, P.RECORD, OWN, act)(tx)
        assert not written


def _may(person: Person, permission: P, model: str) -> bool:
    covers = (None,) if permission is P.CARE else (None, model)
    return any(
        right.role is not None and permission in PERMISSIONS[right.role] and right.model in covers
        for right in person.rights
    )


def _is_let(act: Callable[[], object]) -> bool:
    try:
        act()
    except NotPermitted:
        return False
    except (RegistryError, OSError):
        return True
    return True
