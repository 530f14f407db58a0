"""One `dvc repro`, shown DVC stage by DVC stage while it runs."""

import contextlib
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from resource import struct_rusage
from typing import Self

from registry_tasks.entities.errors import CpuSpent, InvalidProject
from registry_tasks.entities.run import Cost
from registry_tasks.stores.dvc.command import tail
from registry_tasks.stores.dvc.cpu_time import childless, processes_of
from registry_tasks.stores.dvc.project import FILE as DVC_YAML
from registry_tasks.stores.dvc.run_logs import End, keep_end, log_path
from registry_tasks.stores.dvc.stage_log import Outcome, StageLog, read_failure, read_header

_LOOK_MS = 200  # how often to look whether DVC ended although a child keeps its output open
_GRACE_S = 5.0  # between asking to end and killing
_CPU_LOOK_S = 0.5
_CHUNK_BYTES = 1 << 16
_PIPE_CHUNKS = 16  # what a pipe can still hold when its writer has ended, at most
_LINE_BYTES = 1 << 20  # a longer line is cut
_KIBIBYTE = 1024
_log = logging.getLogger(__name__)


class Rerun(Enum):
    """Which DVC stages run again."""

    CHANGED = ()
    EVERYTHING = ("--force", "--no-run-cache")


class PipelineProcess:
    """A context in which DVC runs to ``target`` (None: all its stages); leaving it early ends DVC.

    Each DVC stage's output goes to ``<logs>/<nn>-<stage>.log``, what comes before the first one to
    ``<logs>/00-dvc.log``, and how it all ended to ``<logs>/end.json``. DVC goes on whether
    somebody reads or not, until all together took ``cpu_s`` of CPU time, where Linux counts it.
    """

    def __init__(
        self,
        workspace: Path,
        target: str | None,
        logs: Path,
        environment: Mapping[str, str],
        rerun: Rerun = Rerun.CHANGED,
        cpu_s: float | None = None,
    ) -> None:
        self._cpu_s, self._next_look, self._last_look = cpu_s, 0.0, 0.0
        self._workspace, self._logs, self._environment = workspace, logs, dict(environment)
        targets = () if target is None else ("--", target)
        self._command = [sys.executable, "-m", "dvc", "repro", *rerun.value, *targets]
        self._stages: list[StageLog] = []
        self._news = threading.Condition()
        self._has_ended = False
        self._error: Exception | None = None
        self._usage: struct_rusage | None = None
        self._duration_s = 0.0

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            cwd=self._workspace,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=True,
        )
        self._preamble = self._current = StageLog(
            "dvc", Outcome.RAN, log_path(self._logs, 0, "dvc")
        )
        self._reader = threading.Thread(target=self._follow, name="dvc repro", daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        for signum in (signal.SIGTERM, signal.SIGKILL):
            if self._reader.is_alive():
                self._signal(signum)
                self._reader.join(_GRACE_S)

    @property
    def cost(self) -> Cost:
        """What DVC and all that it ran took; waits for its end."""
        self._reader.join()
        return self._cost()

    def _cost(self) -> Cost:
        if self._usage is None:
            raise RuntimeError("DVC was not started")
        return Cost(
            duration_s=self._duration_s,
            cpu_s=self._usage.ru_utime + self._usage.ru_stime,
            peak_memory_bytes=self._usage.ru_maxrss * _KIBIBYTE,
        )

    def stages(self) -> Iterator[str]:
        """Give each DVC stage's name when DVC comes to it, until DVC has ended.

        Raises: CpuSpent; InvalidProject if DVC gave up before its first stage.
        """
        seen = 0
        while found := self._stages_after(seen):
            for log in found:
                yield log.stage
            seen += len(found)
        if self._error is not None:
            raise self._error
        if self._process.returncode != 0 and seen == 0:
            raise InvalidProject(DVC_YAML, tail(self._preamble.path.read_text(errors="replace")))

    def lines(self, stage: str) -> Iterator[str]:
        """Give the lines of a stage that ``stages`` named as they come, until it has ended.

        Raises: CpuSpent; StageFailed with the last lines if it failed.
        """
        return self._log(stage).lines()

    def outcome(self, stage: str) -> Outcome:
        """Say what became of a stage that ``stages`` named; final when its lines have ended."""
        return self._log(stage).outcome

    def _log(self, stage: str) -> StageLog:
        return next(log for log in self._stages if log.stage == stage)

    def _stages_after(self, seen: int) -> list[StageLog]:
        with self._news:
            self._news.wait_for(lambda: len(self._stages) > seen or self._has_ended)
            return self._stages[seen:]

    # -------------------------------------------------------------- in the reader's thread

    def _follow(self) -> None:
        try:
            for line in self._split():
                self._take(line)
        except OSError as error:  # such as no space for the log
            self._error = error
            self._signal(signal.SIGKILL)
            self._reap(0)
        self._duration_s = time.monotonic() - self._started
        if self._error is not None or self._process.returncode != 0:
            self._current.fail(self._error)
        self._current.end()
        self._preamble.end()
        self._keep_end()
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def _keep_end(self) -> None:
        try:
            keep_end(self._logs, End(self._process.returncode, self._cost()))
        except OSError as error:  # such as no space; a run that goes well knows without it
            _log.warning("what the pipeline took cannot be kept: %s", error)

    def _take(self, line: bytes) -> None:
        header, failed = read_header(line), read_failure(line)
        if header and not self._knows(header[0]):
            self._begin(*header)
        elif failed and not self._knows(failed):  # before it ran, as when a dependency is missing
            self._begin(failed, Outcome.FAILED)
        self._current.write(line)

    def _knows(self, stage: str) -> bool:
        return any(log.stage == stage for log in self._stages)

    def _begin(self, stage: str, outcome: Outcome) -> None:
        log = StageLog(stage, outcome, log_path(self._logs, len(self._stages) + 1, stage))
        self._current.end()
        self._current = log
        with self._news:
            self._stages.append(self._current)
            self._news.notify_all()

    def _split(self) -> Iterator[bytes]:
        """Give whole lines; what is left at the end counts as one."""
        rest = b""
        for chunk in self._chunks():
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in lines)
            if len(rest) > _LINE_BYTES:
                yield rest + b"\n"
                rest = b""
        if rest:
            yield rest

    def _chunks(self) -> Iterator[bytes]:
        """Give DVC's output; when DVC has ended, end what its stages left running."""
        assert self._process.stdout is not None
        with self._process.stdout as output:
            ready = select.poll()
            ready.register(output, select.POLLIN)
            while not self._reap(os.WNOHANG):
                self._keep_within_cpu_time()
                if ready.poll(_LOOK_MS):
                    chunk = output.read(_CHUNK_BYTES)
                    if not chunk:
                        break
                    yield chunk
            self._reap(0)
            self._signal(signal.SIGKILL)
            for _ in range(_PIPE_CHUNKS):
                if ready.poll(0):
                    yield output.read(_CHUNK_BYTES)

    def _keep_within_cpu_time(self) -> None:
        """End what takes too much: first the stages, so that DVC counts them, then DVC itself."""
        now = time.monotonic()
        if self._cpu_s is None or now < self._next_look:
            return
        self._next_look = now + _CPU_LOOK_S
        found = processes_of(self._process.pid)
        if self._error is None and sum(one.cpu_s for one in found.values()) > self._cpu_s:
            self._error, self._last_look = CpuSpent(round(self._cpu_s)), now + _GRACE_S
        if self._error is None:
            return
        if now > self._last_look:
            self._signal(signal.SIGKILL)
        for pid in childless(found) - {self._process.pid}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _reap(self, options: int) -> bool:
        """Take DVC's exit code and usage if it has ended; wait for that unless WNOHANG is given."""
        if self._usage is None:
            ended, status, usage = os.wait4(self._process.pid, options)
            if ended:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                self._usage = usage
        return self._usage is not None

    def _signal(self, signum: int) -> None:
        with contextlib.suppress(ProcessLookupError):  # all have ended
            os.killpg(self._process.pid, signum)
