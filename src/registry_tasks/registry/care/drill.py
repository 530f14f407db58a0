"""Drill: look whether a version could be brought back today, before anybody needs it."""

from collections.abc import Iterator
from typing import NamedTuple

from registry_tasks.entities.drill import Drill, DueDrill, Findings, Looked
from registry_tasks.entities.errors import Corrupt, Unavailable
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.stage import Stage
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.experiments.exact_environments import ask_for
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.permit import check_permitted, if_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.rules import drilling
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.metadata import drills, dropped_bytes, events, evidence, runs
from registry_tasks.stores.metadata.environments import read_environment
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.repositories import read_home
from registry_tasks.stores.metadata.store import Transaction


class Looks(NamedTuple):
    """What a look at bytes and packages found."""

    bytes: Looked
    environment: Looked
    files: int
    size_bytes: int
    packages: int
    failures: tuple[str, ...]


class Rebuilt(NamedTuple):
    """What came of a rebuild, or why there was none."""

    looked: Looked
    why: str


def plan_drills(
    registry: Registry, model: str | None, archived: int, seed: int
) -> tuple[DueDrill, ...]:
    """Return what to drill, first what waited longest. Raises NotPermitted, ModelNotFound."""
    check_permitted(registry, Permission.RECORD, model)
    with registry.metadata.reading() as connection:
        if model is not None:
            get_model(connection, model)  # or there is none
        production = drills.list_standing(connection, Stage.PRODUCTION, model)
        out_of_sight = drills.list_standing(connection, Stage.ARCHIVED, model)
    return drilling.choose(production, out_of_sight, archived, seed)


def look_at(registry: Registry, ref: str) -> Looks:
    """Read and hash all that a version needs, and ask for its packages. Raises VersionNotFound."""
    with registry.metadata.reading() as connection:
        stored = get_version(through(connection), Reference.parse(ref))
        run = runs.get_row(connection, stored.version.run)
        manifest = runs.read_manifest(connection, run.id)
        gone = dropped_bytes.let_go(connection)
        environment = read_environment(
            connection, run.environment_id, run.environment_files, run.direct_urls
        )
    needed = [a for a in (*manifest.stored, *manifest.referenced) if a.md5 not in gone]
    found = list(_read(registry, needed))
    asked = ask_for(registry, environment)
    return Looks(
        bytes=_worst([looked for looked, _ in found]),
        environment=asked.looked,
        files=len(needed),
        size_bytes=sum(artifact.size_bytes for artifact in needed),
        packages=asked.packages,
        failures=tuple(why for why in (*(why for _, why in found), asked.why) if why),
    )


def _read(registry: Registry, needed: list[Artifact]) -> Iterator[tuple[Looked, str]]:
    for artifact in needed:
        try:
            sources.verify(artifact, registry.objects, registry.settings)
        except Corrupt as error:
            yield Looked.FAILED, str(error)
        except Unavailable as error:
            yield Looked.UNKNOWN, str(error)


def _worst(found: list[Looked]) -> Looked:
    for looked in (Looked.FAILED, Looked.UNKNOWN):
        if looked in found:
            return looked
    return Looked.PASSED


def why_not_rebuilt(registry: Registry, ref: str) -> Rebuilt | None:
    """Say why a version cannot be rebuilt here, None if it can be tried."""
    with registry.metadata.reading() as connection:
        stored = get_version(through(connection), Reference.parse(ref))
        home = read_home(connection, stored.id)
        names = names_here(registry, connection)
    if stored.version.commit is None:
        return Rebuilt(Looked.UNKNOWN, "no pipeline made it, so nothing can make it again")
    if home is not None and home.name not in names:
        why = f"it comes from project {home.project}: drill it in a checkout of that"
        return Rebuilt(Looked.UNKNOWN, why)
    return None


def judge(registry: Registry, ref: str, verdict: Verdict) -> Rebuilt:
    """Say what a rebuild that is on record by now means, by those before it."""
    with registry.metadata.reading() as connection:
        stored = get_version(through(connection), Reference.parse(ref))
        _, *earlier = evidence.list_reproductions(connection, stored.id)
    return Rebuilt(*drilling.judge_rebuild(verdict, [one.verdict for one in earlier]))


def keep_drill(registry: Registry, ref: str, found: Findings) -> Drill:
    """Keep what a drill found. Raises NotPermitted, VersionNotFound."""
    reference = Reference.parse(ref)
    with registry.metadata.reading() as connection:
        model = get_version(through(connection), reference).version.model

    def act(tx: Transaction) -> Drill:
        stored = get_version(through(tx.connection), reference)
        verdict = drilling.verdict_of(found)
        made = drills.add(tx, stored.version.ref, stored.id, found, verdict)
        has_failed = verdict is Looked.FAILED
        events.append(
            tx,
            EventKind.VERSION_DRILL_FAILED if has_failed else EventKind.VERSION_DRILLED,
            model=stored.model_id,
            version=stored.id,
            after=made.model_dump(mode="json", exclude={"id", "at", "by", "version"}),
        )
        return made

    return transact(registry, if_permitted(registry, Permission.RECORD, model, act))
