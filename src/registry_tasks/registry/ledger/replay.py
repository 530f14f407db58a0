"""Replay: what each kind of event means for a store that does not know it, told by the log alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.errors import LogIncomplete
from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.log_entry import SERIES, Facts, LogEntry, with_series
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.profile import Profile
from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.ledger.tags import tags_of
from registry_tasks.rules.lineage import edges_of
from registry_tasks.rules.stages import is_single
from registry_tasks.rules.told_rows import ToldRows
from registry_tasks.stores.metadata import kept, log, models, tables as t, told_rows
from registry_tasks.stores.metadata.events import labels_of
from registry_tasks.stores.metadata.log_rows import CONTENTS, EVIDENCE
from registry_tasks.stores.metadata.parameters import parameter_row
from registry_tasks.stores.metadata.restoring import Restoring, Unnamed
from registry_tasks.stores.metadata.store import Transaction


class Replay:
    """Takes entries of all repositories in the order of events, and says what it could not know.

    It begins with an empty store, or with one that ``know`` was called on. What stands where is
    written at the end, for what was told of only; None is what has no place any more.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx, self._rows, self._told = tx, Restoring(tx), ToldRows()
        self._stages: dict[tuple[int, str], tuple[int, str]] = {}  # version, environment -> model
        self._aliases: dict[tuple[int, str], str | None] = {}
        self._ended: set[int] = set()  # runs that were recorded whole
        self._tagged: dict[int, datetime] = {}
        self._edges: set[Edge] = set()
        self._commits: dict[str, tuple[bool, str]] = {}  # version -> has a commit, v1.2.0
        self.withheld: Counter[str] = Counter()
        self.sequence, self.at = 0, datetime.min.replace(tzinfo=UTC)  # of the newest event

    def know(self, connection: sa.Connection) -> None:
        """Go on from what a store holds."""
        self._rows.know()
        self._edges = kept.edges(connection)
        self._commits = kept.commits(connection)
        self._tagged = kept.tag_times(connection)
        self._ended = kept.ended_runs(connection)
        self.sequence, self.at = kept.newest_event(connection)
        for event in log.read_events(connection):
            self._told.tell(event, event.reason)
        self._told.go_on()

    def tell(self, entry: LogEntry) -> None:
        """Write one entry. Raises LogIncomplete."""
        try:
            self._tell(entry)
        except (Unnamed, KeyError) as missing:
            raise LogIncomplete(entry.sequence, str(missing)) from None

    def finish(self, sequence: int) -> None:
        """Write where everything stands now; the next event comes after ``sequence``."""
        places = ({"version_id": v, "environment": e} for v, e in self._stages)
        self._rows.remove(t.stage_assignment, *places)
        self._rows.remove(t.alias, *({"model_id": m, "name": name} for m, name in self._aliases))
        for (version, environment), (model, stage) in self._stages.items():
            place: Facts = {"environment": environment, "stage": stage, "single": is_single(stage)}
            self._rows.add(t.stage_assignment, place, version_id=version, model_id=model)
        for (model, alias), ref in self._aliases.items():
            if ref is not None:
                self._rows.add(t.alias, {"name": alias, "version": ref}, model_id=model)
        self._rows.set_tagged(self._tagged)
        self._rows.go_on_from(max(sequence, self.sequence))
        try:
            told_rows.write(self._tx, self._told.changes())
        except Unnamed as missing:
            raise LogIncomplete(self.sequence, str(missing)) from None

    def _tell(self, entry: LogEntry) -> None:
        model = None if entry.model is None else self._model(entry)
        if "run" in entry.rows:
            self._begin(entry)
        if "end" in entry.rows:
            self._end(entry)
        ref = None if entry.version is None else f"{entry.model}@{entry.version}"
        if entry.kind == EventKind.VERSION_REGISTERED and ref is not None and model is not None:
            self._register(entry, ref, model)
        for table, _, _ in EVIDENCE:
            for facts in entry.rows.get(table.name, ()):
                self._rows.add(table, facts)
        version = None if ref is None else self._rows.id_of(t.version, ref)
        if version is not None and model is not None:
            self._apply(entry, model, version, ref or "")
        self._told.tell(entry)
        self._append(entry, model, version)
        self.withheld.update(entry.withheld)
        self.sequence, self.at = entry.sequence, entry.at

    def _model(self, entry: LogEntry) -> int:
        if entry.kind != EventKind.MODEL_CREATED:
            return self._rows.id_of(t.model, entry.model or "")
        made: Facts = {"name": entry.model, "created_at": _time(entry)}
        said = Profile(owner=entry.actor).model_dump(mode="json")
        return self._rows.put(t.model, entry.model or "", made | said)

    def _begin(self, entry: LogEntry) -> None:
        (facts,) = entry.rows["run"]
        experiment = str(facts["experiment"])
        self._rows.put(t.experiment, experiment, {"name": experiment})
        self._rows.put(t.run, str(entry.run), {**facts, "status": RunStatus.RUNNING.value})

    def _end(self, entry: LogEntry) -> None:
        run = self._rows.id_of(t.run, str(entry.run))
        if run in self._ended:
            return
        for facts in entry.rows.get("environment", ()):
            self._put_environment(facts)
        for table in CONTENTS:
            for facts in entry.rows.get(table.name, ()):
                whole = parameter_row(**facts) if table is t.parameter else facts
                self._rows.add(table, whole, run_id=run)
        for facts in with_series(entry.rows).get(SERIES, ()):
            self._add_series(run, facts)
        for facts in entry.rows.get("dataset_use", ()):
            self._rows.add(
                t.dataset_use,
                {"stage": facts["stage"]},
                run_id=run,
                dataset_version_id=self._put_dataset(facts),
            )
        for facts in entry.rows.get("dataset_shape", ()):
            state = self._rows.id_of(t.dataset_version, f"{facts['name']}@{facts['md5']}")
            found = {key: value for key, value in facts.items() if key not in ("name", "md5")}
            self._rows.add(t.dataset_shape, found, run_id=run, dataset_version_id=state)
        (facts,) = entry.rows["end"]
        self._rows.end(run, facts)
        uses = [DatasetUse.model_validate(use) for use in entry.rows.get("dataset_use", ())]
        wrote = [
            Artifact.model_validate({"stage": None} | made)
            for made in entry.rows.get("artifact", ())
        ]
        self._put_edges(edges_of(str(entry.run), uses, wrote))

    def _add_series(self, run: int, facts: Facts) -> None:
        steps, values = facts["steps"], facts["values"]
        assert isinstance(steps, list)
        assert isinstance(values, list)
        for step, value in zip(steps, values, strict=True):
            point: Facts = {"key": facts["key"], "step": step, "value": value}
            self._rows.add(t.metric_point, point, run_id=run)

    def _put_environment(self, facts: Facts) -> None:
        packages = facts["packages"]
        assert isinstance(packages, dict)
        digest = str(facts["digest"])
        if self._rows.knows(t.environment, digest):
            return
        known = {name: value for name, value in facts.items() if name != "packages"}
        made = self._rows.put(t.environment, digest, known)
        for name, version in packages.items():
            of: Facts = {"name": name, "version": version}
            self._rows.add(t.environment_package, of, environment_id=made)

    def _put_dataset(self, facts: Facts) -> int:
        name = str(facts["name"])
        self._rows.put(t.dataset, name, {"name": name})
        state: Facts = {key: facts[key] for key in ("md5", "size_bytes", "files")}
        return self._rows.put(
            t.dataset_version, f"{name}@{facts['md5']}", {"dataset": name, **state}
        )

    def _register(self, entry: LogEntry, ref: str, model: int) -> None:
        (facts,) = entry.rows["version"]
        version = self._rows.put(t.version, ref, facts)
        semantic = "v{major}.{minor}.{patch}".format(**facts)
        self._commits[ref] = "commit" in facts, semantic
        self._stages[version, DEFAULT_ENVIRONMENT] = model, Stage.EXPERIMENT
        made_by = Node(kind=NodeKind.RUN, id=str(entry.run))
        self._put_edges((Edge(source=made_by, target=Node(kind=NodeKind.VERSION, id=ref)),))

    def _put_edges(self, edges: Iterable[Edge]) -> None:
        for edge in edges:
            if edge not in self._edges:
                self._edges.add(edge)
                source: Facts = {"source_kind": edge.source.kind, "source": edge.source.id}
                target: Facts = {"target_kind": edge.target.kind, "target": edge.target.id}
                self._rows.add(t.lineage_edge, {**source, **target, "by": edge.by or ""})

    def _apply(self, entry: LogEntry, model: int, version: int, ref: str) -> None:
        """Let an event of a version have its effect on where things stand."""
        told = entry.after if isinstance(entry.after, dict) else {}
        match entry.kind:
            case EventKind.ALIAS_MOVED:
                self._aliases[model, str(told["alias"])] = ref
            case EventKind.ALIAS_REMOVED:
                was = entry.before if isinstance(entry.before, dict) else {}
                self._aliases[model, str(was["alias"])] = None
            case kind if kind in MOVES:
                place = version, str(told["environment"])
                self._stages[place] = model, str(told["stage"])
        has_commit, semantic = self._commits[ref]
        if has_commit:
            for _ in tags_of(entry, ref, semantic):
                self._tagged[model] = models.tag_time(entry.at, self._tagged.get(model))

    def _append(self, entry: LogEntry, model: int | None, version: int | None) -> None:
        fields = {"sequence", "actor", "kind", "run", "before", "after"}
        facts = entry.model_dump(mode="json", include=fields)
        ids: dict[str, int] = {} if model is None else {"model_id": model}
        ids |= {} if version is None else {"version_id": version}
        told = {name: value for name, value in facts.items() if name != "run" or value is not None}
        labels = labels_of(entry.kind, entry.before, entry.after)
        self._rows.add(t.event, {**told, **labels, "at": _time(entry)}, **ids)


def _time(entry: LogEntry) -> str:
    return entry.at.isoformat()
