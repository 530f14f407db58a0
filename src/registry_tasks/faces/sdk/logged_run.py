"""A run outside DVC while it goes on: what a notebook holds in its hand."""

import logging
import resource
import time
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import NAMESPACE_OID, uuid4, uuid5

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidPoint, RegistryError, RunEnded
from registry_tasks.entities.logged_run import (
    FailRun,
    FileRole,
    FinishRun,
    LogFile,
    LogRun,
    LogValues,
)
from registry_tasks.entities.run import LOG_TAIL_BYTES, MAX_POINTS, Cost, Run, RunStatus
from registry_tasks.entities.signature import Signature
from registry_tasks.registry.experiments import log_run, workspaces
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.remains import why_of
from registry_tasks.registry.experiments.train import ignore_state, sweep
from registry_tasks.registry.registry import Registry

_KIBIBYTE: Final = 1024
_log = logging.getLogger(__name__)


class LoggedRun:
    """A run on record. What is logged is durable when a method returns, and stays as it is.

    A context: leaving it ends the run, as failed if with an error. Without ``with``, call
    ``finish`` or ``fail``. A run whose process dies is ended as failed by the next sweep.
    """

    def __init__(self, registry: Registry, begun: Run, held: workspaces.Held | None) -> None:
        self._registry, self._begun, self._held = registry, begun, held
        self._started_s, self._cpu_s = time.monotonic(), _cpu_s()
        self._points = 0

    @property
    def uuid(self) -> str:
        """The run's UUID, by which it is shown, compared and registered."""
        return self._begun.uuid

    def log_metric(self, key: str, value: float, step: int | None = None) -> None:
        """Log a point of a series, or without ``step`` a final metric.

        Raises: InvalidPoint for what is no finite number, AlreadyLogged, RunEnded.
        """
        self.log_metrics({key: value}, step)

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Log several at one step, all or none."""
        if step is None:
            self._write(LogValues(run=self.uuid, metrics=dict(metrics)))
            return
        points = {key: ((step, value),) for key, value in metrics.items()}
        self._write(LogValues(run=self.uuid, points=points))

    def log_points(self, key: str, points: Iterable[tuple[int, float]]) -> None:
        """Log many (step, value) pairs of a series in one go: the fast way."""
        self._write(LogValues(run=self.uuid, points={key: tuple(points)}))

    def log_parameters(self, parameters: Mapping[str, JsonValue]) -> None:
        """Log parameters that were not known when the run began."""
        self._write(LogValues(run=self.uuid, parameters=dict(parameters)))

    def log_importance(self, importance: Mapping[str, float]) -> None:
        """Log how much each feature matters."""
        self._write(LogValues(run=self.uuid, importance=dict(importance)))

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
        ended = log_run.finish_run(self._registry, FinishRun(run=self.uuid, cost=self._cost()))
        self._release()
        return ended

    def fail(self, why: str) -> Run:
        """End the run badly, and say why."""
        return self._fail(why, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            if not self._has_ended():
                self.finish()
            return
        told = "".join(traceback.format_exception(error))
        try:
            self._fail(why_of(error), told)
        except RunEnded:  # well, before the error came
            self._release()
        except RegistryError as reason:  # such as a full disk: the next sweep ends the run
            _log.warning("run %s cannot be ended now: %s", self.uuid, reason)
            self._release()
            workspaces.leave(self._registry, self.uuid)

    def _has_ended(self) -> bool:
        return log_run.get_status(self._registry, self.uuid) is not RunStatus.RUNNING

    def _fail(self, why: str, told: str | None) -> Run:
        tail = told and told.encode(errors="replace")[-LOG_TAIL_BYTES:].decode(errors="replace")
        request = FailRun(
            run=self.uuid,
            why=why,
            cost=self._cost(),
            log_tail=tail and tail.replace("\0", "\N{REPLACEMENT CHARACTER}"),
        )
        ended = log_run.fail_run(self._registry, request)
        self._release()
        return ended

    def _release(self) -> None:
        if self._held is not None:
            self._held.release()
        self._held = None

    def _write(self, request: LogValues) -> None:
        many = sum(map(len, request.points.values()))
        if self._points + many > MAX_POINTS:
            reason = f"a run may have {MAX_POINTS:,} points in all its series"
            raise InvalidPoint(next(iter(request.points)), None, reason)
        log_run.log_values(self._registry, request)
        self._points += many

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
        log_file(self._registry, request)

    def _cost(self) -> Cost:
        return Cost(
            duration_s=time.monotonic() - self._started_s,
            cpu_s=_cpu_s() - self._cpu_s,
            peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE,
        )


def begin(
    registry: Registry,
    model: str,
    experiment: str,
    parameters: Mapping[str, JsonValue],
    key: str | None,
) -> LoggedRun:
    """Put a run on record and hold its name for as long as this process lives."""
    uuid = str(uuid4() if key is None else uuid5(NAMESPACE_OID, key))
    request = LogRun(
        run=uuid, model=model, experiment=experiment, parameters=dict(parameters), key=key
    )
    ignore_state(registry)
    sweep(registry)
    # A retry may find that its first try lives and holds the name.
    held = None if workspaces.is_held(registry, uuid) else workspaces.take(registry, uuid)
    try:
        begun = log_run.begin_run(registry, request)
    except BaseException:
        if held is not None:
            held.release()
        raise
    return LoggedRun(registry, begun, held)


def _cpu_s() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)
