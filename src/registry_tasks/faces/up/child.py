"""One child of `registry up`: started, asked whether it is ready, started again when it dies."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from registry_tasks.faces.health import PATIENCE_S, answers
from registry_tasks.faces.up.leash import GRACE_S

_LEASH: Final = (sys.executable, "-m", "registry_tasks.faces.up.leash")
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 60.0
_SOUND_S: Final = 60  # one that lived so long did not die of how it was started
_MOST_LOG_BYTES: Final = 10 * 2**20


@dataclass(frozen=True)
class Plan:
    """What to run, and where it can be reached; ``health`` answers when it is ready."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    folder: Path
    log: Path
    address: str | None = None
    health: str | None = None


class Child:
    """A plan in progress."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = self._again_at = 0.0
        self._wait_s = _FIRST_WAIT_S

    def start(self) -> None:
        """Start it, on a leash that ends it with us."""
        with _open_log(self.plan.log) as log:
            self._process = subprocess.Popen(
                [*_LEASH, *self.plan.command],
                cwd=self.plan.folder,
                env=dict(self.plan.environment),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours to hand on
            )
        self._started_at = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def is_ready(self) -> bool:
        """Whether it answers; one that has nothing to answer is ready when it runs."""
        return self.is_alive and (self.plan.health is None or answers(self.plan.health))

    def look_after(self) -> str | None:
        """Start it again if it died; each time it waits longer. Returns what there is to tell."""
        if self.is_alive:
            return None
        if self._process is None:
            return self._start_again()
        code = self._process.wait()
        self._forget()
        now = time.monotonic()
        if now - self._started_at > _SOUND_S:
            self._wait_s = _FIRST_WAIT_S
        told = f"{self.plan.name} ended with {code}; starting it again in {self._wait_s:.0f} s"
        self._again_at = now + self._wait_s
        self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT_S)
        return f"{told}; {self.plan.log} tells why"

    def let_go(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def end(self) -> None:
        """Wait until it has ended."""
        if self._process is None:
            return
        self.let_go()
        try:
            self._process.wait(GRACE_S + PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the leash itself hangs; what it held dies with it
            self._process.wait()

    def last_words(self, lines: int = 15) -> str:
        """Return the end of its log."""
        text = self.plan.log.read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def _start_again(self) -> str | None:
        if time.monotonic() < self._again_at:
            return None
        self.start()
        return f"{self.plan.name} is started again"

    def _forget(self) -> None:
        self.let_go()
        self._process = None


def _open_log(path: Path) -> BinaryIO:
    """Open a log that nobody else may read, the one before it kept when it has grown long."""
    if path.exists() and path.stat().st_size > _MOST_LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "ab")
