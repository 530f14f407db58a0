"""The tables of a version's page, as they are had as CSV."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from registry_tasks.entities.drill import Drill
from registry_tasks.entities.event import Event
from registry_tasks.entities.version_record import VersionSummary
from registry_tasks.faces.web.tables import Table, each
from registry_tasks.registry.catalogue.code import read_code
from registry_tasks.registry.catalogue.drills import list_drills_of
from registry_tasks.registry.catalogue.show import list_history, show
from registry_tasks.registry.experiments.show_run import read_importance, sum_up_run
from registry_tasks.registry.registry import Registry

_MANY: Final = 1000  # events, read at once
_DRILLS: Final = 100_000  # one a night for longer than anybody keeps a version
_FILE: Final = ("path", "stage", "home", "size_bytes", "md5", "sha256")
_DATA: Final = ("dataset", "md5", "files", "size_bytes", "stage")
_GATE: Final = ("at", "by", "to", "promoted", "gate", "outcome", "measured", "bound", "reason")
_REBUILT: Final = ("at", "by", "verdict", "stage", "what", "recorded", "found")
_DRILL: Final = (
    *("at", "by", "verdict", "bytes", "environment", "rebuild", "failure"),
    *("files", "size_bytes", "packages", "duration_s", "cpu_s"),
)
_EVENT: Final = ("sequence", "at", "actor", "kind", "reason", "before", "after")

Rows = Iterator[tuple[object, ...]]


def tables_of(registry: Registry, record: VersionSummary) -> Iterator[Table]:
    """Give all tables of a version; what is not on record is read when a table is asked for."""
    yield Table("metrics", ("metric", "value"), record.metrics.items)
    yield Table("parameters", ("parameter", "value"), record.parameters.items)
    yield Table("packages", ("package", "version"), record.environment.packages.items)
    yield Table("files", _FILE, partial(_files, registry, record))
    yield Table("datasets", _DATA, partial(_datasets, registry, record))
    yield Table("gates", _GATE, partial(_gates, record))
    yield Table("rebuilds", _REBUILT, partial(_rebuilds, record))
    yield Table("drills", _DRILL, partial(_drills, registry, record.version.ref))
    yield Table("history", _EVENT, partial(_events, registry, record.version.ref))
    yield Table("code", ("stage", "file", "size_bytes", "blob"), partial(_code, registry, record))
    importance = partial(_importance, registry, record)
    yield Table("importance", ("feature", "importance"), importance)


def _files(registry: Registry, record: VersionSummary) -> Rows:
    for a in show(registry, record.version.ref).manifest.files:
        yield a.path, a.stage, a.home.value, a.size_bytes, a.md5, a.sha256


def _datasets(registry: Registry, record: VersionSummary) -> Rows:
    for d in sum_up_run(registry, record.run.uuid).datasets:
        yield d.name, d.md5, d.files, d.size_bytes, d.stage


def _gates(record: VersionSummary) -> Rows:
    for a in record.attempts:
        for g in a.gates:
            judged = (g.gate, g.outcome.value, g.measured, g.bound, g.reason)
            yield a.at, a.by, a.target, a.promoted, *judged


def _rebuilds(record: VersionSummary) -> Rows:
    """What came out otherwise; a rebuild in which nothing did has a row without."""
    for made in record.reproductions:
        told = (made.at, made.by, made.verdict.value)
        for d in made.differences:
            yield *told, d.stage, d.what, d.recorded, d.found
        if not made.differences:
            yield *told, None, None, None, None


def _drills(registry: Registry, ref: str) -> Rows:
    for d in list_drills_of(registry, ref, limit=_DRILLS):
        looked = (d.bytes.value, d.environment.value, d.rebuild.value)
        yield d.at, d.by, d.verdict.value, *looked, d.failure, *_measured(d)


def _measured(drill: Drill) -> tuple[float, ...]:
    return drill.files, drill.size_bytes, drill.packages, drill.duration_s, drill.cpu_s


def _events(registry: Registry, ref: str) -> Rows:
    def ask(before: int | None) -> Sequence[Event]:
        return list_history(registry, ref, before=before, limit=_MANY)

    for e in each(ask, lambda event: event.sequence):
        yield e.sequence, e.at, e.actor, e.kind.value, e.reason, e.before, e.after


def _code(registry: Registry, record: VersionSummary) -> Rows:
    for made in read_code(registry, record.version.ref).stages:
        for file in made.files:
            yield made.stage, file.path, file.size_bytes, file.blob


def _importance(registry: Registry, record: VersionSummary) -> Rows:
    yield from read_importance(registry, record.run.uuid).items()
