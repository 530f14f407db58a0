"""Data that stays in a bucket of its own, where that bucket is away; its versions: P7, on Ceph."""

import pytest
from support.commands import check_command
from support.remotes import artifact_of
from support.world import Recorded, World

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.entities.run import RunResult
from registry_tasks.entities.source import Source
from registry_tasks.registry.care.examine import QUICK, examine
from registry_tasks.registry.ledger.mirror import sync

pytestmark = pytest.mark.slow


class Importing(World):
    """Its runs read two files of a bucket that is not there."""

    def record_of(self, made: Recorded, commit: str | None) -> RunResult:
        record = super().record_of(made, commit)
        imported = (
            artifact_of(key.encode()).model_copy(
                update={
                    "path": f"data/{key}",
                    "home": Home.SOURCE,
                    "stage": None,
                    "source": str(Source("nobody-s-lake", key, "v1", "etag")),
                }
            )
            for key in ("a.csv", "b.csv")
        )
        manifest = Manifest(artifacts=(*imported, *record.manifest.artifacts))
        return record.model_copy(update={"manifest": manifest})


def test_a_bucket_that_is_away_is_told_once_and_takes_nothing_for_lost(
    sqlite_world: World, bucket: Bucket
) -> None:
    world = sqlite_world.beside(sqlite_world.root, Importing)
    world.finished_run()
    sync(world.registry())
    for found in (examine(world.registry()), examine(world.registry(), QUICK)):
        (finding,) = found
        assert finding.kind is FindingKind.REMOTE_UNAVAILABLE
        assert finding.where == "s3://nobody-s-lake"
        assert "no such bucket" in finding.what
        check_command(finding.repair)
