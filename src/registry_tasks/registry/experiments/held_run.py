"""A logged run while this process holds it: its name is taken, its cost measured, its end sure."""

import logging
import resource
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeVar

from registry_tasks.entities.errors import InvalidPoint, RegistryError, RunEnded
from registry_tasks.entities.logged_run import FailRun, FinishRun, LogFile, LogRun, LogValues
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import LOG_TAIL_BYTES, MAX_POINTS, Cost, Run
from registry_tasks.entities.texts import make_storable
from registry_tasks.registry.experiments import workspaces
from registry_tasks.registry.experiments.environments import capture_environment
from registry_tasks.registry.experiments.hardware import capture_hardware
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import (
    begin_run,
    fail_run,
    finish_run,
    log_values,
)
from registry_tasks.registry.experiments.look_at import look_at
from registry_tasks.registry.experiments.remains import why_of
from registry_tasks.registry.experiments.train import ignore_state, tidy_up
from registry_tasks.registry.registry import Registry

_KIBIBYTE: Final = 1024
_log = logging.getLogger(__name__)
_Asked = TypeVar("_Asked", bound=Request)
_Answer = TypeVar("_Answer")


class Carrier(Protocol):
    """Has a verb carried out: in this process, or by a server."""

    def __call__(self, verb: Callable[[Registry, _Asked], _Answer], request: _Asked, /) -> _Answer:
        """Return what the verb answers."""
        ...


class HeldRun:
    """A run that goes on in this process. If the process dies, whoever tidies up next ends it.

    ``folder`` has the files that declare this process's software.
    """

    def __init__(
        self, carry: Carrier, uuid: str, folder: Path, held: workspaces.Held | None = None
    ) -> None:
        self.uuid = uuid
        self._carry, self._folder, self._held = carry, folder, held
        self._started_s, self._cpu_s = time.monotonic(), _cpu_s()
        self._points, self._has_ended = 0, False

    def log(self, request: LogValues) -> None:
        """Write values; raises what ``log_values`` raises.

        Points are counted here as well: to count those on record for each one of them costs more
        than to write it.
        """
        many = sum(map(len, request.points.values()))
        if self._points + many > MAX_POINTS:
            reason = f"a run may have {MAX_POINTS:,} points in all its series"
            raise InvalidPoint(next(iter(request.points)), None, reason)
        self._carry(log_values, request)
        self._points += many

    def keep(self, request: LogFile) -> None:
        """Keep a file or a folder; raises what ``log_file`` raises."""
        self._carry(log_file, request)

    def read(self, path: Path, name: str | None) -> None:
        """Say which data the run read; raises what ``look_at`` and ``log_values`` raise."""
        told = look_at(path, name or _name_of(path, self._folder))
        self.log(LogValues(run=self.uuid, datasets=(told,)))

    def finish(self) -> Run:
        """End the run well. Raises RunEnded if it failed."""
        request = FinishRun(
            run=self.uuid,
            cost=self._cost(),
            environment=capture_environment(self._folder),
            hardware=capture_hardware(),
        )
        return self._end(finish_run, request)

    def fail(self, why: str, told: str = "") -> Run:
        """End the run badly; of what was ``told`` the end is kept. Raises RunEnded if it finished."""
        tail = make_storable(told).encode()[-LOG_TAIL_BYTES:].decode(errors="ignore")
        request = FailRun(run=self.uuid, why=why, cost=self._cost(), log_tail=tail or None)
        return self._end(fail_run, request)

    def leave(self, error: BaseException | None) -> None:
        """End the run as ``with`` is left; one that has ended already stays as it ended."""
        if error is None:
            self._leave_well()
            return
        try:
            self.fail(why_of(error), "".join(traceback.format_exception(error)))
        except RunEnded:  # well, before the error came
            self._release()
        except RegistryError as reason:  # such as a full disk: whoever tidies up next ends the run
            _log.warning("run %s cannot be ended now: %s", self.uuid, reason)
            if self._held is not None:
                self._held.leave()
            self._release()

    def _leave_well(self) -> None:
        try:
            if not self._has_ended:
                self.finish()
        except RunEnded:  # somebody else said that it failed
            self._release()

    def _end(self, verb: Callable[[Registry, _Asked], Run], request: _Asked) -> Run:
        ended = self._carry(verb, request)
        self._has_ended = True
        self._release()
        return ended

    def _release(self) -> None:
        if self._held is not None:
            self._held.release()
        self._held = None

    def _cost(self) -> Cost:
        return Cost(
            duration_s=time.monotonic() - self._started_s,
            cpu_s=_cpu_s() - self._cpu_s,
            peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE,
        )


def hold_run(registry: Registry, request: LogRun) -> HeldRun:
    """Put a run on record and hold its name; raises what ``begin_run`` raises."""
    ignore_state(registry)
    tidy_up(registry)
    # A retry may find that its first try lives and holds the name.
    is_held = workspaces.is_held(registry, request.run)
    held = None if is_held else workspaces.take(registry, request.run)
    try:
        begin_run(registry, request)
    except BaseException:
        if held is not None:
            held.release()
        raise

    def carry(verb: Callable[[Registry, _Asked], _Answer], asked: _Asked, /) -> _Answer:
        return verb(registry, asked)

    settings = registry.settings
    return HeldRun(carry, request.run, settings.project or settings.state, held)


def _name_of(path: Path, folder: Path) -> str:
    """Name data as DVC stages would, by its path in the project; else as it is called."""
    whole = path.resolve()
    inside = whole.is_relative_to(folder.resolve()) and whole != folder.resolve()
    return whole.relative_to(folder.resolve()).as_posix() if inside else whole.name


def _cpu_s() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)
