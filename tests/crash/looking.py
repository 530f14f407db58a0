"""What must be true of a registry after whatever happened to it."""

from support.replay import replay
from support.world import MODEL, World

from registry_tasks.entities.errors import ModelNotFound, SchemaOlder, StoreMissing
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_runs, list_versions
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.metadata import dropped_bytes, runs


def check_nothing_half_done(world: World) -> None:
    """Before anybody tidied up: what is visible is whole, and its history tells how it came."""
    registry, versions = world.registry(), check_history(world)
    if not versions:
        return
    with registry.metadata.reading() as connection:
        manifests = [
            runs.read_manifest(connection, runs.get_row(connection, version.run).id)
            for version in versions
        ]
        gone = dropped_bytes.let_go(connection)
    for manifest in manifests:
        for artifact in (a for a in manifest.stored if a.md5 not in gone):
            registry.objects.verify(artifact)


def check_history(world: World) -> tuple[ModelVersion, ...]:
    """The same but for the bytes; returns all versions."""
    try:
        versions = list_versions(world.registry(), MODEL, limit=10_000, deleted=True)
    except (StoreMissing, SchemaOlder, ModelNotFound):
        return ()
    stages = {version.number: version.stage for version in reversed(versions)}
    assert list(stages) == list(range(1, len(stages) + 1)), "numbers are dense"
    assert replay(world.history()) == stages
    if "production" in stages.values():  # whoever serves sees one, also now
        assert world.resolve("mower@production") == world.resolve("mower@champion")
    return versions


def check_all_is_well(world: World) -> None:
    """Nothing half done, nothing lost, nothing blocked, and the doctor has nothing to say."""
    check_nothing_half_done(world)
    registry = world.registry()
    assert all(r.status != RunStatus.RUNNING for r in list_runs(registry, MODEL, limit=1000))
    findings = [found for found in examine(registry) if found.kind is not FindingKind.STORE_MOVED]
    assert findings == []  # a moved store says so; the new one is looked at by its case
    assert list(world.folder.rglob("*.unfinished")) == []
    check_git_works(world)


def check_git_works(world: World) -> None:
    """The user's own Git tags, commits and finds nothing wrong, and nothing of theirs moved."""
    assert world.git("status", "--porcelain") == ""
    assert world.git("symbolic-ref", "HEAD") == "refs/heads/main"
    world.git("tag", "--annotate", "--message=x", "by-hand")
    world.git("commit", "--quiet", "--allow-empty", "--message=by hand")
    world.git("worktree", "add", "--quiet", "--detach", "../by-hand")


def tidy(world: World) -> None:
    """What every run does when it begins, and ``registry sync`` does by itself."""
    tidy_up(world.registry())
    sync(world.registry())
