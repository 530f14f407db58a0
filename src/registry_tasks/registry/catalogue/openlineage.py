"""OpenLineage: a version's run as the events of that standard, by its own client library.

The run of the whole pipeline is the parent of one run for each DVC stage. When a DVC stage began and
ended is not on record, so that each has the times of its parent.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from registry_tasks.entities.errors import CommitNotFound, ExtraMissing
from registry_tasks.entities.logged_data import NO_STAGE
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.locked_code import commands_run
from registry_tasks.stores.dvc.lockfile import FILE as LOCK_FILE
from registry_tasks.stores.metadata import run_data, runs
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.run_data import ReadData

if TYPE_CHECKING:
    from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, RunEvent

PRODUCER: Final = "urn:registry-tasks"
"""A URI, as the format asks for; it names this program and leads nowhere."""


def openlineage_events(registry: Registry, ref: str) -> tuple[str, ...]:
    """Return START and COMPLETE of a version's run and of each of its DVC stages, as JSON.

    Raises: ExtraMissing, ModelNotFound, VersionNotFound.
    """
    try:
        from openlineage.client.serde import Serde
    except ModuleNotFoundError:
        raise ExtraMissing("writing OpenLineage events", "openlineage") from None
    return tuple(Serde.to_json(event) for event in told_of(registry, ref).events())


def told_of(registry: Registry, ref: str) -> "Told":
    """Read all that is on record of a version's run. Raises: ModelNotFound, VersionNotFound."""
    with registry.metadata.reading() as connection:
        version = get_recorded(through(connection), Reference.parse(ref)).version
        run = runs.get_row(connection, version.run)
        return Told(
            run,
            version.model,
            version.model_path,
            runs.read_manifest(connection, run.id).artifacts,
            run_data.list_read(connection, run.id),
            _commands(registry, run),
        )


def _commands(registry: Registry, run: sa.Row[Any]) -> dict[str, str]:
    """Return by DVC stage what was run: as its commit tells where that is at hand, else as declared."""
    declared = {name: _text(c) for name, c in (run.recipe or {}).get("commands", {}).items()}
    repository = registry.find_repository()
    if run.commit is None or repository is None:
        return declared
    try:
        lock = repository.read(run.commit, LOCK_FILE)
    except CommitNotFound:
        return declared
    return declared | commands_run(lock or b"")


class Told:
    """All that is on record of one run, told as events."""

    def __init__(
        self,
        run: sa.Row[Any],
        model: str,
        model_path: str,
        artifacts: Sequence[Artifact],
        reads: Sequence[ReadData],
        commands: Mapping[str, str],
    ) -> None:
        self._run, self._model, self._model_path = run, model, model_path
        self._namespace = f"dvc:{run.project or 'files'}"
        self._made = [a for a in artifacts if a.own and a.stage is not None]
        self._reads, self._commands = reads, commands
        self._columns = {(read.name, read.md5): read.columns for read in reads if read.columns}

    def events(self) -> Iterator["RunEvent"]:
        """Give them in the order they happened."""
        from openlineage.client.event_v2 import RunState

        for state in (RunState.START, RunState.COMPLETE):
            at = self._run.started_at if state is RunState.START else self._run.ended_at
            for stage in (None, *self._stages()):
                yield self._event(state, at.astimezone(UTC).isoformat(), stage)

    def _stages(self) -> tuple[str, ...]:
        named = [read.stage for read in self._reads if read.stage != NO_STAGE]
        named += [str(a.stage) for a in self._made]
        return tuple(dict.fromkeys(named))

    def _event(self, state: Any, at: str, stage: str | None) -> "RunEvent":
        from openlineage.client.event_v2 import Run, RunEvent
        from openlineage.client.facet_v2 import parent_run

        own: str = self._run.uuid
        facets: dict[str, Any] = {}
        if stage is not None:
            parent = parent_run.ParentRunFacet(
                run=parent_run.Run(runId=own),
                job=parent_run.Job(namespace=self._namespace, name=self._model),
                producer=PRODUCER,
            )
            own = str(uuid5(UUID(own), stage))
            facets["parent"] = parent
        return RunEvent(
            eventType=state,
            eventTime=at,
            run=Run(runId=own, facets=facets),
            job=self._job(stage),
            producer=PRODUCER,
            inputs=list(self._inputs(stage)),
            outputs=list(self._outputs(stage)),
        )

    def _job(self, stage: str | None) -> "Job":
        from openlineage.client.event_v2 import Job
        from openlineage.client.facet_v2 import (
            job_type_job,
            source_code_job,
            source_code_location_job,
        )

        kind = "MODEL" if stage is None else "TASK"
        facets: dict[str, Any] = {
            "jobType": job_type_job.JobTypeJobFacet(
                processingType="BATCH", integration="DVC", jobType=kind, producer=PRODUCER
            )
        }
        if self._run.commit is not None:
            facets["sourceCodeLocation"] = source_code_location_job.SourceCodeLocationJobFacet(
                type="git",
                url=f"git:{self._run.repository}",
                path="dvc.yaml",
                version=self._run.commit,
                producer=PRODUCER,
            )
        named = (stage, stage.partition("@")[0]) if stage is not None else ()
        if command := next((self._commands[n] for n in named if n in self._commands), None):
            facets["sourceCode"] = source_code_job.SourceCodeJobFacet(
                language="shell", sourceCode=command, producer=PRODUCER
            )
        return Job(namespace=self._namespace, name=stage or self._model, facets=facets)

    def _inputs(self, stage: str | None) -> Iterator["InputDataset"]:
        """Give what a DVC stage read; the whole run read what no stage of it made."""
        from openlineage.client.event_v2 import InputDataset

        made = {a.path for a in self._outermost(self._made)}
        named: dict[tuple[str, str], None] = {}
        for read in self._reads:
            is_from_outside = stage is None and not _is_below(read.name, made)
            if read.stage == stage or is_from_outside:
                named[read.name, read.md5] = None
        for name, md5 in named:
            facets = self._facets(name, md5)
            yield InputDataset(namespace=self._namespace, name=name, facets=facets)

    def _outputs(self, stage: str | None) -> Iterator["OutputDataset"]:
        """Give what a DVC stage made; the whole run made the model."""
        from openlineage.client.event_v2 import OutputDataset

        if stage is None:
            wanted = [a for a in self._made if a.path == self._model_path]
        else:
            wanted = self._outermost([a for a in self._made if a.stage == stage])
        for a in wanted:
            facets = self._facets(a.path, a.md5)
            yield OutputDataset(namespace=self._namespace, name=a.path, facets=facets)

    @staticmethod
    def _outermost(made: Sequence[Artifact]) -> list[Artifact]:
        """Leave out the files of a directory that is there as a whole."""
        folders = {a.path for a in made if a.is_listing}
        return [a for a in made if a.path in folders or not _is_below(a.path, folders)]

    def _facets(self, name: str, md5: str) -> dict[str, Any]:
        from openlineage.client.facet_v2 import dataset_version_dataset, schema_dataset

        version = dataset_version_dataset.DatasetVersionDatasetFacet(md5, producer=PRODUCER)
        facets: dict[str, Any] = {"version": version}
        if columns := self._columns.get((name, md5)):
            facets["schema"] = schema_dataset.SchemaDatasetFacet(
                fields=[
                    schema_dataset.SchemaDatasetFacetFields(name=column.name, type=column.type)
                    for column in columns
                ],
                producer=PRODUCER,
            )
        return facets


def _is_below(path: str, folders: set[str]) -> bool:
    return path in folders or any(str(p) in folders for p in PurePosixPath(path).parents)


def _text(command: object) -> str:
    return command if isinstance(command, str) else json.dumps(command)
