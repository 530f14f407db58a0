"""P7 on Ceph's object gateway: what a bucket kept comes back, and what left its own bucket is seen."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.commands import check_command
from support.inconsistent import write
from support.remotes import BucketHand, artifact_of
from support.s3 import S3Server
from support.trials import Trial
from support.world import Recorded, World, copy_tree

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import ObjectMissing
from registry_tasks.entities.finding import Finding, FindingKind, Outcome
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RunResult
from registry_tasks.entities.source import Source
from registry_tasks.registry.care.doctor.spares import find_spares
from registry_tasks.registry.care.examine import QUICK, examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.artifacts import sources

from .test_p08_radosgw import ceph, server, versioned

__all__ = ["ceph", "server", "versioned"]  # fixtures
pytestmark = [pytest.mark.gate, pytest.mark.slow]
DATA = b"month,flights\n" * 1_000


class Importing(World):
    """Its runs read data that stays in a bucket of its own."""

    imported: tuple[Artifact, ...] = ()

    def record_of(self, made: Recorded, commit: str | None) -> RunResult:
        record = super().record_of(made, commit)
        manifest = Manifest(artifacts=(*self.imported, *record.manifest.artifacts))
        return record.model_copy(update={"manifest": manifest})


@pytest.fixture
def world(
    template: Path, tmp_path: Path, server: S3Server, versioned: Bucket
) -> Iterator[Importing]:
    copy_tree(template, tmp_path / "world")
    made = Importing(tmp_path / "world")
    made.remote = versioned
    yield made
    made.close()


@pytest.fixture
def lake(server: S3Server) -> Bucket:
    """Where the data is, whose owner knows nothing of us."""
    made = server.make_bucket()
    kept = {"VersioningConfiguration": {"Status": "Enabled"}}
    server.client().put_bucket_versioning(Bucket=made.name, **kept)
    return made


def imported(server: S3Server, lake: Bucket, content: bytes, recorded: bytes) -> Artifact:
    """Put data into the lake; the manifest says that it was ``recorded``."""
    put = server.client().put_object(Bucket=lake.name, Key="raw/big.csv", Body=content)
    source = Source(lake.name, "raw/big.csv", put["VersionId"], put["ETag"].strip('"'))
    artifact = artifact_of(recorded)
    changed = {"path": "data/big.csv", "home": Home.SOURCE, "stage": None, "source": str(source)}
    return artifact.model_copy(update=changed)


def remove_version(server: S3Server, artifact: Artifact) -> None:
    source = Source.parse(str(artifact.source))
    which = {"Bucket": source.bucket, "Key": source.key, "VersionId": source.version_id}
    server.client().delete_object(**which)


def outcomes(found: tuple[Finding, ...]) -> dict[str, Outcome | None]:
    for finding in found:
        check_command(finding.repair)
    return {str(finding.kind): finding.outcome for finding in found}


# ------------------------------------------------------------------ the remote's own bucket


@pytest.mark.parametrize("harm", ["deleted", "overwritten", "cut", "overwritten, then deleted"])
def test_an_earlier_version_of_an_object_is_brought_back(
    server: S3Server, world: Importing, versioned: Bucket, harm: str, trial: Trial
) -> None:
    version, hand = world.version(1), BucketHand(server, versioned)
    if harm != "deleted":
        hand.damage(version.md5, b"x" * (3 if harm == "cut" else version.size_bytes))
    missing = harm.endswith("deleted")
    if missing:
        hand.remove(version.md5)
    kind = FindingKind.OBJECT_MISSING if missing else FindingKind.OBJECT_DAMAGED

    (finding,) = examine(world.registry())
    assert (finding.kind, finding.repairable) == (kind, True)
    assert finding.repair == "registry doctor --repair"
    assert "earlier version that the bucket keeps" in finding.advice
    assert outcomes(repair(world.registry())) == {str(kind): Outcome.MENDED}

    assert examine(world.registry()) == ()
    fetched = world.folder / "fetched"
    content = b"model 1"
    world.registry().objects.fetch(stored(version.md5, content), fetched)
    assert fetched.read_bytes() == content
    trial.report("P7", f"an object {harm} in a bucket with versions", "brought back, hashed")


def stored(md5: str, content: bytes) -> Artifact:
    made = artifact_of(content)
    assert made.md5 == md5
    return made


def test_what_was_never_right_is_not_brought_back(
    server: S3Server, world: Importing, versioned: Bucket, trial: Trial
) -> None:
    version, hand = world.version(1), BucketHand(server, versioned)
    key = world.registry().objects.key(version.md5)  # type: ignore[attr-defined]
    head = server.client().head_object(Bucket=versioned.name, Key=key)
    hand.damage(version.md5, b"x" * version.size_bytes)
    which: dict[str, Any] = {"Bucket": versioned.name, "Key": key, "VersionId": head["VersionId"]}
    server.client().delete_object(**which)

    (finding,) = repair(world.registry())

    assert (finding.kind, finding.outcome) == (FindingKind.OBJECT_DAMAGED, Outcome.NOT_MENDED)
    assert "earlier versions" in finding.reason
    assert "registry train mower --commit" in finding.advice
    trial.report("P7", "an object of which no version is right", "named, 0 brought back")


def test_without_versions_only_a_copy_helps(
    server: S3Server, world: Importing, tmp_path: Path, trial: Trial
) -> None:
    plain = world.remote = server.make_bucket()
    version, hand = world.version(1), BucketHand(server, plain)
    hand.remove(version.md5)
    assert set(outcomes(repair(world.registry())).values()) == {Outcome.NOT_MENDED}
    write(tmp_path / "files" / "md5" / version.md5[:2] / version.md5[2:], b"model 1")

    treated = repair(world.registry(), spares=find_spares(world.settings, (str(tmp_path),)))

    assert outcomes(treated) == {"object.missing": Outcome.MENDED}
    assert examine(world.registry()) == ()
    trial.report("P7", "an object deleted in a bucket without versions", "named; back from a copy")


# ------------------------------------------------------------------ data that stays at its source


def test_data_whose_version_is_gone_at_its_source_is_told_and_kept_from_a_copy(
    server: S3Server, world: Importing, lake: Bucket, tmp_path: Path, trial: Trial
) -> None:
    data = imported(server, lake, DATA, DATA)
    world.imported = (data,)
    world.version(1)
    server.client().put_object(Bucket=lake.name, Key="raw/big.csv", Body=b"what came later")
    server.client().delete_object(Bucket=lake.name, Key="raw/big.csv")  # which only hides it
    assert examine(world.registry()) == ()
    remove_version(server, data)

    for reach in (QUICK, None):
        (finding,) = examine(world.registry(), *([reach] if reach else []))
        assert (finding.kind, finding.where) == (FindingKind.SOURCE_MISSING, "mower@1")
        assert f"raw/big.csv?versionId={Source.parse(str(data.source)).version_id}" in finding.what
    assert outcomes(repair(world.registry())) == {"source.missing": Outcome.NOT_MENDED}
    with pytest.raises(ObjectMissing):
        register(world.registry(), RegisterRun(run=world.finished_run()))

    write(tmp_path / "clone" / ".dvc" / "cache" / place_of(data), DATA)
    spares = find_spares(world.settings, (str(tmp_path / "clone"),))
    treated = repair(world.registry(), spares=spares)
    assert outcomes(treated) == {"source.missing": Outcome.MENDED}
    assert {f.repair for f in treated} == {f"registry doctor --repair --from {tmp_path / 'clone'}"}
    assert examine(world.registry()) == ()
    fetched = tmp_path / "fetched"
    sources.fetch(data, world.registry().objects, world.settings, fetched)
    assert hashlib.sha256(fetched.read_bytes()).hexdigest() == data.sha256
    trial.report("P7", "a version of referenced data deleted", "named; kept from a copy, hashed")


def recorded(world: World) -> None:
    world.finished_run()
    sync(world.registry())


def place_of(artifact: Artifact) -> Path:
    return Path("files") / "md5" / artifact.md5[:2] / artifact.md5[2:]


def test_data_that_is_not_what_was_recorded_is_told_and_kept_from_the_cache(
    server: S3Server, world: Importing, lake: Bucket, trial: Trial
) -> None:
    data = imported(server, lake, DATA[:-1] + b"X", DATA)
    world.imported = (data,)
    recorded(world)
    assert examine(world.registry(), QUICK) == (), "its length is right"
    (finding,) = examine(world.registry())
    assert (finding.kind, finding.repairable) == (FindingKind.SOURCE_DAMAGED, False)

    write(in_cache_of(world, data), DATA)
    (finding,) = examine(world.registry())
    assert (finding.repairable, finding.repair) == (True, "registry doctor --repair")
    assert f"{len(DATA)} bytes into the remote" in finding.advice
    assert outcomes(repair(world.registry())) == {"source.damaged": Outcome.MENDED}
    assert examine(world.registry()) == ()
    trial.report("P7", "referenced data with one wrong byte", "named; kept from the cache")


def in_cache_of(world: World, artifact: Artifact) -> Path:
    return world.root / ".dvc" / "cache" / place_of(artifact)


def test_data_of_another_length_is_seen_without_reading_it(
    server: S3Server, world: Importing, lake: Bucket, trial: Trial
) -> None:
    world.imported = (imported(server, lake, DATA + b"more", DATA),)
    recorded(world)
    (finding,) = examine(world.registry(), QUICK)
    assert finding.kind is FindingKind.SOURCE_DAMAGED
    trial.report("P7", "referenced data of another length", "named without reading it")


def test_a_bucket_of_data_that_is_away_is_told_once(
    server: S3Server, world: Importing, lake: Bucket, trial: Trial
) -> None:
    nowhere = Bucket(f"{lake.name}-gone", "")
    one = imported(server, lake, DATA, DATA)
    source = Source.parse(str(one.source))._replace(bucket=nowhere.name)
    other = one.model_copy(update={"path": "data/c.csv", "source": str(source._replace(key="c"))})
    world.imported = (one.model_copy(update={"source": str(source)}), other)
    recorded(world)
    found = examine(world.registry())
    assert len(found) == 1, found
    (finding,) = found
    assert (finding.kind, finding.where) == (FindingKind.REMOTE_UNAVAILABLE, f"s3://{nowhere.name}")
    check_command(finding.repair)
    trial.report("P7", "2 sources in a bucket that is away", "1 finding that names the bucket")
