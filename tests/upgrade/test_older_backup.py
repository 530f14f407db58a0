"""A backup of an older release is brought back by today's code, and goes on to where Git is."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.dump import dump
from support.releases import SCHEMAS, revive
from support.world import World

from registry_tasks.entities.backup import Backup
from registry_tasks.entities.errors import PolicyElsewhere
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.registry.care.back_up import store_file
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.migrate import migrate
from registry_tasks.registry.care.recover import recover
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import bring_forward
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.artifacts.digests import digest_file

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_older_backup_is_brought_back_and_forward(schema: str, tmp_path: Path) -> None:
    world = revive(schema, tmp_path / "old")
    keep(world, schema, tmp_path / "backup")
    migrate(world.registry())
    sync(world.registry())
    promote(world.registry(), Promote(ref="trimmer@2", to="staging"))
    world.version(6, model="trimmer", metrics={"rmse": 0.1})
    after = dump(world.registry().metadata)
    there = World(world.folder, f"sqlite:///{tmp_path / 'new' / 'registry.db'}")

    found = recover(there.registry(), tmp_path / "backup")
    assert found.missing == ()
    assert found.log_ahead == world.history("trimmer")[-1].sequence
    made = bring_forward(there.registry(), Rebuild())

    assert made.events > 0
    assert dump(there.registry().metadata) == after
    sync(there.registry())
    assert examine(there.registry()) == ()
    for one in (world, there):
        one.close()


def keep(world: World, schema: str, folder: Path) -> None:
    """What that release's `registry backup` writes."""
    name = "2026-01-01T00-00-00.000000Z"
    file = store_file(folder, name)
    file.parent.mkdir(parents=True)
    shutil.copyfile(world.state / "registry.db", file)
    described = Backup(
        name=name, at=datetime(2026, 1, 1, tzinfo=UTC), by="ada", store="", schema_version=schema,
        last_event=0, versions=9, objects=0, size_bytes=0, sha256=digest_file(file).sha256,
        missing=(),
    )  # fmt: skip
    file.with_suffix(".json").write_text(described.model_dump_json())


@pytest.mark.parametrize("old", ["0001"], indirect=True)
def test_a_repository_that_an_older_release_knew_by_its_folder_says_what_to_do(old: World) -> None:
    """Whoever migrated the store had another checkout at hand."""
    old.registry().metadata.migrate()
    with pytest.raises(PolicyElsewhere, match="run `registry sync` once in a checkout of it"):
        promote(old.registry(), Promote(ref="trimmer@2", to="staging"))

    sync(old.registry())

    assert promote(old.registry(), Promote(ref="trimmer@2", to="staging"))
