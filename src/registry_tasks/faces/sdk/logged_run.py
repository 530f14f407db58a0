"""A run outside DVC while it goes on: what a notebook holds in its hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from pydantic import JsonValue

from registry_tasks.entities.logged_run import FileRole, LogFile, LogValues
from registry_tasks.entities.run import Run
from registry_tasks.entities.signature import Signature
from registry_tasks.registry.experiments.held_run import HeldRun


class LoggedRun:
    """A run on record. What is logged is durable when a method returns, and stays as it is.

    A context: leaving it ends the run, as failed if with an error. Without ``with``, call
    ``finish`` or ``fail``. A run whose process dies is ended as failed when the next run begins.
    """

    def __init__(self, held: HeldRun) -> None:
        self._held = held

    @property
    def uuid(self) -> str:
        """The run's UUID, by which it is shown, compared and registered."""
        return self._held.uuid

    def log_metric(self, key: str, value: float, step: int | None = None) -> None:
        """Log a point of a series, or without ``step`` a final metric.

        Raises: InvalidPoint for what is no finite number, AlreadyLogged, RunEnded.
        """
        self.log_metrics({key: value}, step)

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Log several at one step, all or none."""
        if step is None:
            self._held.log(LogValues(run=self.uuid, metrics=dict(metrics)))
            return
        points = {key: ((step, value),) for key, value in metrics.items()}
        self._held.log(LogValues(run=self.uuid, points=points))

    def log_points(self, key: str, points: Iterable[tuple[int, float]]) -> None:
        """Log many (step, value) pairs of a series in one go: the fast way."""
        self._held.log(LogValues(run=self.uuid, points={key: tuple(points)}))

    def log_parameters(self, parameters: Mapping[str, JsonValue]) -> None:
        """Log parameters that were not known when the run began."""
        self._held.log(LogValues(run=self.uuid, parameters=dict(parameters)))

    def log_importance(self, importance: Mapping[str, float]) -> None:
        """Log how much each feature matters."""
        self._held.log(LogValues(run=self.uuid, importance=dict(importance)))

    def log_dataset(self, path: Path | str, name: str | None = None) -> None:
        """Log which data the run read: hash, size, rows and columns of a file or a folder.

        Its bytes stay where they are. ``name`` is its path in the project unless said otherwise.
        Raises: InvalidArtifact for what is not there, AlreadyLogged, RunEnded.
        """
        self._held.read(Path(path), name)

    def log_artifact(self, path: Path | str, name: str | None = None) -> None:
        """Keep a file, or each file of a folder, under its own name or another."""
        self._keep(path, name, FileRole.ARTIFACT)

    def log_plot(self, path: Path | str, name: str | None = None) -> None:
        """Keep a file that is made to be looked at."""
        self._keep(path, name, FileRole.PLOT)

    def log_model(
        self,
        path: Path | str,
        format: str = "file",
        name: str | None = None,
        signature: Signature | None = None,
    ) -> None:
        """Keep the file that registering this run makes a version of."""
        self._keep(path, name, FileRole.MODEL, format, signature)

    def finish(self) -> Run:
        """End the run well; its series' last values become metrics unless there are such."""
        return self._held.finish()

    def fail(self, why: str) -> Run:
        """End the run badly, and say why."""
        return self._held.fail(why)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._held.leave(error)

    def _keep(
        self,
        path: Path | str,
        name: str | None,
        role: FileRole,
        format: str = "file",
        signature: Signature | None = None,
    ) -> None:
        request = LogFile(
            run=self.uuid,
            path=str(path),
            name=name or Path(path).resolve().name,
            role=role,
            format=format,
            signature=signature,
        )
        self._held.keep(request)
