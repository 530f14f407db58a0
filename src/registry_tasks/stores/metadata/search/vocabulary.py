"""Where each field of each subject is kept: all names of tables and columns that a search can use.

``s`` is the subject's row, ``c`` the row that holds the value. Nothing that a user wrote is ever part
of these texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from registry_tasks.entities.search import Subject
from registry_tasks.stores.metadata.search.sql import TRUE, Sql


@dataclass(frozen=True)
class Drive:
    """From a value to the subjects that have it: ``rows`` are counted, ``lift`` joins the subject."""

    rows: str
    value: str
    subject: str
    link: str = "TRUE"
    lift: str = ""
    lifted: str = "TRUE"
    key: str = ""
    where: Sql = TRUE


@dataclass(frozen=True)
class Source:
    """An expression over the subject's row, or a column of rows that are linked to it.

    An ``indexed`` one can be read in its order; ``tie`` is what its index is ordered by after it.
    """

    value: str
    rows: str = ""
    link: str = ""
    key: str = ""
    tie: str = "s.id"
    text: str = ""  # where text stands, if numbers stand in ``value``
    nullable: bool = False
    indexed: bool = False
    within: bool = False  # indexed within one model
    covered: bool = False  # an index holds key, value and owner
    drives: tuple[Drive, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What to order by; a semantic version has three parts."""
        return (self.value,) if "(" in self.value else tuple(self.value.split(", "))


Sources = Mapping[str, Source]
TABLES: Final = MappingProxyType(
    {Subject.VERSIONS: "version", Subject.RUNS: "run", Subject.MODELS: "model"}
)


def _column(value: str, *, nullable: bool = False) -> Source:
    return Source(value, nullable=nullable)


def _indexed(table: str, column: str, *, nullable: bool = False) -> Source:
    drive = Drive(f"{table} c", f"c.{column}", "c.id")
    return Source(f"s.{column}", nullable=nullable, indexed=True, drives=(drive,))


def _pairs(table: str, owner: str, link: str, value: str, lift: str = "") -> Source:
    """Values by key, such as metrics, with an index by key, value and owner."""
    tie = f"c.{owner}"
    way = Drive(f"{table} c", value, tie, key="c.key")
    if lift:
        way = replace(way, subject="s.id", lift=lift, lifted=f"s.{owner} = {tie}")
    return Source(
        value, f"{table} c", f"{tie} = {link}", "c.key", tie,
        indexed=True, covered=True, drives=(way,),
    )  # fmt: skip


def _of_runs(subject: Subject) -> Sources:
    """What hangs on a run."""
    of_versions = subject is Subject.VERSIONS
    run, lift = ("s.run_id", "version s") if of_versions else ("s.id", "")

    def drive(rows: str, value: str, link: str, found: str, key: str = "") -> Drive:
        if of_versions:
            return Drive(rows, value, "s.id", link, lift, f"s.run_id = {found}", key)
        return Drive(rows, value, found, link, key=key)

    def environment(table: str, owner: str, value: str, key: str = "") -> Source:
        same = f"x.environment_id = {owner}"
        way = drive(f"{table} c CROSS JOIN run x", value, same, "x.id", key)
        rows = f"run x CROSS JOIN {table} c"
        return Source(value, rows, f"x.id = {run} AND {same}", key, drives=(way,))

    same = "c.id = u.dataset_version_id AND d.id = c.dataset_id"
    data = "dataset d CROSS JOIN dataset_version c CROSS JOIN dataset_use u"
    uses = "dataset_use u CROSS JOIN dataset_version c CROSS JOIN dataset d"
    trial = "c.id = x.experiment_id"
    return {
        "model_id": Source(
            "s.model_id", drives=(Drive(f"{TABLES[subject]} c", "c.model_id", "c.id"),)
        ),
        "metrics": _pairs("metric", "run_id", run, "c.value", lift),
        "params": replace(_pairs("parameter", "run_id", run, "c.number", lift), text="c.text"),
        "experiment": Source(
            "c.name", "run x CROSS JOIN experiment c", f"x.id = {run} AND {trial}",
            drives=(drive("experiment c CROSS JOIN run x", "c.name", trial, "x.id"),),
        ),
        "python": environment("environment", "c.id", "c.python"),
        "package": environment("environment_package", "c.environment_id", "c.version", "c.name"),
        "dataset": Source(
            "c.md5", uses, f"u.run_id = {run} AND {same}", "d.name",
            drives=(drive(data, "c.md5", same, "u.run_id", "d.name"),),
        ),
    }  # fmt: skip


def _of_models(table: str, value: str) -> Drive:
    return Drive(f"model c CROSS JOIN {table} s", value, "s.id", "s.model_id = c.id")


def _model(table: str) -> Source:
    drives = (_of_models(table, "c.name"),)
    return Source("c.name", "model c", "c.id = s.model_id", drives=drives)


def _own_or_models(column: str) -> Source:
    """What is said of a version, else of its model."""
    own = f"SELECT p.{column} FROM version_profile p WHERE p.version_id = s.id"
    models = f"SELECT nullif(m.{column}, '') FROM model m WHERE m.id = s.model_id"
    said = Drive("version_profile c", f"c.{column}", "c.version_id")
    value = f"coalesce(nullif(({own}), ''), ({models}))"
    return Source(value, nullable=True, drives=(said, _of_models("version", f"c.{column}")))


def _of_version(rows: str, value: str, key: str = "") -> Source:
    """What hangs on the version that was made of a run."""
    same = "v.id = c.version_id"
    return Source(
        value, f"version v CROSS JOIN {rows}", f"v.run_id = s.id AND {same}", key,
        drives=(Drive(f"{rows} CROSS JOIN version v", value, "v.run_id", same, key=key),),
    )  # fmt: skip


_DESCRIPTION: Final = (
    "nullif((SELECT p.description FROM version_profile p WHERE p.version_id = s.id), '')"
)
_GRADE: Final = "coalesce((SELECT g.grade FROM version_grade g WHERE g.version_id = s.id), s.grade)"
_STAGES: Final = "stage_assignment c"
_VERSIONS: Final[Sources] = {
    **_of_runs(Subject.VERSIONS),
    "model": _model("version"),
    "number": _column("s.number"),
    "version": _column("s.major, s.minor, s.patch"),
    "created": _indexed("version", "created_at"),
    "created_by": _column("s.created_by"),
    "commit": _indexed("version", '"commit"', nullable=True),
    "format": _column("s.model_format"),
    "grade": _column(_GRADE),
    "run": Source(
        "c.uuid", "run c", "c.id = s.run_id",
        drives=(Drive("run c CROSS JOIN version s", "c.uuid", "s.id", "s.run_id = c.id"),),
    ),
    "stage": Source(
        "c.stage", _STAGES, "c.version_id = s.id", "c.environment",
        drives=(Drive(_STAGES, "c.stage", "c.version_id", key="c.environment"),),
    ),
    "alias": Source(
        "c.name", "alias c", "c.version_id = s.id",
        drives=(Drive("alias c", "c.name", "c.version_id"),),
    ),
    "tags": _pairs("tag", "version_id", "s.id", "c.value"),
    "owner": _own_or_models("owner"),
    "team": _own_or_models("team"),
    "description": _column(_DESCRIPTION, nullable=True),
    "deleted": Source(
        "c.version_id", "tombstone c", "c.version_id = s.id",
        drives=(Drive("tombstone c", "c.version_id", "c.version_id"),),
    ),
}  # fmt: skip
_RUNS: Final[Sources] = {
    **_of_runs(Subject.RUNS),
    "run": _indexed("run", "uuid"),
    "model": _model("run"),
    "number": Source("c.number", "version c", "c.run_id = s.id"),
    "stage": _of_version(_STAGES, "c.stage", key="c.environment"),
    "alias": _of_version("alias c", "c.name"),
    "created": _indexed("run", "started_at"),
    "created_by": _column("s.started_by"),
    "commit": _column('s."commit"', nullable=True),
    "format": _column("s.model_format", nullable=True),
    "status": _column("s.status"),
    "ended": _column("s.ended_at", nullable=True),
    "duration": _column("s.duration_s", nullable=True),
}
_MODELS: Final[Sources] = {
    "model": _indexed("model", "name"),
    "created": _column("s.created_at"),
    "owner": _column("nullif(s.owner, '')", nullable=True),
    "team": _column("nullif(s.team, '')", nullable=True),
    "description": _column("nullif(s.description, '')", nullable=True),
    "tags": _pairs("model_tag", "model_id", "s.id", "c.value"),
    "alias": Source(
        "c.name", "alias c", "c.model_id = s.id", drives=(Drive("alias c", "c.name", "c.model_id"),)
    ),
    "stage": Source("c.stage", _STAGES, "c.single AND c.model_id = s.id", "c.environment"),
}
VOCABULARY: Final = MappingProxyType(
    {Subject.VERSIONS: _VERSIONS, Subject.RUNS: _RUNS, Subject.MODELS: _MODELS}
)


def within_model(subject: Subject, model_id: int) -> Sources:
    """Return the vocabulary for what is of one model, whose numbers an index has."""
    scope = Sql("c.model_id = ?", (model_id,))

    def indexed(source: Source) -> Source:
        value = ", ".join(key.replace("s.", "c.") for key in source.keys)
        drive = Drive(f"{TABLES[subject]} c", value, "c.id", where=scope)
        return replace(source, indexed=True, within=True, drives=(drive,))

    names = ("number", "version") if subject is Subject.VERSIONS else ("created",)
    sources = VOCABULARY[subject]
    return {**sources, **{name: indexed(sources[name]) for name in names}}
